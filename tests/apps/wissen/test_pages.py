"""The pages of Wissen through HTTP."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitplanke.apps.wissen import views
from leitplanke.apps.wissen.models import Antwort, Fassung, Stand, Wissensraum
from leitplanke.apps.wissen.spaces import free_short_name
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from tests.apps.wissen.conftest import HUNDESTEUER, make_source, make_space

if TYPE_CHECKING:
    from collections.abc import Callable

FRAGE = "Wie hoch ist die Hundesteuer für den ersten Hund?"


def ask(client: Any, raum: Wissensraum, frage: str = FRAGE) -> Antwort:
    response = client.post(f"/wissen/{raum.kurz}/", {"frage": frage})
    assert response.status_code == 302, response.content.decode()
    return Antwort.objects.for_mandant(raum.mandant).latest("pk")


def test_anonymous_question_is_answered_with_a_quote_that_opens_in_its_document(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    antwort = ask(client, raum)
    page = client.get(f"/wissen/antwort/{antwort.kennung}/")

    assert antwort.ergebnis == "answered"
    assert "96 Euro" in page.content.decode()
    citation = antwort.inhalt["claims"][0]["citations"][0]
    fassung = Fassung.objects.for_mandant(raum.mandant).get(pk=citation["fassung"])
    assert fassung.text[citation["start"] : citation["end"]] == citation["quote"]
    document = client.get(f"/wissen/fassung/{fassung.pk}/?von={citation['start']}&bis={citation['end']}")
    assert f'<mark id="stelle">{citation["quote"]}' in document.content.decode()


def test_question_without_evidence_is_refused_and_names_a_human(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    antwort = ask(client, raum, "Wann fährt der nächste Zug nach Paris?")
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()

    assert antwort.ergebnis == "refused"
    assert antwort.inhalt["claims"] == []
    assert raum.kontakt_telefon in page[page.index("Ein Mensch hilft weiter") : page.index("Noch eine Frage?")]


def test_evidence_of_an_answer_says_its_result_in_words(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    pages = [client.get(f"/nachweis/{ask(client, raum, frage).nachweis}/") for frage in (FRAGE, "Wer ist Papst?")]

    assert ">beantwortet</td>" in pages[0].content.decode()
    assert ">abgelehnt</td>" in pages[1].content.decode()
    assert "refused" not in pages[1].content.decode()


def test_evidence_speaks_english_to_those_who_do(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    entry = Leaf.objects.for_mandant(raum.mandant).get(code="wissen.source_released")
    page = client.get(f"/nachweis/{entry.public_id}/", headers={"accept-language": "en"}).content.decode()

    assert ">Manager</td>" in page
    assert ">no</td>" in page


def test_sources_that_wait_for_somebody_come_first(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    make_source(raum, name="anfang.md", titel="Anfang")
    make_source(raum, name="zuletzt.md", titel="Zuletzt", released=False)
    sign_in(Rolle.LEITUNG)
    page = client.get(f"/wissen/{raum.kurz}/quellen/").content.decode()

    assert page.index("Zuletzt") < page.index("Anfang")


def test_unreleased_source_is_never_quoted(client: Any, raum: Wissensraum) -> None:
    make_source(raum, released=False)

    assert ask(client, raum).ergebnis == "refused"


def test_withdrawn_source_is_no_longer_quoted(client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]) -> None:
    fassung = make_source(raum)
    sign_in(Rolle.LEITUNG)
    client.post(f"/wissen/fassung/{fassung.pk}/zurueckziehen/", {"begruendung": "Betrag veraltet"})

    assert ask(client, raum).ergebnis == "refused"


def test_empty_question_comes_back_with_a_message(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    response = client.post(f"/wissen/{raum.kurz}/", {"frage": "  "})

    assert response.status_code == 422
    assert "Bitte schreiben Sie Ihre Frage" in response.content.decode()


@pytest.mark.security
def test_markup_in_question_and_source_stays_text(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    antwort = ask(client, raum, "Wie hoch ist die Hundesteuer für den ersten Hund? <script>alert(1)</script>")
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.security
def test_internal_space_is_unknown_to_the_public(client: Any, mandant: Mandant) -> None:
    make_source(make_space(mandant, "personal", "intern"))

    assert client.get("/wissen/personal/").status_code == 404
    assert client.post("/wissen/personal/", {"frage": FRAGE}).status_code == 404


@pytest.mark.security
def test_answer_of_a_signed_in_person_is_theirs_alone(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    make_source(raum)
    sign_in(Rolle.SACHBEARBEITUNG)
    antwort = ask(client, raum)
    assert client.get(f"/wissen/antwort/{antwort.kennung}/").status_code == 200

    sign_in(Rolle.LEITUNG)
    assert client.get(f"/wissen/antwort/{antwort.kennung}/").status_code == 404


def test_start_page_question_finds_the_space_that_knows(client: Any, raum: Wissensraum) -> None:
    make_source(raum)
    other = make_space(raum.mandant, "baeume")
    make_source(other, name="baeume.md", titel="Bäume")
    client.post("/wissen/fragen/", {"frage": FRAGE})

    assert Antwort.objects.for_mandant(raum.mandant).get().ergebnis == "answered"


def test_history_shows_and_deletes_only_ones_own(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    make_source(raum)
    sign_in(Rolle.RAT)
    ask(client, raum)
    sign_in(Rolle.IT)
    mine = ask(client, raum)

    assert client.get("/wissen/verlauf/").content.decode().count("/wissen/antwort/") == 1
    client.post("/wissen/verlauf/loeschen/")
    left = Antwort.objects.for_mandant(raum.mandant)
    assert left.count() == 1
    assert left.get() != mine


def test_upload_is_read_and_waits_for_a_second_person(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    file = SimpleUploadedFile("steuer.md", HUNDESTEUER.encode())
    response = client.post(f"/wissen/{raum.kurz}/quellen/neu/", {"dateien": [file], "ebene": "kommune"})

    assert response.status_code == 302
    fassung = Fassung.objects.for_mandant(raum.mandant).get()
    assert fassung.stand == Stand.ZU_PRUEFEN
    assert "zweite Person" in client.get(f"/wissen/fassung/{fassung.pk}/pruefen/").content.decode()
    assert client.post(f"/wissen/fassung/{fassung.pk}/freigeben/").status_code == 403

    sign_in(Rolle.LEITUNG)
    assert client.post(f"/wissen/fassung/{fassung.pk}/freigeben/").status_code == 302
    fassung.refresh_from_db()
    assert fassung.stand == Stand.FREIGEGEBEN


@pytest.mark.security
def test_original_is_handed_out_as_a_download_no_browser_runs(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    fassung = make_source(raum)
    sign_in(Rolle.IT)
    response = client.get(f"/wissen/fassung/{fassung.pk}/original/")

    assert response.content == HUNDESTEUER.encode()
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]


def test_original_stands_beside_the_text(client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]) -> None:
    fassung = make_source(raum, released=False)
    sign_in(Rolle.LEITUNG)
    page = client.get(f"/wissen/fassung/{fassung.pk}/pruefen/").content.decode()

    assert "# Hundesteuer" in page
    assert '<p class="kern-title" role="heading" aria-level="2">Hundesteuer</p>' in page


def test_own_vocabulary_helps_at_once(client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]) -> None:
    make_source(raum)
    sign_in(Rolle.KI_BEAUFTRAGTE)
    response = client.post(
        "/wissen/stichworte/", {"alltag": "Kosten für meinen Wuffi", "amtlich": "Hundesteuer", "fundstellen": ""}
    )

    assert response.status_code == 302
    assert "Wuffi" in client.get("/wissen/stichworte/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["liste", "quellen", "verlauf", "stichworte"])
def test_lists_cost_the_same_queries_for_one_and_three_rows(
    client: Any,
    raum: Wissensraum,
    sign_in: Callable[[Rolle], Any],
    page: str,
    rows: int,
    query_counts: dict[str, int],
) -> None:
    actor = sign_in(Rolle.KI_BEAUFTRAGTE)
    urls = {
        "liste": "/wissen/",
        "quellen": f"/wissen/{raum.kurz}/quellen/",
        "verlauf": "/wissen/verlauf/",
        "stichworte": "/wissen/stichworte/",
    }
    for number in range(rows):
        make_source(raum, name=f"q{number}.md", titel=f"Quelle {number}")
        if page == "liste" and number:
            make_space(raum.mandant, f"raum{number}")
        if page == "stichworte":
            client.post("/wissen/stichworte/", {"alltag": f"Wort {number}", "amtlich": "", "fundstellen": ""})
        if page == "verlauf":
            ask(client, raum)
    client.get(urls[page])  # warms caches of sessions and content types
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(urls[page]).status_code == 200
    assert actor.person is not None
    assert query_counts.setdefault(page, len(queries)) == len(queries)


@pytest.fixture(scope="module")
def query_counts() -> dict[str, int]:
    return {}


def test_answer_from_a_source_withdrawn_since_says_so(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]
) -> None:
    fassung = make_source(raum)
    antwort = ask(client, raum)
    sign_in(Rolle.LEITUNG)
    client.post(f"/wissen/fassung/{fassung.pk}/zurueckziehen/", {"begruendung": "Betrag veraltet"})
    client.logout()
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()

    assert "Eine zitierte Quelle gilt nicht mehr" in page
    assert f"/wissen/fassung/{fassung.pk}/" not in page


@pytest.fixture
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the minute from ending while questions are counted."""
    monkeypatch.setattr(views, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))


