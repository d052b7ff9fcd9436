"""Names that people write without capitals."""

from __future__ import annotations

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    CAREFUL,
    COMMON,
    FIELD,
    FIRST,
    FUNCTION,
    LAST,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SAFE,
    TITLE,
    likeness,
)
from leitplanke.core.privacy.naming.compounds import is_compound
from leitplanke.core.privacy.naming.reading import Reading
from leitplanke.core.privacy.naming.vocabulary import (
    ANIMALS,
    BEFORE_SMALL,
    LIKE_A_PAIR,
    LIKE_ONE,
)
from leitplanke.core.privacy.tokens import PARTICLES

_GREETED = frozenset(word_lists("regeln")["greeted"])
_OWNED = frozenset(word_lists("regeln")["owned"])
_VERBAL = (
    "t",
    "te",
    "ten",
    "en",
    "ig",
    "lich",
    "isch",
    "ige",
    "liche",
    "em",
    "es",
    "sam",
    "bar",
    "los",
    "end",
    "ern",
    "eln",
)


def _verbal(folded: str) -> bool:
    """Tell whether a word in small letters ends as verbs and adjectives do."""
    return folded.endswith(_VERBAL)


class SmallLetters(Reading):
    """Reads names in small letters."""

    def _in_small_letters(self, place: int, at: int) -> int:
        """Take `hallo frau liebetrau`; `meine frau arbeitet` is no name."""
        if at >= len(self.tokens) or self.tokens[place].folded not in {
            "frau",
            "herr",
            "herrn",
            "hr",
            "fr",
            "familie",
            "fam",
            "frl",
        }:
            return 0
        token = self.tokens[at]
        if self.tokens[place].capital and self.tokens[place].folded not in {"frau", "herr", "herrn"}:
            return 0
        if token.folded in PARTICLES:
            return 0
        if token.capital or not token.text.isalpha() or token.bits & (FUNCTION | NEVER | ROLE) or len(token.text) < 3:
            return 0
        known = bool(token.bits & NAME) and not token.bits & COMMON
        greeted = at - place == 1 and self._text(place - 1).lower() in BEFORE_SMALL
        owned = self._text(place - 1).lower() in _OWNED
        known = known or bool(token.bits & LAST and token.bits & COMMON and not owned and not token.bits & PLACE)
        if not known and not (not token.bits and (greeted or not (owned or _verbal(token.folded)))):
            return 0
        end = at + 1
        if end < len(self.tokens) and self._small_name(end):
            end += 1
        return self._mark(at, end, 0.8)

    def _small_tail(self, end: int) -> int:
        """Go on over further parts of a name in small letters."""
        first = end
        while end < len(self.tokens) and end - first < 3 and self.tokens[end].start - self.tokens[end - 1].end == 1:
            token = self.tokens[end]
            unknown = (
                token.text.isalpha()
                and token.text.islower()
                and not token.bits
                and len(token.text) > 3
                and not is_compound(token.folded)
                and (likeness().of(token.folded) > LIKE_A_PAIR or (end == first and not _verbal(token.folded)))
            )
            surname = end == first and token.bits & LAST and token.bits & COMMON and self.tokens[end - 1].bits & FIRST
            closed = self._text(end + 1).lower() in {"", ",", ".", "\n", "geb", "und", "?", "!", "aus"}
            if surname and closed and token.text.isalpha():
                return end + 1
            if not self._small_name(end) and not unknown and token.text not in {"lo", "el", "al", "de", "van"}:
                break
            end += 1
        return end

    def _small_name(self, at: int) -> bool:
        token = self.tokens[at]
        return (
            token.text.isalpha()
            and token.bits & NAME > 0
            and token.bits & SAFE > 0
            and not token.bits & (COMMON | PLACE | CAREFUL | ROLE | FIELD | TITLE | BEFORE_PLACE)
            and len(token.text) > 3
        )

    def _small(self, at: int) -> int:
        """Take names without capitals: two known ones together, or one where the whole text does without capitals."""
        if not self._small_name(at):
            return 0
        token, end = self.tokens[at], self._small_tail(at + 1)
        if self._text(at - 1).lower() in ANIMALS:
            return 0
        if (
            end - at > 1
            and token.bits & FIRST
            and (self.small or any(part.bits & LAST for part in self.tokens[at + 1 : end]))
        ):
            return self._mark(at, end, 0.7)
        before = self.tokens[at - 1] if at else None
        if token.bits & FIRST and before is not None and before.folded in _GREETED:
            return self._mark(at, end, 0.65)
        if not self.small or not token.bits & FIRST:
            return 0
        led = before is not None and (bool(before.bits & ROLE) or before.folded in {"der", "die", "den", "oma", "opa"})
        return self._mark(at, end, 0.6) if led or likeness().of(token.folded) > LIKE_ONE else 0
