"""What a version covers: building blocks, principles, duties, demands; covered, only in words, or open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.library import blocks, sources
from leitplanke.base.interview.wording import said
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.guideline import numbered
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leitplanke.core.guideline import Block, Demand, Guideline, Numbered

COC = "https://demokratische-ki.de/"
COVERED, TEXT, PARTLY, OTHERWISE, OPEN = "abgedeckt", "text", "teils", "anders", "offen"
# What stands on the badge, and its colour: a state is told by words first.
STATES = {
    COVERED: (gettext_noop("abgedeckt"), "success"),
    TEXT: (gettext_noop("entschieden, ohne Maschine"), "info"),
    PARTLY: (gettext_noop("zum Teil"), "info"),
    OTHERWISE: (gettext_noop("anders entschieden"), "warning"),
    OPEN: (gettext_noop("offen"), "danger"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is covered, or not, and the blocks behind it.

    Attributes:
        note: a norm, a date, what was decided.
        unchecked: nobody has read it there yet.
    """

    text: str
    state: str
    blocks: tuple[Block, ...]
    note: str = ""
    unchecked: bool = False

    @property
    def label(self) -> str:
        """The state in words."""
        return _(STATES[self.state][0])

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together; `key` names the part in the address."""

    key: str
    title: str
    about: str
    lines: tuple[Line, ...]
    url: str = ""
    source: str = ""

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many lines are in which state: label, colour, number."""
        found = [(state, sum(line.state == state for line in self.lines)) for state in STATES]
        return [(_(STATES[state][0]), STATES[state][1], count) for state, count in found if count]

    @property
    def covered(self) -> int:
        """How many lines are decided in the sense of what is demanded."""
        return sum(line.state in {COVERED, TEXT} for line in self.lines)


def coverage_of(guideline: Guideline) -> list[Part]:
    """Return everything a guideline is held against."""
    decided = {one.block.id: one for one in numbered(guideline, blocks())}
    said_by = sources()
    act = said_by.ai_act
    return [
        Part("bausteine", _("Bausteine"), _("Alle Fragen an eine Leitlinie."), tuple(_blocks(decided))),
        Part(
            "grundsaetze", _("Acht Grundsätze"), _("Aus dem Code of Conduct „Demokratische KI“."),
            tuple(_principles(decided)), COC,
        ),
        Part("drei_grundsaetze", _("Drei Grundsätze aus Dortmund"), _("In unseren Worten."), tuple(_dortmund(decided))),
        Part(
            act.key, act.title, act.about, tuple(_demand(one, decided) for one in act.demands), act.url,
            f"{act.publisher}, {act.as_of}",
        ),
        *(
            Part(
                one.key, one.title, one.about, tuple(_demand(demand, decided) for demand in one.demands), one.url,
                f"{one.publisher}, {one.as_of}",
            )
            for one in said_by.documents
        ),
    ]  # fmt: skip


def _blocks(decided: Mapping[str, Numbered]) -> Iterable[Line]:
    for block in sorted(blocks().values(), key=lambda block: (list(CHAPTERS).index(block.area), block.id)):
        one = decided.get(block.id)
        yield Line(block.title, state_of(one), (block,), one.option.title if one else "")


def _principles(decided: Mapping[str, Numbered]) -> Iterable[Line]:
    for principle in load_ki_verordnung().principles:
        behind = tuple(block for block in blocks().values() if principle.name in block.principles)
        yield Line(
            said(principle.title), _all_of(behind, decided), behind, _share(behind, decided),
            unchecked=not principle.verified,
        )  # fmt: skip


def _dortmund(decided: Mapping[str, Numbered]) -> Iterable[Line]:
    for name, text in sources().dortmund.items():
        behind = tuple(block for block in blocks().values() if name in block.dortmund)
        yield Line(text, _all_of(behind, decided), behind, _share(behind, decided))


def _demand(demand: Demand, decided: Mapping[str, Numbered]) -> Line:
    behind = tuple(blocks()[name] for name in demand.blocks)
    taken = [decided[name] for name in demand.blocks if name in decided]
    meeting = [one for one in taken if demand.is_met_by(one)]
    states = {state_of(one) for one in meeting}
    state = COVERED if COVERED in states else TEXT if states else OTHERWISE if taken else OPEN
    return Line(demand.text, state, behind, demand.norm, unchecked=not demand.checked)


def state_of(one: Numbered | None) -> str:
    """Return whether a decision is kept by a control, stands only in words, or is open."""
    if one is None:
        return OPEN
    return COVERED if one.option.clauses or one.option.cells else TEXT


def _all_of(behind: tuple[Block, ...], decided: Mapping[str, Numbered]) -> str:
    """Return the state of something behind which several blocks stand."""
    states = {state_of(decided.get(block.id)) for block in behind}
    if OPEN in states:
        return PARTLY if states - {OPEN} else OPEN
    return COVERED if COVERED in states else TEXT


def _share(behind: tuple[Block, ...], decided: Mapping[str, Numbered]) -> str:
    done = sum(block.id in decided for block in behind)
    return _("%(done)d von %(all)d Bausteinen entschieden") % {"done": done, "all": len(behind)}
