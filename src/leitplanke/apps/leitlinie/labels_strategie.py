"""Words and colours of the self-assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitplanke.core.guideline import Principle
from leitplanke.core.guideline.assessing import State

PRINCIPLES: Mapping[Principle, Any] = {
    Principle.ABWAEGUNG: _("Abwägung der Nutzung"),
    Principle.MENSCHENZENTRIERUNG: _("Menschenzentrierung"),
    Principle.TRANSPARENZ: _("Transparenz"),
    Principle.TEILHABE: _("Teilhabe und Partizipation"),
    Principle.DISKRIMINIERUNGSKRITIK: _("Diskriminierungskritische Haltung"),
    Principle.VERANTWORTUNG: _("Verantwortung und Verantwortlichkeit"),
    Principle.KOMPETENZEN: _("Kompetenzen"),
    Principle.NACHHALTIGKEIT: _("Ökologische Nachhaltigkeit"),
}
STATES: Mapping[State, Any] = {
    State.BELEGT: _("belegt"),
    State.TEILWEISE: _("teilweise"),
    State.OFFEN: _("offen"),
    State.ENTFAELLT: _("nicht prüfbar"),
}
STATE_KINDS: Mapping[State, str] = {
    State.BELEGT: "success",
    State.TEILWEISE: "warning",
    State.OFFEN: "danger",
    State.ENTFAELLT: "info",
}


def state_label(name: str) -> str:
    """Return the word for a state by its name; "–" where there was none."""
    return str(STATES[State(name)]) if name else "–"
