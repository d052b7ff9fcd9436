"""What differs between two versions of the guideline, as people read it: clause by clause, word by word.

Reasons, sources and licences that changed alone are left out: they change nothing that anybody has to keep.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.previews import AUDIENCES
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.core.guideline import Area, Audience, changes, numbered, word_changes
from leitplanke.core.guideline.deciding import shown_value
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.core.guideline import Block, Guideline, Numbered, Parameter, Piece


class Fate(enum.StrEnum):
    """What became of a clause."""

    NEW = "neu"
    GONE = "weg"
    CHANGED = "geaendert"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that a clause says, with both texts in one."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """A clause that is new, gone, or says something else.

    Attributes:
        number: under which the later version has it, the earlier where it is gone.
        lines: what differs: the option, the values, the wording for the audience, own words for others.
        reason: why the later version says so.
    """

    block: Block
    fate: Fate
    number: str
    lines: tuple[Line, ...]
    reason: str

    @property
    def label(self) -> str:
        """What became of it, in words."""
        return {Fate.NEW: _("neu"), Fate.GONE: _("entfällt"), Fate.CHANGED: _("geändert")}[self.fate]

    @property
    def kind(self) -> str:
        """The colour of that."""
        return {Fate.NEW: "success", Fate.GONE: "danger", Fate.CHANGED: "info"}[self.fate]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The clauses of a chapter that differ."""

    area: Area
    title: str
    clauses: tuple[ClauseDifference, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two guidelines; `same` counts the clauses that say the same."""

    chapters: tuple[Chapter, ...]
    same: int

    @property
    def clauses(self) -> tuple[ClauseDifference, ...]:
        """All clauses that differ, in their order."""
        return tuple(clause for chapter in self.chapters for clause in chapter.clauses)

    def count(self, fate: Fate) -> int:
        """Return how many clauses had this fate."""
        return sum(clause.fate is fate for clause in self.clauses)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Label, colour and number of each fate that occurs."""
        found = {fate: [clause for clause in self.clauses if clause.fate is fate] for fate in Fate}
        return [(own[0].label, own[0].kind, len(own)) for own in found.values() if own]


def lines_between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the labels whose texts differ, each with both texts in one; a label that one side lacks is empty there."""
    labels = [label for label in dict.fromkeys((*before, *after)) if before.get(label, "") != after.get(label, "")]
    return tuple(Line(label, word_changes(before.get(label, ""), after.get(label, ""))) for label in labels)


def with_unit(parameter: Parameter, value: str) -> str:
    """Return a value as people read it, with its unit."""
    return f"{shown_value(parameter, value)} {parameter.unit}".strip()


def differences_between(
    before: Guideline, after: Guideline, audience: Audience = Audience.BESCHAEFTIGTE
) -> Differences:
    """Return what `after` says otherwise than `before`, with the wording for one audience."""
    library = blocks()
    old, new = ({one.block.id: one for one in numbered(side, library)} for side in (before, after))
    found = [
        _difference(row.block, old.get(row.block.id), new.get(row.block.id), audience)
        for row in changes(before, after, library)
    ]
    chapters = []
    for area in Area:
        own = tuple(clause for clause in found if clause.block.area is area)
        if own:
            chapters.append(Chapter(area, _(CHAPTERS[area]), own))
    return Differences(tuple(chapters), len(old.keys() | new.keys()) - len(found))


def differences_of(
    before: Leitlinienfassung, after: Leitlinienfassung, audience: Audience = Audience.BESCHAEFTIGTE
) -> Differences:
    """Return what one version says otherwise than another."""
    return differences_between(guideline_of(before), guideline_of(after), audience)


def _difference(block: Block, old: Numbered | None, new: Numbered | None, audience: Audience) -> ClauseDifference:
    fate = Fate.NEW if old is None else Fate.GONE if new is None else Fate.CHANGED
    before, after = ({} if one is None else _said(block, one, audience) for one in (old, new))
    lines = lines_between(before, after)
    there = new or old
    return ClauseDifference(block, fate, there.number if there else "", lines, new.choice.reason if new else "")


def _said(block: Block, one: Numbered, audience: Audience) -> dict[str, str]:
    """Return label and text of what a clause says to an audience; own words for others stand there too."""
    said = {_("Entscheidung"): one.option.title}
    for parameter in block.parameters:
        said[parameter.title] = with_unit(parameter, one.values[parameter.name])
    said[_("Wortlaut")] = one.text(audience)
    for other in Audience:
        if other is not audience and one.choice.wording.get(other):
            said[_(AUDIENCES[other])] = one.text(other)
    return said
