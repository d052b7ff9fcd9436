"""The desk of one case through HTTP: who sees it, what it shows, what a clerk does on it, and what comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.antrag import assigning, casework, facts, judging, messages, settling, textbausteine
from leitplanke.apps.antrag.doing import OutdatedError, citizen, locked, machine
from leitplanke.apps.antrag.models import (
    Angabe,
    Angabenstand,
    Antrag,
    Beleg,
    Belegstand,
    Einsicht,
    Fristart,
    Quelle,
    Textbaustein,
    Urteil,
    Vorschlag,
)
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.services import store_file
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.rules import FactError
from tests.factories import make_mandant, make_membership

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


@pytest.fixture
def antrag(office: Office) -> Antrag:
    return begun(office, office.application())


def begun(office: Office, antrag: Antrag) -> Antrag:
    return assigning.begin(antrag.pk, office.doer(antrag))


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(office.clerk)


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


# Who sees it.


@pytest.mark.security
@override_settings(ALLOWED_HOSTS=["testserver", "nachbar.localhost"])
def test_another_unit_and_another_town_find_nothing(office: Office, antrag: Antrag) -> None:
    other = make_membership(office.mandant, Rolle.SACHBEARBEITUNG)
    other.einheit = Organisationseinheit.objects.create(
        mandant=office.mandant, kuerzel="bau", name="Bauamt", telefon=""
    )
    other.save()
    neighbour = make_membership(make_mandant("nachbarstadt", host="nachbar.localhost"), Rolle.LEITUNG)
    for membership, host in ((other, "testserver"), (neighbour, "nachbar.localhost")):
        client = Client(headers={"host": host})
        client.force_login(membership.person)
        for name in ("akte", "akte_nachweis", "akte_verlauf", "akte_nachrichten"):
            assert client.get(reverse(f"antrag:{name}", args=[antrag.kennung])).status_code == 404
        assert client.post(reverse("antrag:angaben_bestaetigen", args=[antrag.kennung])).status_code == 404


def test_opening_is_kept_once_for_each_unit_and_day(clerk: Client, antrag: Antrag) -> None:
    desk(clerk, antrag)
    desk(clerk, antrag)
    seen = Einsicht.objects.for_mandant(antrag.mandant).get(antrag=antrag)
    assert (seen.einheit_id, seen.tag) == (antrag.einheit_id, timezone.localdate())


def test_what_was_new_has_been_seen_by_opening(clerk: Client, antrag: Antrag) -> None:
    messages.write(antrag.pk, citizen(antrag.mandant), "Ist alles da?")
    desk(clerk, antrag)
    antrag.refresh_from_db()
    assert antrag.neues is False


# What it shows.


def test_head_says_what_this_is_and_that_no_model_takes_part(clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag)
    assert "Kim Muster" in page
    assert antrag.nummer in page
    assert "Kein Sprachmodell wirkt an diesem Vorgang mit" in page
    assert "In Bearbeitung" in page


def test_deadlines_are_said_with_days(clerk: Client, antrag: Antrag) -> None:
    today = timezone.localdate()
    antrag.fristen.create(
        mandant=antrag.mandant, art=Fristart.MITWIRKUNG, ab=today, ende=today + timezone.timedelta(days=5)
    )
    assert "noch 5 Tage" in desk(clerk, antrag)


def test_warning_names_what_is_missing_and_why(office: Office, clerk: Client) -> None:
    given = {name: wert for name, wert in COMPLETE.items() if name not in {"mietenstufe", "bruttokaltmiete_monat"}}
    page = desk(clerk, begun(office, office.application(given)))
    assert "Zwei Angaben fehlen" in page
    assert "Bruttokaltmiete im Monat" in page
    assert "Grenzt den Betrag um etwa" in page
    assert "Belegt durch: Mietvertrag" in page


def test_a_new_case_asks_to_begin(office: Office, clerk: Client) -> None:
    antrag = office.application()
    page = desk(clerk, antrag)
    assert "Neu eingegangen" in page
    send(clerk, "schritt", antrag, "uebernehmen")
    antrag.refresh_from_db()
    assert (antrag.stand, antrag.bearbeitung) == ("in_bearbeitung", office.clerk.memberships[0])
    assert "Entscheiden" in desk(clerk, antrag)


def test_items_of_a_list_stand_together(office: Office, clerk: Client) -> None:
    antrag = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON, PERSON]}))
    page = desk(clerk, antrag)
    assert re.findall(r'<h3 class="kern-title">(.*?)</h3>', page)[:3] == [
        "Zum Fall", "Personen im Haushalt, Eintrag 1", "Personen im Haushalt, Eintrag 2",
    ]  # fmt: skip
    assert "vermutet das Gesetz" in page


def test_proof_shows_norm_value_and_state_and_a_page_of_its_own_every_step(clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag)
    assert "§§ 19 und 21 Nr. 1 WoGG" in page
    assert "berechnet" in page
    whole = clerk.get(reverse("antrag:akte_nachweis", args=[antrag.kennung])).content.decode()
    assert "Wohngeld im Monat" in whole
    assert "Ohne den gewerblich genutzten Teil" in whole


# Facts.


def test_all_undisputed_values_are_confirmed_with_one_button(office: Office, clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag)
    paths = re.findall(r'name="alle" value="([^"]+)"', page)
    assert set(paths) == set(COMPLETE)
    answer = send(clerk, "angaben_bestaetigen", antrag, umfang="alle", alle=paths)
    assert answer.status_code == 302
    states = set(Angabe.objects.for_mandant(office.mandant).filter(ersetzt_am=None).values_list("stand", flat=True))
    assert states == {Angabenstand.BESTAETIGT}
    assert "unstrittigen bestätigen" not in desk(clerk, antrag)
    leaf = Leaf.objects.for_mandant(office.mandant).filter(code="antrag.bestaetigen").latest("pk")
    assert "bruttokaltmiete_monat" in leaf.payload


def test_only_ticked_values_are_confirmed(clerk: Client, antrag: Antrag) -> None:
    send(clerk, "angaben_bestaetigen", antrag, umfang="auswahl", pfad=["vermoegen"], alle=list(COMPLETE))
    assert current(antrag, "vermoegen").stand == Angabenstand.BESTAETIGT
    assert current(antrag, "mietenstufe").stand == Angabenstand.ANGEGEBEN


def test_nothing_ticked_is_said(clerk: Client, antrag: Antrag) -> None:
    answer = send(clerk, "angaben_bestaetigen", antrag, umfang="auswahl")
    assert answer.status_code == 422
    assert "Bitte wählen Sie aus" in answer.content.decode()


def test_whoever_saw_an_older_case_is_told_and_changes_nothing(office: Office, clerk: Client, antrag: Antrag) -> None:
    old = antrag.fassung
    facts.state_facts(
        antrag.pk, office.doer(antrag), {"vermoegen": "5000"}, origin=facts.Origin(Quelle.AMT), fassung=old
    )
    address = reverse("antrag:angabe_aendern", args=[antrag.kennung])
    answer = clerk.post(
        address, {"fassung": old, "pfad": "bruttokaltmiete_monat", "wert-bruttokaltmiete_monat": "401,50"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "inzwischen geändert" in page
    assert 'value="401,50"' in page
    assert current(antrag, "bruttokaltmiete_monat").wert == "400.00"


def test_a_fact_is_corrected_in_place_and_keeps_its_history(clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag, "?angabe=bruttokaltmiete_monat")
    assert 'value="400,00"' in page
    send(clerk, "angabe_aendern", antrag, **{"pfad": "bruttokaltmiete_monat", "wert-bruttokaltmiete_monat": "410,50"})
    row = current(antrag, "bruttokaltmiete_monat")
    assert (row.wert, row.quelle, row.stand) == ("410.50", Quelle.AMT, Angabenstand.BESTAETIGT)
    page = desk(clerk, antrag, "?angabe=bruttokaltmiete_monat")
    assert "Verlauf: 2 Einträge" in page
    assert "400,00 EUR im Monat" in page


@pytest.mark.parametrize("typed", ["viel", "-3", "1,234", "99.999.999"])
def test_what_is_no_such_value_comes_back_with_a_sentence_at_the_field(
    clerk: Client, antrag: Antrag, typed: str
) -> None:
    answer = send(
        clerk, "angabe_aendern", antrag, **{"pfad": "bruttokaltmiete_monat", "wert-bruttokaltmiete_monat": typed}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in page
    assert "kern-error" in page


@pytest.mark.parametrize("pfad", ["", "gibt_es_nicht", "personen[0].x", "personen[1].gibt_es_nicht", "a[b]"])
def test_unknown_facts_are_not_found_and_harm_no_page(clerk: Client, antrag: Antrag, pfad: str) -> None:
    assert send(clerk, "angabe_aendern", antrag, pfad=pfad).status_code == 404
    assert desk(clerk, antrag, f"?angabe={pfad}&beleg=x&stellen=9-1&seite=-1&urteil=x")


def test_a_list_gets_its_length_and_then_its_items(office: Office, clerk: Client) -> None:
    antrag = begun(office, office.application(HOUSEHOLD))
    assert "Anzahl der Einträge" in desk(clerk, antrag, "?angabe=personen")
    send(clerk, "angabe_aendern", antrag, pfad="personen", anzahl="2")
    antrag.refresh_from_db()
    assert antrag.fakten["personen"] == [{}, {}]
    answer = send(clerk, "angabe_aendern", antrag, pfad="personen", anzahl="99")
    assert answer.status_code == 422


# Documents and what they propose.


def test_a_value_that_a_document_proves_takes_it_as_its_source(office: Office, clerk: Client, antrag: Antrag) -> None:
    beleg = document(antrag, "Bruttokaltmiete: 400,00 EUR")
    row = proposal(beleg, "bruttokaltmiete_monat", "400.00")
    assert "belegt" in desk(clerk, antrag)
    settling.confirm_undisputed(antrag.pk, office.doer(antrag), ["bruttokaltmiete_monat"])
    angabe = current(antrag, "bruttokaltmiete_monat")
    assert (angabe.quelle, angabe.beleg, angabe.anfang, angabe.ende) == (Quelle.BELEG, beleg, 17, 23)
    row.refresh_from_db()
    assert row.stand == "bestaetigt"


def test_a_proposal_counts_only_once_a_person_confirmed_it(office: Office, antrag: Antrag) -> None:
    proposal(document(antrag), "oeffentliche_entlastung_monat", "50.00")
    antrag.refresh_from_db()
    assert "oeffentliche_entlastung_monat" not in antrag.fakten
    settling.confirm_undisputed(antrag.pk, office.doer(antrag), ["oeffentliche_entlastung_monat"])
    antrag.refresh_from_db()
    assert antrag.fakten["oeffentliche_entlastung_monat"] == "50.00"


def test_contradicting_values_are_settled_one_by_one(office: Office, clerk: Client, antrag: Antrag) -> None:
    row = proposal(document(antrag), "bruttokaltmiete_monat", "410.00")
    page = desk(clerk, antrag)
    assert "Eine Angabe ist zu klären" in page
    assert "widersprüchlich" in page
    with pytest.raises(FactError, match="einzeln"):
        settling.confirm_undisputed(antrag.pk, office.doer(antrag), ["bruttokaltmiete_monat", "vermoegen"])
    assert current(antrag, "vermoegen").stand == Angabenstand.ANGEGEBEN
    answer = send(clerk, "angabe_klaeren", antrag, pfad="bruttokaltmiete_monat")
    assert answer.status_code == 422
    assert "Bitte wählen Sie, welcher Wert gilt." in answer.content.decode()
    send(clerk, "angabe_klaeren", antrag, pfad="bruttokaltmiete_monat", seite=f"v{row.pk}")
    angabe = current(antrag, "bruttokaltmiete_monat")
    assert (angabe.wert, angabe.stand, angabe.quelle) == ("410.00", Angabenstand.BESTAETIGT, Quelle.BELEG)


def test_the_stated_value_may_count_against_the_document(clerk: Client, antrag: Antrag) -> None:
    row = proposal(document(antrag), "bruttokaltmiete_monat", "410.00")
    send(clerk, "angabe_klaeren", antrag, pfad="bruttokaltmiete_monat", seite="a0")
    angabe = current(antrag, "bruttokaltmiete_monat")
    assert (angabe.wert, angabe.stand, angabe.quelle) == ("400.00", Angabenstand.BESTAETIGT, Quelle.BUERGER)
    row.refresh_from_db()
    assert row.stand == "verworfen"


def test_a_contradiction_left_open_makes_the_result_span(clerk: Client, antrag: Antrag) -> None:
    proposal(document(antrag), "bruttokaltmiete_monat", "440.00")
    send(clerk, "angabe_klaeren", antrag, pfad="bruttokaltmiete_monat", umgang="offen")
    antrag.refresh_from_db()
    assert antrag.betrag_von is not None
    assert antrag.betrag_bis is not None
    assert antrag.betrag_von < antrag.betrag_bis
    assert "400,00 EUR im Monat oder 440,00 EUR im Monat" in desk(clerk, antrag)


def test_a_side_that_nobody_claims_any_more_is_said(clerk: Client, antrag: Antrag) -> None:
    answer = send(clerk, "angabe_klaeren", antrag, pfad="bruttokaltmiete_monat", seite="v999999")
    assert answer.status_code == 422
    assert "sagt niemand mehr" in answer.content.decode()


def test_odd_values_are_not_confirmed_in_a_group(office: Office, clerk: Client, antrag: Antrag) -> None:
    proposal(document(antrag), "bruttokaltmiete_monat", "400.00", hinweis="400,00 liegt über dem, was üblich ist.")
    assert "über dem, was üblich ist" in desk(clerk, antrag)
    with pytest.raises(FactError, match="einzeln"):
        settling.confirm_undisputed(antrag.pk, office.doer(antrag), ["bruttokaltmiete_monat"])


def test_values_for_somebody_of_the_household_wait_until_one_says_for_whom(office: Office, clerk: Client) -> None:
    antrag = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON, PERSON]}))
    beleg = document(antrag)
    row = proposal(beleg, "personen[].bruttoeinkommen_jahr", "19680.00")
    page = desk(clerk, antrag)
    assert "Eine Unterlage ist zuzuordnen" in page
    assert "Wen betrifft diese Unterlage?" in page
    assert send(clerk, "unterlage_zuordnen", antrag, beleg.kennung, eintrag="3").status_code == 422
    send(clerk, "unterlage_zuordnen", antrag, beleg.kennung, eintrag="2")
    row.refresh_from_db()
    assert (row.pfad, row.stand) == ("personen[2].bruttoeinkommen_jahr", "offen")
    assert current(antrag, "personen[2].bruttoeinkommen_jahr").wert == "12000.00"


def test_a_rejected_proposal_is_gone(clerk: Client, antrag: Antrag) -> None:
    row = proposal(document(antrag), "bruttokaltmiete_monat", "410.00")
    send(clerk, "vorschlag_verwerfen", antrag, row.pk)
    row.refresh_from_db()
    assert row.stand == "verworfen"
    assert "widersprüchlich" not in desk(clerk, antrag)
    assert send(clerk, "vorschlag_verwerfen", antrag, row.pk).status_code == 404


def test_the_text_of_a_document_marks_the_passage(clerk: Client, antrag: Antrag) -> None:
    beleg = document(antrag, "Bruttokaltmiete: 410,00 EUR <b>und mehr</b>")
    page = desk(clerk, antrag, f"?beleg={beleg.kennung}&stellen=17-23")
    assert "<mark>410,00</mark>" in page
    assert "&lt;b&gt;und mehr" in page


def test_findings_warn_until_somebody_has_checked(clerk: Client, antrag: Antrag) -> None:
    beleg = document(antrag, befunde=["Seite 1: Dieser Text ist nicht zu sehen und zählt nicht: „800“."])
    page = desk(clerk, antrag)
    assert "auffällig" in page
    assert "ist nicht zu sehen" in page
    send(clerk, "unterlage_bearbeiten", antrag, beleg.kennung, aktion="geprueft")
    page = desk(clerk, antrag)
    assert "auffällig" not in page
    assert "geprüft am" in page


def test_a_kind_chosen_by_a_person_brings_the_proposals_of_that_kind(clerk: Client, antrag: Antrag) -> None:
    beleg = document(antrag, "Bruttokaltmiete: 410,00 EUR")
    assert not antrag.vorschlaege.exists()
    send(clerk, "unterlage_bearbeiten", antrag, beleg.kennung, art="mietbescheinigung")
    row = antrag.vorschlaege.get(pfad="bruttokaltmiete_monat")
    assert (row.wert, row.stand) == ("410.00", "offen")
    assert "400,00" in row.widerspruch
    assert send(clerk, "unterlage_bearbeiten", antrag, beleg.kennung, art="erfunden").status_code == 404


def test_the_original_leaves_as_a_download_that_no_browser_runs(clerk: Client, antrag: Antrag) -> None:
    beleg = document(antrag)
    answer = clerk.get(reverse("antrag:unterlage_original", args=[antrag.kennung, beleg.kennung]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    other = document(antrag)
    address = reverse("antrag:unterlage_seite", args=[antrag.kennung, other.kennung, 1])
    assert clerk.get(address).status_code == 404  # a text has no page


def test_a_document_from_the_post_comes_into_the_file(clerk: Client, antrag: Antrag) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = send(clerk, "unterlage_neu", antrag)
    assert answer.status_code == 422
    file = SimpleUploadedFile("brief.txt", b"Guten Tag")
    assert send(clerk, "unterlage_neu", antrag, datei=file).status_code == 302
    assert antrag.belege.get().quelle == Quelle.AMT


# Judgements.


def judgement_form(page: str) -> str:
    found = re.search(r'<form method="post" action="[^"]*/urteil/[^"]*".*?</form>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("name", ["einstehensgemeinschaft", "missbraeuchlich", "bewilligungsdauer"])
def test_the_form_of_an_open_judgement_is_empty(clerk: Client, antrag: Antrag, name: str) -> None:
    form = judgement_form(desk(clerk, antrag, f"?urteil={name}"))
    assert " checked" not in form
    assert " selected" not in form
    assert re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", form) == [""]
    hidden = {"csrfmiddlewaretoken", "fassung"}
    filled = re.findall(r'<input type="(?!radio)[^"]*" name="([^"]+)"[^>]* value="[^"]', form)
    assert set(filled) <= hidden


def test_the_form_of_a_judgement_made_is_empty_too(office: Office, clerk: Client, antrag: Antrag) -> None:
    reasons = judging.Reasons(eigene="Das Vermögen liegt weit unter dem Richtwert.")
    judging.judge(antrag.pk, office.doer(antrag), "missbraeuchlich", wert=False, reasons=reasons)
    page = desk(clerk, antrag, "?urteil=missbraeuchlich")
    assert "weit unter dem Richtwert" in page
    assert " checked" not in judgement_form(page)
    assert "weit unter" not in judgement_form(page)


def test_options_stand_in_the_order_of_the_rules_without_a_word_on_which_is_right(
    clerk: Client, antrag: Antrag
) -> None:
    page = desk(clerk, antrag, "?urteil=missbraeuchlich")
    table = page[page.index("ak-options") :].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(\w+)', table) == ["ja", "nein"]
    assert not re.search("empf|vorgeschlagen|richtig", table, re.IGNORECASE)
    assert "Höhe und Verwertbarkeit des Vermögens" in page
    assert "Richtwert für erhebliches Vermögen" in page


def test_a_judgement_is_kept_with_its_reasons(clerk: Client, antrag: Antrag) -> None:
    words = "Das Vermögen von 2.000 Euro ist nicht erheblich."
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", begruendung=words)
    assert answer.status_code == 302
    row = Urteil.objects.for_mandant(antrag.mandant).get()
    assert (row.wert, row.begruendung) == (False, words)
    assert words in desk(clerk, antrag)


@pytest.mark.parametrize(("words", "said"), [("", "in eigenen Worten"), ("ja", "in eigenen Worten")])
def test_reasons_that_are_none_come_back_at_the_field(clerk: Client, antrag: Antrag, words: str, said: str) -> None:
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", begruendung=words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in judgement_form(page)
    assert 'value="nein"' in page
    assert " checked" in judgement_form(page)


def test_reasons_copied_from_another_case_are_refused_and_stay_in_the_field(office: Office, clerk: Client) -> None:
    words = "Das Vermögen ist nach Aktenlage nicht erheblich."
    first, second = (begun(office, office.application(name=name)) for name in ("Eins", "Zwei"))
    send(clerk, "urteil", first, "missbraeuchlich", wert="nein", begruendung=words)
    answer = send(clerk, "urteil", second, "missbraeuchlich", wert="nein", begruendung=words.upper())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "wörtlich schon in einem anderen Vorgang" in page
    assert words.upper() in judgement_form(page)


def test_a_text_block_alone_is_no_reason(office: Office, clerk: Client, antrag: Antrag) -> None:
    block = block_of(office, "Richtwert", "Vermögen unter dem Richtwert steht dem Anspruch nicht entgegen.")
    page = judgement_form(desk(clerk, antrag, "?urteil=missbraeuchlich"))
    assert re.findall(r'value="([^"]*)" selected', page) == [""]  # „keiner“
    assert block.titel in page
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", baustein=block.pk, begruendung="nichts")
    assert "Textbaustein allein genügt nicht" in answer.content.decode()
    send(
        clerk,
        "urteil",
        antrag,
        "missbraeuchlich",
        wert="nein",
        baustein=block.pk,
        begruendung="Nur ein Sparbuch ist da.",
    )
    row = Urteil.objects.for_mandant(antrag.mandant).get()
    assert (row.baustein, row.besonderheit) == (block.text, "Nur ein Sparbuch ist da.")


def test_a_judgement_that_does_not_exist_is_not_found(clerk: Client, antrag: Antrag) -> None:
    assert send(clerk, "urteil", antrag, "gibt_es_nicht", wert="ja").status_code == 404


# Text blocks.


def block_of(office: Office, titel: str, text: str) -> Textbaustein:
    return textbausteine.save_block(office.head, textbausteine.Block("wohngeld", "missbraeuchlich", titel, text))


def test_the_head_keeps_text_blocks(office: Office) -> None:
    head = signed_in(office.head)
    address = reverse("antrag:textbausteine")
    data = {"wofuer": "wohngeld/missbraeuchlich", "titel": "Richtwert", "text": "Unter dem Richtwert."}
    assert head.post(address, data).status_code == 302
    assert head.post(address, data).status_code == 422  # the title is taken
    row = Textbaustein.objects.for_mandant(office.mandant).get()
    change = reverse("antrag:textbaustein", args=[row.pk])
    assert "Unter dem Richtwert." in head.get(change).content.decode()
    head.post(change, {**data, "text": "Deutlich unter dem Richtwert."})
    row.refresh_from_db()
    assert row.text == "Deutlich unter dem Richtwert."
    head.post(reverse("antrag:textbaustein_loeschen", args=[row.pk]))
    assert not Textbaustein.objects.for_mandant(office.mandant).exists()
    assert Leaf.objects.for_mandant(office.mandant).filter(code="antrag.textbaustein").count() == 3


@pytest.mark.security
def test_nobody_keeps_text_blocks_of_a_procedure_of_others(office: Office) -> None:
    bau = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="bau", name="Bauamt", telefon="")
    row = block_of(office, "Richtwert", "Unter dem Richtwert.")
    office.einstellung.einheit = bau
    office.einstellung.save()
    head = signed_in(office.head)
    assert head.get(reverse("antrag:textbaustein", args=[row.pk])).status_code == 404
    assert head.post(reverse("antrag:textbaustein_loeschen", args=[row.pk])).status_code == 404
    with pytest.raises(NotPermittedError):
        block_of(office, "Zweiter", "Text genug.")


# Messages, history, notes.


def test_messages_go_to_and_fro(clerk: Client, antrag: Antrag) -> None:
    messages.write(antrag.pk, citizen(antrag.mandant), "Brauchen Sie <noch> etwas?")
    assert "1 neue" in desk(clerk, antrag)
    page = clerk.get(reverse("antrag:akte_nachrichten", args=[antrag.kennung])).content.decode()
    assert "Brauchen Sie &lt;noch&gt; etwas?" in page
    assert "1 neue" not in desk(clerk, antrag)
    assert send(clerk, "akte_nachrichten", antrag, text="").status_code == 422
    send(clerk, "akte_nachrichten", antrag, text="Nein, alles da.")
    assert antrag.mitteilungen.get(richtung="vom_amt").text == "Nein, alles da."


def test_a_note_stays_inside_and_is_in_the_history(clerk: Client, antrag: Antrag) -> None:
    assert send(clerk, "akte_verlauf", antrag, text="Telefonat am Vormittag geführt.").status_code == 302
    row = antrag.verlauf.get(was="vermerken")
    assert (row.oeffentlich, row.text) == (False, "Telefonat am Vormittag geführt.")
    page = clerk.get(reverse("antrag:akte_verlauf", args=[antrag.kennung])).content.decode()
    assert "Telefonat am Vormittag" in page
    assert "nur für das Amt" in page


# What must never happen, and how much it costs.


def test_a_machine_settles_nothing(antrag: Antrag) -> None:
    from leitplanke.core.verfahren.acts import ActError

    row = proposal(document(antrag), "bruttokaltmiete_monat", "410.00")
    for verb in (
        lambda: settling.confirm_undisputed(antrag.pk, machine(antrag.mandant), ["vermoegen"]),
        lambda: settling.settle_fact(antrag.pk, machine(antrag.mandant), "vermoegen", "1"),
        lambda: settling.reject_proposal(antrag.pk, machine(antrag.mandant), row.pk),
        lambda: casework.write_note(antrag.pk, machine(antrag.mandant), "Text"),
    ):
        with pytest.raises(ActError):
            verb()


def test_services_refuse_an_outdated_view(office: Office, antrag: Antrag) -> None:
    doer = office.doer(antrag)
    with pytest.raises(OutdatedError):
        settling.settle_fact(antrag.pk, doer, "vermoegen", "1", fassung=antrag.fassung - 1)
    with pytest.raises(OutdatedError):
        settling.leave_disputed(antrag.pk, doer, "vermoegen", fassung=antrag.fassung - 1)


def test_rules_that_cannot_be_used_leave_the_case_readable(clerk: Client, antrag: Antrag) -> None:
    document(antrag)
    Antrag.objects.for_mandant(antrag.mandant).filter(pk=antrag.pk).update(fakten={"gibt_es_nicht": 1})
    page = desk(clerk, antrag)
    assert "lässt sich gerade nicht berechnen" in page
    assert clerk.get(reverse("antrag:akte_nachweis", args=[antrag.kennung])).status_code == 200


def queries(client: Client, antrag: Antrag) -> int:
    desk(client, antrag)  # the first view of the day is kept
    with CaptureQueriesContext(
        connection,
    ) as caught:
        desk(client, antrag)
    return len(caught)


def test_the_desk_asks_the_database_as_often_for_much_as_for_little(office: Office, clerk: Client) -> None:
    small = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON]}, name="Klein"))
    large = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON] * 30}, name="Gross"))
    proposal(document(small), "bruttokaltmiete_monat", "410.00")
    for number in range(30):
        beleg = document(large, f"Miete {number}: 410,00 EUR")
        proposal(beleg, f"personen[{number + 1}].bruttoeinkommen_jahr", "19680.00")
        proposal(beleg, "bruttokaltmiete_monat", "410.00")
    for place in (1, 2, 3):
        with transaction.atomic():
            antrag = locked(office.mandant, large.pk)
            antrag.urteile_getroffen.create(
                mandant=office.mandant, name=f"u{place}", wert=True, begruendung="Weil es so ist.",
                von=office.clerk.memberships[0], begruendung_hash="x",
            )  # fmt: skip
    assert queries(clerk, small) == queries(clerk, large)
