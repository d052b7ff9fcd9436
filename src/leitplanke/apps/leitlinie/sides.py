"""Guidelines side by side: own versions, examples, what is known of those elsewhere; each cell with its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.library import blocks, known
from leitplanke.apps.leitlinie.queries import guideline_of, versions_of
from leitplanke.core.guideline import Area, Example, compare, example_guideline, known_guideline
from leitplanke.core.guideline.known import Evidence
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.guideline import Block, Guideline, KnownGuideline, KnownSource
    from leitplanke.core.guideline.comparing import CellOf, Row

LEAST, MOST = 2, 6
MOST_VERSIONS = 30
EXAMPLES = {
    Example.STRENG: gettext_noop("Beispiel streng"),
    Example.AUSGEWOGEN: gettext_noop("Beispiel ausgewogen"),
    Example.OFFEN: gettext_noop("Beispiel offen"),
}
LEVELS = {
    "gemeinde": gettext_noop("Gemeinden"), "stadt": gettext_noop("Städte"), "kreis": gettext_noop("Kreise"),
    "land": gettext_noop("Länder"), "kanton": gettext_noop("Kantone"), "bund": gettext_noop("Bund"),
    "verband": gettext_noop("Verbände"),
}  # fmt: skip
COUNTRIES = {"DE": gettext_noop("Deutschland"), "AT": gettext_noop("Österreich"), "CH": gettext_noop("Schweiz")}
CHECKED = {Evidence.AMTLICH, Evidence.VERBAND}


@dataclass(frozen=True, slots=True)
class Side:
    """A guideline that can be compared.

    Attributes:
        key: how the address names it.
        note: what it is, for the head of its column.
        sources: public pages that say so; empty for what is in this house.
        unchecked: what is known of it does not come from whoever issued it.
    """

    key: str
    name: str
    note: str
    guideline: Guideline
    sources: tuple[KnownSource, ...] = ()
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a side says about a block, and where that is said."""

    side: Side
    said: CellOf

    @property
    def source(self) -> str:
        """Where it is said: what the clause names, else the guideline itself."""
        return self.said.source or self.side.name


@dataclass(frozen=True, slots=True)
class Line:
    """A block and what each side says about it."""

    block: Block
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """The blocks of a chapter about which at least one side says something."""

    area: Area
    title: str
    lines: tuple[Line, ...]


def offered(mandant: Mandant) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be compared, in groups: title, and key and name of each."""
    own = [(f"fassung-{one.nummer}", str(one)) for one in versions_of(mandant)[:MOST_VERSIONS]]
    examples = [(f"beispiel-{key.value}", _(name)) for key, name in EXAMPLES.items()]
    groups = [(_("Eigene Fassungen"), own), (_("Beispiele"), examples)]
    for level, title in LEVELS.items():
        towns = sorted((one.name, key) for key, one in known().items() if one.level == level)
        groups.append((_(title), [(f"bekannt-{key}", name) for name, key in towns]))
    return [(title, entries) for title, entries in groups if entries]


def sides_for(mandant: Mandant, keys: Iterable[str]) -> list[Side]:
    """Return the named guidelines in their order, each once; unknown names are left out."""
    rows = versions_of(mandant).select_related("mandant").prefetch_related("klauseln")
    versions = {f"fassung-{one.nummer}": one for one in rows}
    found = []
    for key in dict.fromkeys(keys):
        if key in versions:
            version = versions[key]
            note = f"{version.titel} ({version.get_stand_display()})"
            found.append(Side(key, _("Fassung %(n)d") % {"n": version.nummer}, note, guideline_of(version)))
        elif (side := _shipped_side(key)) is not None:
            found.append(side)
    return found


def _shipped_side(key: str) -> Side | None:
    kind, _dash, name = key.partition("-")
    if kind == "beispiel" and name in set(Example):
        example = Example(name)
        return Side(key, _(EXAMPLES[example]), _("Von Leitplanke"), example_guideline(blocks(), example))
    if kind == "bekannt" and name in known():
        return known_side(known()[name])
    return None


def known_side(one: KnownGuideline) -> Side:
    """Return a guideline elsewhere as a side."""
    guideline = known_guideline(one.key, one.title, f"{one.title}, {one.name}", blocks())
    note = f"{one.title} ({one.as_of})"
    return Side(f"bekannt-{one.key}", one.name, note, guideline, one.sources, one.evidence not in CHECKED)


def side_by_side(
    sides: Sequence[Side], *, only_differences: bool = False, chapter: str = ""
) -> tuple[list[Chapter], int]:
    """Return what the sides say, by chapter, and about how many blocks none of them says anything.

    Where only some say something, that alone is no difference: often it is just not known.
    """
    rows = compare([side.guideline for side in sides], blocks())
    silent = sum(not any(cell.option for cell in row.cells) for row in rows)
    lines = [_line(row, sides) for row in rows if any(cell.option for cell in row.cells)]
    if only_differences:
        lines = [line for line in lines if line.differs]
    chapters = []
    for area in Area:
        own = tuple(line for line in lines if line.block.area is area)
        if own and chapter in {"", area.value}:
            chapters.append(Chapter(area, _(CHAPTERS[area]), own))
    return chapters, silent


def _line(row: Row, sides: Sequence[Side]) -> Line:
    """Return a block with its cells.

    Of guidelines elsewhere we know the option only: the usual values of its parameters are not theirs.
    """
    cells = tuple(
        Cell(side, replace(said, values={}) if side.sources else said)
        for side, said in zip(sides, row.cells, strict=True)
    )
    options = {cell.said.option for cell in cells if cell.said.option}
    values = {tuple(sorted(cell.said.values.items())) for cell in cells if cell.said.option and not cell.side.sources}
    return Line(row.block, cells, len(options) > 1 or len(values) > 1)
