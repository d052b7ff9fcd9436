"""The pages of simulations over HTTP."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from leitplanke.apps.simulation import files, runs
from leitplanke.apps.simulation.models import Bevoelkerung, Laufstand, Simulationslauf
from leitplanke.apps.simulation.plan import Plan
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents import limits
from leitplanke.base.evidence.models import Leaf
from tests.apps.simulation.conftest import CASES, DAY, FIELDS, NEW, WOHNGELD, started
from tests.factories import make_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.access import Actor

    SignIn = Callable[[Rolle], Actor]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def newest(mandant: Mandant) -> Simulationslauf:
    return Simulationslauf.objects.for_mandant(mandant).latest("pk")


def page_of(client: Any, lauf: Simulationslauf, more: str = "") -> str:
    response = client.get(f"/simulationen/{lauf.kennung}/{more}")
    assert response.status_code == 200
    return str(response.content.decode())


def csv(text: str, name: str = "haushalte.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def upload(text: str, **more: Any) -> dict[str, Any]:
    return FIELDS | {"bevoelkerung": "hochgeladen", "datei_faelle": csv(text)} | more


def test_law_is_chosen_first_and_then_the_rest(client: Any, sign_in: SignIn) -> None:
    sign_in(Rolle.LEITUNG)
    first = client.get("/simulationen/neu/").content.decode()
    second = client.get(NEW).content.decode()

    assert "Hundesteuer: Hundesteuersatzung der Stadt Musterstadt" in first
    assert "§ 21 Nr. 1 WoGG" in second
    assert "jetzt 10 EUR im Monat" in second
    assert "Den Entwurf mit dem geltenden Recht" in second
    assert "Den Entwurf" not in client.get(NEW.replace("2027", "2025")).content.decode()


@pytest.mark.parametrize("query", ["?regelwerk=gibtsnicht:&am=01.01.2027", "?regelwerk=wohngeld:&am=morgen",
                                   "?regelwerk=wohngeld:&am=01.01.2001", "?regelwerk="])  # fmt: skip
def test_law_that_is_not_there_is_asked_for_again(client: Any, sign_in: SignIn, query: str) -> None:
    sign_in(Rolle.LEITUNG)
    assert client.get(f"/simulationen/neu/{query}").status_code == 422


def test_council_is_offered_only_what_it_can_simulate(client: Any, sign_in: SignIn) -> None:
    sign_in(Rolle.RAT)
    text = client.get("/simulationen/neu/").content.decode()

    assert ">Wohngeld</option>" in text
    assert "Hundesteuer" not in text
    assert client.get("/simulationen/neu/?regelwerk=hundesteuer:musterstadt&am=01.01.2026").status_code == 422


def test_draft_against_law_in_force_in_one_sentence_and_tables(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.RAT)
    response = client.post(NEW, FIELDS | {"vergleich": "entwurf", "anzahl": "1.000"})
    assert response.status_code == 302
    lauf = newest(mandant)
    text = page_of(client, lauf)

    assert lauf.plan["anzahl"] == 1000
    assert re.search(
        r"Der Entwurf zum 01\.01\.2027 ergibt [\d.]+ EUR im Monat (mehr|weniger) als das geltende Recht", text
    )
    assert "keine Statistik" in text
    assert text.count("<caption") == 2
    assert '<img src="/simulationen/' in text
    assert lauf.ergebnis_sha256 in text
    picture = client.get(f"/simulationen/{lauf.kennung}/bild/1/")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert client.get(f"/simulationen/{lauf.kennung}/bild/9/").status_code == 404


def test_changed_value_is_shown_with_norm_before_and_after(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.LEITUNG)
    client.post(NEW, FIELDS | {"vergleich": "unveraendert", "parameter_mindestbetrag": "25"})
    text = page_of(client, newest(mandant))

    assert "10 EUR im Monat" in text
    assert "25 EUR im Monat" in text
    assert "§ 21 Nr. 1 WoGG" in text
    assert "Das geänderte Recht vom 01.01.2027" in text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"anzahl": "0"}, "Möglich ist 1 bis 1.000.000"),
        ({"anzahl": "1000001"}, "Möglich ist 1 bis 1.000.000"),
        ({"anzahl": ""}, "wie viele Fälle"),
        ({"werte": []}, "mindestens einen Wert"),
        ({"werte": ["gibtsnicht"]}, "Auswahl"),
        ({"vergleich": "tag"}, "den anderen Tag"),
        ({"vergleich": "tag", "vergleichstag": "1.1.1999"}, "kennt das Recht ab dem 01.01.2021"),
        ({"vergleich": "tag", "vergleichstag": "1.1.1989"}, "Möglich sind Tage von 1990 bis 2150."),
        ({"vergleich": "unveraendert"}, "Noch ist kein Wert geändert"),
        ({"parameter_mindestbetrag": "viel"}, "keine ganze Zahl"),
        ({"parameter_mindestbetrag": "-5"}, "Möglich ist 0"),
        ({"parameter_faktor": "9999999999"}, "groß"),
        ({"bevoelkerung": "hochgeladen"}, "Tabelle mit den Fällen"),
    ],
)
def test_form_says_what_is_missing(client: Any, sign_in: SignIn, fields: dict[str, Any], expected: str) -> None:
    sign_in(Rolle.LEITUNG)
    response = client.post(NEW, FIELDS | fields)

    assert response.status_code == 422
    assert expected in response.content.decode()


def test_judgement_that_matters_is_played_through_or_answered(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.LEITUNG)
    address = "/simulationen/neu/?regelwerk=sondernutzung:musterstadt&am=01.06.2026"
    assert "urteil_gebuehrenermaessigung" in client.get(address).content.decode()
    table = csv("id;x\na;1\n")
    values = upload("", datei_faelle=table, werte=["sondernutzungsgebuehr"], bezeichnung="Gebühr")
    missing = client.post(address, values)

    assert missing.status_code == 422
    assert "Darauf kommt es hier an" in missing.content.decode()


def test_several_values_can_be_looked_at_one_by_one(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.LEITUNG)
    client.post(NEW, FIELDS | {"werte": [WOHNGELD, "miete_monat"]})
    lauf = newest(mandant)

    assert '<option value="miete_monat">' in page_of(client, lauf)
    assert '<option value="miete_monat" selected>' in page_of(client, lauf, "?wert=miete_monat")
    assert page_of(client, lauf, "?wert=gibtsnicht")


def test_nothing_of_the_form_is_lost_not_even_the_file(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    table = CASES + "a;3;1;400,50;900\nb;4;2;500;1200\n"
    first = client.post(NEW, upload(table, parameter_mindestbetrag="viel", bezeichnung="Mai"))
    text = first.content.decode()
    note = re.search(r'name="beleg_faelle" value="([^"]+)"', text)

    assert first.status_code == 422
    assert note
    assert "Schon da: haushalte.csv" in text
    assert 'value="Mai"' in text
    again = FIELDS | {"bevoelkerung": "hochgeladen", "beleg_faelle": note[1], "bezeichnung": "Mai"}
    assert client.post(NEW, again).status_code == 302
    lauf = newest(mandant)
    assert lauf.stand == Laufstand.FERTIG, lauf.fehler
    assert lauf.bevoelkerung == Bevoelkerung.HOCHGELADEN
    assert "In 2 von 2 Fällen" in page_of(client, lauf) or "von 2 Fällen" in page_of(client, lauf)
    assert not list((files.folder_of(mandant.pk) / "wartend").iterdir())


@pytest.mark.security
def test_waiting_file_is_for_whoever_uploaded_it(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    text = client.post(NEW, upload(CASES + "a;3;1;400;900\n", anzahl="x", werte=[])).content.decode()
    note = re.search(r'name="beleg_faelle" value="([^"]+)"', text)
    assert note
    sign_in(Rolle.LEITUNG)
    for token in (note[1], note[1][:-2], "", "../../etc"):
        response = client.post(NEW, FIELDS | {"bevoelkerung": "hochgeladen", "beleg_faelle": token})
        assert response.status_code == 422
    assert not Simulationslauf.objects.for_mandant(mandant).exists()


def test_failed_simulation_leads_back_to_the_filled_form(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    client.post(NEW, upload(CASES + "a;3;1;viel;900\n", bezeichnung="Mai", vergleich="entwurf"))
    text = page_of(client, newest(mandant))
    link = re.search(r'href="(/simulationen/neu/\?[^"]+aus=[^"]+)"', text)

    assert "Spalte „bruttokaltmiete_monat“, Zeile 1: „viel“" in text
    assert link
    filled = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'value="Mai"' in filled
    assert "Schon da: haushalte.csv" in filled
    assert re.search(r'value="entwurf"[^>]*checked', filled)


@pytest.mark.parametrize(
    ("name", "size", "expected"),
    [("liste.xlsx", 10, "weder CSV noch Parquet"), ("liste.csv", 0, "leer"), ("liste.csv", 2000, "größer als")],
)
def test_file_that_cannot_be_read_is_refused_at_once(
    client: Any, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, name: str, size: int, expected: str
) -> None:
    monkeypatch.setattr("leitplanke.apps.simulation.forms.MAX_BYTES", 1000)
    sign_in(Rolle.SACHBEARBEITUNG)
    response = client.post(NEW, upload("", datei_faelle=SimpleUploadedFile(name, b"x" * size)))

    assert response.status_code == 422
    assert expected in response.content.decode()
    assert limits.MAX_BYTES > 1000


def test_progress_is_shown_and_the_page_reloads_at_the_end(
    client: Any, sign_in: SignIn, mandant: Mandant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "run", lambda _pk: None)
    sign_in(Rolle.LEITUNG)
    client.post(NEW, FIELDS)
    lauf = newest(mandant)
    Simulationslauf.objects.for_mandant(mandant).update(stand=Laufstand.LAEUFT, gerechnet=120, gesamt=400)
    text = page_of(client, lauf)
    under_way = client.get(f"/simulationen/{lauf.kennung}/stand/")

    assert 'max="400" value="120"' in text
    assert "Stand neu laden" in text
    assert "hx-get" in under_way.content.decode()
    assert "HX-Refresh" not in under_way.headers
    client.post(f"/simulationen/{lauf.kennung}/abbrechen/")
    assert client.get(f"/simulationen/{lauf.kennung}/stand/").headers["HX-Refresh"] == "true"
    assert "Abgebrochen" in page_of(client, lauf)


@pytest.mark.parametrize(
    ("art", "kind"),
    [("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet"), ("json", "application/json"),
     ("png", "image/png"), ("svg", "image/svg+xml")],
)  # fmt: skip
def test_result_is_handed_out_and_that_leaves_evidence(
    client: Any, sign_in: SignIn, mandant: Mandant, art: str, kind: str
) -> None:
    sign_in(Rolle.RAT)
    lauf = started(make_actor(mandant, Rolle.LEITUNG))
    response = client.post(f"/simulationen/{lauf.kennung}/ausgeben/", {"art": art, "bild": "1"})
    content = b"".join(response.streaming_content)

    assert response.headers["Content-Type"].startswith(kind)
    assert response.headers["Content-Disposition"] == f'attachment; filename="Entwurf 2027.{art}"'
    leaf = Leaf.objects.for_mandant(mandant).latest("pk")
    assert leaf.code == "simulation.exported"
    assert f'"art":"{art}"' in leaf.payload
    if art == "parquet":
        assert pl.read_parquet(io.BytesIO(content)).height == 300


def test_unknown_kind_of_export_is_none(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.LEITUNG)
    lauf = started(make_actor(mandant, Rolle.LEITUNG))
    for values in ({"art": "exe"}, {"art": "png", "bild": "77"}, {}):
        assert client.post(f"/simulationen/{lauf.kennung}/ausgeben/", values).status_code == 404


@pytest.mark.security
def test_uploaded_table_is_for_whoever_uploaded_it(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    client.post(NEW, upload(CASES + "a;3;1;400;900\n"))
    lauf = newest(mandant)
    assert page_of(client, lauf)
    for rolle in (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE, Rolle.RAT):
        sign_in(rolle)
        assert str(lauf.kennung) not in client.get("/simulationen/").content.decode()
        assert client.get(f"/simulationen/{lauf.kennung}/").status_code == 404
        for act in ("ausgeben", "abbrechen", "loeschen"):
            assert client.post(f"/simulationen/{lauf.kennung}/{act}/", {"art": "csv"}).status_code in {403, 404}
    assert Simulationslauf.objects.for_mandant(mandant).count() == 1


@pytest.mark.security
def test_neighbour_sees_nothing(client: Any, sign_in: SignIn, other_mandant: Mandant, settings: Any) -> None:
    sign_in(Rolle.LEITUNG)
    lauf = started(make_actor(other_mandant, Rolle.LEITUNG))

    assert "Entwurf 2027" not in client.get("/simulationen/").content.decode()
    assert client.get(f"/simulationen/{lauf.kennung}/").status_code == 404
    assert client.post(f"/simulationen/{lauf.kennung}/loeschen/").status_code == 404


def test_deleting_says_so(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    actor = sign_in(Rolle.RAT)
    lauf = started(actor)
    response = client.post(f"/simulationen/{lauf.kennung}/loeschen/", follow=True)

    assert "Gelöscht, mit allen Tabellen" in response.content.decode()
    assert not Simulationslauf.objects.for_mandant(mandant).exists()


def test_list_takes_as_many_queries_for_three_as_for_one(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    actor = sign_in(Rolle.LEITUNG)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/simulationen/").status_code == 200
        return len(captured)

    for _number in range(2):
        Simulationslauf.objects.create(
            mandant=mandant, bezeichnung="x", regelwerk="wohngeld", bevoelkerung="erfunden",
            plan=Plan(DAY, (WOHNGELD,), count=1).as_json(), angelegt_von=actor.person,
        )  # fmt: skip
        if _number == 0:
            queries()
            once = queries()
    started(make_actor(mandant, Rolle.RAT))

    assert queries() == once


def test_page_tells_when_it_is_deleted(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    lauf = started(sign_in(Rolle.LEITUNG))
    day = timezone.localtime(lauf.angelegt_am + timedelta(days=30))

    assert f"Wird am {day:%d.%m.%Y} gelöscht" in page_of(client, lauf)


def test_english_page_speaks_english(client: Any, sign_in: SignIn, mandant: Mandant) -> None:
    lauf = started(sign_in(Rolle.LEITUNG))
    client.cookies["django_language"] = "en"
    with translation.override("de"):  # the language of the request stays with nobody
        text = page_of(client, lauf)

    assert "The draft as of 01/01/2027" in text
    assert "Wird am" not in text
