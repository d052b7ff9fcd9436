"""Guidelines side by side, block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitplanke.core.guideline.deciding import Choice, Guideline, Numbered, numbered, shown_value
from leitplanke.core.guideline.model import Block


@dataclass(frozen=True, slots=True)
class CellOf:
    """What one guideline says about a block; `option` is empty where it says nothing.

    Attributes:
        values: of the parameters, as people read them.
        source: where it is said.
    """

    option: str
    title: str
    values: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """A block and what each guideline says about it."""

    block: Block
    cells: tuple[CellOf, ...]

    @property
    def differs(self) -> bool:
        """Whether the guidelines that say something say different things."""
        said = {(cell.option, tuple(sorted(cell.values.items()))) for cell in self.cells if cell.option}
        return len(said) > 1

    @property
    def silent(self) -> bool:
        """Whether one of them says nothing."""
        return any(not cell.option for cell in self.cells)


NOTHING = CellOf("", "", {}, "")


def compare(
    guidelines: Sequence[Guideline], blocks: Mapping[str, Block], *, only_differences: bool = False
) -> list[Row]:
    """Return a row for each block, with a cell for each guideline in their order."""
    sides = [{one.block.id: one for one in numbered(guideline, blocks)} for guideline in guidelines]
    rows = [Row(block, tuple(_cell(side.get(block.id)) for side in sides)) for block in blocks.values()]
    return [row for row in rows if row.differs] if only_differences else rows


def _cell(one: Numbered | None) -> CellOf:
    if one is None:
        return NOTHING
    values = {parameter.title: shown_value(parameter, one.values[parameter.name]) for parameter in one.parameters}
    return CellOf(one.option.key, one.option.title, values, one.choice.source)


def known_guideline(town: str, title: str, source: str, blocks: Mapping[str, Block]) -> Guideline:
    """Return what is known of another town's guideline from the blocks: which options it chose."""
    choices = tuple(
        Choice(block.id, block.chosen[town], source=source) for block in blocks.values() if town in block.chosen
    )
    return Guideline(town, title, town, "", choices)


def changes(before: Guideline, after: Guideline, blocks: Mapping[str, Block]) -> list[Row]:
    """Return the blocks about which a new version says something else, or in other words."""
    old, new = ({one.block.id: one for one in numbered(side, blocks)} for side in (before, after))
    return [
        Row(block, (_cell(old.get(block.id)), _cell(new.get(block.id))))
        for block in blocks.values()
        if _said(old.get(block.id)) != _said(new.get(block.id))
    ]


def _said(one: Numbered | None) -> tuple[object, ...]:
    return () if one is None else (one.option.key, one.values, dict(one.choice.wording))
