"""Cases of the demo town from `content/musterstadt/faelle.yaml`, driven through the services that people use.

History, evidence and letters are real. A case is made once: whoever deleted it in the demo does not get it back.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone, translation

from leitplanke.apps.antrag import facts, intake, messages, procedures
from leitplanke.apps.antrag.belege import add_document
from leitplanke.apps.antrag.doing import Doer, citizen
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Kanal
from leitplanke.base.accounts import services as accounts
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft, Person, Vertretung
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.muster import Musterbeleg, load_muster, make_muster
from leitplanke.base.evidence.models import Leaf
from leitplanke.project.musterarbeit import Office, drive

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.verfahren.model import Verfahren

SPACE = UUID("5b0f6c0e-7a55-4f0b-9f0c-6d2f5d1a2c11")
APPLICANT = "aylin.demirel@musterstadt.example"


@dataclass
class Seeding:
    """What all cases of one start share."""

    mandant: Mandant
    data: Mapping[str, Any]
    belege: Traversable
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def documents(self) -> dict[str, Musterbeleg]:
        """Evidence documents of the demo town by file name."""
        return {muster.datei: muster for muster in load_muster(self.belege)}

    @cached_property
    def applicant(self) -> Person:
        """The demo person with an account."""
        return Person.objects.get(email=APPLICANT, musterperson_von=self.mandant)

    def kennung(self, fall: str) -> UUID:
        """Return the identity of a case: the same at each start."""
        return uuid5(SPACE, f"{self.mandant.kurz}/{fall}")

    def office(self, verfahren: str) -> Office:
        """Return the people who run a procedure."""
        einstellung = intake.settings_for(self.mandant, verfahren)
        members = list(
            Mitgliedschaft.objects.for_mandant(self.mandant)
            .filter(einheit=einstellung.einheit)
            .valid_on(self.today)
            .select_related("person", "einheit")
            .order_by("pk")
        )
        clerks = tuple(row for row in members if row.rolle == Rolle.SACHBEARBEITUNG)
        return Office(clerks, next(row for row in members if row.rolle == Rolle.LEITUNG))


def load_cases(mandant: Mandant, data: Mapping[str, Any], belege: Traversable) -> int:
    """Make the cases that were never made, each in one transaction.

    Returns:
        How many were made.
    """
    seeding = Seeding(mandant, data, belege)
    wanted = {str(seeding.kennung(row["fall"])): row for row in data["faelle"]}
    known = set(
        Leaf.objects.for_mandant(mandant)
        .filter(subject_type="antrag.antrag", code="antrag.angelegt", subject_id__in=list(wanted))
        .values_list("subject_id", flat=True)
    )
    new = [row for kennung, row in wanted.items() if kennung not in known]
    offices = {name: seeding.office(name) for name in {row["verfahren"] for row in new}}
    with translation.override("de"):
        for row in new:
            with transaction.atomic():
                _make(seeding, row, offices[row["verfahren"]])
        _absences(seeding)
    return len(new)


def _make(seeding: Seeding, row: Mapping[str, Any], office: Office) -> None:
    verfahren = procedures.verfahren_for(seeding.mandant, row["verfahren"])
    eingang = seeding.today - timedelta(days=row["tage"])
    antrag, doer = _begun(seeding, row, verfahren)
    facts.fill_draft(antrag.pk, doer, facts_of(seeding.data["vorgaben"][row["verfahren"]]["angaben"], row, eingang))
    for name in row.get("belege", ()):
        data = make_muster(seeding.documents[name], seeding.belege)
        add_document(antrag.pk, doer, name, data, art=seeding.documents[name].art)
    if row["ziel"] == "entwurf":
        return
    intake.hand_in(antrag.pk, doer, verfahren, formlos=row.get("formlos", False), eingang_am=eingang)
    drive(seeding.mandant, antrag.pk, office, row, seeding.data["vorgaben"][row["verfahren"]]["urteile"])
    if "nachricht" in row or "mensch" in row:
        messages.write(antrag.pk, doer, row.get("nachricht", ""), human=row.get("mensch", False))


def _begun(seeding: Seeding, row: Mapping[str, Any], verfahren: Verfahren) -> tuple[Antrag, Doer]:
    person = seeding.applicant if row.get("konto") else None
    ticket = intake.Ticket(seeding.kennung(row["fall"]), seeding.data["zugangscode"])
    kanal = Kanal(row.get("kanal", Kanal.ONLINE))
    antrag, _code = intake.start_draft(seeding.mandant, verfahren, person=person, kanal=kanal, ticket=ticket)
    doer = citizen(seeding.mandant, person)
    address = {**row["person"], "plz": "12345", "ort": "Musterstadt"}
    intake.name_person(antrag.pk, doer, intake.Anschrift(Beteiligung.ANTRAGSTELLEND, address))
    return antrag, doer


def facts_of(given: Mapping[str, Any], row: Mapping[str, Any], eingang: date) -> dict[str, Any]:
    """Return the facts of a case: those of its procedure, what is different, without what is missing."""
    merged = {**copy.deepcopy(dict(given)), **row.get("angaben", {})}
    return {name: _dated(value, eingang) for name, value in merged.items() if name not in row.get("ohne", ())}


def _dated(value: Any, eingang: date) -> Any:
    """Replace `T-30` by the day 30 days before the application came in."""
    if isinstance(value, str) and value[:2] in {"T-", "T+"} and value[2:].isdigit():
        return (eingang + timedelta(days=int(value[1:]))).isoformat()
    if isinstance(value, Mapping):
        return {name: _dated(cell, eingang) for name, cell in value.items()}
    return [_dated(item, eingang) for item in value] if isinstance(value, list) else value


def _absences(seeding: Seeding) -> None:
    """Have somebody be absent, with a deputy, unless that is arranged already."""
    for away, deputy, days in _pairs(seeding):
        if not Vertretung.objects.for_mandant(seeding.mandant).filter(vertretene=away).exists():
            actor = Actor(seeding.mandant, away.person, (away,))
            bis = seeding.today + timedelta(days=days)
            accounts.set_deputy(actor=actor, membership=away, deputy=deputy, von=seeding.today, bis=bis)


def _pairs(seeding: Seeding) -> Iterator[tuple[Mitgliedschaft, Mitgliedschaft, int]]:
    members = Mitgliedschaft.objects.for_mandant(seeding.mandant).select_related("person", "mandant")
    for row in seeding.data.get("vertretungen", ()):
        yield (
            members.get(person__email=row["abwesend"]),
            members.get(person__email=row["vertritt"]),
            row["tage"],
        )
