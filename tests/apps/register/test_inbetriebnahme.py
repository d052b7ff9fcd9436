"""Own parts: prepared, registered for every procedure, checked and signed by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.register import classifying, founding
from leitplanke.apps.register.models import Eintrag, Registerverlauf
from leitplanke.apps.register.public import permit
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register import fields
from leitplanke.core.register.papers import vorlagen
from leitplanke.core.register.parts import Procedure, own_parts
from leitplanke.project.inbetriebnahme import register_own_parts
from tests.apps.antrag.test_bescheid_pages import browser, page

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from tests.apps.register.conftest import Team

DOG = Procedure("hundesteuer", "Hundesteuer", "Steueramt", "ao", ("AO",), ("Foto",), "10 Jahre.")
RENT = Procedure("wohngeld", "Wohngeld", "Wohngeldstelle", "sgb_x", ("WoGG",), (), "10 Jahre.")


def test_prepared_entries_say_everything_a_release_needs_and_nothing_is_left_to_fill() -> None:
    parts = own_parts([DOG, RENT], email="rathaus@stadt.example")
    assert [part.schluessel for part in parts] == ["assistenz", "wissen", "antrag.hundesteuer", "antrag.wohngeld"]
    for part in parts:
        assert not fields.missing(fields.checked(part.angaben), "freigabe")
        assert "{" not in repr(fields.checked(part.angaben)).replace("{'", "")
        assert {"verarbeitung", "dsfa", "loeschkonzept", "dienstvereinbarung", "beschaeftigte"} <= set(part.antworten)
        for art, answers in part.antworten.items():
            assert set(answers) <= {frage.name for frage in vorlagen()[art].fragen}


@pytest.mark.parametrize(
    ("name", "klasse"),
    [("wissen", "limited"), ("assistenz", "minimal"), ("hundesteuer", "minimal"), ("wohngeld", "minimal")],
)
def test_prepared_facts_are_complete_and_lead_to_a_class(name: str, klasse: str) -> None:
    part = next(one for one in own_parts([DOG, RENT]) if one.schluessel.endswith(name))
    result = load_ki_verordnung().classify(part.fakten, on=timezone.localdate())
    assert result.legal_class == klasse
    assert classifying.is_complete(result)
    assert not result.local_blocks
    assert {one.fakt for one in part.zweifel} <= set(part.fakten)


def test_doubt_on_reading_documents_for_benefits_leads_to_high_risk_if_answered_otherwise() -> None:
    part = own_parts([RENT])[-1]
    facts = {**part.fakten, "part_of_combined_system_influencing_decision": True}
    assert load_ki_verordnung().classify(facts, on=timezone.localdate()).legal_class == "high"


@pytest.mark.django_db
def test_documents_of_own_parts_begin_with_prepared_answers(mandant: Mandant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding.SOURCE, "procedures", lambda _mandant: [RENT])
    rows = {eintrag.schluessel: eintrag for eintrag in founding.register_own_parts(mandant)}
    draft = rows["antrag.wohngeld"].dokumente.get(art="dsfa")
    assert draft.fertig_am is None
    assert "Wohngeld" in draft.antworten["sparsamkeit"]
    assert "ergebnis" not in draft.antworten


@pytest.mark.django_db
def test_parts_are_registered_once_for_examination_and_a_new_procedure_later_by_itself(
    mandant: Mandant, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedures = [RENT]
    unit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="soz", name="Sozialamt")
    monkeypatch.setattr(founding.SOURCE, "procedures", lambda _mandant: procedures)
    monkeypatch.setattr(founding.SOURCE, "units", lambda _mandant: {"wohngeld": unit})
    assert [row.schluessel for row in register_own_parts(mandant)] == ["assistenz", "wissen", "antrag.wohngeld"]
    entry = Eintrag.objects.for_mandant(mandant).get(schluessel="antrag.wohngeld")
    assert (entry.stand, entry.einheit, entry.verantwortlich) == ("pruefung", unit, None)
    assert Registerverlauf.objects.for_mandant(mandant).filter(was="angelegt", durch="regel").count() == 3
    assert not permit(mandant, "antrag.wohngeld").allows(staff=True)
    Eintrag.objects.for_mandant(mandant).filter(schluessel="wissen").update(name="Von uns umbenannt")
    procedures.append(DOG)
    assert [row.schluessel for row in register_own_parts(mandant)] == ["antrag.hundesteuer"]
    assert register_own_parts(mandant) == []
    assert Eintrag.objects.for_mandant(mandant).get(schluessel="wissen").name == "Von uns umbenannt"


@pytest.fixture
def prepared(mandant: Mandant, monkeypatch: pytest.MonkeyPatch) -> Mandant:
    monkeypatch.setattr(founding.SOURCE, "procedures", lambda _mandant: [RENT])
    monkeypatch.setattr(founding.SOURCE, "units", lambda _mandant: {})
    register_own_parts(mandant)
    return mandant


def test_page_says_who_is_needed_what_is_missing_and_who_provides_it(prepared: Mandant, team: Team) -> None:
    shown = page(browser(team.clerk).get("/register/inbetriebnahme/"))
    assert "0 von 3 Teilen arbeiten" in shown
    assert "noch niemand benannt" in shown
    assert "Vorsitz der Personalvertretung" in shown
    part = page(browser(team.clerk).get("/register/inbetriebnahme/antrag-wohngeld/"))
    assert "Das ist der Grenzfall." in part
    assert "Stellungnahme zum Datenschutz" in part


def test_a_person_names_who_is_responsible_and_confirms_the_facts_doubts_first(prepared: Mandant, team: Team) -> None:
    client, here = browser(team.ki), "/register/inbetriebnahme/antrag-wohngeld/"
    head = team.head.memberships[0].pk
    assert client.post(f"{here}benennen/", {"person": head, "fassung": "1"}).status_code == 302
    answers: dict[str, Any] = {"role": "deployer", "discretion_involved": "nein", "bestaetigt": "ja"}
    back = client.post(f"{here}einstufen/", answers)
    assert back.status_code == 422
    assert 'id="role-deployer" value="deployer" checked' in page(back)
    answers |= {"part_of_combined_system_influencing_decision": "ja"}
    assert client.post(f"{here}einstufen/", answers).status_code == 302
    entry = Eintrag.objects.for_mandant(prepared).get(schluessel="antrag.wohngeld")
    assert (entry.klasse, entry.verantwortlich_id) == ("high", head)


def test_nobody_reaches_another_towns_part(prepared: Mandant, other_mandant: Mandant, team: Team) -> None:
    Eintrag.objects.for_mandant(prepared).filter(schluessel="wissen").update(mandant=other_mandant)
    assert browser(team.ki).get("/register/inbetriebnahme/wissen/").status_code == 404
