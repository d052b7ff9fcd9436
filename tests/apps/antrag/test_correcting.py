from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from leitplanke.apps.antrag import assigning, correcting, personal_data
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import Angabenstand, Antrag, Berichtigungsstand
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.rules import FactError

from .daten_cases import NAME, decided_case

if TYPE_CHECKING:
    from .conftest import Office

RENT = "bruttokaltmiete_monat"


def wanted(office: Office, antrag: Antrag, wert: str | None = "450.00") -> correcting.Berichtigung:
    return correcting.request(antrag.pk, citizen(office.mandant), RENT, "Die Miete ist höher.", wert)


def current(antrag: Antrag) -> tuple[object, str]:
    row = antrag.angaben.get(pfad=RENT, ersetzt_am__isnull=True)
    return row.wert, row.stand


def test_a_request_makes_the_value_contested_and_writes_to_the_office(office: Office) -> None:
    antrag = office.application()
    wanted(office, antrag)
    antrag.refresh_from_db()
    assert current(antrag) == ({"status": "contested", "values": ["400.00", "450.00"]}, Angabenstand.BESTRITTEN)
    assert antrag.betrag_von != antrag.betrag_bis
    assert antrag.neues
    assert "Die Miete ist höher." in antrag.mitteilungen.get().text


def test_a_clerk_corrects_and_the_person_is_told(office: Office) -> None:
    antrag = office.application()
    made = wanted(office, antrag)
    correcting.accept(made.pk, office.doer(antrag), "")
    made.refresh_from_db()
    assert made.stand == Berichtigungsstand.BERICHTIGT
    assert current(antrag) == ("450.00", Angabenstand.BESTAETIGT)
    assert antrag.mitteilungen.last().richtung == "vom_amt"  # type: ignore[union-attr]


def test_a_refusal_needs_a_reason_and_leaves_the_old_value(office: Office) -> None:
    antrag = office.application()
    made = wanted(office, antrag)
    with pytest.raises(NotReadyError):
        correcting.refuse(made.pk, office.doer(antrag), "Nein.")
    correcting.refuse(made.pk, office.doer(antrag), "Der Mietvertrag nennt 400 EUR.")
    assert current(antrag) == ("400.00", Angabenstand.BESTAETIGT)
    assert "Aufsicht" in antrag.mitteilungen.last().text  # type: ignore[union-attr]
    with pytest.raises(correcting.CorrectionError):
        correcting.accept(made.pk, office.doer(antrag), "")


def test_without_a_value_somebody_must_say_which_is_right(office: Office) -> None:
    antrag = office.application()
    made = wanted(office, antrag, None)
    with pytest.raises(correcting.CorrectionError, match="richtigen Wert"):
        correcting.accept(made.pk, office.doer(antrag), "")
    correcting.accept(made.pk, office.doer(antrag), "Nach Mietvertrag.", "430.00")
    assert current(antrag) == ("430.00", Angabenstand.BESTAETIGT)


def test_a_decided_case_stays_as_it_is_until_it_is_reopened(office: Office) -> None:
    antrag = decided_case(office)
    made = wanted(office, antrag)
    assert current(antrag)[0] == "400.00"
    with pytest.raises(correcting.CorrectionError, match="wieder auf"):
        correcting.accept(made.pk, office.doer(antrag), "")


def test_nobody_but_the_office_decides_and_no_value_is_requested_twice(office: Office) -> None:
    antrag = office.application()
    made = wanted(office, antrag)
    with pytest.raises(NotPermittedError):
        correcting.accept(made.pk, citizen(office.mandant), "")
    with pytest.raises(correcting.CorrectionError, match="schon"):
        wanted(office, antrag)


def test_a_value_that_does_not_fit_changes_nothing(office: Office) -> None:
    antrag = office.application()
    with pytest.raises(FactError):
        correcting.request(antrag.pk, citizen(office.mandant), RENT, "Die Miete ist höher.", "viel")
    assert current(antrag)[0] == "400.00"
    assert not antrag.berichtigungen.exists()


def test_what_people_type_is_read_as_they_write_it(office: Office) -> None:
    antrag = office.application()
    assert correcting.read_value(antrag, RENT, " 1.234,50 ") == "1234.50"
    assert correcting.read_value(antrag, RENT, "") is None
    with pytest.raises(FactError):
        correcting.read_value(antrag, RENT, "viel")


def test_the_disclosure_says_everything_about_the_person_and_no_name_of_an_employee(office: Office) -> None:
    antrag = decided_case(office)
    assigning.resubmit(antrag.pk, office.doer(antrag), None)
    doer = citizen(office.mandant)
    assert personal_data.give_out(antrag, doer, "pdf")[:5] == b"%PDF-"
    data = json.loads(personal_data.give_out(antrag, doer, "json"))
    case = data["vorgaenge"][0]
    assert case["vorgang"]["name"] == f"Kim {NAME}"
    assert {row["pfad"] for row in case["angaben"]} >= {RENT}
    assert case["verarbeitung"]["Rechtsgrundlagen"]
    assert all("name" not in row["von"] for row in case["urteile"])
    assert Leaf.objects.for_mandant(office.mandant).filter(code="antrag.ausgegeben").count() == 2
