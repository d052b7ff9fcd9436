"""Energy in the office: what may be said of a model, who confirms it, and how models compare for a task."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from leitplanke.apps.gateway import registry
from leitplanke.apps.gateway.comparing import LETTER, Task, compare
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.figures import span
from leitplanke.apps.gateway.forms import ModelForm
from leitplanke.base.llm.models import Aufruf, Modell
from tests.apps.gateway.conftest import MODELL

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.base.accounts.access import Actor
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db

BOX = {"active": 8, "total": 8, "watts": 310, "idle_watts": 90, "calls_a_day": 200, "pue_low": 1, "pue_high": 1.3}
HERE = {**MODELL, "protokoll": "openai", "endpunkt": "http://127.0.0.1:11434/v1", "guete": None, "guete_quelle": ""}
FORM = {
    **{name: value for name, value in HERE.items() if value is not None and value is not False},
    "preis_ein": "0", "preis_aus": "0",
}  # fmt: skip


def as_person(client: Client, actor: Actor) -> Client:
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def enter(house: House, energy: dict[str, Any], **changes: Any) -> Modell:
    return registry.save_model(actor=house.it, kennung=None, values={**HERE, **changes}, energy=energy)


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.0271, 0.1163, "Wh", "0,027 bis 0,12 Wh"), (14.84, 14.93, "Wh", "rund 15 Wh"),
        (840, 1490, "Wh", "0,84 bis 1,5 kWh"), (51_230, 91_800, "g", "51 bis 92 kg"), (0, 0, "kWh", "0 kWh"),
        (45_678_000, 99_999_000, "kWh", "46.000.000 bis 100.000.000 kWh"),
    ],
)  # fmt: skip
def test_figures_have_two_digits_and_a_unit_to_picture(low: float, high: float, unit: str, text: str) -> None:
    assert span(low, high, unit) == text


def test_waiting_is_in_one_time_already_and_shared_with_all_that_is_asked() -> None:
    box = Modell(klasse="lokal", energie=BOX)
    one = compare(box, LETTER, 2000)
    assert one.energy.idle
    assert one.once_wh[0] > 10  # 90 W by 200 calls a day
    assert one.month_wh == (one.once_wh[0] * 2000, one.once_wh[1] * 2000)
    assert compare(box, LETTER, 60_000).once_wh[1] < one.once_wh[1] / 3  # now the task is most of what is asked


def test_reading_20_pages_costs_by_power_as_well() -> None:
    box = Modell(klasse="lokal", energie={"watts": 310, "tokens_a_second": 40})
    short, long = (compare(box, Task(read, 400), 1).once_wh for read in (400, 14_000))
    assert long[1] > short[1] * 3


def test_a_grid_that_is_not_known_is_said_and_not_guessed() -> None:
    found = compare(Modell(klasse="eu", energie={"grid_country": "FR", "grid_year": 2020}), LETTER, 1)
    assert found.grid is None
    assert "FR" in found.lacking
    usual = compare(Modell(klasse="eu", energie={}), LETTER, 1)
    assert usual.grid is not None
    assert "angenommen" in usual.lacking


@pytest.mark.parametrize(
    ("energy", "changes", "field"),
    [
        ({"wh_low": 1.0, "wh_high": 2.0}, {}, "wh_quelle"),
        ({"pue_low": 1.5, "pue_high": 1.2}, {}, "pue_bis"),
        ({"active": 9.0, "total": 8.0}, {}, "groesse_gesamt"),
        ({"total": 8.0}, {}, "groesse_aktiv"),
        ({"idle_watts": 90.0}, {}, "anfragen_am_tag"),
        ({"idle_watts": 90.0, "watts": 80.0, "calls_a_day": 9}, {}, "watt_leerlauf"),
        ({"grid_country": "DE", "grid_year": 1999}, {}, "strommix"),
        ({"counters": ["rapl"]}, {"endpunkt": "http://modelle.stadt.example/v1"}, "zaehler"),
        ({"counters": ["rapl"]}, {"klasse": "eu", "endpunkt": "https://127.0.0.1/v1"}, "zaehler"),
        ({}, {"guete": Decimal("0.8")}, "guete_quelle"),
    ],
)  # fmt: skip
def test_statements_that_make_no_sense_are_refused_where_they_stand(
    house: House, energy: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotReadyError) as found:
        enter(house, energy, **changes)
    assert found.value.field == field
    assert field in ModelForm().fields


def test_other_figures_of_energy_need_a_second_person(house: House) -> None:
    modell = house.model()
    registry.save_model(actor=house.it, kennung=modell.public_id, values=MODELL, energy={})
    modell.refresh_from_db()
    assert modell.stand == "freigegeben"
    registry.save_model(actor=house.it, kennung=modell.public_id, values=MODELL, energy=BOX)
    modell.refresh_from_db()
    assert (modell.stand, modell.freigegeben_von) == ("entwurf", None)


def test_the_form_takes_energy_quality_and_mix_as_people_write_them_and_shows_them_again(
    client: Client, house: House
) -> None:
    office = as_person(client, house.it)
    said = {
        **FORM, "groesse_aktiv": "8", "groesse_gesamt": "8", "watt_last": "310", "watt_leerlauf": "90,5",
        "anfragen_am_tag": "200", "gleichzeitig": "2", "token_je_sekunde": "40", "pue_von": "1", "pue_bis": "1,3",
        "zaehler": ["rapl"], "strommix": "DE-2023", "guete": "0.82", "guete_quelle": "Bewertung im Mai, 200 Briefe",
    }  # fmt: skip
    assert office.post(reverse("gateway:modell_neu"), {**said, "watt_leerlauf": "wenig"}).status_code == 422
    assert office.post(reverse("gateway:modell_neu"), said).status_code == 302
    row = Modell.objects.for_mandant(house.mandant).get()
    assert row.energie == {
        "active": 8, "total": 8, "watts": 310, "idle_watts": 90.5, "calls_a_day": 200, "parallel": 2,
        "tokens_a_second": 40, "pue_low": 1, "pue_high": 1.3, "counters": ["rapl"], "grid_country": "DE",
        "grid_year": 2023,
    }  # fmt: skip
    page = office.get(reverse("gateway:modell_aendern", args=[row.public_id])).content.decode()
    for name, value in (("watt_leerlauf", "90,5"), ("pue_bis", "1,3"), ("watt_last", "310")):
        assert re.search(rf'name="{name}" value="{value}"', page)
    assert office.post(reverse("gateway:modell_aendern", args=[row.public_id]), said).status_code == 302
    again = Modell.objects.for_mandant(house.mandant).get()
    assert (again.energie, again.guete) == (row.energie, Decimal("0.820"))


def test_the_page_of_a_model_says_why_nothing_is_measured(client: Client, house: House) -> None:
    row = enter(house, {**BOX, "counters": ["rapl"]})
    page = as_person(client, house.clerk).get(reverse("gateway:modell", args=[row.public_id])).content.decode()
    for words in ("nicht lesbar", "B: Leistung mal Zeit", "mit Leerlauf", "noch nicht bewertet"):
        assert words in page


def test_the_page_of_a_model_sets_what_was_asked_beside_what_was_said(client: Client, house: House) -> None:
    row = enter(house, BOX)
    for _number in range(3):
        Aufruf.objects.create(
            mandant=house.mandant, modell=row, zweck="assistenz", art="chat", wh_von=1_000_000, wh_bis=3_000_000,
            wh_methode="B",
        )  # fmt: skip
    page = as_person(client, house.it).get(reverse("gateway:modell", args=[row.public_id])).content.decode()
    assert "In den letzten 30 Tagen: 3 Anfragen, im Mittel 1 bis 3 Wh" in page
    assert "Eingetragen sind 200 am Tag" in page


def test_models_are_compared_for_a_task_with_ranges_and_idle(client: Client, house: House) -> None:
    enter(house, BOX, guete=Decimal("0.82"), guete_quelle="Bewertung im Mai")
    office = as_person(client, house.clerk)
    page = office.get(reverse("gateway:energie")).content.decode()
    for words in (
        "B: Leistung mal Zeit; mit Leerlauf",
        "Bewertung im Mai",
        "Leerlauf dieses Rechners",
        "kg CO2e",
        "Strommix DE",
    ):
        assert words in page
    figures = re.findall(r"([\d.,]+) bis ([\d.,]+) k?Wh", page)
    assert figures
    assert all(len(one.replace(".", "").replace(",", "").strip("0")) <= 2 for pair in figures for one in pair)
    answer = office.get(reverse("gateway:energie"), {"aufgabe": "brief", "anzahl": "viele", "staedte": "1"})
    assert answer.status_code == 422
    assert "Nie je Person" in office.get(reverse("gateway:energie_erklaert")).content.decode()


def test_a_call_shows_its_range_and_its_method_in_words(client: Client, house: House) -> None:
    call = Aufruf.objects.create(
        mandant=house.mandant, zweck="assistenz", art="chat", ausgang="beantwortet", wh_von=27_490, wh_bis=116_300,
        wh_methode="C",
    )  # fmt: skip
    office = as_person(client, house.ki)
    page = office.get(reverse("gateway:aufruf", args=[call.public_id])).content.decode()
    assert "0,027 bis 0,12 Wh" in page
    assert "C: aus bekannter Größe geschätzt" in page
    assert "0,027 bis 0,12 Wh" in office.get(reverse("gateway:aufrufe")).content.decode()


def test_the_doctor_says_which_model_is_not_measured_and_why(house: House) -> None:
    from leitplanke.project.cli.doctor import check_language_models

    assert "Keines freigegeben" in next(check_language_models()).befund
    row = enter(house, {**BOX, "counters": ["rapl"]})
    registry.request_release(actor=house.it, kennung=row.public_id)
    registry.release_model(actor=house.ki, kennung=row.public_id)
    _models, energy = check_language_models()
    assert (energy.stufe, "wird aber geschätzt" in energy.befund) == ("hinweis", True)
    assert "RAPL" in energy.tun
