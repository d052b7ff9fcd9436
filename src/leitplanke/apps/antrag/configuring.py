"""How a Mandant runs its procedures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from leitplanke.apps.antrag.models import Verfahrenseinstellung
from leitplanke.apps.antrag.queries import units_where
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Organisationseinheit

CHANGEABLE = frozenset(
    {"aktiv", "zeichnung", "mensch_zuerst", "vergleich", "fallverteilung", "widerspruchsbehoerde", "gericht"}
)


def offer(mandant: Mandant, verfahren: str, einheit: Organisationseinheit, **values: Any) -> Verfahrenseinstellung:
    """Offer a procedure, run by a unit; one that is offered already keeps what people have set since."""
    row, _created = Verfahrenseinstellung.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, verfahren=verfahren, defaults={"einheit": einheit, **values}
    )
    return row


def configure(actor: Actor, verfahren: str, values: Mapping[str, Any]) -> Verfahrenseinstellung:
    """Say how one's own unit runs a procedure.

    Raises:
        NotPermittedError: it is another unit's, or the role does not include it.
    """
    actor.require("antrag.configure")
    with transaction.atomic():
        row = Verfahrenseinstellung.objects.for_mandant(actor.mandant).select_for_update().get(verfahren=verfahren)
        if row.einheit_id not in units_where(actor, "antrag.configure"):
            raise NotPermittedError("antrag.configure")
        changed = {name: value for name, value in values.items() if name in CHANGEABLE}
        before = {name: getattr(row, name) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
        different = sorted(name for name in changed if before[name] != changed[name])
        record(
            "antrag.verfahren_eingestellt",
            mandant=actor.mandant,
            actor=actor,
            subject=row,
            data={"verfahren": verfahren, "was": ", ".join(f"{name}: {changed[name]}" for name in different)[:400]},
        )
    return row
