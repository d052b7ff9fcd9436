"""A town that offers a procedure, with people of its office, and cases of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.antrag import facts, intake
from leitplanke.apps.antrag.doing import Doer, citizen, clerk
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Verfahrenseinstellung
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.verfahren.model import Aufbewahrung, Seite, Verfahren, Words, Zeichnung
from tests.factories import make_actor, make_mandant

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

# One pensioner alone in a rented flat: everything that Wohngeld needs.
COMPLETE: dict[str, Any] = {
    "haushaltsmitglieder": 1,
    "mietenstufe": 3,
    "bruttokaltmiete_monat": "400.00",
    "gesamteinkommen_monat": "900.00",
    "alle_in_foerderungsfaehiger_ausbildung": False,
    "vermoegen": "2000.00",
}
JUDGEMENTS: dict[str, Any] = {
    "einstehensgemeinschaft": "keine",
    "einkommensprognose": "tragfaehig",
    "missbraeuchlich": False,
    "bewilligungsdauer": 12,
    "zahlung_an_vermieter": False,
    "vorlaeufige_zahlung": False,
}


def words(text: str) -> Words:
    return Words(text, text)


@pytest.fixture
def verfahren() -> Verfahren:
    empty = words("…")
    return Verfahren(
        name="wohngeld",
        kuerzel="WG",
        titel=words("Wohngeld"),
        stelle=words("Wohngeldstelle"),
        verfahrensrecht="sgb_x",
        rechtsgrundlagen=("§ 1 WoGG",),
        stichtag="antragsmonat",
        antragsdatum=empty,
        vorpruefung=("haushaltsmitglieder",),
        seite=Seite(*(words("…") for _ in range(9))),
        unterlagen=(),
        zeichnung=Zeichnung(),
        aufbewahrung=Aufbewahrung(10, "§ 1"),
        bearbeitung_wochen=6,
    )


@dataclass
class Office:
    """A town with one office that runs Wohngeld."""

    mandant: Mandant
    einstellung: Verfahrenseinstellung
    verfahren: Verfahren
    clerk: Actor
    head: Actor
    more: dict[str, Any] = field(default_factory=dict)

    def doer(self, antrag: Antrag, actor: Actor | None = None, *, fresh: bool = True) -> Doer:
        moment = timezone.now() if fresh else timezone.now() - timedelta(hours=5)
        return clerk(actor or self.clerk, antrag, "antrag.view", moment)

    def application(self, given: dict[str, Any] | None = None, *, name: str = "Muster") -> Antrag:
        """Return an application that was handed in by a citizen."""
        antrag, _code = intake.start_draft(self.mandant, self.verfahren)
        doer = citizen(self.mandant)
        person = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Kim", "nachname": name})
        intake.name_person(antrag.pk, doer, person)
        facts.fill_draft(antrag.pk, doer, COMPLETE if given is None else given)
        return intake.hand_in(antrag.pk, doer, self.verfahren)


@pytest.fixture
def office(db: None, verfahren: Verfahren) -> Office:
    mandant = make_mandant("amtsstadt", host="testserver")
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    einstellung = Verfahrenseinstellung.objects.create(mandant=mandant, verfahren="wohngeld", einheit=einheit)
    return Office(
        mandant,
        einstellung,
        verfahren,
        make_actor(mandant, Rolle.SACHBEARBEITUNG),
        make_actor(mandant, Rolle.LEITUNG),
    )
