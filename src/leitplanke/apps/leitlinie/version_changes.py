"""What a version says differently from an earlier one, clause by clause, as employees read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.changelog import FieldChange
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.core.guideline import Audience, Numbered, numbered, word_changes
from leitplanke.core.guideline.deciding import shown_value

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that is new, another, or gone; `number` is that of the newer version, "" where it is gone."""

    number: str
    title: str
    what: str
    kind: str
    changes: tuple[FieldChange, ...]


def what_changed(before: Leitlinienfassung, after: Leitlinienfassung) -> list[ClauseChange]:
    """Return the clauses about which `after` says something else, in the order of the blocks."""
    old, new = (
        {one.block.id: one for one in numbered(guideline_of(side), blocks())} for side in (before, after)
    )  # fmt: skip
    found = (_change(old.get(name), new.get(name)) for name in blocks())
    return sorted((one for one in found if one is not None), key=lambda one: _place(one.number))


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".")) if number else (999,)


def _change(old: Numbered | None, new: Numbered | None) -> ClauseChange | None:
    newer = new or old
    if newer is None:
        return None
    before, after = _said(old), _said(new)
    changes = tuple(
        FieldChange(label, word_changes(before.get(label, ""), after.get(label, "")))
        for label in dict.fromkeys((*after, *before))
        if before.get(label, "") != after.get(label, "")
    )
    if not changes:
        return None
    what, kind = (
        (_("neu"), "success") if old is None else (_("entfällt"), "danger") if new is None else (_("geändert"), "info")
    )
    return ClauseChange(new.number if new else "", newer.block.title, what, kind, changes)


def _said(one: Numbered | None) -> dict[str, str]:
    if one is None:
        return {}
    values = {
        parameter.title: f"{shown_value(parameter, one.values[parameter.name])} {parameter.unit}".strip()
        for parameter in one.parameters
    }
    return {_("Regel"): one.text(Audience.BESCHAEFTIGTE), _("Entscheidung"): one.option.title, **values}
