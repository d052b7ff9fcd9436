"""Regular work on the register: suspend where a rule says so, remind of what falls due, tell of a change of law.

A rule closes and never opens. Mail goes once: what was told already stands in the outbox.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.incidents import counting
from leitplanke.apps.register.models import Einstufung, Eintrag
from leitplanke.apps.register.releasing import suspend_by_rule
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.notify.categories import Category
from leitplanke.base.notify.models import Nachricht
from leitplanke.base.notify.services import notify
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.lifecycle import LifecycleError, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leitplanke.base.accounts.models import Person

logger = logging.getLogger(__name__)

CATEGORY = "register"
CATEGORIES = (
    Category(
        CATEGORY,
        gettext_lazy("KI-Register"),
        gettext_lazy("Aussetzungen, fällige Pflichten und Bewertungen, neuer Stand des Rechts."),
    ),
)
AHEAD_DAYS = 30
RUNNING = (Stand.FREIGEGEBEN.value, Stand.ERPROBUNG.value)


def watch_everywhere() -> None:
    """Do the regular work for every town; one that fails does not stop the others."""
    for mandant in Mandant.objects.all():
        try:
            with translation.override("de"):
                watch(mandant)
        except Exception:
            logger.exception("Die Aufsicht über das Register von %s misslang", mandant.kurz)


def watch(mandant: Mandant, today: date | None = None) -> None:
    """Do the regular work for one town."""
    day = today or timezone.localdate()
    suspend_where_due(mandant, day)
    remind(mandant, day)
    tell_of_change_of_law(mandant, day)


def suspend_where_due(mandant: Mandant, today: date) -> list[Eintrag]:
    """Suspend what runs on an expired evaluation, or has had too many incidents; tell those who answer for it."""
    found = []
    for key, reason in [*_expired(mandant, today), *_too_many_incidents(mandant, today)]:
        try:
            eintrag = suspend_by_rule(mandant, key, reason)
        except LifecycleError:  # a person was faster, or both reasons hold
            continue
        found.append(eintrag)
        day = date_format(today, "SHORT_DATE_FORMAT")
        subject = _("Ausgesetzt am %(tag)s: %(name)s") % {"tag": day, "name": eintrag.name}
        body = _(
            "Die KI von „%(name)s“ ist ausgesetzt. %(grund)s\nOhne KI geht es weiter: Eingang, Bearbeitung und Fristen "
            "laufen. Wieder öffnen kann nur ein Mensch, mit einer neuen Freigabe."
        )
        _tell(_answering(eintrag), mandant, subject, body % {"name": eintrag.name, "grund": reason})
    return found


def _expired(mandant: Mandant, today: date) -> Iterator[tuple[int, str]]:
    rows = Eintrag.objects.for_mandant(mandant).filter(stand__in=RUNNING, gueltig_bis__lt=today)
    for key, last in rows.values_list("pk", "gueltig_bis"):
        day = date_format(last, "SHORT_DATE_FORMAT") if last else ""
        yield key, _("Die Bewertung galt bis %(tag)s und ist abgelaufen.") % {"tag": day}


def _too_many_incidents(mandant: Mandant, today: date) -> Iterator[tuple[int, str]]:
    """Count open incidents that the office judged or reported itself; nobody stops a system by anonymous reports."""
    rows = Eintrag.objects.for_mandant(mandant).filter(stand__in=RUNNING)
    limit = settings_of(mandant).vorfall_schwelle
    count = Count("vorfaelle", filter=counting(today, "vorfaelle__"))
    for row in rows.annotate(offen=count).filter(offen__gte=max(limit, 1)):
        yield row.pk, _("In 30 Tagen gab es %(zahl)d offene Vorfälle; die Schwelle liegt bei %(schwelle)d.") % {
            "zahl": row.offen, "schwelle": limit,
        }  # fmt: skip


def remind(mandant: Mandant, today: date) -> int:
    """Remind of duties and evaluations that fall due within `AHEAD_DAYS` days; returns how many mails were new."""
    limit = today + timedelta(days=AHEAD_DAYS)
    rows = Eintrag.objects.for_mandant(mandant).exclude(stand=Stand.STILLGELEGT.value)
    soon = rows.filter(Q(gueltig_bis__range=(today, limit)) | Q(naechste_pflicht_am__range=(today, limit)))
    sent = 0
    for eintrag in soon.select_related("verantwortlich__person", "mandant"):
        for what, day in ((_("Bewertung"), eintrag.gueltig_bis), (_("Pflicht"), eintrag.naechste_pflicht_am)):
            if day is not None and today <= day <= limit:
                sent += _remind(eintrag, what, day)
    return sent


def _remind(eintrag: Eintrag, what: str, day: date) -> int:
    values = {"was": what, "tag": date_format(day, "SHORT_DATE_FORMAT"), "name": eintrag.name}
    body = _(
        "Am %(tag)s ist es so weit: %(was)s zu „%(name)s“. Bitte sehen Sie im Register nach, was zu tun ist. Läuft "
        "eine Bewertung ab, setzt eine Regel die KI aus."
    )
    subject = _("Fällig am %(tag)s: %(was)s, %(name)s") % values
    return _tell(_answering(eintrag), eintrag.mandant, subject, body % values)


def tell_of_change_of_law(mandant: Mandant, today: date) -> int:
    """Tell who looks after AI which entries were classified under another state of the law."""
    version = load_ki_verordnung().law_version(today)
    rows = Einstufung.objects.for_mandant(mandant).exclude(eintrag__stand=Stand.STILLGELEGT.value).order_by("id")
    newest = dict(rows.values_list("eintrag__name", "law_version"))
    outdated = sorted(name for name, known in newest.items() if known != version)
    if not outdated:
        return 0
    subject = _("Neuer Stand des Rechts (%(stand)s): Einstufungen prüfen") % {"stand": version}
    body = _(
        "Das Recht der KI-Verordnung ist ein anderes als bei der Einstufung dieser Systeme. Bitte stufen Sie neu ein:"
    )
    lines = "\n".join(f"- {name}" for name in outdated)
    return _tell(_ki_beauftragte(mandant), mandant, subject, f"{body}\n\n{lines}")


def _answering(eintrag: Eintrag) -> list[Person]:
    own = [eintrag.verantwortlich.person] if eintrag.verantwortlich else []
    return list({person.pk: person for person in (*own, *_ki_beauftragte(eintrag.mandant))}.values())


def _ki_beauftragte(mandant: Mandant) -> list[Person]:
    rows = Mitgliedschaft.objects.for_mandant(mandant).filter(rolle=Rolle.KI_BEAUFTRAGTE, person__is_active=True)
    return [row.person for row in rows.valid_on(timezone.localdate()).select_related("person")]


def _tell(people: Iterable[Person], mandant: Mandant, subject: str, body: str) -> int:
    """Mail to each once; the subject says of what."""
    subject, sent = subject[:255], 0
    for person in people:
        told = Nachricht.objects.for_mandant(mandant).filter(person=person, kategorie=CATEGORY, betreff=subject)
        if not told.exists():
            notify(person, category=CATEGORY, subject=subject, body=body, mandant=mandant)
            sent += 1
    return sent
