"""Deliver mail in the background."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from leitplanke.base.jobs.retry import PermanentError, retrying_task
from leitplanke.base.notify.models import Nachricht
from leitplanke.base.notify.outbox import OutboxBackend
from leitplanke.base.notify.services import begin_attempt, mark_delivered, mark_failed

# The pauses double from half a minute: a mail server may be away for half a day.
ATTEMPTS = 12
FIRST_DELAY = timedelta(seconds=30)


class DeliveryError(Exception):
    """A mail did not go out; carries the class of the cause only, since its text may name the recipient."""


@retrying_task(queue="mail", attempts=ATTEMPTS, first_delay=FIRST_DELAY)
def deliver(key: int) -> None:
    """Send the mail with `key`. A crash right after sending repeats it under the same Message-ID."""
    nachricht = begin_attempt(key)
    if nachricht is None:
        return
    connection = get_connection()
    try:
        connection.send_messages([_message(nachricht)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        permanent = _is_permanent(error)
        mark_failed(nachricht, error, final=permanent or nachricht.versuche >= ATTEMPTS)
        wrapped = PermanentError if permanent else DeliveryError
        raise wrapped(type(error).__name__) from None
    mark_delivered(nachricht, left_the_house=not isinstance(connection, OutboxBackend))


def _message(nachricht: Nachricht) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{nachricht.kennung}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(nachricht.betreff, nachricht.text, to=[nachricht.empfaenger], headers=headers)
    message.nachricht = nachricht.pk  # type: ignore[attr-defined]
    return message


def _is_permanent(error: Exception) -> bool:
    """Tell whether the mail server refused for good (codes from 500), or the mail itself is broken."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)
