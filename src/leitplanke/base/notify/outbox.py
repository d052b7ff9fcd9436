"""Mail that stays in the house: the outbox of the demo mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class OutboxBackend(BaseEmailBackend):
    """Keeps messages instead of sending them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Count what would be sent."""
        return len(email_messages)
