"""What the interval interpreter works on: spans of whole numbers, and lists of items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Span: TypeAlias = tuple[int, int]
# The slots of a case: spans, and behind them the lists; of an item: spans, and behind them the slots of its case.
Values: TypeAlias = list[Any]
Step: TypeAlias = Callable[[Values], None]

UNKNOWN: Span = (0, 1)


class MaybeStated(tuple[int, int]):
    """What a presumable fact can be in an item that nobody has told of yet: stated within, or presumed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a case: items by name, how many there may be, and which are unknown (one item stands for any)."""

    items: Mapping[str, Sequence[Values]]
    counts: Mapping[str, Span]
    generic: frozenset[str]
