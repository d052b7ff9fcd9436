"""The calendar that a calendar program fetches: an address of one's own, which ends with the membership."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from leitplanke.apps.register.models import Kalenderabo
from leitplanke.base.accounts.permissions import TABLE, NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft

ACTION = "register.portfolio"
SIGNATURE = 32


def subscribe(actor: Actor) -> Kalenderabo:
    """Make an address for the calendar of one's own membership; an address made before opens nothing any more.

    Raises:
        NotPermittedError: no membership of one's own may see the overview.
    """
    membership = _own(actor)
    with transaction.atomic():
        Kalenderabo.objects.for_mandant(actor.mandant).filter(mitgliedschaft=membership).delete()
        abo = Kalenderabo.objects.create(mandant=actor.mandant, mitgliedschaft=membership)
        record("register.kalender", mandant=actor.mandant, actor=actor.person, data={"ergebnis": "angelegt"})
    return abo


def unsubscribe(actor: Actor) -> None:
    """End the address."""
    membership = _own(actor)
    with transaction.atomic():
        gone, _models = Kalenderabo.objects.for_mandant(actor.mandant).filter(mitgliedschaft=membership).delete()
        if gone:
            record("register.kalender", mandant=actor.mandant, actor=actor.person, data={"ergebnis": "beendet"})


def own(actor: Actor) -> Kalenderabo | None:
    """Return the subscription of one's own membership."""
    rows = Kalenderabo.objects.for_mandant(actor.mandant)
    return rows.filter(mitgliedschaft__in=[one.pk for one in actor.memberships]).order_by("pk").first()


def sign_of(abo: Kalenderabo) -> str:
    """Return the secret part of the address: it needs the row and the key of the house."""
    return f"{abo.kennung.hex}-{_signature(abo.kennung)}"


def opened(mandant: Mandant, sign: str) -> Kalenderabo | None:
    """Return the subscription an address opens, None where the membership is over or may not see it any more."""
    name, _dash, signature = sign.partition("-")
    try:
        kennung = UUID(hex=name)
    except ValueError:
        return None
    if not constant_time_compare(signature, _signature(kennung)):
        return None
    rows = Kalenderabo.objects.for_mandant(mandant).select_related("mitgliedschaft__person")
    abo = rows.filter(kennung=kennung).first()
    return abo if abo is not None and _holds(abo.mitgliedschaft) else None


def _holds(membership: Mitgliedschaft) -> bool:
    today = timezone.localdate()
    valid = membership.von <= today and (membership.bis is None or today <= membership.bis)
    return valid and membership.person.is_active and TABLE.allows([Rolle(membership.rolle)], ACTION)


def _own(actor: Actor) -> Mitgliedschaft:
    for membership in actor.memberships:
        if TABLE.allows([Rolle(membership.rolle)], ACTION):
            return membership
    raise NotPermittedError(ACTION)


def _signature(kennung: UUID) -> str:
    signed = salted_hmac("leitplanke.register.kalender", kennung.hex, secret=settings.SECRET_KEY, algorithm="sha256")
    return signed.hexdigest()[:SIGNATURE]
