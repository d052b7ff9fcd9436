"""Names after a word that leads to them: a salutation, a title, a role, a field."""

from __future__ import annotations

import re

from leitplanke.core.privacy.lexicon import (
    COMMON,
    COMPANY,
    FIELD,
    FIRST,
    FUNCTION,
    LAST,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SALUTE,
    TITLE,
)
from leitplanke.core.privacy.naming.anchored import Anchored
from leitplanke.core.privacy.naming.compounds import is_compound, is_organ, may_be_surname
from leitplanke.core.privacy.naming.small import SmallLetters
from leitplanke.core.privacy.naming.vocabulary import (
    INTRODUCING,
    LEADING,
    MOST_PARTS,
    SALUTES_CAPITALISED,
    TITLES_FIRST,
    WITH_COLON,
)
from leitplanke.core.privacy.tokens import Token

# `Geb.-Dat.`, `geb. / RV-Nummer`: not a maiden name but another field.
_DATA = re.compile(
    r"(?:geb|geburts?|vor|nach|familien|ruf|ehe|heimat|her|wohn|telefon|tel|kunden|mitglieds|versicherten|pass|"
    r"ausweis|einreise|eintritts|sterbe)?(?:nummer|dat|datum|ort|tag|nr|name|jahr|land)"
)


_MARKS = frozenset({":", ".", "/", "(", ")", "=", "*", "in", "-", "|", "n", "innen"})
_FORMS = frozenset({"in", "innen", "n", "r", "m", "w"})
_MOST_DOTS = 30
_SHORTENED = frozenset({"bgm", "stv", "obm", "ast", "bekl", "kl", "bf", "vors", "erbengem", "eigent", "beigeo"})
# `AST` is an applicant, `Frau Ast` is not.
_SHORT_ROLE = 3
_CUT = 4


