"""Keys to the door: made for one purpose, shown once, revoked at once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for, leave
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import EMPLOYEES, Rolle
from leitplanke.base.llm.models import Modell, Zugangsschluessel, Zweck

if TYPE_CHECKING:
    from uuid import UUID

    from leitplanke.base.accounts.access import Actor, Capacity

PREFIX = "lp_"
SECRET_BYTES = 32
SHOWN = 10
LONGEST_DAYS = 400
OWN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be used with a key; None for no limit."""

    anfragen_tag: int | None = None
    token_tag: int | None = None
    eur_monat: Decimal | None = None
    wh_monat: Decimal | None = None


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """What a new key is for; `modelle` empty for all of the purpose.

    `zeigt_datenarten`: its owner says that the program shows before an entry which data are allowed.
    `rollen`: with which of their roles the key of a person acts; empty for all they hold.
    """

    zweck: str
    name: str
    gueltig_bis: date
    limits: Limits = field(default_factory=Limits)
    modelle: tuple[str, ...] = ()
    zeigt_datenarten: bool = False
    rollen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key with its secret, which nobody sees again."""

    zugang: Zugangsschluessel
    secret: str


def hash_of(secret: str) -> bytes:
    """Return what is kept of a secret. It has 256 random bits, so nobody guesses it from a fast hash."""
    return hashlib.sha256(secret.encode()).digest()


def create_machine_key(*, actor: Actor, plan: KeyPlan) -> NewKey:
    """Make a key for a Fachverfahren or another program. It never does what needs a person.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: the plan does not fit; `field` says where.
    """
    return _create(actor, capacity_for(actor, "gateway.keys"), plan, art="fachverfahren")


def create_own_key(*, actor: Actor, plan: KeyPlan) -> NewKey:
    """Make a key for the tools of the person who asks; it opens nothing once they hold none of its roles any more.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: the plan does not fit; `field` says where.
    """
    return _create(actor, capacity_for(actor, "gateway.own_key"), plan, art="person")


def own_roles(actor: Actor) -> tuple[str, ...]:
    """Return with which roles a key of somebody may act: those they hold themselves and with which they work here."""
    held = {membership.rolle for membership in actor.memberships}
    return tuple(role.value for role in Rolle if role in EMPLOYEES and role.value in held)


def _create(actor: Actor, capacity: Capacity, plan: KeyPlan, art: str) -> NewKey:
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        Mandant.objects.select_for_update().get(pk=actor.mandant.pk)  # numbers are given one after another
        zweck = Zweck.objects.for_mandant(actor.mandant).filter(schluessel=plan.zweck).first()
        if zweck is None:
            raise NotReadyError(_("Diesen Zweck gibt es nicht."), "zweck")
        _check(plan, art)
        held = own_roles(actor) if art == "person" else ()
        _check_roles(plan, held, art)
        zugang = Zugangsschluessel.objects.create(
            mandant=actor.mandant, nummer=_next_number(actor.mandant), name=plan.name, zweck=zweck, art=art,
            inhaber=capacity.membership if art == "person" else None, pruefwert=hash_of(secret), anfang=secret[:SHOWN],
            anfragen_tag=plan.limits.anfragen_tag, token_tag=plan.limits.token_tag, eur_monat=plan.limits.eur_monat,
            wh_monat=plan.limits.wh_monat, gueltig_bis=plan.gueltig_bis, angelegt_von=capacity.membership,
            zeigt_datenarten=plan.zeigt_datenarten, rollen=[name for name in held if name in (plan.rollen or held)],
        )  # fmt: skip
        if plan.modelle:
            found = list(
                Modell.objects.for_mandant(actor.mandant).filter(
                    zweckmodell_rows__zweck=zweck, kennung__in=plan.modelle
                )
            )
            if len(found) != len(set(plan.modelle)):
                raise NotReadyError(_("Ein Modell gehört nicht zu diesem Zweck."), "modelle")
            zugang.modelle.set(found)
        leave("llm.zugang", actor, zugang, capacity, data=_said(zugang, "angelegt"))
    return NewKey(zugang, secret)


def revoke_key(*, actor: Actor, kennung: UUID) -> Zugangsschluessel:
    """End a key at once; answers that run with it end within seconds. Everybody may end their own.

    Raises:
        NotPermittedError: it is another's and the person's role does not include it.
        NotReadyError: it was revoked before.
    """
    with transaction.atomic():
        zugang = (
            Zugangsschluessel.objects.for_mandant(actor.mandant)
            .select_for_update(of=("self",))
            .select_related("zweck", "inhaber")
            .get(public_id=kennung)
        )
        capacity = capacity_for(actor, "gateway.own_key" if is_own(zugang, actor) else "gateway.revoke_key")
        if zugang.widerrufen_am is not None:
            raise NotReadyError(_("Dieser Zugang ist schon widerrufen."))
        zugang.widerrufen_am, zugang.widerrufen_von = timezone.now(), capacity.membership
        zugang.save(update_fields=["widerrufen_am", "widerrufen_von"])
        leave("llm.zugang", actor, zugang, capacity, data=_said(zugang, "widerrufen"))
    return zugang


def is_own(zugang: Zugangsschluessel, actor: Actor) -> bool:
    """Tell whether a key belongs to the acting person."""
    return zugang.inhaber is not None and actor.person is not None and zugang.inhaber.person_id == actor.person.pk


def _check(plan: KeyPlan, art: str) -> None:
    today = timezone.localdate()
    longest = today + timedelta(days=OWN_DAYS if art == "person" else LONGEST_DAYS)
    if not today <= plan.gueltig_bis <= longest:
        text = _("Bitte einen Tag zwischen heute und dem %(tag)s wählen.") % {"tag": longest.strftime("%d.%m.%Y")}
        raise NotReadyError(text, "gueltig_bis")


def _check_roles(plan: KeyPlan, held: tuple[str, ...], art: str) -> None:
    if art == "person" and not held:
        raise NotReadyError(_("Sie vertreten hier nur jemanden. Ein Zugang handelt mit eigenen Rollen."))
    if not set(plan.rollen) <= set(held):
        raise NotReadyError(_("Diese Rolle haben Sie nicht. Ein Zugang handelt nur mit Ihren eigenen."), "rollen")


def _next_number(mandant: Mandant) -> str:
    return f"Z-{Zugangsschluessel.objects.for_mandant(mandant).count() + 1:04d}"


def _said(zugang: Zugangsschluessel, ergebnis: str) -> dict[str, str]:
    return {
        "name": zugang.nummer, "zweck": zugang.zweck.schluessel, "gueltig_bis": zugang.gueltig_bis.isoformat(),
        "ergebnis": ergebnis, "rollen": ", ".join(zugang.rollen),
    }  # fmt: skip
