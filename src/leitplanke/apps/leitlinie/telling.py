"""Mail about the guideline, and what the machine does by itself: remind, and note that a version begins to hold.

Nobody is named anywhere: who has not read the guideline gets a mail, and no other person learns of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.models import Fassungsstand, Fassungsvermerk, Leitlinienfassung, Mitzeichnung, Votum
from leitplanke.apps.leitlinie.people import employees_of, holders_of, readers_of
from leitplanke.apps.leitlinie.queries import days_to_read, in_force, versions_of
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.services import record
from leitplanke.base.notify.categories import Category
from leitplanke.base.notify.services import notify

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Person

logger = logging.getLogger(__name__)
SIGNING, READING = "leitlinie.mitzeichnung", "leitlinie.kenntnis"
CATEGORIES = (
    Category(
        SIGNING,
        gettext_lazy("Mitzeichnung der Leitlinie"),
        gettext_lazy("Wenn Sie eine Fassung mitzeichnen sollen, und was die Stellen dazu gesagt haben."),
    ),
    Category(
        READING,
        gettext_lazy("Leitlinie lesen"),
        gettext_lazy("Wenn eine neue Fassung gilt, und Erinnerung, wenn Sie sie noch nicht gelesen haben."),
    ),
)
WHERE = gettext_lazy("Sie finden es auf der Startseite, wenn Sie angemeldet sind.\n")
AHEAD_DAYS = 3
AGAIN_DAYS = 7


def ask_offices(version: Leitlinienfassung, rows: Iterable[Mitzeichnung]) -> int:
    """Ask the people of offices to look at a version; returns how many mails that was."""
    subject = _("Bitte mitzeichnen: %(fassung)s") % {"fassung": version}
    body = _("Guten Tag,\n\ndie Fassung „%(fassung)s“ wartet auf Ihre Mitzeichnung, bis zum %(tag)s.\n\n") + str(WHERE)
    return _tell_offices(version, rows, subject, body)


def tell_submitter(version: Leitlinienfassung, row: Mitzeichnung) -> None:
    """Tell whoever submitted a version what an office said."""
    if version.vorgelegt_von is None:
        return
    values = {"stelle": row.get_stelle_display(), "votum": row.get_votum_display(), "fassung": version}
    subject = _("%(stelle)s: %(votum)s (%(fassung)s)") % values
    body = _("Guten Tag,\n\n%(stelle)s hat zu „%(fassung)s“ mitgezeichnet: %(votum)s.\n")
    notify(version.vorgelegt_von, category=SIGNING, subject=subject[:200], body=body % values, mandant=version.mandant)


def look_after_everywhere() -> None:
    """Do the regular work for every town; one that fails does not stop the others."""
    for mandant in Mandant.objects.all():
        try:
            with translation.override("de"):
                look_after(mandant)
        except Exception:
            logger.exception("Die Erinnerungen zur Leitlinie von %s misslangen", mandant.kurz)


def look_after(mandant: Mandant, today: date | None = None) -> None:
    """Do the regular work for one town: what begins to hold, what waits for a signature, who has not read."""
    day = today or timezone.localdate()
    note_what_holds(mandant, day)
    remind_offices(mandant, day)
    remind_readers(mandant, day)


def note_what_holds(mandant: Mandant, today: date) -> int:
    """Leave evidence of each adopted version whose day has come, once; tell employees of the one that holds."""
    begun = versions_of(mandant).filter(stand=Fassungsstand.BESCHLOSSEN, gilt_ab__lte=today)
    found = list(begun.exclude(vermerk__gilt_vermerkt_am__isnull=False).order_by("gilt_ab"))
    for version in found:
        with transaction.atomic():
            note = _note_of(version)
            if note.gilt_vermerkt_am is not None or version.gilt_ab is None:
                continue
            note.gilt_vermerkt_am = timezone.now()
            note.save(update_fields=["gilt_vermerkt_am"])
            data = {"fassung": str(version.nummer), "gilt_ab": version.gilt_ab.isoformat()}
            record(
                "leitlinie.gilt",
                mandant=mandant,
                subject=version,
                data={**data, "profil_sha256": version.profil_sha256},
            )
            if version == in_force(mandant, today):
                _ask_to_read(version, _unread(version), first=True)
    return len(found)


def remind_offices(mandant: Mandant, today: date) -> int:
    """Remind offices, once, of a signature that is due within `AHEAD_DAYS` days or late; returns how many mails."""
    due = versions_of(mandant).filter(stand=Fassungsstand.MITZEICHNUNG, frist__lte=today + timedelta(days=AHEAD_DAYS))
    sent = 0
    for version in due.exclude(vermerk__frist_erinnert_am__gte=today):
        with transaction.atomic():
            note = _note_of(version)
            if version.vorgelegt_am and note.frist_erinnert_am and note.frist_erinnert_am >= _day_of(version):
                continue
            note.frist_erinnert_am = today
            note.save(update_fields=["frist_erinnert_am"])
            subject = _("Erinnerung, bitte mitzeichnen: %(fassung)s") % {"fassung": version}
            body = _(
                "Guten Tag,\n\nzu „%(fassung)s“ fehlt noch Ihre Mitzeichnung. Die Frist endet am %(tag)s.\n\n"
            ) + str(WHERE)
            rows = version.mitzeichnungen.all()
            open_rows = [
                row for row in rows if row.votum == Votum.OFFEN or row.aenderungszaehler != version.aenderungszaehler
            ]
            sent += _tell_offices(version, open_rows, subject, body)
    return sent


def remind_readers(mandant: Mandant, today: date) -> int:
    """Remind those who have not read what holds, when their time is over and each week after; returns how many."""
    version = in_force(mandant, today)
    if version is None or version.gilt_ab is None or today < version.gilt_ab + timedelta(days=days_to_read(version)):
        return 0
    with transaction.atomic():
        note = _note_of(version)
        if note.kenntnis_erinnert_am and today < note.kenntnis_erinnert_am + timedelta(days=AGAIN_DAYS):
            return 0
        note.kenntnis_erinnert_am = today
        note.save(update_fields=["kenntnis_erinnert_am"])
        return _ask_to_read(version, _unread(version), first=False)


def _note_of(version: Leitlinienfassung) -> Fassungsvermerk:
    rows = Fassungsvermerk.objects.for_mandant(version.mandant_id)
    rows.get_or_create(fassung=version, defaults={"mandant_id": version.mandant_id})
    return rows.select_for_update().get(fassung=version)


def _day_of(version: Leitlinienfassung) -> date:
    return timezone.localdate(version.vorgelegt_am) if version.vorgelegt_am else date.min


def _unread(version: Leitlinienfassung) -> list[Person]:
    read = readers_of(version)
    return [person for person in employees_of(version.mandant) if person.pk not in read]


def _ask_to_read(version: Leitlinienfassung, people: Iterable[Person], *, first: bool) -> int:
    if first:
        subject = _("Neue Leitlinie für den Umgang mit KI: bitte lesen")
        body = _(
            "Guten Tag,\n\nseit dem %(tag)s gilt „%(fassung)s“. Bitte lesen Sie, was gilt und was sich geändert hat. "
            "Das dauert einige Minuten.\n\n"
        ) + str(WHERE)
    else:
        subject = _("Erinnerung: bitte lesen Sie die Leitlinie für den Umgang mit KI")
        body = _(
            "Guten Tag,\n\nseit dem %(tag)s gilt „%(fassung)s“. Sie haben noch nicht bestätigt, dass Sie sie gelesen "
            "haben. Diese Erinnerung kommt von selbst; niemand bekommt eine Liste.\n\n"
        ) + str(WHERE)
    day = date_format(version.gilt_ab, "SHORT_DATE_FORMAT") if version.gilt_ab else ""
    body %= {"tag": day, "fassung": version}
    sent = [notify(one, category=READING, subject=subject, body=body, mandant=version.mandant) for one in people]
    return len(sent)


def _tell_offices(version: Leitlinienfassung, rows: Iterable[Mitzeichnung], subject: str, body: str) -> int:
    people = {person.pk: person for row in rows for person in holders_of(version.mandant, row.stelle)}
    day = date_format(version.frist, "SHORT_DATE_FORMAT") if version.frist else ""
    body %= {"fassung": version, "tag": day}
    for person in people.values():
        notify(person, category=SIGNING, subject=subject[:200], body=body, mandant=version.mandant)
    return len(people)
