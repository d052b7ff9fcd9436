"""Reads of reports: those one may handle, the one a code opens, and what the public reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from leitplanke.apps.register.doing import may
from leitplanke.apps.register.incident_codes import code_hash
from leitplanke.apps.register.incidents import ACTION, recent_count
from leitplanke.apps.register.models import Schwere, Vorfall
from leitplanke.apps.register.permissions import TOWN_WIDE
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

RUNNING = (Stand.ERPROBUNG, Stand.FREIGEGEBEN)


@dataclass(frozen=True, slots=True)
class Published:
    """What the public reads about a report.

    Attributes:
        kind: `beschwerde`, `fehler` or `vorfall`; `label` is the word for it.
        text: the summary that the office wrote.
        closed: when it was closed, None while somebody is at it.
    """

    kind: str
    label: str
    severity: str
    text: str
    reported: datetime
    published: datetime
    closed: datetime | None


def published(eintrag: Eintrag) -> list[Published]:
    """Return the published reports on a system, the newest first."""
    rows = eintrag.vorfaelle.filter(veroeffentlicht_am__isnull=False).order_by("-gemeldet_am", "-pk")
    return [
        Published(
            row.art, row.get_art_display(), row.get_schwere_display(), row.oeffentlich_text, row.gemeldet_am,
            row.veroeffentlicht_am, row.erledigt_am,
        )
        for row in rows
        if row.veroeffentlicht_am is not None
    ]  # fmt: skip


def by_code(mandant: Mandant, code: str) -> Vorfall | None:
    """Return the report that a code opens, None where it opens none."""
    rows = Vorfall.objects.for_mandant(mandant).exclude(code_hash="").select_related("eintrag__einheit")
    return rows.filter(code_hash=code_hash(code)).first()


def handled_by(actor: Actor) -> QuerySet[Vorfall]:
    """Return the reports that somebody may handle, the next time limit first."""
    members = [one for one in (*actor.memberships, *actor.acting_for) if may(one, ACTION)]
    rows = Vorfall.objects.for_mandant(actor.mandant).select_related("eintrag", "mandant")
    if not any(Rolle(one.rolle) in TOWN_WIDE for one in members):
        rows = rows.filter(eintrag__einheit__in=[one.einheit_id for one in members])
    urgent = Q(behoerde_bis__isnull=False, behoerde_am__isnull=True)
    first = F("erledigt_am").desc(nulls_first=True)
    return rows.annotate(dringend=urgent).order_by(first, "-dringend", "frist_am", "pk")


def next_step(vorfall: Vorfall) -> str:
    """Return what comes next: `beurteilen`, `behoerde`, `antworten`, `schliessen`, or "" where it is closed."""
    if not vorfall.open:
        return ""
    if vorfall.schwere == Schwere.OFFEN:
        return "beurteilen"
    if vorfall.behoerde_bis is not None and vorfall.behoerde_am is None:
        return "behoerde"
    return "schliessen" if vorfall.beantwortet_am is not None else "antworten"


def reason_to_suspend(vorfall: Vorfall) -> str:
    """Return the sentence that proposes to suspend the system, "" where nothing speaks for it; a person decides."""
    eintrag = vorfall.eintrag
    if eintrag.state not in RUNNING or not vorfall.open:
        return ""
    if vorfall.schwere == Schwere.SCHWER:
        return _("Der Vorfall ist schwerwiegend. Prüfen Sie, ob das System bis zur Klärung ausgesetzt wird.")
    count, most = recent_count(eintrag), settings_of(vorfall.mandant).vorfall_schwelle
    if count >= most:
        return _("Es gibt %(zahl)s offene Vorfälle aus 30 Tagen, die Schwelle ist %(schwelle)s.") % {
            "zahl": count, "schwelle": most,
        }  # fmt: skip
    return ""
