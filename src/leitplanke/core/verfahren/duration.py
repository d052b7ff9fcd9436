"""For how long a decision holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.core.rules.reckoning import Reckoner

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result

USUAL_MONTHS = 12
_UNIT = "Monate"


def months_of(result: Result) -> int:
    """Return for how many months: as a person judged where that is judged, else as the rules say."""
    book = result.regelwerk
    for name in result.judgements_given:
        if name in book.ermessen and book.ermessen[name].shape.einheit == _UNIT:
            low, high = Reckoner(result).bounds(name)
            if low is not None and low == high:
                return int(low)
    return book.zeitraum_monate or USUAL_MONTHS
