"""Attacks on who sees and signs what: neighbours, other offices and towns, stolen addresses and codes, second hats."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.antrag import (
    belege,
    configuring,
    deciding,
    dispatch,
    facts,
    figures,
    intake,
    letters,
    messages,
    recomputing,
    settling,
    textbausteine,
)
from leitplanke.apps.antrag.doing import Doer, citizen, clerk
from leitplanke.apps.antrag.models import Entscheidungsstand, Quelle, Verfahrenseinstellung, Versandweg
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.models import StoredFile
from leitplanke.base.documents.services import path_of
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.verfahren.acts import Originator, Stand
from tests.factories import make_actor, make_mandant

from .test_bescheid_pages import browser, page
from .test_letters import decided

if TYPE_CHECKING:
    from pathlib import Path

    from leitplanke.apps.antrag.models import Antrag, Entscheidung

    from .conftest import Office


def opened(antrag: Antrag, code: str) -> Client:
    """Return a browser in which the application was opened with its code."""
    client = Client()
    answer = client.post(reverse("antrag:fortsetzen"), {"nummer": antrag.nummer, "code": code})
    assert answer.status_code == 302
    return client


def status(client: Client, antrag: Antrag) -> int:
    return client.get(reverse("antrag:mein_antrag", args=[antrag.kennung])).status_code


# Codes and addresses.


def test_a_renewed_code_shuts_out_who_had_typed_the_old_one(office: Office) -> None:
    antrag = office.application()
    doer = clerk(office.clerk, antrag, "antrag.intake")
    antrag, old = intake.renew_code(antrag.pk, doer)
    thief = opened(antrag, old)
    assert status(thief, antrag) == 200
    antrag, new = intake.renew_code(antrag.pk, doer)
    assert status(thief, antrag) == 404
    assert status(opened(antrag, new), antrag) == 200


def test_the_address_of_a_case_alone_opens_nothing(office: Office) -> None:
    antrag, _made, letter = decided(office)
    neighbour, other = Client(), Client()
    person = make_actor(office.mandant, Rolle.ANTRAGSTELLENDE_PERSON).person
    assert person is not None
    other.force_login(person)
    for client in (neighbour, other):
        assert status(client, antrag) == 404
        assert (
            client.post(reverse("antrag:meine_nachricht", args=[antrag.kennung]), {"text": "Hallo"}).status_code == 404
        )
        assert client.get(f"/schreiben/{letter.kennung}/").status_code in {302, 403}
    assert antrag.mitteilungen.count() == 0


def test_the_code_of_another_office_is_none_of_a_clerk_with_a_second_hat(office: Office) -> None:
    antrag = office.application()
    elsewhere = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="fern", name="Fernes Amt")
    hat = Mitgliedschaft.objects.create(
        mandant=office.mandant, person=office.clerk.person, einheit=elsewhere, rolle=Rolle.LEITUNG
    )
    thief = Doer(office.mandant, Originator.PERSON, office.clerk.person, hat, fresh_at=timezone.now())
    with pytest.raises(NotPermittedError):
        intake.renew_code(antrag.pk, thief)


# Second signatures.


@pytest.fixture
def laid(office: Office) -> tuple[Antrag, Entscheidung]:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    antrag, made, _letter = decided(office)
    assert made.stand == Entscheidungsstand.VORGELEGT
    return antrag, made


def test_the_first_person_does_not_sign_through_a_second_membership_or_for_an_absent_colleague(
    office: Office, laid: tuple[Antrag, Entscheidung]
) -> None:
    antrag, made = laid
    person, unit = office.clerk.person, office.clerk.memberships[0].einheit
    second = Mitgliedschaft.objects.create(mandant=office.mandant, person=person, einheit=unit, rolle=Rolle.LEITUNG)
    tries = (
        Actor(office.mandant, person, (second,)),
        Actor(office.mandant, person, (), (office.head.memberships[0],)),
        Actor(office.mandant, person, office.clerk.memberships, (office.head.memberships[0],)),
    )
    for actor in tries:
        with pytest.raises(NotPermittedError, match="zweite Person"):
            deciding.sign(made.pk, office.doer(antrag, actor), gesehen=made.gesehen_hash)


def test_a_partner_town_signs_nothing_here(office: Office, laid: tuple[Antrag, Entscheidung]) -> None:
    antrag, made = laid
    partner = make_actor(make_mandant("partnerstadt", host="partner.example"), Rolle.LEITUNG)
    with pytest.raises(NotPermittedError):
        clerk(partner, antrag, "antrag.view", timezone.now())
    stranger = Doer(office.mandant, Originator.PERSON, partner.person, partner.memberships[0], fresh_at=timezone.now())
    with pytest.raises(NotPermittedError):
        deciding.sign(made.pk, stranger, gesehen=made.gesehen_hash)


@pytest.mark.parametrize("rolle", [Rolle.IT, Rolle.ADMINISTRATION, Rolle.RAT, Rolle.ANTRAGSTELLENDE_PERSON])
def test_who_runs_the_machines_or_the_town_decides_nothing(
    office: Office, laid: tuple[Antrag, Entscheidung], rolle: Rolle
) -> None:
    antrag, _made = laid
    client = browser(make_actor(office.mandant, rolle))
    for path in ("", "entscheiden/", "entscheidung/1/", "schreiben/mitwirkung/"):
        assert client.post(f"/vorgaenge/{antrag.kennung}/{path}", {"schritt": "zeichnen"}).status_code in {
            403,
            404,
            405,
        }
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ZUR_ZEICHNUNG


def test_a_post_sent_twice_decides_once(office: Office) -> None:
    antrag, _made, letter = decided(office)
    client, today = browser(office.clerk), timezone.localdate().strftime("%d.%m.%Y")
    here = f"/schreiben/{letter.kennung}/"
    for _again in range(2):
        client.post(here, {"schritt": "freigeben"})
    for _again in range(2):
        client.post(here, {"schritt": "absenden", "weg": "post", "am": today})
    letter.refresh_from_db()
    codes = Leaf.objects.for_mandant(office.mandant).values_list("code", flat=True)
    assert letter.stand == "versandt"
    assert [list(codes).count(code) for code in ("antrag.freigeben", "antrag.bekanntgeben")] == [1, 1]
    assert antrag.verlauf.filter(was="bekanntgeben").count() == 1


def test_switching_off_the_second_signature_does_not_reach_what_was_laid_before_one(
    office: Office, laid: tuple[Antrag, Entscheidung]
) -> None:
    antrag, made = laid
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.NIE
    office.einstellung.save()
    deciding.send_back(made.pk, office.doer(antrag), "Das nehme ich doch zurück")
    made.refresh_from_db()
    deciding.confirm(made.pk, office.doer(antrag), office.verfahren, gesehen=deciding.seen_hash(made))
    made.refresh_from_db()
    assert made.stand == Entscheidungsstand.VORGELEGT


def test_the_head_of_one_office_is_no_head_of_another_in_which_they_work(office: Office) -> None:
    elsewhere = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="fern", name="Fernes Amt")
    person = office.clerk.person
    lead = Mitgliedschaft.objects.create(mandant=office.mandant, person=person, einheit=elsewhere, rolle=Rolle.LEITUNG)
    actor = Actor(office.mandant, person, (*office.clerk.memberships, lead))
    with pytest.raises(NotPermittedError):
        configuring.configure(actor, "wohngeld", {"zeichnung": "nie"})
    with pytest.raises(NotPermittedError):
        recomputing.order(actor, "wohngeld")
    office.application()
    assert figures.figures_for(actor, timezone.localdate()) == []
    assert len(figures.figures_for(office.head, timezone.localdate())) == 1
    assert textbausteine.procedures_of(actor) == []
    assert browser(actor).get(reverse("antrag:einstellung", args=["wohngeld"])).status_code == 404
    assert textbausteine.procedures_of(office.head) == ["wohngeld"]


# What stays behind.


def test_evidence_does_not_give_away_a_value_that_few_tries_would_find(office: Office) -> None:
    antrag = office.ready()
    who = citizen(office.mandant)
    facts.state_facts(antrag.pk, who, {"vermoegen": "3000.00"}, origin=facts.Origin(Quelle.BUERGER))
    settling.settle_fact(antrag.pk, office.doer(antrag), "vermoegen", "2500.00")
    messages.write(antrag.pk, who, "Ja")
    log = "".join(Leaf.objects.for_mandant(office.mandant).values_list("payload", flat=True))
    for guess in ({"vermoegen": "3000.00"}, {"vermoegen": "2500.00"}, "Ja"):
        text = guess if isinstance(guess, str) else json.dumps(guess, sort_keys=True, ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() not in log
    assert "Muster" not in log
    # Not the digits alone: they stand in one of some hundred hashes by chance.
    assert "3000.00" not in log
    assert '"3000"' not in log


def test_a_document_taken_out_of_a_draft_is_gone_from_the_disk(
    office: Office, django_capture_on_commit_callbacks: object
) -> None:
    antrag, _code = intake.start_draft(office.mandant, office.verfahren)
    who = citizen(office.mandant)
    beleg = belege.add_document(antrag.pk, who, "miete.pdf", f"%PDF-1.4 {uuid4()}".encode())
    path: Path = path_of(beleg.datei)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        belege.remove_document(beleg.pk, who)
    assert not path.exists()
    assert not StoredFile.objects.for_mandant(office.mandant).filter(pk=beleg.datei_id).exists()


# The page on which arrival is corrected.


def test_arrival_is_corrected_on_a_page_and_only_by_the_office(office: Office) -> None:
    antrag, _made, letter = decided(office)
    letters.release(letter.pk, office.doer(antrag))
    client = browser(office.clerk)
    here = f"/schreiben/{letter.kennung}/zugang/"
    assert client.get(here).status_code == 404
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, timezone.localdate())
    assert here in page(client.get(f"/schreiben/{letter.kennung}/"))
    other = make_actor(make_mandant("anderswo", host="anderswo.example"), Rolle.LEITUNG)
    assert browser(other).post(here, {"grund": "Kam mit Vermerk zurück"}).status_code in {403, 404}
    assert client.post(here, {}).status_code == 422
    wrong = client.post(here, {"zugegangen_am": (timezone.localdate() + timedelta(days=9)).strftime("%d.%m.%Y")})
    assert (wrong.status_code, "zwischen dem Abgang und heute" in page(wrong)) == (422, True)
    assert client.post(here, {"grund": "Kam mit Vermerk unbekannt verzogen zurück"}).status_code == 302
    letter.refresh_from_db()
    antrag.refresh_from_db()
    assert (letter.stand, antrag.stand, letter.rechtsbehelf_bis) == ("freigegeben", Stand.ENTSCHIEDEN, None)
    assert "Nicht angekommen" in page(client.get(f"/schreiben/{letter.kennung}/"))
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "freigabe_zuruecknehmen"})
    letter.refresh_from_db()
    assert (letter.stand, letter.pdf, letter.freigegeben_von) == ("entwurf", None, None)
