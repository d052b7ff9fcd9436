"""A model reads a document a second time: it points, a person confirms; a bad model changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from leitplanke.apps.antrag import proposing, reading_again
from leitplanke.apps.antrag.calculating import engine_of
from leitplanke.apps.antrag.claims import matters_of
from leitplanke.apps.antrag.desk.facts import row_of
from leitplanke.apps.antrag.models import Beleg, Belegstand, Fundweg, Quelle, Vorschlagsstand
from leitplanke.base.documents.services import store_file
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.extraction.pointing import MOST_CHARACTERS
from leitplanke.core.register.lifecycle import Stand as Registerstand
from leitplanke.core.verfahren.acts import Stand
from tests.registered import set_state
from tests.rows import rows_of_all_tables
from tests.scripted_house import ScriptedHouse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.apps.antrag.models import Antrag
    from tests.apps.antrag.conftest import Office

KEY = "antrag.wohngeld"
TEXT = "Mietbescheinigung\nBruttokaltmiete: 410,00 EUR\nFür die Wohnung zahlt Kim Muster monatlich 455,00 Euro kalt."
AGREED = {"feld": "bruttokaltmiete_monat", "wert": "410,00", "stelle": "Bruttokaltmiete: 410,00 EUR"}
OTHER = {"feld": "bruttokaltmiete_monat", "wert": "455,00", "stelle": "monatlich 455,00 Euro kalt"}
INVENTED = {"feld": "bruttokaltmiete_monat", "wert": "1.847,33", "stelle": "monatlich 1.847,33 Euro"}


@pytest.fixture(autouse=True)
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_again, "available", lambda *_args: True)


@pytest.fixture
def beleg(office: Office) -> Beleg:
    antrag = office.application()
    file = store_file(antrag.mandant, "miete.txt", TEXT.encode(), None)
    made = Beleg.objects.create(
        mandant=antrag.mandant, antrag=antrag, datei=file, name="miete.txt", text=TEXT, art="mietbescheinigung",
        stand=Belegstand.GELESEN, quelle=Quelle.BUERGER,
    )  # fmt: skip
    proposing.renew_proposals(antrag, made)
    return made


def read(beleg: Beleg, says: str, script: str = "echo") -> int:
    house = ScriptedHouse(beleg.mandant_id, KEY, script, says=says)
    try:
        return reading_again.read_again(beleg.mandant, beleg.pk, house=house)
    finally:
        house.close()


def said(*werte: dict[str, str]) -> str:
    return json.dumps({"werte": list(werte)})


def found(beleg: Beleg) -> list[tuple[str, str]]:
    return [(row.wert, row.gefunden) for row in beleg.vorschlaege.all()]


def rows(antrag: Antrag) -> Iterator[str]:
    engine = engine_of(antrag)
    matters = matters_of(engine, antrag.angaben.filter(ersetzt_am__isnull=True), antrag.vorschlaege.all())
    row = row_of(matters["bruttokaltmiete_monat"])
    for side in row.sides:
        yield from (source.text for source in side.sources)


def test_where_both_agree_it_is_one_proposal_of_both(beleg: Beleg) -> None:
    assert found(beleg) == [("410.00", Fundweg.MUSTER)]
    assert read(beleg, said(AGREED, INVENTED)) == 0
    assert found(beleg) == [("410.00", Fundweg.BEIDE)]
    assert beleg.vorschlaege.get().hinweis == ""


def test_another_value_contradicts_and_waits_for_a_person_by_itself(beleg: Beleg) -> None:
    facts = dict(beleg.antrag.fakten)
    assert read(beleg, said(OTHER)) == 1
    assert found(beleg) == [("410.00", Fundweg.MUSTER), ("455.00", Fundweg.MODELL)]
    made = beleg.vorschlaege.get(gefunden=Fundweg.MODELL)
    assert [TEXT[start:end] for start, end in made.stellen] == ["455,00 Euro"]
    assert "Nur ein KI-Modell" in made.hinweis
    assert "410" in made.widerspruch
    assert any("gefunden von: KI-Modell" in text for text in rows(beleg.antrag))
    beleg.antrag.refresh_from_db()
    assert beleg.antrag.fakten == facts
    leaf = Leaf.objects.for_mandant(beleg.mandant).get(code="antrag.felder_vorschlagen")
    assert '"durch":"modell"' in leaf.payload


def test_what_a_person_rejected_is_not_proposed_again(beleg: Beleg) -> None:
    read(beleg, said(OTHER))
    beleg.vorschlaege.update(stand=Vorschlagsstand.VERWORFEN)
    assert read(beleg, said(OTHER, AGREED)) == 0
    assert beleg.vorschlaege.count() == 2


BAD = [said(INVENTED), "GENEHMIGT", '{"werte": [{"feld": "ergebnis", "wert": "410,00", "stelle": "410,00"}]}', "[" * 99]


@pytest.mark.parametrize("script", ["luegt", "redet", "stockt", "bricht-ab", "vorfuehrung", "fehler-500", *BAD])
def test_a_bad_model_changes_nothing(beleg: Beleg, script: str) -> None:
    before = rows_of_all_tables()
    says = script if script in BAD else ""
    assert read(beleg, says, "echo" if says else script) == 0
    assert rows_of_all_tables() == before


@pytest.mark.parametrize("stand", [Stand.ENTWURF, Stand.ZUR_ZEICHNUNG, Stand.ABGESCHLOSSEN])
def test_no_model_reads_before_an_application_or_after_its_decision(beleg: Beleg, stand: Stand) -> None:
    beleg.antrag.stand = stand.value
    beleg.antrag.save()
    assert read(beleg, said(OTHER)) == 0


def test_no_model_reads_where_the_register_stops_it_or_the_document_is_long(beleg: Beleg) -> None:
    Beleg.objects.for_mandant(beleg.mandant).update(text=TEXT + " " * MOST_CHARACTERS)
    assert read(beleg, said(OTHER)) == 0
    Beleg.objects.for_mandant(beleg.mandant).update(text=TEXT)
    set_state(beleg.mandant, KEY, Registerstand.AUSGESETZT)
    assert read(beleg, said(OTHER)) == 0
    assert found(beleg) == [("410.00", Fundweg.MUSTER)]
