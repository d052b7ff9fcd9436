"""Models, purposes and public names of the demo town from `content/musterstadt/gateway.yaml`, through the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation

from leitplanke.apps.gateway import purposes, registry
from leitplanke.apps.gateway.declaring import Declared, enter_public, release_public
from leitplanke.base.llm.models import Modell, OeffentlicheAngabe, Zweck

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

USUAL: Mapping[str, Any] = {
    "anbieter": "", "art": "text", "endpunkt": "", "faehigkeiten": [], "vertrag": "", "kein_training": False,
    "kontext": 32768, "max_ausgabe": 2048, "preis_ein": "0", "preis_aus": "0", "sekunden_anfang": 30,
    "sekunden_gesamt": 180, "guete": None, "guete_quelle": "",
}  # fmt: skip


def load_gateway(mandant: Mandant, data: Mapping[str, Any], asking: Actor, releasing: Actor) -> int:
    """Enter what is not there yet, release what the demo uses, set up purposes; return how many models."""
    made = 0
    with translation.override("de"), transaction.atomic():
        for row in data["modelle"]:
            if not Modell.objects.for_mandant(mandant).filter(kennung=row["kennung"]).exists():
                _enter(row, asking, releasing)
                made += 1
        for row in data["zwecke"]:
            if not Zweck.objects.for_mandant(mandant).filter(schluessel=row["schluessel"]).exists():
                tools = tuple(purposes.Tool(tool["name"], tool["schreibt"]) for tool in row["werkzeuge"])
                setup = purposes.Setup(tuple(row["modelle"]), row["datenklasse"], werkzeuge=tools)
                purposes.set_up(actor=releasing, schluessel=row["schluessel"], setup=setup)
        if not OeffentlicheAngabe.objects.for_mandant(mandant).exists():
            _declare(data["oeffentlich"], asking, releasing)
    return made


def _declare(rows: Iterable[Mapping[str, Any]], asking: Actor, releasing: Actor) -> None:
    """Enter what is public; those marked so are released by the second person."""
    today, released = timezone.localdate(), []
    for row in rows:
        until = today + timedelta(days=365 * row["jahre"]) if "jahre" in row else None
        declared = Declared(row["art"], row["wert"], row["grund"], row.get("amt", ""), until)
        made = enter_public(actor=asking, declared=declared)
        if row.get("freigegeben"):
            released.append(made.public_id)
    if released:
        release_public(actor=releasing, kennungen=released)


def _enter(row: Mapping[str, Any], asking: Actor, releasing: Actor) -> None:
    said = {name: value for name, value in row.items() if name not in {"freigegeben", "energie"}}
    values = {**USUAL, **said}
    values |= {name: Decimal(values[name]) for name in ("preis_ein", "preis_aus")}
    if values["guete"] is not None:
        values["guete"] = Decimal(values["guete"])
    values["vertrag_geprueft_am"] = timezone.localdate() if values["vertrag"] and values["kein_training"] else None
    modell = registry.save_model(actor=asking, kennung=None, values=values, energy=row["energie"])
    if row.get("freigegeben"):
        registry.request_release(actor=asking, kennung=modell.public_id)
        registry.release_model(actor=releasing, kennung=modell.public_id)
