"""Who decided how: per building block its options, and who elsewhere chose which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.library import blocks, known
from leitplanke.apps.leitlinie.sides import CHECKED, COUNTRIES, LEVELS
from leitplanke.core.guideline import Area
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from leitplanke.core.guideline import Block, KnownGuideline


@dataclass(frozen=True, slots=True)
class Chooser:
    """Somebody elsewhere; `unchecked` where what is known does not come from themselves."""

    one: KnownGuideline
    unchecked: bool


@dataclass(frozen=True, slots=True)
class Votes:
    """An option, who chose it, and whether it is ours."""

    number: int
    title: str
    choosers: tuple[Chooser, ...]
    ours: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A block with its options, and how many bodies are known to have answered it."""

    block: Block
    votes: tuple[Votes, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """Somebody and what they chose per question: the number and the title of the option, nothing where unknown."""

    chooser: Chooser
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Rows of bodies of one kind."""

    title: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The questions of a chapter, and the table of those who answered one of them."""

    area: Area
    title: str
    questions: tuple[Question, ...]
    groups: tuple[TableGroup, ...]


def chapters_of(*, ours: dict[str, str], level: str = "", country: str = "", chapter: str = "") -> list[Chapter]:
    """Return who decided how, by chapter; `ours` is what this town decided, by block."""
    those = {
        key: Chooser(one, one.evidence not in CHECKED)
        for key, one in known().items()
        if level in {"", one.level} and country in {"", one.country}
    }
    found = []
    for area in Area:
        if chapter not in {"", area.value}:
            continue
        questions = tuple(
            question
            for block in blocks().values()
            if block.area is area and (question := _question(block, those, ours.get(block.id, ""))).total
        )
        if questions:
            found.append(Chapter(area, _(CHAPTERS[area]), questions, _groups(questions, those)))
    return found


def _question(block: Block, those: dict[str, Chooser], ours: str) -> Question:
    votes = []
    for number, option in enumerate(block.options, 1):
        own = (those[key] for key, chosen in block.chosen.items() if chosen == option.key and key in those)
        choosers = tuple(sorted(own, key=lambda chooser: chooser.one.name))
        votes.append(Votes(number, option.title, choosers, option.key == ours))
    return Question(block, tuple(votes), sum(len(vote.choosers) for vote in votes))


def _groups(questions: tuple[Question, ...], those: dict[str, Chooser]) -> tuple[TableGroup, ...]:
    groups = []
    for level, title in LEVELS.items():
        for country, land in COUNTRIES.items():
            here = sorted(
                (one for one in those.values() if one.one.level == level and one.one.country == country),
                key=lambda chooser: chooser.one.name,
            )
            made = (_row(one, questions) for one in here)
            rows = tuple(row for row in made if any(number for number, _title in row.cells))
            if rows:
                groups.append(TableGroup(f"{_(title)}, {_(land)}", rows))
    return tuple(groups)


def _row(chooser: Chooser, questions: tuple[Question, ...]) -> TableRow:
    cells = []
    for question in questions:
        chosen = question.block.chosen.get(chooser.one.key)
        numbers = [(at, option.title) for at, option in enumerate(question.block.options, 1) if option.key == chosen]
        cells.append(numbers[0] if numbers else (0, ""))
    return TableRow(chooser, tuple(cells))
