"""Objects for the addresses of the gateway."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.gateway.keys import hash_of
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.llm.models import (
    Aufruf,
    Einsicht,
    Modell,
    OeffentlicheAngabe,
    Werkzeugfreigabe,
    Zugangsschluessel,
    Zweck,
)
from leitplanke.base.llm.vault import seal
from tests.factories import make_membership
from tests.registered import release_parts

if TYPE_CHECKING:
    from collections.abc import Callable


def model(mandant: Mandant) -> dict[str, Any]:
    row = Modell.objects.create(
        mandant=mandant, kennung="klein", titel="Klein", modellname="echo", klasse="lokal", protokoll="skript"
    )
    return {"kennung": row.public_id}


def purpose(mandant: Mandant) -> dict[str, Any]:
    release_parts(mandant, "assistenz")
    return {"schluessel": "assistenz"}


def key(mandant: Mandant) -> dict[str, Any]:
    zweck = Zweck.objects.create(mandant=mandant, schluessel="assistenz")
    row = Zugangsschluessel.objects.create(
        mandant=mandant, nummer="Z-0001", name="Programm", zweck=zweck, pruefwert=hash_of(f"lp_{mandant.pk}"),
        anfang="lp_abc", gueltig_bis=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    return {"kennung": row.public_id}


def call(mandant: Mandant) -> dict[str, Any]:
    return {"kennung": _call(mandant).public_id}


def public_name(mandant: Mandant) -> dict[str, Any]:
    row = OeffentlicheAngabe.objects.create(
        mandant=mandant, art="person", wert="Marlene Osterkamp", vergleich="marlene osterkamp", amt="Bürgermeisterin",
        grund="Amtsblatt", bis=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    return {"kennung": row.public_id}


def tool(mandant: Mandant) -> dict[str, Any]:
    row = Werkzeugfreigabe.objects.create(
        mandant=mandant, aufruf=_call(mandant), werkzeug="buchen", argumente=seal(b"{}")
    )
    return {"kennung": row.public_id}


def disclosure(mandant: Mandant) -> dict[str, Any]:
    row = Einsicht.objects.create(
        mandant=mandant, aufruf=_call(mandant), grund="Eine Beschwerde",
        beantragt_von=make_membership(mandant, Rolle.DATENSCHUTZ),
    )  # fmt: skip
    return {"kennung": row.public_id}


def _call(mandant: Mandant) -> Aufruf:
    return Aufruf.objects.create(mandant=mandant, zweck="assistenz", art="chat")


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            f"gateway:{name}"
            for name in ("modell", "modell_aendern", "modell_beantragen", "modell_freigeben", "modell_sperren")
        ),
        model,
    ),
    "gateway:oeffentlich_angabe": public_name,
    "gateway:oeffentlich_zurueckziehen": public_name,
    "gateway:zweck": purpose,
    "gateway:zugang_widerrufen": key,
    "gateway:aufruf": call,
    "gateway:werkzeug": tool,
    "gateway:einsicht": disclosure,
}
