"""The history of a clause as people read it: who changed what, when and why, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.differences import lines_between, with_unit
from leitplanke.apps.leitlinie.previews import AUDIENCES
from leitplanke.core.guideline import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from leitplanke.apps.leitlinie.differences import Line
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.core.guideline import Block

MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A change of a clause."""

    number: int
    what: str
    who: str
    at: datetime
    why: str
    changes: tuple[Line, ...]


def history_of(version: Leitlinienfassung, block: Block) -> list[HistoryRow]:
    """Return the changes of a block in a version, the newest first; the oldest beyond thirty are left out."""
    found = version.klauselstaende.filter(baustein=block.id).select_related("person")[: MOST_ROWS + 1]
    rows = []
    before: Mapping[str, Any] = {}
    for row in reversed(found):
        what = _("herausgenommen") if not row.inhalt else _("geändert") if before else _("aufgenommen")
        who = row.person.name if row.person else _("nicht mehr zugeordnet")
        changes = differences(block, before, row.inhalt)
        rows.append(HistoryRow(row.nummer, what, who, row.am, row.anlass, changes))
        before = row.inhalt
    return rows[::-1][:MOST_ROWS]


def differences(block: Block, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return what differs between two contents of a clause, as `content_of` keeps them."""
    return lines_between(_shown(block, before), _shown(block, after))


def _shown(block: Block, content: Mapping[str, Any]) -> dict[str, str]:
    """Return a content as label and text, with the words that people know."""
    if not content:
        return {}
    option = block.option(content["option"])
    shown = {_("Entscheidung"): option.title if option else content["option"]}
    for parameter in block.parameters:
        value = content.get("werte", {}).get(parameter.name, parameter.usual)
        shown[parameter.title] = with_unit(parameter, value)
    for name, text in content.get("wortlaut", {}).items():
        shown[_("Eigener Wortlaut: %(wer)s") % {"wer": _(AUDIENCES[Audience(name)])}] = text
    named = {_("Grund"): "grund", _("Quelle"): "quelle", _("Lizenz"): "lizenz"}
    return shown | {label: content[name] for label, name in named.items() if content.get(name)}
