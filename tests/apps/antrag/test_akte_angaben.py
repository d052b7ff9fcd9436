"""Facts and documents on the desk of a case, through HTTP."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from leitplanke.apps.antrag import facts, settling
from leitplanke.apps.antrag.models import (
    Angabe,
    Angabenstand,
    Antrag,
    Quelle,
)
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.rules import FactError

from .akte import HOUSEHOLD, PERSON, begun, current, desk, document, proposal, send
from .conftest import COMPLETE, Office

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
