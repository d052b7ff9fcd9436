"""What a report consists of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, Union


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; the first cell of a row is its head."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what it shows (`caption`) and what it says (`alt`, for those who do not see it)."""

    name: str
    caption: str
    alt: str
    svg: bytes


Block: TypeAlias = Union[str, Points, ReportTable, Picture]  # noqa: UP007 - one alias for all who make reports


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]
