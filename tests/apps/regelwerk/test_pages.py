"""The pages of Regelwerke through HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from tests.apps.regelwerk.conftest import BASE

FOLDER = Path(__file__).resolve().parents[2] / "regelwerke"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_library_shows_each_regelwerk_with_the_state_of_its_cases(client: Any, mandant: Mandant) -> None:
    page = text_of(client.get("/regelwerke/"))

    assert "Musterzuschuss" in page
    assert "Musterzuschussgesetz (MZG)" in page
    assert "3 Fälle stimmen" in page
    assert "2 Satzungen" in page


def test_regelwerk_reads_with_norms_tables_words_and_the_towns_own_layer(client: Any, mandant: Mandant) -> None:
    page = text_of(client.get(f"{BASE}?am=1.6.2026&ebene=musterstadt"))

    for words in (
        "Höchste zu berücksichtigende Miete", "ab 01.01.2026", "420", "§ 1 Zuschusssatzung Musterstadt", "50,00",
        "der kleinere Wert von", "Liegt eine besondere Härte vor?", "Der Zuschuss wird bewilligt.", "3 Fälle stimmen",
        "Entwurf", "besonders geschützt", "Das Gesetz ist erfunden.",
    ):  # fmt: skip
        assert words in page, words


def test_address_chooses_layer_and_day(client: Any, mandant: Mandant) -> None:
    page = text_of(client.get(f"{BASE}?am=2025-06-01&ebene=nachbarstadt"))

    assert "60,50" in page
    assert "Stand 01.06.2025" in page


@pytest.mark.parametrize("address", ["?am=x", "?am=1.1.1900&ebene=gibtesnicht", "?am=9999-12-31"])
def test_nonsense_in_the_address_shows_todays_law_or_says_what_is_wrong(
    client: Any, mandant: Mandant, address: str
) -> None:
    assert client.get(BASE + address).status_code == 200


def test_differences_between_two_days_are_shown(client: Any, mandant: Mandant) -> None:
    page = text_of(client.get(f"{BASE}vergleich/?von=1.6.2025&bis=1.6.2026"))

    assert "4 Unterschiede" in page
    assert "400 EUR im Monat" in page
    assert "420 EUR im Monat" in page


def test_same_day_has_no_difference_and_a_wrong_one_is_named(client: Any, mandant: Mandant) -> None:
    assert "Kein Unterschied" in text_of(client.get(f"{BASE}vergleich/?von=1.6.2025&bis=1.6.2025"))
    wrong = client.get(f"{BASE}vergleich/?von=gestern&bis=1.6.2025")
    assert wrong.status_code == 422
    assert "„gestern“ ist kein Tag" in text_of(wrong)


def test_cases_are_shown_with_what_came_out(client: Any, mandant: Mandant) -> None:
    page = text_of(client.get(f"{BASE}faelle/"))

    assert "Mit einem Kind, Höchstmiete 2026" in page
    assert "Alle Fälle stimmen" in page
    assert "needs_judgement" not in page
    assert "zuschuss_monat" not in page


@pytest.mark.security
def test_picture_runs_nothing(client: Any, mandant: Mandant) -> None:
    response = client.get(f"{BASE}bild.svg")

    assert response["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"<svg" in response.content


def test_unknown_regelwerk_is_not_found(client: Any, mandant: Mandant) -> None:
    for path in ("", "rechner/", "faelle/", "vergleich/", "bild.svg"):
        assert client.get(f"/regelwerke/gibtesnicht/{path}").status_code == 404


def test_unusable_regelwerk_says_file_and_line_and_bars_no_other(
    client: Any, mandant: Mandant, tmp_path: Path, settings: Any
) -> None:
    shutil.copytree(FOLDER, tmp_path / "werke")
    broken = tmp_path / "werke" / "kaputt" / "regelwerk.yaml"
    broken.parent.mkdir()
    broken.write_text("regelwerk: {name: kaputt}\n", encoding="utf-8")
    settings.REGELWERK_FOLDERS = [tmp_path / "werke"]

    library = text_of(client.get("/regelwerke/"))
    assert "fehlerhaft" in library
    assert "Musterzuschuss" in library
    for path in ("", "rechner/", "faelle/", "vergleich/"):
        page = text_of(client.get(f"/regelwerke/kaputt/{path}"))
        assert "regelwerk.yaml:1" in page, path


def test_library_asks_the_database_as_often_for_three_as_for_one(
    client: Any, mandant: Mandant, tmp_path: Path, settings: Any
) -> None:
    from django.db import connection

    counts = []
    for number in (1, 3):
        folder = tmp_path / str(number)
        for copy in range(number):
            shutil.copytree(FOLDER / "musterzuschuss", folder / f"werk_{copy}")
        settings.REGELWERK_FOLDERS = [folder]
        client.get("/regelwerke/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/regelwerke/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_only_those_who_may_propose_see_the_way_to_it(client: Any, mandant: Mandant, sign_in: Any) -> None:
    assert "/aendern/" not in text_of(client.get(BASE))
    sign_in(Rolle.RAT)
    assert "/aendern/" not in text_of(client.get(BASE))
    sign_in(Rolle.SACHBEARBEITUNG)
    assert "/aendern/hoechstmiete/" in text_of(client.get(BASE))


def test_pages_speak_english(client: Any, mandant: Mandant) -> None:
    client.cookies["django_language"] = "en"
    page = text_of(client.get(f"{BASE}rechner/"))

    assert "How many people live in your household?" in page
    assert "Nothing is decided here." in page
