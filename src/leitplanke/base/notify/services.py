"""Send mail: kept in the transaction of the act it tells of, delivered by the worker afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from leitplanke.base.accounts.ports import SECURITY, Mail
from leitplanke.base.notify.categories import all_categories, category_for
from leitplanke.base.notify.models import Abbestellung, Nachricht, Zustand

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from leitplanke.base.accounts.models import Mandant, Person

KEEP_DAYS = 90
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


class HeaderInjectionError(ValueError):
    """A recipient or subject holds a line break or another control character."""


def notify(person: Person, *, category: str, subject: str, body: str, mandant: Mandant | None) -> Nachricht:
    """Tell `person` something by mail, unless they do not want mail of this category.

    Raises:
        UnknownCategoryError: no area declares `category`.
        HeaderInjectionError: the subject holds a line break.
    """
    return send_mail(person.email, Mail(category, subject, body), mandant=mandant, person=person)


def send_mail(address: str, mail: Mail, *, mandant: Mandant | None, person: Person | None = None) -> Nachricht:
    """Send a mail to an address, be it a known person's or not; see `notify`.

    Raises:
        ValidationError: `address` is no e-mail address.
    """
    from leitplanke.base.notify.tasks import deliver  # noqa: PLC0415 - the task calls this module

    kind = category_for(mail.category)
    for header in (address, mail.subject):
        if CONTROL.search(header):
            raise HeaderInjectionError("Empfänger und Betreff sind genau eine Zeile.")
    validate_email(address)
    with transaction.atomic():
        unwanted = not kind.mandatory and _unwanted(person, kind.code)
        nachricht = Nachricht.objects.create(
            mandant=mandant,
            person=person,
            empfaenger=address,
            kategorie=kind.code,
            betreff=mail.subject[:255],
            text="" if unwanted else mail.body,
            zustand=Zustand.SUPPRESSED if unwanted else Zustand.QUEUED,
        )
        if not unwanted:
            deliver.enqueue(nachricht.pk)
    return nachricht


def _unwanted(person: Person | None, category: str) -> bool:
    return person is not None and Abbestellung.objects.filter(person=person, kategorie=category).exists()


def choose_categories(*, person: Person, wanted: Collection[str]) -> None:
    """Keep which categories `person` wants mail of; mandatory ones stay on whatever was chosen."""
    unwanted = [kind.code for kind in all_categories() if not kind.mandatory and kind.code not in wanted]
    with transaction.atomic():
        Abbestellung.objects.filter(person=person).exclude(kategorie__in=unwanted).delete()
        for code in unwanted:
            Abbestellung.objects.get_or_create(person=person, kategorie=code)


def begin_attempt(key: int) -> Nachricht | None:
    """Count an attempt to deliver; None where there is nothing (left) to deliver."""
    with transaction.atomic():
        nachricht = (
            Nachricht.objects.unscoped("Der Versand bedient alle Mandanten")
            .select_for_update(of=("self",))
            .filter(pk=key, zustand=Zustand.QUEUED)
            .first()
        )
        if nachricht is not None:
            nachricht.versuche += 1
            nachricht.save(update_fields=["versuche"])
    return nachricht


def mark_delivered(nachricht: Nachricht, *, left_the_house: bool) -> None:
    """Note that the mail is out, or kept where no mail server is set up."""
    nachricht.zustand = Zustand.SENT if left_the_house else Zustand.KEPT
    nachricht.versandt_am = timezone.now()
    nachricht.fehler = ""
    if left_the_house and category_for(nachricht.kategorie).secret:
        nachricht.text = ""
    nachricht.save(update_fields=["zustand", "versandt_am", "fehler", "text"])


def mark_failed(nachricht: Nachricht, error: Exception, *, final: bool) -> None:
    """Note the class of the error; after the last attempt the mail counts as undeliverable."""
    nachricht.fehler = type(error).__name__
    if final:
        nachricht.zustand = Zustand.FAILED
        if category_for(nachricht.kategorie).secret:
            nachricht.text = ""
    nachricht.save(update_fields=["fehler", "zustand", "text"])


def delete_expired(now: datetime | None = None) -> int:
    """Delete mail older than `KEEP_DAYS` days.

    Returns:
        How many were deleted.
    """
    limit = (now or timezone.now()) - timedelta(days=KEEP_DAYS)
    old = Nachricht.objects.unscoped("Die Frist gilt für alle Mandanten").filter(angelegt_am__lt=limit)
    return old.delete()[0]


def keep_foreign_mail(recipients: Collection[str], subject: str, body: str) -> None:
    """Put mail that did not come through `notify` into the outbox, one row for each recipient."""
    for address in recipients:
        Nachricht.objects.create(
            empfaenger=address,
            kategorie=SECURITY,
            betreff=" ".join(subject.split())[:255],
            text=body,
            zustand=Zustand.KEPT,
            versandt_am=timezone.now(),
        )
