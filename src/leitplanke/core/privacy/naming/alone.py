"""Names that nothing leads to."""

from __future__ import annotations

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    CAREFUL,
    COMMON,
    COMPANY,
    FIELD,
    FIRST,
    FUNCTION,
    GREETING,
    LAST,
    LEGAL_FORM,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SAFE,
    SALUTE,
    TITLE,
    TRADE,
    lexicon,
    likeness,
)
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.naming.compounds import is_compound, may_be_surname
from leitplanke.core.privacy.naming.reading import Reading
from leitplanke.core.privacy.naming.vocabulary import (
    ANIMALS,
    CASES,
    INTO_NAME,
    LIKE_A_PAIR,
    LIKE_A_PART,
    LIKE_AFTER_COMMON,
    LIKE_AFTER_WORD,
    LIKE_BESIDE_KNOWN,
    LIKE_ONE,
    LIKE_SECOND,
    NOBLE,
    PERSON_VERBS,
    QUOTES,
    THINGS,
    WORDS,
)
from leitplanke.core.privacy.tokens import PARTICLES, Token, is_noun

# Labels whose value is a word that may also be a name: `Beruf: Maurer`.
# Actors that no list knows: `Veranstalter`, `Kämmerei`.
_OF_ACTORS = ("ter", "ler", "ger", "ber", "der", "erin", "innen", "ei", "en", "e")
_STREETS = frozenset(
    {"allee", "strasse", "weg", "platz", "ring", "gasse", "ufer", "damm", "schule", "haus", "halle", "nr"}
)
_CELL = frozenset({"", "|", "\n", ";"})
_COUNTS = frozenset({"zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn"})
_UNLIKE = -1.9
_OTHER_FIELDS = frozenset(word_lists("regeln")["other_fields"])


