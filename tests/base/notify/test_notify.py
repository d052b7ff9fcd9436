"""Mail is kept with the act it tells of, delivered afterwards, and never harms anybody."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import send_mail as django_send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from leitplanke.base.accounts.models import Mandant, Person
from leitplanke.base.accounts.ports import DEPUTIES, SECURITY
from leitplanke.base.jobs.worker import run_worker
from leitplanke.base.notify import categories, services, tasks
from leitplanke.base.notify.models import Nachricht, Zustand
from tests.factories import make_person

NEWS = categories.Category("test.news", "Neues", "Zum Ausprobieren")


@pytest.fixture(autouse=True)
def news() -> Iterator[None]:
    categories.add_categories([NEWS])
    yield
    categories._categories.pop(NEWS.code)


@pytest.fixture
def person(mandant: Mandant) -> Person:
    return make_person("nele@example.org")


def tell(person: Person, mandant: Mandant, **changes: str) -> Nachricht:
    mail = {"category": NEWS.code, "subject": "Neues", "body": "Es gibt Neues."} | changes
    return services.notify(person, mandant=mandant, **mail)


def stored(mandant: Mandant) -> Nachricht:
    return Nachricht.objects.for_mandant(mandant).get()


def test_mail_goes_out_and_is_marked_as_sent(person: Person, mandant: Mandant, mailoutbox: list[Any]) -> None:
    tell(person, mandant)

    nachricht = stored(mandant)
    assert (nachricht.zustand, nachricht.versuche) == (Zustand.SENT, 1)
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("Neues", ["nele@example.org"])]
    assert mailoutbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_without_a_mail_server_mail_stays_in_the_house(
    person: Person, mandant: Mandant, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_BACKEND = "leitplanke.base.notify.outbox.OutboxBackend"
    tell(person, mandant, category=SECURITY)

    nachricht = stored(mandant)
    assert (nachricht.zustand, nachricht.text) == (Zustand.KEPT, "Es gibt Neues.")
    assert mailoutbox == []


def test_mail_sent_past_notify_lands_in_the_outbox_too(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "leitplanke.base.notify.outbox.OutboxBackend"
    django_send_mail("Hinweis", "Text", None, ["a@example.org", "b@example.org"])

    kept = Nachricht.objects.unscoped("Prüfung").order_by("empfaenger")
    assert [(mail.empfaenger, mail.zustand) for mail in kept] == [
        ("a@example.org", Zustand.KEPT),
        ("b@example.org", Zustand.KEPT),
    ]


def test_text_that_opens_an_account_is_erased_after_sending(person: Person, mandant: Mandant) -> None:
    tell(person, mandant, category=SECURITY, body="http://testserver/konto/password/reset/key/geheim/")
    assert stored(mandant).text == ""


def test_unwanted_mail_is_not_written(person: Person, mandant: Mandant, mailoutbox: list[Any]) -> None:
    services.choose_categories(person=person, wanted={DEPUTIES})

    tell(person, mandant)

    assert (stored(mandant).zustand, stored(mandant).text) == (Zustand.SUPPRESSED, "")
    assert mailoutbox == []
    services.choose_categories(person=person, wanted={DEPUTIES, NEWS.code})
    assert tell(person, mandant).zustand == Zustand.QUEUED


def test_security_mail_cannot_be_switched_off(person: Person, mandant: Mandant, mailoutbox: list[Any]) -> None:
    services.choose_categories(person=person, wanted=())
    tell(person, mandant, category=SECURITY)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\x0b", "\u2028", "\x00"])
@pytest.mark.security
def test_header_injection_is_refused(person: Person, mandant: Mandant, break_: str) -> None:
    with pytest.raises(services.HeaderInjectionError):
        tell(person, mandant, subject=f"Neues{break_}Bcc: opfer@example.org")
    person.email = f"nele@example.org{break_}Bcc: opfer@example.org"
    with pytest.raises(services.HeaderInjectionError):
        tell(person, mandant)
    assert not Nachricht.objects.for_mandant(mandant).exists()


def test_what_is_no_address_is_refused(person: Person, mandant: Mandant) -> None:
    person.email = "nele"
    with pytest.raises(ValidationError):
        tell(person, mandant)


def test_unknown_category_is_refused(person: Person, mandant: Mandant) -> None:
    with pytest.raises(categories.UnknownCategoryError):
        tell(person, mandant, category="test.unbekannt")


def test_mail_of_an_act_that_failed_is_never_sent(person: Person, mandant: Mandant) -> None:
    with transaction.atomic():
        tell(person, mandant)
        transaction.set_rollback(True)
    assert not Nachricht.objects.for_mandant(mandant).exists()


@pytest.fixture
def queue(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Use the real queue, and return how to work it off without waiting."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
    }

    def work() -> None:
        for _round in range(tasks.ATTEMPTS + 1):
            DBTaskResult.objects.update(run_after=timezone.now())
            run_worker(batch=True, interval=0)

    return work


def refuse(monkeypatch: pytest.MonkeyPatch, *errors: Exception | None) -> None:
    """Have the mail server answer with `errors`, one after the other; the last one for ever."""
    remaining = list(errors)
    accept = EmailBackend.send_messages

    def send(self: EmailBackend, messages: Any) -> int:
        error = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        if error is not None:
            raise error
        return accept(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


AWAY = smtplib.SMTPServerDisconnected("nele@example.org: weg")
FULL = smtplib.SMTPRecipientsRefused({"nele@example.org": (452, b"full")})
UNKNOWN = smtplib.SMTPRecipientsRefused({"nele@example.org": (550, b"unknown")})


@pytest.mark.django_db(transaction=True)
def test_mail_waits_for_a_server_that_is_away(
    person: Person,
    mandant: Mandant,
    queue: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[Any],
) -> None:
    refuse(monkeypatch, AWAY, FULL, None)
    tell(person, mandant)
    queue()

    nachricht = stored(mandant)
    assert (nachricht.zustand, nachricht.versuche, nachricht.fehler) == (Zustand.SENT, 3, "")
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("error", "attempts"), [(AWAY, tasks.ATTEMPTS), (UNKNOWN, 1)])
def test_undeliverable_mail_is_marked_and_names_nobody(
    person: Person,
    mandant: Mandant,
    queue: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    attempts: int,
) -> None:
    refuse(monkeypatch, error)
    with caplog.at_level(logging.DEBUG):
        tell(person, mandant)
        queue()

    nachricht = stored(mandant)
    assert (nachricht.zustand, nachricht.versuche) == (Zustand.FAILED, attempts)
    assert nachricht.fehler == type(error).__name__
    traces = "".join(DBTaskResult.objects.values_list("traceback", flat=True)) + caplog.text
    assert "nele@example.org" not in traces
    assert "Neues" not in traces


def test_a_task_that_runs_twice_sends_once(person: Person, mandant: Mandant, mailoutbox: list[Any]) -> None:
    nachricht = tell(person, mandant)
    tasks.deliver.enqueue(nachricht.pk)
    assert len(mailoutbox) == 1


def test_old_mail_is_deleted_after_90_days(person: Person, mandant: Mandant) -> None:
    old, young = tell(person, mandant), tell(person, mandant)
    Nachricht.objects.for_mandant(mandant).filter(pk=old.pk).update(angelegt_am=timezone.now() - timedelta(days=91))

    assert services.delete_expired() == 1
    assert stored(mandant).pk == young.pk


def test_the_worker_deletes_old_mail() -> None:
    from leitplanke.base.jobs import ticks

    assert ticks._ticks["notify.delete_expired"].run is services.delete_expired
