"""Mail about reports: to whoever reported, and to whoever must act. What was written is in none of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.models import Vorfall
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.ports import Mail
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.notify.categories import Category
from leitplanke.base.notify.services import HeaderInjectionError, notify, send_mail
from leitplanke.core.register.incidents import limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.base.accounts.models import Mandant, Person

REPORTER, OFFICE, ALARM = "register.meldung", "register.meldungen", "register.alarm"
CATEGORIES = (
    Category(
        REPORTER,
        gettext_lazy("Ihre Meldung zu einem KI-System"),
        gettext_lazy("Bestätigung, und Hinweis auf die Antwort."),
    ),
    Category(
        OFFICE,
        gettext_lazy("Meldungen zu KI-Systemen"),
        gettext_lazy("Neue Meldung, und Erinnerung, bevor eine Frist endet."),
    ),
    Category(
        ALARM,
        gettext_lazy("Schwerwiegender Vorfall"),
        gettext_lazy("Wenn ein System ausgesetzt oder eine Behörde informiert werden muss."),
        mandatory=True,
    ),
)


def acknowledge(vorfall: Vorfall) -> bool:
    """Tell whoever left an e-mail address that the report came in; the code never goes by mail."""
    subject = _("Ihre Meldung ist eingegangen: %(nummer)s") % {"nummer": vorfall.nummer}
    body = _(
        "Guten Tag,\n\nIhre Meldung zu „%(system)s“ ist bei uns eingegangen.\nSie bekommen bis zum %(tag)s eine "
        "Antwort. Sie lesen sie auf unserer Seite, mit dem Code, den Sie nach dem Absenden gesehen haben.\n\n"
        "Ein Mensch liest Ihre Meldung.\n\n%(stelle)s, Telefon %(telefon)s\n"
    )
    return _to_reporter(vorfall, subject, body)


def tell_of_answer(vorfall: Vorfall) -> bool:
    """Tell whoever left an e-mail address that there is an answer; what it says is not in the mail."""
    subject = _("Es gibt eine Antwort auf Ihre Meldung: %(nummer)s") % {"nummer": vorfall.nummer}
    body = _(
        "Guten Tag,\n\nauf Ihre Meldung zu „%(system)s“ gibt es eine Antwort. Sie lesen sie auf unserer Seite, mit dem "
        "Code, den Sie nach dem Absenden gesehen haben.\nOhne Code rufen Sie bitte an.\n\n%(stelle)s, Telefon "
        "%(telefon)s\n"
    )
    return _to_reporter(vorfall, subject, body)


def _to_reporter(vorfall: Vorfall, subject: str, body: str) -> bool:
    if "@" not in vorfall.kontakt:
        return False
    unit = vorfall.eintrag.einheit
    text = body % {
        "system": vorfall.eintrag.name, "tag": _day(vorfall.frist_am), "stelle": unit.name,
        "telefon": unit.telefon or vorfall.mandant.telefon,
    }  # fmt: skip
    try:
        send_mail(vorfall.kontakt, Mail(REPORTER, subject, text), mandant=vorfall.mandant)
    except (ValidationError, HeaderInjectionError):
        return False  # the receipt on the page counts; a mistyped address must not undo the report
    return True


def tell_office(vorfall: Vorfall) -> int:
    """Tell whoever answers for the system, and the KI-Beauftragte, that something was reported."""
    subject = _("Neue Meldung zu „%(system)s“") % {"system": vorfall.eintrag.name}
    return _to_office(vorfall, OFFICE, subject, _("Es gibt eine neue Meldung. Antwort bis %(tag)s."), vorfall.frist_am)


def alarm(vorfall: Vorfall) -> int:
    """Tell everybody who may stop the system that an incident was judged serious."""
    subject = _("Schwerwiegender Vorfall: „%(system)s“") % {"system": vorfall.eintrag.name}
    if vorfall.behoerde_bis is not None:
        text = _("Bitte prüfen Sie, ob das System ausgesetzt wird. Die Behörde muss es bis %(tag)s erfahren.")
        return _to_office(vorfall, ALARM, subject, text, vorfall.behoerde_bis)
    return _to_office(vorfall, ALARM, subject, _("Bitte prüfen Sie, ob das System ausgesetzt wird."))


def remind(mandant: Mandant, today: date | None = None) -> int:
    """Remind people, once a day, of reports whose time limit ends within a few days or is over.

    Returns:
        How many reports that was.
    """
    day = today or timezone.localdate()
    soon = day + timedelta(days=limits().remind_days)
    late = Q(beantwortet_am__isnull=True, frist_am__lte=soon) | Q(behoerde_am__isnull=True, behoerde_bis__lte=soon)
    rows = Vorfall.objects.for_mandant(mandant).filter(late, erledigt_am__isnull=True)
    rows = rows.exclude(erinnert_am__gte=day).select_related("eintrag", "mandant")
    found = list(rows)
    for vorfall in found:
        category = ALARM if vorfall.behoerde_bis and vorfall.behoerde_am is None else OFFICE
        subject = _("Frist einer Meldung zu „%(system)s“") % {"system": vorfall.eintrag.name}
        _to_office(vorfall, category, subject, _("Die Frist einer Meldung endet am %(tag)s."), vorfall.due)
        Vorfall.objects.for_mandant(mandant).filter(pk=vorfall.pk).update(erinnert_am=day)
    return len(found)


def _to_office(vorfall: Vorfall, category: str, subject: str, text: str, day: date | None = None) -> int:
    body = "\n\n".join(
        (
            _("Guten Tag,"),
            text % {"tag": _day(day)} if day else text,
            _("Meldung %(nummer)s, im Register unter „Meldungen“.") % {"nummer": vorfall.nummer},
        )
    )
    people = list(_people(vorfall, everybody=category == ALARM))
    for person in people:
        notify(person, category=category, subject=subject[:200], body=f"{body}\n", mandant=vorfall.mandant)
    return len(people)


def _people(vorfall: Vorfall, *, everybody: bool) -> Iterable[Person]:
    """Return whoever answers for the system and the KI-Beauftragte; for an alarm everybody who may stop it."""
    eintrag = vorfall.eintrag
    wanted = Q(rolle=Rolle.KI_BEAUFTRAGTE) | Q(pk=eintrag.verantwortlich_id)
    if everybody:
        wanted |= Q(rolle__in=(Rolle.DATENSCHUTZ, Rolle.IT)) | Q(rolle=Rolle.LEITUNG, einheit=eintrag.einheit_id)
    rows = Mitgliedschaft.objects.for_mandant(vorfall.mandant).valid_on(timezone.localdate())
    found = rows.filter(wanted, person__is_active=True).select_related("person").order_by("pk")
    return {row.person_id: row.person for row in found}.values()


def _day(day: date | None) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT") if day else ""
