"""How tests come to the desk of one case and work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from leitplanke.apps.antrag import assigning
from leitplanke.apps.antrag.models import (
    Angabe,
    Antrag,
    Beleg,
    Belegstand,
    Quelle,
    Vorschlag,
)
from leitplanke.base.documents.services import store_file

from .conftest import COMPLETE, Office

if TYPE_CHECKING:
    from django.http import HttpResponse

    from leitplanke.base.accounts.access import Actor

PERSON = {
    "einkommensart": "nichtselbststaendig",
    "bruttoeinkommen_jahr": "12000.00",
    "zahlt_steuern": True,
    "zahlt_krankenversicherung": True,
    "zahlt_rentenversicherung": True,
}
HOUSEHOLD = {**{k: v for k, v in COMPLETE.items() if k != "gesamteinkommen_monat"}, "haushaltsmitglieder": 2}


def begun(office: Office, antrag: Antrag) -> Antrag:
    return assigning.begin(antrag.pk, office.doer(antrag))


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def desk(client: Client, antrag: Antrag, query: str = "") -> str:
    answer = client.get(reverse("antrag:akte", args=[antrag.kennung]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, antrag: Antrag, *more: Any, **data: Any) -> HttpResponse:
    antrag.refresh_from_db()
    address = reverse(f"antrag:{name}", args=[antrag.kennung, *more])
    return client.post(address, {"fassung": antrag.fassung, **data})  # type: ignore[return-value]


def document(antrag: Antrag, text: str = "Bruttokaltmiete: 410,00 EUR", art: str = "", **more: Any) -> Beleg:
    file = store_file(antrag.mandant, "miete.txt", text.encode(), None)
    values = {"stand": Belegstand.GELESEN, "quelle": Quelle.BUERGER, **more}
    return Beleg.objects.create(
        mandant=antrag.mandant, antrag=antrag, datei=file, name="miete.txt", text=text, art=art, **values
    )


def proposal(beleg: Beleg, pfad: str, wert: Any, **more: Any) -> Vorschlag:
    stellen = more.pop("stellen", [[17, 23]])
    return Vorschlag.objects.create(
        mandant=beleg.mandant, antrag=beleg.antrag, beleg=beleg, pfad=pfad, wert=wert, stellen=stellen, **more
    )


def current(antrag: Antrag, pfad: str) -> Angabe:
    return Angabe.objects.for_mandant(antrag.mandant).get(antrag=antrag, pfad=pfad, ersetzt_am__isnull=True)