class Alone(Reading):
    """Reads names that nothing leads to."""

    def _plain(self, at: int) -> int:
        token = self.tokens[at]
        bits = token.bits
        special = self._special(at)
        if special:
            return special
        if token.initial:
            return 0
        if not bits & NAME or bits & (FUNCTION | NEVER) or self._belongs_to_a_company(at):
            return self._surname_first(at) or self._unknown(at) if not bits & WORDS else 0
        end, score = self._combined(at)
        if end <= at + 1 and self._in_cell(at):
            end, score = at + 2, 0.62
        if not end:
            return self._surname_first(at) if bits & LAST else 0
        if (
            self.tokens[end - 1].folded not in PARTICLES
            and self._text(end).lower() in {"gmbh", "ag", "kg", "ohg", "ug", "e", "stiftung", "gbr"}
            and not (self._text(end) == "e" and self._text(end + 1) != ".")
        ):
            return end
        end = self._with_first_name_after_comma(at, end)
        if self._text(end) == "und" and self._first_name_alone(end + 1):
            self._mark(end + 1, end + 2, 0.6)
        return self._mark(at, end, score)

    def _special(self, at: int) -> int:
        """Go over initials, streets and compounds with a hyphen, and titles of nobility that open a name."""
        token = self.tokens[at]
        if token.initial:
            return self._from_initial(at)
        if token.folded in NOBLE and self._text(at + 1) in {"von", "zu", "vom"} and self._continues(at + 2):
            return self._mark(at, at + 3, 0.7)
        if "-" not in token.text:
            return 0
        if token.folded.rpartition("-")[2] in _STREETS:
            return at + 1
        head = self._head_of_compound(token)
        if head:
            self.spans.append(Span(token.start, token.start + head, Label.PERSON, 0.6))
        return at + 1 if head else 0

    def _first_name_alone(self, at: int) -> bool:
        """Tell whether a sure first name that is a town, too, stands alone: `Mirella und Horst`."""
        token = self.tokens[at] if at < len(self.tokens) else None
        sure = token is not None and self._is_name(token) and bool(token.bits & FIRST and token.bits & SAFE)
        return sure and not self._text(at + 1)[:1].isupper() and self._text(at + 1) != "-"

    def _in_cell(self, at: int) -> bool:
        """Tell whether a known name and an unknown word fill a cell: `| Xu Meiling |`."""
        framed = self._text(at - 1) in _CELL and self._text(at + 2) in _CELL
        known = self._is_name(self.tokens[at]) and not self.tokens[at].bits & (PLACE | CAREFUL | ROLE | FIELD)
        return framed and known and self._nameless(at + 1) and not is_compound(self.tokens[at + 1].folded)

    def _head_of_compound(self, token: Token) -> int:
        """Return the length of the name in `Nguyen-Akte`, 0 if there is none."""
        head, _joint, rest = token.text.rpartition("-")
        bits = lexicon().get(fold(head), 0)
        named = bits & NAME and bits & SAFE and not bits & (COMMON | PLACE | CAREFUL)
        return len(head) if named and rest.lower() in CASES else 0

    def _combined(self, at: int) -> tuple[int, float]:
        """Return end and score of a first name with surname, a surname with first name, or one safe name alone."""
        token = self.tokens[at]
        end, _known = self._read(at, strong=False)
        run = [part for part in self.tokens[at:end] if part.capital]
        if len(run) > 1:
            sure = [part for part in run if self._is_name(part) and not part.bits & CAREFUL]
            first = self._is_name(token) and token.bits & FIRST and (not token.bits & CAREFUL or self._is_name(run[1]))
            if (
                first
                and (token.bits & SAFE or len(sure) > 1 or run[-1].bits & LAST)
                and (
                    len(sure) > 1
                    or not run[1].bits & (PLACE | COMPANY)
                    or (run[1].bits & LAST and run[1].bits & COMMON)
                )
                and sure
            ):
                return self._trimmed(at, end), 0.85
            if len(sure) > 1:
                return self._trimmed(at, end), 0.8
            if self._doubtful_first(at, run[1]):
                return end, 0.6
            if self._short_pair(token, run[1]):
                return end, 0.62
        if self._alone(at):
            return at + 1, 0.6
        return 0, 0.0

    def _doubtful_first(self, at: int, second: Token) -> bool:
        """Tell whether two words are a name though the first is a place or a common word, too: `Georgia Fragkou`."""
        token, before = self.tokens[at], self._text(at - 1)
        if not token.bits & FIRST:
            return False
        if token.bits & CAREFUL and not token.bits & COMMON and not second.bits:
            return likeness().of(second.folded) > LIKE_A_PART and before.lower() not in {"in", "nach", "aus", "bei"}
        sure = self._is_name(second) and second.bits & LAST and not second.bits & (PLACE | FIRST)
        if token.bits & COMMON and sure and not self._article_before(at):
            return True
        both = (
            token.bits & COMMON and second.bits & LAST and second.bits & COMMON and not second.bits & (FUNCTION | FIRST)
        )
        if both and token.bits & SAFE and not self._article_before(at) and not second.text.isupper():
            return True
        return self._common_first(token, second) and before not in {"", "\n", ".", "!", "?"}

    def _short_pair(self, token: Token, second: Token) -> bool:
        """Tell whether a short name stands before an unknown word that looks like one: `Hu Zhiqiang`."""
        return (
            self._is_name(token)
            and (self.capitals or not (token.text.isupper() or second.text.isupper()))
            and not (token.bits & (CAREFUL | PLACE) or second.bits or is_compound(second.folded))
            and likeness().of(second.folded) > LIKE_SECOND
        )

    def _common_first(self, token: Token, second: Token) -> bool:
        """Tell whether two words are a name whose first part is a common word, too: `Lasse Brix`."""
        if not (token.bits & FIRST and token.bits & COMMON) or second.bits or is_noun(second.folded):
            return False
        return likeness().of(second.folded) > LIKE_AFTER_COMMON and not is_compound(second.folded)

    def _trimmed(self, at: int, end: int) -> int:
        """Leave out a common noun at the end (`Anna Weber Antrag`) when the name is complete without it."""
        while (
            end - at > 2
            and not self.tokens[end - 1].bits & NAME
            and self.tokens[end - 2].bits & LAST
            and self.tokens[end - 1].folded.endswith(("en", "er", "e", "t"))
            and self.tokens[end - 2].capital
        ):
            end -= 1
        return end

    def _alone(self, at: int) -> bool:
        token = self.tokens[at]
        if not (token.bits & SAFE and self._is_name(token)) or token.bits & (
            PLACE | CAREFUL | ROLE | COMPANY | SALUTE | FIELD | TITLE
        ):
            return False
        if self._text(at - 1) == ":" and self.tokens[at - 2].folded in _OTHER_FIELDS:
            return False
        before = self.tokens[at - 1] if at else None
        if before and before.bits & (BEFORE_PLACE | COMPANY):
            return before.folded in {"bei", "ueber"}
        return not (
            (token.text.isupper() and len(token.text) < 5 and not self.capitals)
            or (before is not None and (before.folded.endswith(THINGS) or before.folded in ANIMALS))
            or (self._text(at - 1) in QUOTES and self._text(at + 1) in QUOTES)
            or self._text(at + 1).lower() in {"grüße", "grüsse", "gruß", "gruss", "grüßen"}
            or (before is not None and before.folded in _COUNTS and not token.bits & FIRST)
            or (token.bits & TRADE and self._article_before(at))
            or (token.bits & LAST and not token.bits & FIRST and self._adjective(at))
        )

    def _adjective(self, at: int) -> bool:
        """Tell whether a name ending in -er stands before a noun, as a town's name does (`Steiner Straße`)."""
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return (
            token.folded.endswith("er")
            and after is not None
            and after.capital
            and (is_noun(after.folded) or bool(after.bits & (COMMON | COMPANY)))
        )

    def _unknown(self, at: int) -> int:
        """Take words no list knows whose letters look like names: `Wissam Tarabulsi`, sometimes `Mohebbi` alone."""
        if not self._nameless(at) or self.tokens[at].folded.endswith(("ische", "ischer", "isches", "ischen")):
            return 0
        end = at + 1
        while (
            end < len(self.tokens)
            and end - at < 4
            and self.tokens[end].start - self.tokens[end - 1].end == 1
            and (self._nameless(end) or self._known_part(end))
        ):
            end += 1
        parts = self.tokens[at:end]
        measures = [likeness().of(part.folded) if not part.bits & NAME else 1.0 for part in parts]
        beside = any(part.bits & SAFE for part in parts) and self._unfamiliar(at)
        if beside and min(measures) > LIKE_BESIDE_KNOWN and not self._article_before(at):
            return self._mark(at, end, 0.6)
        if len(parts) > 1 and min(measures) > LIKE_A_PART and sum(measures) / len(measures) > LIKE_A_PAIR:
            return 0 if self._article_before(at) else self._mark(at, end, 0.6)
        if self._speaks(at, parts):
            return self._mark(at, at + 1, 0.62)
        after_word = self._text(at - 1).lower() in INTO_NAME and not is_compound(parts[0].folded)
        like = measures[0] > (LIKE_AFTER_WORD if after_word else LIKE_ONE) and len(parts[0].text) >= 5
        return self._mark(at, at + 1, 0.5) if like and self._stands_as_name(at) else 0

    def _speaks(self, at: int, parts: list[Token]) -> bool:
        """Tell whether a word that opens a sentence does what only people do: `Butterweck schlägt vor`."""
        word = parts[0]
        together = len(parts) == 1 and self._text(at + 1).lower() == "und" and self._text(at + 2).lower() == "ich"
        opens = self._text(at - 1) in {"", "\n", ".", ":", "!", "?", ";", "-", "–"}
        verb = opens and len(parts) == 1 and self._text(at + 1) in PERSON_VERBS
        return (verb or together) and may_be_surname(word.folded) and not word.folded.endswith(_OF_ACTORS)

    def _stands_as_name(self, at: int) -> bool:
        before, after = self.tokens[at - 1] if at else None, self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None or after.capital or self._article_before(at):
            return False
        opens = before is None or before.text in {"\n", ".", ":", "!", "?"}
        return (before is not None and before.folded in INTO_NAME) or (
            opens
            and after.folded.endswith("t")
            and after.text.isalpha()
            and after.folded not in {"mit", "ist", "seit", "nicht"}
        )

    def _surname_first(self, at: int) -> int:
        """Take `Oyelaran, Bukola` and `Vurucu Ayşe`: an unknown word before a sure first name."""
        token, after = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if (
            after is None
            or len(token.text) < 3
            or is_noun(token.folded)
            or token.bits & (FUNCTION | NEVER | GREETING | SALUTE | TITLE)
            or (not token.bits and is_compound(token.folded) and likeness().of(token.folded) < _UNLIKE)
        ):
            return 0
        if after.text == "," and self._initial_behind(at) and self._nameless(at):
            return self._mark(at, at + 4, 0.7)
        if after.text == ",":
            end = self._with_first_name_after_comma(at, at + 1)
            if end > at + 1 and self._next_is_no_list(end) and not self._article_before(at):
                return self._mark(at, end, 0.75)
            return 0
        sure = (
            after.capital
            and after.bits & FIRST
            and after.bits & SAFE
            and self._is_name(after)
            and not after.bits & (PLACE | CAREFUL)
        )
        if (
            sure
            and after.start - token.end == 1
            and not self._article_before(at)
            and not token.bits & COMMON
            and (self._unfamiliar(at) or (token.text.isupper() and not after.text.isupper()))
        ):
            return self._mark(at, at + 2, 0.65)
        return 0

    def _initial_behind(self, at: int) -> bool:
        """Tell whether `Hufeisen, D.` opens or fills a line or a cell."""
        return (
            at + 3 < len(self.tokens)
            and self.tokens[at + 2].initial
            and self._text(at + 3) == "."
            and (at == 0 or not self._text(at - 1)[0].isalpha())
        )

    def _next_is_no_list(self, end: int) -> bool:
        return not (
            self._text(end) in {"und", ","}
            and end + 1 < len(self.tokens)
            and self.tokens[end + 1].bits & FIRST
            and self._text(end) == "und"
        )

    def _from_initial(self, at: int) -> int:
        """Take `A. Weber`, `M.-L. Weber` where the surname is known."""
        place = at
        if self._text(at - 1) in {"SGB", "Nr", "Abs", "Art", "Kapitel", "Teil", "Buch"}:
            return 0
        while self._text(place + 1) == "." and place - at < 8 and self.tokens[place].initial:
            place += 2
            if self._text(place) == "-":
                place += 1
        if place == at or place >= len(self.tokens):
            return 0
        token = self.tokens[place]
        near = token.start - self.tokens[place - 1].end <= 1
        own_line = self._text(at - 1) in {"", "\n"} and self._text(place + 1) in {"", "\n"}
        unknown = self._nameless(place)
        fits = (
            own_line
            or (self._text(place + 1) in {"", "\n"} and token.bits & LAST)
            or unknown
            or (token.bits & LAST and not (token.bits & COMMON and not token.bits & SAFE))
        )
        if not (near and token.capital and fits) or token.bits & (FUNCTION | NEVER | ROLE | COMPANY):
            return 0
        # „z. B. Weber“ names nobody's initials.
        if self.tokens[at].folded in {"i", "z", "u", "d", "s", "e", "o"} and place - at > 2:
            return 0
        end, _known = self._read(place, strong=False)
        return self._mark(at, max(end, place + 1), 0.75)

    def _belongs_to_a_company(self, at: int) -> bool:
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is not None and after.bits & LEGAL_FORM and after.capital and not after.bits & NAME:
            return True
        return (
            before is not None and bool(before.bits & COMPANY) and before.capital and not self.tokens[at].bits & FIRST
        )
