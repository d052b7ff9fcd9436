"""Reading an existing guideline by HTTP: upload, compare with quotes, confirm, and what cannot be read."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitplanke.apps.leitlinie import finding, importing
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Einlesung, Herkunft, Leitlinienfassung, Lesestand
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.models import StoredFile
from leitplanke.base.documents.printing.record import Record, RecordSection, record_pdf
from leitplanke.base.documents.services import read_file
from leitplanke.base.evidence.models import PendingLeaf
from tests.factories import make_actor

from .conftest import answered, browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.conf import LazySettings
    from django.http import HttpResponse
    from django.test import Client

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db

HOME = "/amt/leitlinie/einlesen/"
RULES = (
    "Ob ein Antrag bewilligt oder abgelehnt wird, entscheidet bei uns ein Mensch mit Namen und Zimmernummer.",
    "Ein Programm verschickt von sich aus keine Bescheide und keine Mahnungen an Einwohnerinnen und Einwohner.",
    "Erfasst ist jedes System künstlicher Intelligenz, gleich ob es Texte erzeugt oder Bilder auswertet.",
    "Was ein solches System ist, richtet sich nach der Begriffsbestimmung in Artikel 3 der europäischen KI-Verordnung.",
    "Dies ist eine Dienstanweisung. Sie verpflichtet alle, die bei der Stadt angestellt oder verbeamtet sind.",
)


@pytest.fixture(autouse=True)
def _by_words_alone(settings: LazySettings) -> Iterator[None]:
    """Reading by meaning takes half a minute to begin; the core has its own tests of it."""
    settings.SEARCH_BY_MEANING = False
    finding.matcher.cache_clear()
    yield
    finding.matcher.cache_clear()


def as_pdf() -> bytes:
    parts = tuple(RecordSection(f"Abschnitt {number}", (rule,)) for number, rule in enumerate(RULES, 1))
    return record_pdf(Record("Dienstanweisung KI", "Gemeinde Haselbrück", date(2025, 3, 1), parts))


def as_docx() -> bytes:
    made = docx.Document()
    made.add_heading("Dienstanweisung KI", 1)
    for rule in RULES:
        made.add_paragraph(rule)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def upload(client: Client, name: str, data: bytes, title: str = "Dienstanweisung KI") -> HttpResponse:
    answer: HttpResponse = client.post(HOME, {"datei": SimpleUploadedFile(name, data), "titel": title})  # type: ignore[assignment]
    return answer


def only(mandant: Mandant) -> Einlesung:
    return Einlesung.objects.for_mandant(mandant).get()


@pytest.mark.parametrize(("name", "make", "page"), [("da.pdf", as_pdf, 1), ("da.docx", as_docx, 0)])
def test_only_what_is_confirmed_becomes_a_clause(
    mandant: Mandant, author: Actor, name: str, make: Callable[[], bytes], page: int
) -> None:
    client = browser(author)
    answer = upload(client, name, make())
    reading = only(mandant)
    here = reverse("leitlinie:einlesung", args=[reading.pk])
    assert (answer.status_code, answer["Location"]) == (302, here)
    text = answered(client, here)
    found = {row["baustein"]: row for row in reading.treffer}
    assert len(found) >= 3
    assert RULES[1] in text
    assert "Fragen ohne Stelle" in text
    assert 'name="BB' in text
    assert all(row["seite"] == page for row in reading.treffer)
    taken, other = sorted(block for block, row in found.items() if row["option"])[:2]
    denied = next(block for block in found if block not in {taken, other})
    sent = {taken: found[taken]["option"], other: found[other]["option"], denied: "steht-nicht-drin"}
    sent |= {f"{taken}_ja": "on", f"{denied}_ja": "on"} | usual_values(reading)
    assert "Bitte bestätigen Sie mindestens eine" in answered(client, here, {"beginnen": "ja"}, 422)
    answered(client, here, {**sent, "speichern": "ja"}, 302)
    assert not Leitlinienfassung.objects.for_mandant(mandant).exists()
    answered(client, here, {**sent, "beginnen": "ja"}, 302)
    version = Leitlinienfassung.objects.for_mandant(mandant).get()
    clause = version.klauseln.get()
    source = "Dienstanweisung KI, S. 1" if page else "Dienstanweisung KI"
    assert (clause.baustein, clause.geprueft, clause.quelle) == (taken, True, source)
    assert clause.grund == f"„{found[taken]['zitat']}“"
    assert (version.herkunft, version.herkunft_text) == (Herkunft.EINGELESEN, name)
    assert "schon eine Fassung entstanden" in answered(client, here, {**sent, "beginnen": "ja"}, 422)
    original = client.get(reverse("leitlinie:einlesung_original", args=[reading.pk]))
    assert original.content == read_file(reading.datei)
    assert "attachment" in original["Content-Disposition"]


def usual_values(reading: Einlesung) -> dict[str, str]:
    named = {row["baustein"] for row in reading.treffer}
    return {f"{key}_{one.name}": one.usual for key in named for one in blocks()[key].parameters}


def test_a_document_without_version_can_be_deleted_and_leaves_evidence(mandant: Mandant, author: Actor) -> None:
    client = browser(author)
    upload(client, "da.docx", as_docx())
    reading = only(mandant)
    stranger = browser(make_actor(mandant, Rolle.PERSONALRAT))
    path = reverse("leitlinie:einlesung_loeschen", args=[reading.pk])
    assert stranger.post(path).status_code == 403
    assert client.post(path).status_code == 302
    assert not Einlesung.objects.for_mandant(mandant).exists()
    assert not StoredFile.objects.for_mandant(mandant).exists()
    codes = list(PendingLeaf.objects.for_mandant(mandant).order_by("pk").values_list("leaf__code", flat=True))
    assert codes[-2:] == ["leitlinie.eingelesen", "leitlinie.einlesung_geloescht"]


def test_the_source_of_a_version_stays(mandant: Mandant, author: Actor) -> None:
    upload(browser(author), "da.docx", as_docx())
    reading = only(mandant)
    row = next(row for row in reading.treffer if row["option"])
    said = {row["baustein"]: {"option": row["option"], "werte": {}, "bestaetigt": True}}
    importing.begin_from_reading(actor=author, reading_id=reading.pk, decided=said)
    with pytest.raises(WrongStateError):
        importing.discard_reading(actor=author, reading_id=reading.pk)
    with pytest.raises(NotPermittedError):
        importing.decide_reading(actor=make_actor(mandant, Rolle.IT), reading_id=reading.pk, decided=said)


def test_other_towns_documents_are_not_there(author: Actor, other_mandant: Mandant) -> None:
    foreign = importing.begin_reading(
        actor=make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE), title="Fremd", name="da.docx", data=as_docx()
    )
    client = browser(author)
    for name in ("einlesung", "einlesung_stand", "einlesung_original"):
        assert client.get(reverse(f"leitlinie:{name}", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("leitlinie:einlesung_loeschen", args=[foreign.pk])).status_code == 404
    assert "Fremd" not in answered(client, HOME)


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("da.pdf", b"PK\x03\x04 kein PDF", "passt nicht zur Endung"),
        ("da.exe", b"MZ", "Bitte nehmen Sie PDF, Word"),
        ("da.txt", b"Ein Text ohne Regeln.", ""),
    ],
)
def test_other_kinds_of_files_are_refused_at_once(author: Actor, name: str, data: bytes, said: str) -> None:
    answer = upload(browser(author), name, data)
    assert answer.status_code == (422 if said else 302)
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "make"), [("da.pdf", lambda: b"%PDF-1.7 kaputt"), ("da.docx", bomb), ("da.txt", lambda: b"  \n  ")]
)
def test_what_cannot_be_read_says_what_to_do(
    mandant: Mandant, author: Actor, name: str, make: Callable[[], bytes]
) -> None:
    client = browser(author)
    assert upload(client, name, make()).status_code == 302
    reading = only(mandant)
    assert (reading.stand, reading.treffer) == (Lesestand.NICHT_LESBAR, [])
    text = answered(client, reverse("leitlinie:einlesung", args=[reading.pk]))
    assert "lässt sich nicht einlesen" in text
    assert reading.fehler


def test_too_much_is_refused(author: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MAX_BYTES", 100)
    assert upload(browser(author), "da.txt", b"x" * 101).status_code == 422
    monkeypatch.setattr(finding, "MAX_CHARACTERS", 10)
    reading = importing.begin_reading(actor=author, title="Lang", name="da.txt", data=b"Sehr viel Text steht hier.")
    assert "länger als 150 Seiten" in reading.fehler


def test_while_it_is_read_the_page_asks_again(mandant: Mandant, author: Actor) -> None:
    upload(browser(author), "da.docx", as_docx())
    reading = only(mandant)
    Einlesung.objects.for_mandant(mandant).update(stand=Lesestand.WIRD_GELESEN)
    client = browser(author)
    assert "hx-get" in answered(client, reverse("leitlinie:einlesung", args=[reading.pk]))
    waiting = reverse("leitlinie:einlesung_stand", args=[reading.pk])
    assert "HX-Refresh" not in client.get(waiting).headers
    finding.read(reading)
    assert client.get(waiting).headers["HX-Refresh"] == "true"


def test_the_list_asks_as_often_for_three_as_for_one(author: Actor) -> None:
    client = browser(author)
    counts = []
    for wanted in (1, 3):
        while Einlesung.objects.for_mandant(author.mandant).count() < wanted:
            importing.begin_reading(actor=author, title="Text", name="da.txt", data=b"Kein Wort davon.")
        client.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            client.get(HOME)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_real_guideline_is_found_in(author: Actor, shared_data: Callable[[str], Path]) -> None:
    file = min(shared_data("seeds").glob("002_*"))
    reading = importing.begin_reading(actor=author, title="Quelle", name=file.name, data=file.read_bytes())
    assert reading.stand == Lesestand.GELESEN
    assert len({row["baustein"] for row in reading.treffer}) >= 3
