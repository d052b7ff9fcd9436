"""A town that offers a procedure, with people of its office, and cases of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from leitplanke.apps.antrag import assigning, facts, intake, judging, procedures
from leitplanke.apps.antrag.doing import Doer, citizen, clerk
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Verfahrenseinstellung
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_actor, make_mandant
from tests.registered import release_parts

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.verfahren.model import Verfahren

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
        address = {"vorname": "Kim", "nachname": name, "strasse": "Weg 1", "plz": "12345", "ort": "Amtsstadt"}
        person = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, address)
        intake.name_person(antrag.pk, doer, person)
        facts.fill_draft(antrag.pk, doer, COMPLETE if given is None else given)
        return intake.hand_in(antrag.pk, doer, self.verfahren)

    def judged(self, antrag: Antrag, **more: Any) -> None:
        """Make every judgement, with words of its own for this case."""
        for name, wert in {**JUDGEMENTS, **more}.items():
            reasons = judging.Reasons(eigene=f"Bei {antrag.nummer} gilt für {name} nach Aktenlage nichts anderes.")
            judging.judge(antrag.pk, self.doer(antrag), name, wert, reasons)

    def ready(self, given: dict[str, Any] | None = None, *, name: str = "Muster") -> Antrag:
        """Return an application on which one can decide: taken up, confirmed, judged."""
        antrag = self.application(given, name=name)
        assigning.begin(antrag.pk, self.doer(antrag))
        facts.confirm_facts(antrag.pk, self.doer(antrag), COMPLETE if given is None else given)
        self.judged(antrag)
        antrag.refresh_from_db()
        return antrag


@pytest.fixture
def office(db: None) -> Office:
    mandant = make_mandant("amtsstadt", host="testserver")
    mandant.anschrift = "Marktplatz 2, 12345 Amtsstadt"
    mandant.save()
    release_parts(mandant, "antrag.wohngeld")
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    einstellung = Verfahrenseinstellung.objects.create(mandant=mandant, verfahren="wohngeld", einheit=einheit)
    return Office(
        mandant,
        einstellung,
        procedures.verfahren_for(mandant, "wohngeld"),
        make_actor(mandant, Rolle.SACHBEARBEITUNG),
        make_actor(mandant, Rolle.LEITUNG),
    )


@pytest.fixture
def antrag(office: Office) -> Antrag:
    """Return an application that its clerk has begun to work on."""
    handed_in = office.application()
    return assigning.begin(handed_in.pk, office.doer(handed_in))


@pytest.fixture(name="clerk")
def signed_in_clerk(office: Office) -> Client:
    client = Client()
    assert office.clerk.person is not None
    client.force_login(office.clerk.person)
    return client