@pytest.mark.security
@pytest.mark.usefixtures("one_minute")
def test_asking_faster_than_people_do_is_slowed_down(client: Any, raum: Wissensraum) -> None:
    answers = [client.post(f"/wissen/{raum.kurz}/", {"frage": ""}).status_code for _number in range(21)]

    assert answers[:20] == [422] * 20
    assert answers[20] == 429


@pytest.mark.security
@pytest.mark.usefixtures("one_minute")
def test_changing_the_last_half_of_an_ipv6_address_does_not_help(client: Any, raum: Wissensraum) -> None:
    addresses = [f"2001:db8:1:2::{number:x}" for number in range(21)] + ["2001:db8:1:3::1"]
    answers = [
        client.post(f"/wissen/{raum.kurz}/", {"frage": ""}, REMOTE_ADDR=address).status_code for address in addresses
    ]

    assert answers[19:] == [422, 429, 422]


@pytest.mark.security
@pytest.mark.parametrize("seite", ["²", "9" * 5000, "-1", "x"])
def test_page_number_that_is_none_shows_the_first_page(
    client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any], seite: str
) -> None:
    fassung = make_source(raum, released=False)
    Fassung.objects.for_mandant(raum.mandant).filter(pk=fassung.pk).update(dateiname="satzung.pdf")
    sign_in(Rolle.LEITUNG)
    page = client.get(f"/wissen/fassung/{fassung.pk}/pruefen/", {"seite": seite})

    assert page.status_code == 200
    assert f"/wissen/fassung/{fassung.pk}/seite/1/" in page.content.decode()


def test_space_may_not_take_the_name_of_a_page(client: Any, raum: Wissensraum) -> None:
    assert free_short_name(raum.mandant, "Stichworte") == "stichworte-2"


def test_space_needs_neither_topics_nor_examples(
    client: Any, mandant: Mandant, sign_in: Callable[[Rolle], Any]
) -> None:
    sign_in(Rolle.KI_BEAUFTRAGTE)
    unit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    response = client.post(
        "/wissen/raum-neu/",
        {
            "name": "Bäume",
            "beschreibung": "Alles über Bäume.",
            "sichtbarkeit": "oeffentlich",
            "einheit": unit.pk,
            "kontakt_stelle": "Bauamt",
            "kontakt_telefon": "(0 30) 23125 150",
            "kontakt_email": "bauamt@example.org",
            "eroeffnung": "Guten Tag!",
        },
    )

    assert response.status_code == 302
    assert Wissensraum.objects.for_mandant(mandant).get().kurz == "baeume"
