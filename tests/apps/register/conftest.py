"""A register with people in every role that a release needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.register import classifying, declaring, entries, releasing
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import open_duties
from leitplanke.apps.register.models import Eintrag, Erklaerungsart
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.fields import felder
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

FACTS = {
    "inference": True, "technique": "llm", "domain": "none", "function": "general_info", "public_authority": True,
    "role": "deployer", "subject": "natural_person", "personal_data": True, "profiling": False,
    "part_of_combined_system_influencing_decision": False, "critical_entity_CER": False,
    "annex_I_product_third_party_assessment": False, "emotion_exception_medical_safety": False,
    "interacts_directly_with_persons": True, "interaction_obvious": False, "generates_synthetic_media_or_text": True,
    "assistive_standard_editing": False, "deepfake": False, "publishes_public_interest_text": False,
    "human_editorial_control": False, "emotion_or_biometric_cat_exposed": False, "auto_action_citizen": False,
    "staff_affected": True, "discretion_involved": False,
    **{name: False for name, angabe in load_ki_verordnung().regelwerk.angaben.items() if angabe.annahme},
}  # fmt: skip


def said(**changes: Any) -> dict[str, Any]:
    """Return all statements of a system that runs on own machines, changed as named."""
    rows: dict[str, Any] = {}
    for feld in felder():
        match feld.art.value:
            case "auswahl":
                rows[feld.name] = next(iter(feld.optionen or {}))
            case "janein":
                rows[feld.name] = "ja"
            case "tabelle":
                rows[feld.name] = [{column.name: "1" for column in feld.spalten}]
            case "tag":
                rows[feld.name] = "2026-01-01"
            case "zeilen":
                rows[feld.name] = ["eins"]
            case _:
                rows[feld.name] = f"Etwas zu {feld.titel.de}."
    return {**rows, "automatisierung": "1", "auftragsverarbeitung": "nicht_noetig", **changes}


@dataclass
class Team:
    """People of a town who take part in a release."""

    mandant: Mandant
    clerk: Actor
    head: Actor
    ki: Actor
    privacy: Actor
    chair: Actor

    def entry(self, **changes: Any) -> Eintrag:
        """Register a system with all statements."""
        unit = Organisationseinheit.objects.for_mandant(self.mandant).get(kuerzel="amt")
        return entries.add_entry(
            actor=self.clerk, name="Stadtassistent", einheit=unit, angaben=said(**changes),
            verantwortlich=self.head.memberships[0],
        )  # fmt: skip

    def classify(self, eintrag: Eintrag, **facts: Any) -> None:
        """Classify it, with all facts known."""
        classifying.classify_entry(actor=self.ki, eintrag_id=eintrag.pk, facts={**FACTS, **facts})

    def declare(self, eintrag: Eintrag) -> None:
        """Give every declaration a harmless system needs."""
        rows = [
            (self.head, Erklaerungsart.VERANTWORTUNG, "angenommen", {}),
            (self.privacy, Erklaerungsart.DATENSCHUTZ, "keine_bedenken", {}),
            (self.head, Erklaerungsart.UNTERRICHTUNG, "vollstaendig", {"vollstaendig_ab": timezone.localdate()}),
            (self.chair, Erklaerungsart.MITBESTIMMUNG, "zugestimmt", {}),
            (self.head, Erklaerungsart.SCHULUNG, "erfuellt", {}),
        ]
        for actor, art, ergebnis, more in rows:
            declaring.declare(actor=actor, eintrag_id=eintrag.pk, art=art, ergebnis=ergebnis, text="Geprüft.", **more)
        declared = Declared.of(eintrag, timezone.localdate())
        for duty in open_duties(eintrag.einstufungen.first(), declared, timezone.localdate()):
            declaring.declare(
                actor=self.head, eintrag_id=eintrag.pk, art=duty.art or Erklaerungsart.PFLICHT, ergebnis="erfuellt",
                text="Erfüllt.", schluessel=duty.name if duty.art is Erklaerungsart.PFLICHT else "",
            )  # fmt: skip

    def ready(self, **changes: Any) -> Eintrag:
        """Bring a system to where a release waits for a second person."""
        eintrag = self.entry(**changes)
        releasing.examine(actor=self.clerk, eintrag_id=eintrag.pk)
        self.classify(eintrag)
        self.declare(eintrag)
        return releasing.ask_release(actor=self.clerk, eintrag_id=eintrag.pk)

    def released(self, **changes: Any) -> Eintrag:
        """Bring a system to its release."""
        eintrag = self.ready(**changes)
        return releasing.release(actor=self.ki, eintrag_id=eintrag.pk, fassung=1, fresh_at=timezone.now())


@pytest.fixture
def team(mandant: Mandant) -> Team:
    """People of a town, the staff representation with its chair."""
    chair = make_actor(mandant, Rolle.PERSONALRAT)
    chair.memberships[0].vorsitz = True
    chair.memberships[0].save()
    roles = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.DATENSCHUTZ)
    return Team(mandant, *(make_actor(mandant, rolle) for rolle in roles), chair)


@pytest.fixture
def today() -> Any:
    """Today, as the town reckons."""
    return timezone.localdate()
