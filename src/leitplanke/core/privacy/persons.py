"""People's names in one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.lexicon import FIELD, ROLE, SALUTE, TITLE
from leitplanke.core.privacy.model import Span
from leitplanke.core.privacy.naming.alone import Alone
from leitplanke.core.privacy.naming.led import Led
from leitplanke.core.privacy.naming.vocabulary import INTRODUCING, LEADING, TITLES_FIRST
from leitplanke.core.privacy.naming.whole import Whole


class Names(Led, Alone, Whole):
    """Finds the names of one text, from its beginning to its end."""

    def find(self, others: Iterable[Span] = ()) -> Iterator[Span]:
        """Yield the spans of people's names; `others` is what else was found: a name may stand beside it."""
        others = tuple(others)
        self._keep_off(others)
        place = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            idle = not (token.bits or token.capital or token.folded in LEADING)
            place = place + 1 if idle else self._at(place)
        self._signatures()
        self._below_closings()
        self._beside_findings(others)
        self._contacted()
        self._of_kin()
        self._named_before()
        return iter(self.spans)

    def _at(self, place: int) -> int:
        """Look at one token; return where to go on."""
        token = self.tokens[place]
        if self.taken[place] or not token.text[0].isalpha():
            return place + 1
        bits = token.bits
        if bits & SALUTE:
            end = self._after_salutation(place)
        elif bits & TITLE and token.folded in TITLES_FIRST and token.capital:
            end = self._after_title(place, place)
        elif (bits & (ROLE | FIELD) or self._own_husband(place)) and (end := self._after_word(place)):
            pass
        elif token.folded in INTRODUCING or self._introduces(place):
            end = self._introduced(place)
        else:
            end = self._plain(place) if token.capital else self._small(place)
        return end or place + 1
