"""Simulating in the browser: from the choice of law to the result, and what a bad table says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Visitor

SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
SECONDS_90 = 90_000
TABLE = """id;mietenstufe;haushaltsmitglieder;bruttokaltmiete_monat;gesamteinkommen_monat
a;3;1;400,50;900
b;3;1;viel;900
"""


def usable(visitor: Visitor) -> None:
    """Hold the page that is open against axe and against sideways scrolling, large and small."""
    for size in SIZES:
        visitor.page.set_viewport_size(size)
        assert grave_findings(visitor) == []
        assert not scrolls_sideways(visitor.page)
    visitor.page.set_viewport_size(SIZES[0])


def choose_law(visitor: Visitor) -> None:
    visitor.open("/simulationen/neu/")
    page = visitor.page
    page.get_by_label("Regelwerk").select_option(label="Wohngeld")
    page.get_by_label("Stichtag").fill("1.1.2027")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("heading", name="Simulation: Wohngeld").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_draft_is_held_against_the_law_in_force(visitor: Callable[..., Visitor], scheme: str) -> None:
    lead = visitor(color_scheme=scheme)
    lead.sign_in("Friederike Harmsen")
    choose_law(lead)
    page = lead.page
    for summary in page.locator("main summary").all():
        if summary.is_visible():
            summary.click()
    page.get_by_label("Eigene Tabelle hochladen").check()
    usable(lead)
    page.get_by_label("Erfundene Fälle").check()
    assert not page.get_by_label("Tabelle der Fälle").is_visible()
    page.get_by_label("Anzahl").fill("2.000")
    page.get_by_label("Den Entwurf mit dem geltenden Recht").check()
    page.get_by_label("Bezeichnung").fill("Was der Entwurf ändert")
    page.get_by_role("button", name="Simulation beginnen").click()
    page.wait_for_url(re.compile(r"/simulationen/[0-9a-f-]{36}/"))
    # htmx loads the page anew when there is a result.
    page.get_by_role("heading", name="Im Ganzen: Wohngeld im Monat").wait_for(timeout=SECONDS_90)

    text = page.inner_text("main")
    assert "Der Entwurf zum 01.01.2027 ergibt" in text
    assert "keine Statistik" in text
    assert page.get_by_role("table").count() == 2
    assert page.locator(".lp-plot img").evaluate("image => image.complete && image.naturalWidth > 0")
    usable(lead)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bild als PNG").click()
    assert download.value.suggested_filename == "Was der Entwurf ändert.png"
    lead.open("/simulationen/")
    usable(lead)


def test_bad_table_names_the_place_and_nothing_is_lost_without_javascript(
    visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    file = tmp_path / "haushalte.csv"
    file.write_text(TABLE, "utf-8")
    clerk = visitor(java_script_enabled=False)
    clerk.sign_in("Dariusz Kowalczyk")
    choose_law(clerk)
    page = clerk.page
    page.get_by_label("Eigene Tabelle hochladen").check()
    page.get_by_label("Tabelle der Fälle").set_input_files(file)
    page.get_by_label("Bezeichnung").fill("Mai")
    page.get_by_role("button", name="Simulation beginnen").click()
    for _attempt in range(90):
        if not page.get_by_role("link", name="Stand neu laden").is_visible():
            break
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Stand neu laden").click()

    assert "Spalte „bruttokaltmiete_monat“, Zeile 2: „viel“" in page.inner_text("main")
    page.get_by_role("link", name="Angaben ändern und neu rechnen").click()
    assert page.get_by_label("Bezeichnung").input_value() == "Mai"
    assert "Schon da: haushalte.csv" in page.inner_text("main")
