"""A town with released purposes, models and people who run the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.gateway import keys, purposes, registry
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.llm.models import Modell
from tests.factories import make_actor
from tests.registered import release_parts

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

MODELL: dict[str, Any] = {
    "titel": "Kleines Modell", "kennung": "klein", "anbieter": "", "art": "text", "klasse": "lokal",
    "protokoll": "skript", "endpunkt": "", "modellname": "echo", "faehigkeiten": ["streaming"], "vertrag": "",
    "vertrag_geprueft_am": None, "kein_training": False, "kontext": 8192, "max_ausgabe": 2048, "rang": 10,
    "preis_ein": 0, "preis_aus": 0, "sekunden_anfang": 30, "sekunden_gesamt": 180,
}  # fmt: skip


@dataclass
class House:
    """Who runs the gateway of a town."""

    mandant: Mandant
    it: Actor
    ki: Actor
    privacy: Actor
    council: Actor
    clerk: Actor

    def model(self, *, released: bool = True, **changes: Any) -> Modell:
        """Enter a model; release it by a second person."""
        modell = registry.save_model(actor=self.it, kennung=None, values={**MODELL, **changes})
        if released:
            registry.request_release(actor=self.it, kennung=modell.public_id)
            registry.release_model(actor=self.ki, kennung=modell.public_id)
        modell.refresh_from_db()
        return modell

    def purpose(self, key: str = "assistenz", models: tuple[str, ...] = ("klein",), **changes: Any) -> None:
        """Set up a purpose that the register has released."""
        setup = purposes.Setup(models, **{"datenklasse": "intern", **changes})
        purposes.set_up(actor=self.ki, schluessel=key, setup=setup)

    def key(self, key: str = "assistenz", **changes: Any) -> keys.NewKey:
        """Make a key for a program."""
        day = timezone.localdate() + timedelta(days=30)
        plan = keys.KeyPlan(**{"zweck": key, "name": "Open WebUI", "gueltig_bis": day, **changes})
        return keys.create_machine_key(actor=self.it, plan=plan)


@pytest.fixture
def house(mandant: Mandant) -> House:
    release_parts(mandant, "assistenz")
    roles = (Rolle.IT, Rolle.KI_BEAUFTRAGTE, Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.SACHBEARBEITUNG)
    return House(mandant, *(make_actor(mandant, rolle) for rolle in roles))
