"""The calculator through HTTP, the way a browser without JavaScript uses it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from leitplanke.base.accounts.models import Mandant
from tests.apps.regelwerk.conftest import BASE

URL = f"{BASE}rechner/"
FIRST = {"personen_im_haushalt": "2", "wohnung": "miete", "einzug_am": "1.3.2020", "behinderung": "nein"}


class Walker:
    """Somebody who fills in page after page."""

    def __init__(self, client: Client, url: str = URL) -> None:
        self.client, self.url = client, url
        self.keep(client.get(url))

    def keep(self, response: Any) -> None:
        self.status, self.page = response.status_code, response.content.decode()

    def send(self, action: str = "weiter", **values: Any) -> Walker:
        sealed = unescape(re.findall(r'name="stand" value="([^"]*)"', self.page)[0])
        data = {name.replace("__", "-"): value for name, value in values.items()}
        self.keep(self.client.post(self.url, {"stand": sealed, "aktion": action, **data}))
        return self

    @property
    def result(self) -> str:
        found = re.findall(r'lp-result__value">(.*?)</p>', self.page, re.DOTALL)
        return " ".join(found[0].split())

    def asks(self, name: str) -> bool:
        return f'name="{name}"' in self.page

    def value(self, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', self.page) or re.search(
            rf'value="([^"]*)"[^>]*name="{name}"', self.page
        )
        return unescape(found[1]) if found else ""


@pytest.fixture
def walker(client: Client, mandant: Mandant) -> Walker:
    return Walker(client)


def at_rent(walker: Walker) -> Walker:
    """Answer up to the question for the rent."""
    walker.send(**FIRST)
    return walker.send(**{"kinder-anzahl": "0", "kinder-offen": "none"})


def test_from_the_first_question_to_a_result_with_proof(walker: Walker) -> None:
    assert walker.result.startswith("voraussichtlich zwischen 0,00 und")
    at_rent(walker).send(miete_monat="600,00")

    assert walker.result == "130,00 EUR im Monat"
    assert "Mehr müssen wir nicht wissen" in walker.page
    assert "Hier wird nichts entschieden." in walker.page
    assert "Liegt eine besondere Härte vor?" in walker.page
    assert "Rechenweg ansehen" in walker.page
    assert "§ 3 MZG" in walker.page


@pytest.mark.parametrize("text", ["1.162,35", "1162.35", "1162,3", "1.162", "1162,35 €"])
def test_amount_is_understood_as_people_write_it(walker: Walker, text: str) -> None:
    assert at_rent(walker).send(miete_monat=text).status == 200
    assert walker.result == "130,00 EUR im Monat"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zwölf", "„zwölf“ ist keine Zahl"),
        ("9999", "Möglich ist 0,00 bis 5.000,00"),
        ("300,123", "mehr als 2 Stellen"),
        ("", "Bitte antworten Sie"),
    ],
)
def test_wrong_answer_is_named_and_kept(walker: Walker, text: str, message: str) -> None:
    at_rent(walker).send(miete_monat=text)

    assert walker.status == 422
    assert message in walker.page
    assert walker.value("miete_monat") == text
    assert 'aria-invalid="true"' in walker.page
    assert 'href="#id_miete_monat"' in walker.page


def test_good_answers_stay_beside_a_wrong_one(walker: Walker) -> None:
    walker.send(**{**FIRST, "einzug_am": "31.2.2020"})

    assert walker.status == 422
    assert "„31.2.2020“ ist kein Tag" in walker.page
    assert walker.value("personen_im_haushalt") == "2"


def test_one_settling_answer_ends_the_questions(walker: Walker) -> None:
    walker.send(**{**FIRST, "wohnung": "eigentum"})

    assert walker.result == "0,00 EUR im Monat"
    assert "weitere Fragen sind für Ihr Ergebnis nicht nötig" in walker.page
    assert "Ablehnung" in walker.page


def test_unknown_and_refused_leave_the_result_open_and_are_named(walker: Walker) -> None:
    walker.send(**{**FIRST, "behinderung": "~refused"})
    walker.send(**{"kinder-anzahl": "0", "kinder-offen": "none"}).send(**{"miete_monat-offen": "unknown"})

    assert walker.result == "voraussichtlich zwischen 0,00 und 170,00 EUR im Monat"
    assert "Offen, weil Sie es nicht wissen oder nicht sagen möchten: Schwerbehinderung, Miete im Monat." in walker.page


def test_answer_and_silence_together_are_refused(walker: Walker) -> None:
    at_rent(walker).send(**{"miete_monat": "1", "miete_monat-offen": "unknown"})

    assert walker.status == 422
    assert "nicht beides" in walker.page


def test_items_are_added_and_removed_without_javascript_and_keep_what_was_entered(walker: Walker) -> None:
    walker.send(**FIRST).send("hinzufuegen", **{"kinder-anzahl": "0"})
    walker.send("hinzufuegen", **{"kinder-anzahl": "1", "kinder-0-geboren_am": "quatsch"})
    assert walker.value("kinder-0-geboren_am") == "quatsch"
    walker.send(
        "entfernen:0", **{"kinder-anzahl": "2", "kinder-0-geboren_am": "quatsch", "kinder-1-geboren_am": "1.3.2018"}
    )
    assert walker.value("kinder-0-geboren_am") == "1.3.2018"
    assert not walker.asks("kinder-1-geboren_am")
    walker.send(**{"kinder-anzahl": "1", "kinder-0-geboren_am": "1.3.2018"}).send(miete_monat="600")

    assert walker.result == "180,00 EUR im Monat"


def test_wrong_item_is_named_with_its_number(walker: Walker) -> None:
    walker.send(**FIRST).send(**{"kinder-anzahl": "1", "kinder-0-geboren_am": "x"})

    assert walker.status == 422
    assert "Kinder 1, Geburtstag" in walker.page
    assert walker.value("kinder-0-geboren_am") == "x"


def test_empty_list_must_be_meant(walker: Walker) -> None:
    walker.send(**FIRST).send(**{"kinder-anzahl": "0"})

    assert walker.status == 422
    assert "Bitte fügen Sie einen Eintrag hinzu" in walker.page


def test_no_more_items_than_the_law_knows(walker: Walker) -> None:
    walker.send(**FIRST).send("hinzufuegen", **{"kinder-anzahl": "6"})
    assert walker.page.count("Eintrag entfernen") == 6
    assert walker.send(**{"kinder-anzahl": "99999"}).page.count("Eintrag entfernen") == 6


def test_going_back_shows_the_answers_again(walker: Walker) -> None:
    at_rent(walker).send("zurueck", miete_monat="500").send("zurueck")

    assert walker.value("personen_im_haushalt") == "2"
    assert walker.value("einzug_am") == "01.03.2020"


def test_presumed_fact_can_be_stated_otherwise(walker: Walker) -> None:
    at_rent(walker).send(miete_monat="400")
    before = walker.result
    assert "Eigener Anteil an der Wohnung" in walker.page
    walker.send("aendern:eigener_anteil").send(eigener_anteil="50 %")

    assert before == "100,00 EUR im Monat"
    assert walker.result == "50,00 EUR im Monat"


def test_day_and_layer_are_chosen_and_answers_stay(walker: Walker) -> None:
    at_rent(walker).send(miete_monat="600").send("recht", am="1.6.2025", ebene="nachbarstadt")

    assert walker.result == "125,00 EUR im Monat"
    assert "Zuschusssatzung der Stadt Nachbarstadt" in walker.page
    walker.send("recht", am="1.1.1990", ebene="musterstadt")
    assert "Für diesen Tag ist kein Recht hinterlegt." in walker.page
    assert walker.send("recht", am="nie", ebene="musterstadt").status == 422


def test_drafts_count_only_where_asked_for(walker: Walker) -> None:
    at_rent(walker).send(miete_monat="400").send("recht", am="1.6.2027", ebene="musterstadt")
    assert walker.result == "100,00 EUR im Monat"
    assert walker.send("recht", am="1.6.2027", ebene="musterstadt", entwurf="on").result == "120,00 EUR im Monat"


def test_english_page_understands_what_it_shows(walker: Walker) -> None:
    walker.client.cookies["django_language"] = "en"
    at_rent(walker).send(miete_monat="1,162").send("zurueck")
    assert walker.value("miete_monat") == "1,162.00"
    walker.send(miete_monat=walker.value("miete_monat")).send("zurueck").send("zurueck").send("zurueck")
    assert walker.value("einzug_am") == "01/03/2020"

    assert walker.send(**{**FIRST, "einzug_am": "01/03/2020"}).status == 200


def test_preview_is_the_result_alone(walker: Walker) -> None:
    sealed = unescape(re.findall(r'name="stand" value="([^"]*)"', walker.page)[0])
    response = walker.client.post(
        URL, {"stand": sealed, "aktion": "vorschau", "wohnung": "eigentum"}, headers={"HX-Request": "true"}
    )

    assert "0,00 EUR im Monat" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.security
def test_nothing_of_anonymous_people_is_stored_and_nothing_gets_into_addresses(walker: Walker) -> None:
    at_rent(walker).send(miete_monat="433,21")

    assert walker.status == 200
    assert not Session.objects.exists()
    assert not any("433" in href for href in re.findall(r'(?:href|action|src)="([^"]*)"', walker.page))
    assert "no-store" in walker.client.get(URL)["Cache-Control"]


@pytest.mark.security
def test_forged_or_old_state_begins_anew(walker: Walker) -> None:
    response = walker.client.post(URL, {"stand": "gefälscht", "aktion": "weiter"})

    assert "Bitte beginnen Sie noch einmal." in response.content.decode()


def test_answers_that_the_regelwerk_knows_no_more_begin_anew(walker: Walker) -> None:
    from datetime import date

    from leitplanke.base.interview.state import State

    state = State("musterstadt/musterzuschuss", date(2026, 1, 1), "musterstadt", facts={"gab_es_einmal": "1"})
    response = walker.client.post(URL, {"stand": state.sealed(), "aktion": "weiter"})

    assert response.status_code == 200
    assert "Bitte beginnen Sie noch einmal." in response.content.decode()


@pytest.mark.security
@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", ""])
def test_odd_number_of_entries_does_no_harm(walker: Walker, number: str) -> None:
    walker.send(**FIRST).send("hinzufuegen", **{"kinder-anzahl": number})
    walker.send(f"entfernen:{number}", **{"kinder-anzahl": "1"})

    assert walker.status == 200


@pytest.mark.parametrize("day", ["31.12.9999", "1.1.0001"])
def test_day_far_away_is_refused_with_words(walker: Walker, day: str) -> None:
    assert walker.send("recht", am=day, ebene="musterstadt").status == 422
    assert "Möglich sind Tage von 1900 bis 2150." in walker.page


@pytest.mark.security
def test_markup_in_answers_stays_text(walker: Walker) -> None:
    walker.send(**{**FIRST, "personen_im_haushalt": "<script>alert(1)</script>", "wohnung": "<b>"})

    assert walker.status == 422
    assert "<script>alert" not in walker.page


@pytest.mark.security
@pytest.mark.parametrize("action", ["aendern:", "aendern:haertefall", "entfernen:-1", "entfernen:9", "zurueck", "x:y"])
def test_odd_actions_do_no_harm(walker: Walker, action: str) -> None:
    walker.send(**FIRST).send(action, **{"kinder-anzahl": "-3"})

    assert walker.status in {200, 422}
    assert not walker.asks("haertefall")


def test_answers_that_contradict_each_other_are_shown_with_a_way_to_change_them(
    client: Client, mandant: Mandant
) -> None:
    walker = Walker(client, "/regelwerke/wohngeld/rechner/")
    walker.send(
        haushaltsmitglieder="1", mietenstufe="3", bruttokaltmiete_monat="500",
        alle_in_foerderungsfaehiger_ausbildung="nein",
    )  # fmt: skip
    walker.send(**{"personen-anzahl": "0", "personen-offen": "none"})
    assert "Mehr müssen wir nicht wissen" not in walker.page
    assert "Ihre Angaben widersprechen sich" in walker.page
    assert walker.page.count("Die Liste der Personen passt nicht zur Zahl der Haushaltsmitglieder") == 2
    for name in ("haushaltsmitglieder", "personen", "transferleistung_im_haushalt"):
        assert f'class="kern-btn kern-btn--secondary" name="aktion" value="aendern:{name}"' in walker.page

    walker.send("aendern:personen")
    assert walker.asks("personen-anzahl")
    assert "Ihre Angaben widersprechen sich" in walker.page
    walker.send("hinzufuegen")
    person = {"einkommensart": "nichtselbststaendig", "bruttoeinkommen_jahr": "12000", "transferleistung": "keine"}
    person |= dict.fromkeys(("zahlt_steuern", "zahlt_krankenversicherung", "zahlt_rentenversicherung"), "nein")
    walker.send(**{"personen-anzahl": "1", **{f"personen-0-{name}": value for name, value in person.items()}})
    assert walker.status == 200, re.findall(r"kern-error.*?</p>", walker.page)
    assert "Mehr müssen wir nicht wissen" in walker.page
    assert "Ihre Angaben widersprechen sich" not in walker.page
