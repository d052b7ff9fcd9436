"""A rule of what holds as people read it: what it does, why, on what it stands, who keeps it, and in which cases."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.queries import guideline_of, in_force
from leitplanke.base.policy import active
from leitplanke.core.guideline import Numbered, numbered
from leitplanke.core.guideline.writing.cases import facts_words
from leitplanke.core.guideline.writing.conditions import Part, condition_words
from leitplanke.core.guideline.writing.words import CELLS, CHAPTERS, DATA, EFFECTS, KEPT, MODELS
from leitplanke.core.policy import Case, Cell, Clause, DataClass, DataTable, Effect, ModelClass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.models import Mandant

CELL_KINDS = {Cell.OFFEN: "success", Cell.NUR_PSEUDONYMISIERT: "warning", Cell.GESPERRT: "danger"}
# What somebody at a desk can do next, beside what the sentence of the rule says: words, and the address by its name.
NEXT: Mapping[Effect, tuple[str, str]] = {
    Effect.REQUIRE_ACKNOWLEDGEMENT: (gettext_noop("Leitlinie jetzt lesen und bestätigen"), "leitlinie:kenntnis"),
    Effect.REQUIRE_TRAINING: (gettext_noop("Meine Schulungen ansehen"), "leitlinie:eigene_schulungen"),
}


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case in words."""

    text: str
    result: str
    applies: bool


@dataclass(frozen=True, slots=True)
class ShownControl:
    """What the software keeps of a rule.

    Attributes:
        sentence: what people read when it stops or changes something.
        effect: what happens then, in a few words.
        condition: when it applies, in words.
        action, action_url: what to do next beside what the sentence says, and the name of its address; may be empty.
    """

    number: str
    title: str
    sentence: str
    effect: str
    stops: bool
    condition: Part
    cases: tuple[ShownCase, ...]
    action: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of what holds: one control of it, or a clause that only people keep.

    Attributes:
        clause: of the adopted guideline; None for the rules that ship.
        siblings: the other controls of the same clause.
    """

    number: str
    title: str
    control: ShownControl | None
    clause: Numbered | None
    siblings: tuple[Clause, ...]
    source: str
    kept: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the table of data against models, in words."""

    place: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """Data of one class and what may happen to it where."""

    data: str
    cells: tuple[ShownCell, ...]


def rule_of(mandant: Mandant, number: str) -> Rule | None:
    """Return a rule of what holds by its number; None where there is none."""
    controls = active(mandant).profile.clauses
    control = next((one for one in controls if one.number == number), None)
    clause = _clause_of(in_force(mandant), number.rstrip(string.ascii_letters) if control else number)
    if control is None and clause is None:
        return None
    own = clause.number if clause else number
    related = tuple(one for one in controls if one.number.rstrip(string.ascii_letters) == own)
    if control is None and len(related) == 1:
        control = related[0]
    return Rule(
        number,
        control.title if control else clause.block.title if clause else "",
        _shown(control) if control else None,
        clause,
        tuple(one for one in related if one is not control),
        control.source if control else "",
        _(KEPT[clause.block.enforcement]) if clause else _("Software"),
    )


def _clause_of(version: Leitlinienfassung | None, number: str) -> Numbered | None:
    if version is None:
        return None
    return next((one for one in numbered(guideline_of(version), blocks()) if one.number == number), None)


def _shown(control: Clause) -> ShownControl:
    action, url = NEXT.get(control.effect, ("", ""))
    return ShownControl(
        control.number, control.title, control.sentence, _(EFFECTS[control.effect]),
        control.effect.strictness <= Effect.REQUIRE_ACKNOWLEDGEMENT.strictness, condition_words(control.condition),
        tuple(_case(control, case) for case in control.cases), _(action) if action else "", url,
    )  # fmt: skip


def _case(control: Clause, case: Case) -> ShownCase:
    result = _(EFFECTS[control.effect]) if case.applies else _("Diese Regel steht nicht im Weg.")
    return ShownCase(case.text or facts_words(case.facts), result, case.applies)


def table_rows(table: DataTable) -> list[TableRow]:
    """Return the table of data against models in words."""
    return [
        TableRow(
            _(DATA[data]),
            tuple(ShownCell(_(MODELS[model]), _(CELLS[cell]), CELL_KINDS[cell]) for model, cell in _cells(table, data)),
        )
        for data in DataClass
    ]


def _cells(table: DataTable, data: DataClass) -> list[tuple[ModelClass, Cell]]:
    return [(model, table.cell(data, model)) for model in ModelClass]


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter of the guideline with its clauses, each with whether software keeps it."""

    title: str
    clauses: tuple[tuple[Numbered, bool], ...]


def chapters_of(version: Leitlinienfassung) -> list[ShownChapter]:
    """Return the chapters of a version."""
    rows: dict[str, list[tuple[Numbered, bool]]] = {}
    for one in numbered(guideline_of(version), blocks()):
        kept = bool(one.option.clauses or one.option.cells)
        rows.setdefault(_(CHAPTERS[one.block.area]), []).append((one, kept))
    return [ShownChapter(title, tuple(found)) for title, found in rows.items()]
