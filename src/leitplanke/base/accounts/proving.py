"""Whether an address is somebody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.models import EmailAddress

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.base.accounts.models import Person


def note_address(*, request: HttpRequest, user: Person, **_signal: Any) -> None:
    """Take an address as proven once a password was chosen through the link that was mailed there.

    With a second address the link may have gone to the other one.
    """
    known = list(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
    if known == [user.email]:
        verify_email_indirectly(request, user, user.email)
