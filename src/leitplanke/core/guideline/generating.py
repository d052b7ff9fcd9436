"""From a guideline to the profile that machines keep."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import replace

from leitplanke.core.guideline.deciding import Guideline, Numbered, numbered
from leitplanke.core.guideline.filling import fill
from leitplanke.core.guideline.model import Audience, Block
from leitplanke.core.policy import Cell, Clause, DataClass, DataTable, ModelClass, Profile

STRICTNESS = {cell: rank for rank, cell in enumerate((Cell.OFFEN, Cell.NUR_PSEUDONYMISIERT, Cell.GESPERRT))}


def profile_of(guideline: Guideline, blocks: Mapping[str, Block], table: DataTable) -> Profile:
    """Return the profile of a guideline.

    A cell that no option sets is as in `table`; where options meet, the strictest holds. A control that two options
    share is kept once, at the first clause.
    """
    clauses = numbered(guideline, blocks)
    controls: dict[str, Clause] = {}
    for one in clauses:
        for control in _controls(one):
            controls.setdefault(control.name, control)
    return Profile(
        guideline.id, guideline.title, guideline.version, _table(clauses, table), tuple(controls.values()),
        guideline.town,
    )  # fmt: skip


def _controls(one: Numbered) -> list[Clause]:
    values = one.values
    several = len(one.option.clauses) > 1
    return [
        replace(
            control,
            number=f"{one.number}{letter}" if several else one.number,
            condition=fill(control.condition, values),
            sentence=fill(control.sentence, values),
            parameters={name: _filled(value, values) for name, value in control.parameters.items()},
            source=_source(one),
            text=one.text(Audience.BESCHAEFTIGTE),
        )
        for letter, control in zip(string.ascii_lowercase, one.option.clauses, strict=False)
    ]


def _filled(value: str | list[str], values: Mapping[str, str]) -> str | list[str]:
    return fill(value, values) if isinstance(value, str) else [fill(part, values) for part in value]


def _source(one: Numbered) -> str:
    norms = "; ".join(law.norm for law in one.block.laws)
    return f"Baustein {one.block.id}, {one.option.title}" + (f"; {norms}" if norms else "")


def _table(clauses: tuple[Numbered, ...], table: DataTable) -> DataTable:
    said: dict[tuple[DataClass, ModelClass], Cell] = {}
    number = ""
    for one in clauses:
        for place, cell in one.option.cells.items():
            number = number or one.number
            said[place] = max(said.get(place, Cell.OFFEN), cell, key=STRICTNESS.__getitem__)
    cells = {
        data: {model: said.get((data, model), table.cell(data, model)) for model in ModelClass} for data in DataClass
    }
    # Beside the number of a clause, which has controls of its own.
    return replace(table, cells=cells, number=f"{number or table.number}T")
