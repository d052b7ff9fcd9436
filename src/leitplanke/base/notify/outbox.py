"""Mail that stays in the house: the outbox of the demo mode, and of an installation without a mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class OutboxBackend(BaseEmailBackend):
    """Keeps mail in the outbox table instead of sending it.

    What came through `notify` is there already. Mail that a library sends past it is put there too.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep messages."""
        from leitplanke.base.notify.services import keep_foreign_mail  # noqa: PLC0415 - models need Django ready

        for message in email_messages:
            if not hasattr(message, "nachricht"):
                keep_foreign_mail(message.recipients(), str(message.subject), str(message.body))
        return len(email_messages)
