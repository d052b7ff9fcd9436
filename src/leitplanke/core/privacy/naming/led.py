"""Names after a word that leads to them: a salutation, a title, a role, a field."""

from __future__ import annotations

from leitplanke.core.privacy.lexicon import (
    COMMON,
    COMPANY,
    FIELD,
    FUNCTION,
    LAST,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SALUTE,
    TITLE,
)
from leitplanke.core.privacy.naming.small import SmallLetters
from leitplanke.core.privacy.naming.vocabulary import (
    INTRODUCING,
    LEADING,
    MOST_PARTS,
    SALUTES_CAPITALISED,
    TITLES_FIRST,
    WITH_COLON,
)
from leitplanke.core.privacy.tokens import is_noun


class Led(SmallLetters):
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
        return (
            self._take(at, 0.95, strong=True)
            or (self._take(first, 0.95, strong=True) if first != at else 0)
            or self._whatever(at)
        )

    def _whatever(self, at: int) -> int:
        """Take a common noun after a salutation: `Herr Leser` is a name like any other."""
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        usable = (
            token.capital
            and len(token.text) > 2
            and not token.bits & (FUNCTION | NEVER | ROLE | SALUTE | PLACE | COMPANY)
        )
        return self._mark(at, at + 1, 0.8) if usable and not is_noun(token.folded) else 0

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
        return self._take(place, 0.9, strong=True, start=start)

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
        at = place + 1
        colon = False
        while (
            at < len(self.tokens)
            and self.tokens[at].text in {":", ".", "/", "(", ")", "=", "*", "in", "-", "|"}
            and at - place < 6
        ):
            if self.tokens[at].text == "in" and self.tokens[at - 1].text not in {"/", "*", "(", ":", "-"}:
                break
            if self.tokens[at].text == "." and not token.bits & FIELD:
                break
            if self.tokens[at].text == "(" and self._text(at + 1) not in {"in", "innen", "n", "r", "m", "w"}:
                break
            colon = colon or self.tokens[at].text in {":", "=", "|"}
            at += 1
        if token.bits & FIELD and not token.bits & ROLE and token.folded in WITH_COLON and not colon:
            return 0
        if colon and at < len(self.tokens) and self.tokens[at].text == "\n" and token.bits & (FIELD | ROLE):
            at += 1
        if at >= len(self.tokens) or not (token.capital or token.bits & FIELD or self.tokens[at].bits & NAME):
            return 0
        if self.tokens[at].bits & SALUTE:
            return self._after_salutation(at)
        end = self._after_title(at, at) or self._take(self._skip_roles(at), 0.85, strong=colon, listed=colon)
        return end or (self._whatever(at) if token.folded in {"geb", "geborene", "geborener", "geburtsname"} else 0)

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
            and not self.tokens[stop].bits & (FUNCTION | COMMON)
        ):
            stop += 1
        return self._mark(at, self._small_tail(stop), 0.75) if stop > at else 0