class Led(SmallLetters, Anchored):
    """Reads names after a word that leads to them."""

    def _after_salutation(self, place: int) -> int:
        token = self.tokens[place]
        if not token.capital and token.text in SALUTES_CAPITALISED:
            return 0
        at = place + 1
        if self._text(at) == "\n" and (place == 0 or self._text(place - 1) == "\n") and token.capital:
            at += 1
        while at < min(len(self.tokens), place + MOST_PARTS) and (
            self.tokens[at].text == "." or (self.tokens[at].bits & SALUTE and self.tokens[at].capital)
        ):
            at += 1
        first = at
        at = self._skip_roles(at)
        end = self._after_title(at, at) or self._in_small_letters(place, at)
        if end:
            return end
        if self._shortened(at):
            return self._mark(at, at + 2, 0.9)
        end = self._take(at, 0.95, strong=True)
        if end == at + 1 and self._surname_behind(end):
            end = self._mark(at, end + 1, 0.95)
        return end or (self._take(first, 0.95, strong=True) if first != at else 0) or self._whatever(at)

    def _shortened(self, at: int) -> bool:
        """Tell whether a surname is cut short: `Frau Sch.`; the dot must not end the sentence."""
        token = self.tokens[at] if at < len(self.tokens) else None
        cut = token is not None and token.capital and 1 < len(token.text) <= _CUT and not token.bits & (ROLE | TITLE)
        return cut and self._text(at + 1) == "." and self._text(at + 2)[:1].islower()

    def _surname_behind(self, place: int) -> bool:
        """Tell whether a noun behind salutation and first name is the surname: `Hr. August Hellweg`."""
        first, token = self.tokens[place - 1], self.tokens[place] if place < len(self.tokens) else None
        return token is not None and bool(first.bits & FIRST) and token.start - first.end == 1 and self._may_be(token)

    def _whatever(self, at: int) -> int:
        """Take a common noun after a salutation: `Herr Leser` is a name like any other."""
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        if self._odd_surname(at):
            return self._mark(at, at + 1, 0.8)
        usable = (
            token.capital
            and len(token.text) > 2
            and not _DATA.fullmatch(token.folded)
            and not token.bits & (FUNCTION | NEVER | SALUTE | PLACE | COMPANY)
            and (not token.bits & ROLE or self._text(at - 1) in {"Herr", "Herrn", "Frau"})
            and not (token.bits & ROLE and not token.bits & LAST and len(token.text) > _SHORT_ROLE)
        )
        if not usable or is_organ(token.folded):
            return 0
        end = at + 1
        if end < len(self.tokens) and self.tokens[end].capital and self._nameless(end):
            end += 1
        return self._mark(at, end, 0.8)

    def _odd_surname(self, at: int) -> bool:
        """Tell whether a word of grammar is a surname: `Frau Ganz,`."""
        token = self.tokens[at]
        named = token.capital and len(token.text) > 2 and not token.text.isupper() and not token.bits & NEVER
        led = self._text(at - 1) in {"Herr", "Herrn", "Frau"} and token.folded not in {"oder", "ihre", "ihrer", "sowie"}
        return named and led and bool(token.bits & FUNCTION)

    def _skip_roles(self, at: int) -> int:
        last = min(len(self.tokens), at + MOST_PARTS)
        while (
            at + 1 < last
            and self.tokens[at].bits & ROLE
            and self.tokens[at + 1].capital
            and not self.tokens[at + 1].bits & (FUNCTION | SALUTE)
        ):
            if self.tokens[at].bits & LAST and not self._is_name(self.tokens[at + 1]):
                break
            at += 1
        return at

    def _after_title(self, at: int, start: int) -> int:
        """Take `Prof. Dr. med. Weber`, title included: others may count it as part of the name."""
        place = at
        while place < len(self.tokens) and place - at < 14:
            token = self.tokens[place]
            dotted = self._text(place + 1) in {".", "-"} or token.folded in TITLES_FIRST
            if not (
                (token.bits & TITLE and (dotted or not token.bits & NAME)) or (place > at and token.text in {".", "-"})
            ):
                break
            if place == at and token.folded not in TITLES_FIRST:
                return 0
            place += 1
        if place == at or place >= len(self.tokens):
            return 0
        return self._take(place, 0.9, strong=True, start=start) or self._noun_after_title(place, at)

    def _noun_after_title(self, place: int, at: int) -> int:
        """Take a surname that is a common noun behind a title: `RA Korn`."""
        token = self.tokens[place]
        fits = token.capital and token.bits & LAST and token.bits & COMMON and not token.bits & (FUNCTION | NEVER)
        return self._mark(place, place + 1, 0.85) if fits and self.tokens[at].capital else 0

    def _own_husband(self, place: int) -> bool:
        """Tell whether the word is `Mann` as in `mein Mann Manolis`."""
        if self.tokens[place].folded not in {"mann", "ex", "kumpel", "bekannter", "bekannten", "bekannte"}:
            return False
        return self._text(place - 1).lower() in {
            "mein",
            "meinem",
            "meinen",
            "meines",
            "ihr",
            "ihrem",
            "ihren",
            "sein",
            "unser",
            "ex",
        }

    def _after_word(self, place: int) -> int:
        token = self.tokens[place]
        at, colon = self._over_marks(place)
        if token.bits & FIELD and not token.bits & ROLE and token.folded in WITH_COLON and not colon:
            return 0
        if colon and self._text(at) == "\n" and token.bits & (FIELD | ROLE):
            at += 1
        if at >= len(self.tokens) or not self._may_follow(token, at) or (colon and self._is_thing(at)):
            return 0
        if self.tokens[at].bits & SALUTE:
            return self._after_salutation(at)
        if not colon and self._noun_after_role(place, at):
            return self._mark(at, at + 1, 0.75)
        end = self._after_title(at, at) or self._take(self._skip_roles(at), 0.85, strong=colon, listed=colon)
        if end == at + 1 and self._nameless(at) and end < len(self.tokens) and self._second_unknown(end):
            end = self._mark(at, end + 1, 0.86)
        if end or token.folded in {"geb", "geborene", "geborener", "geburtsname"}:
            return end or self._whatever(at) or self._small_maiden_name(at)
        return self._whole_line(at) if self._text(at - 1) in {":", "=", "\n"} and colon else 0

    def _is_thing(self, at: int) -> bool:
        """Tell whether a compound behind a label names a thing: `Kinder: Kinderreisepass oder ...`."""
        token = self.tokens[at]
        compound = not token.bits and is_compound(token.folded) and not may_be_surname(token.folded)
        return compound and self._text(at + 1).islower() and self._text(at + 1) != "und"

    def _second_unknown(self, at: int) -> bool:
        """Tell whether a second unknown word is the surname: `Käuferin Atefeh Khorrami`."""
        near = self.tokens[at].start - self.tokens[at - 1].end == 1
        return near and self._nameless(at) and may_be_surname(self.tokens[at].folded)

    def _noun_after_role(self, place: int, at: int) -> bool:
        """Tell whether a common noun is the surname of somebody with a role: `Kläger Frieden`."""
        role, token = self.tokens[place], self.tokens[at]
        return (
            bool(role.bits & ROLE and token.bits & LAST and token.bits & COMMON)
            and role.capital
            and at == place + 1
            and token.capital
            and not token.bits & (FUNCTION | NEVER | ROLE | PLACE | FIRST)
            and not (at + 1 < len(self.tokens) and self.tokens[at + 1].capital)
        )

    def _over_marks(self, place: int) -> tuple[int, bool]:
        """Return where the value of a label begins, and whether a colon stands between: `Name(n)......: `."""
        token, at, colon = self.tokens[place], place + 1, False
        while (
            at < len(self.tokens)
            and self.tokens[at].text in _MARKS
            and (at - place < MOST_PARTS or (self.tokens[at].text in {".", ":"} and at - place < _MOST_DOTS))
        ):
            text = self.tokens[at].text
            if text == "in" and self.tokens[at - 1].text not in {"/", "*", "(", ":", "-"}:
                break
            ends = not (token.bits & FIELD or token.folded in _SHORTENED) or (
                len(token.text) > 5
                and token.folded not in _SHORTENED
                and "." not in {self._text(at - 1), self._text(at + 1)}
            )
            if (text == "." and ends) or (text == "(" and self._text(at + 1) not in _FORMS):
                break
            colon = colon or text in {":", "=", "|"}
            at += 1
        return at, colon

    def _may_follow(self, token: Token, at: int) -> bool:
        """Tell whether the word at `at` may be a name behind the label or role `token`."""
        word = self.tokens[at]
        led = token.capital or token.bits & FIELD or word.bits & NAME or self._nameless(at)
        heading = self._text(at - 1) in {"|", "\t"} and word.bits & FIELD
        return bool(led) and not heading and word.folded not in {"dat", "datum", "ort", "name", "nr", "tag"}

    def _small_maiden_name(self, at: int) -> int:
        token = self.tokens[at]
        fits = self.small and token.text.isalpha() and len(token.text) > 2 and not token.bits & (FUNCTION | NEVER)
        return self._mark(at, at + 1, 0.7) if fits and self._text(at + 1) in {"", ",", "\n", "(", ".", ")"} else 0

    def _whole_line(self, at: int) -> int:
        """Take one or two words that fill the rest of a line behind a label: `Sachbearbeitung: Hufeisen`."""
        end = at
        while end < len(self.tokens) and end - at < 2 and self._may_be(self.tokens[end]):
            end += 1
        if end == at + 1 and self._text(end) == "," and self._nameless(end + 1) and self._text(end + 2) in {"", "\n"}:
            end += 2
        filled = end > at and self._text(end) in {"", "\n", ",", ";", "(", "|"}
        return self._mark(at, end, 0.72) if filled and not self._plain_words(at, end) else 0

    def _plain_words(self, at: int, end: int) -> bool:
        """Tell whether every word is an ordinary one that names nobody."""
        return all(token.bits & (COMMON | PLACE) and not token.bits & NAME for token in self.tokens[at:end])

    def _introduces(self, place: int) -> bool:
        if self.tokens[place].folded not in LEADING:
            return False
        words = [token.folded for token in self.tokens[max(0, place - 2) : place + 1]]
        return words[-2:] in (
            ["name", "ist"],
            ["hier", "ist"],
            ["hier", "spricht"],
            ["ich", "bin"],
            ["bin", "der"],
            ["bin", "die"],
            ["hier", "schreibt"],
            ["bin", "ich"],
        )

    def _unknown_introduced(self, place: int, at: int) -> int:
        """Take two unknown words in small letters: `mein name ist balwinder grewal.`."""
        end = at + 2
        if [token.folded for token in self.tokens[max(0, place - 1) : place + 1]] != ["name", "ist"]:
            return 0
        words = self.tokens[at:end]
        unknown = all(word.text.isalpha() and not word.bits and len(word.text) > 2 for word in words)
        return self._mark(at, end, 0.7) if unknown and self._text(end) in {"", ".", ",", "\n", "und", "!"} else 0

    def _introduced(self, place: int) -> int:
        at = place + 1
        if at < len(self.tokens) and self.tokens[at].bits & SALUTE:
            return 0
        end = self._take(at, 0.85, strong=self.tokens[place].folded in INTRODUCING)
        if end:
            return end
        stop = at
        while (
            stop < len(self.tokens)
            and stop - at < 3
            and self.tokens[stop].bits & NAME
            and not self.tokens[stop].bits & FUNCTION
            and not (self.tokens[stop].bits & COMMON and (stop == at or not self.tokens[stop].bits & LAST))
        ):
            stop += 1
        if stop == at:
            return self._unknown_introduced(place, at)
        tail = self._small_tail(stop)
        if tail == stop and stop < len(self.tokens) and self._text(stop + 1) in {"", ".", ",", "\n", "und"}:
            tail += self.tokens[stop].text.isalpha() and not self.tokens[stop].bits & FUNCTION
        return self._mark(at, tail, 0.75)
