"""Answers and sources ask the guideline that the town has adopted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leitplanke.apps.wissen import policy_facts
from leitplanke.apps.wissen.models import Antwort, Fassung, Stand, Wissensraum
from leitplanke.apps.wissen.sources import release_source
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.policy import StepStoppedError
from leitplanke.core.guideline import Choice, Example
from tests.adopting import adopt, adopt_only
from tests.apps.wissen.conftest import HUNDESTEUER, make_source, make_space
from tests.apps.wissen.test_pages import ask
from tests.factories import make_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("example", Example)
def test_an_answer_with_valid_quotes_is_given_under_every_example(
    client: Any, raum: Wissensraum, example: Example
) -> None:
    adopt(raum.mandant, example)
    make_source(raum, ebene="kommune")
    antwort = ask(client, raum)
    assert antwort.ergebnis == "answered"
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()
    assert "/ki-register/wissen/melden/" in page


def test_an_answer_from_an_outdated_source_is_refused_with_its_clause(client: Any, raum: Wissensraum) -> None:
    adopt_only(raum.mandant, Choice("BB33", "gesichert"))
    fassung = make_source(raum, ebene="kommune")
    yesterday = timezone.localdate() - timedelta(days=1)
    Fassung.objects.for_mandant(raum.mandant).filter(pk=fassung.pk).update(gueltig_bis=yesterday)
    antwort = ask(client, raum)
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()
    assert (antwort.ergebnis, antwort.grund, antwort.inhalt["claims"]) == ("refused", "leitlinie", [])
    assert f'href="{antwort.inhalt["klausel"]["url"]}"' in page
    assert raum.kontakt_telefon in page


def test_an_answer_without_the_way_to_a_person_is_refused_and_one_with_a_warning_is_given(
    client: Any, raum: Wissensraum
) -> None:
    make_source(raum, ebene="kommune")
    Wissensraum.objects.for_mandant(raum.mandant).filter(pk=raum.pk).update(kontakt_telefon="", kontakt_email="")
    adopt_only(raum.mandant, Choice("BB41", "mensch"))
    antwort = ask(client, raum)
    page = client.get(f"/wissen/antwort/{antwort.kennung}/").content.decode()
    assert (antwort.ergebnis, antwort.grund) == ("refused", "leitlinie")
    assert "Bei dieser Antwort fehlt der Weg zu einem Menschen." in page
    assert f'href="{antwort.inhalt["klausel"]["url"]}"' in page
    entry = client.get(f"/nachweis/{antwort.nachweis}/").content.decode()
    assert "die Leitlinie lässt es nicht zu" in entry


def test_what_is_internal_does_not_go_where_a_model_outside_may_quote_it(
    client: Any, mandant: Mandant, sign_in: Callable[[Rolle], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    adopt_only(mandant, Choice("BB29", "oeffentlich"))
    inside = make_space(mandant, "intern", "intern")
    sign_in(Rolle.SACHBEARBEITUNG)
    sent = {"titel": "Hausregel", "ebene": "kommune", "lizenz": "eigen"}

    def add() -> Any:
        return client.post(
            "/wissen/intern/quellen/neu/", {**sent, "dateien": SimpleUploadedFile("a.md", HUNDESTEUER.encode())}
        )

    monkeypatch.setattr(policy_facts, "furthest_model", lambda *_args: "eu")
    refused = add()
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "/leitlinie/regel/" in page
    assert 'value="Hausregel"' in page
    assert not Fassung.objects.for_mandant(mandant).filter(quelle__raum=inside).exists()
    monkeypatch.setattr(policy_facts, "furthest_model", lambda *_args: "lokal")
    assert add().status_code == 302


@pytest.mark.parametrize(("option", "stops"), [("verbot", True), ("pruefen", False), ("offen", False)])
def test_a_source_whose_rights_are_open_is_refused_or_waits_for_a_second_person(
    raum: Wissensraum, option: str, *, stops: bool
) -> None:
    adopt_only(raum.mandant, Choice("BB39", option))
    if stops:
        with pytest.raises(StepStoppedError):
            make_source(raum, ebene="sonstige", released=False)
        return
    fassung = make_source(raum, ebene="sonstige", released=False)
    release_source(fassung_id=fassung.pk, actor=make_actor(raum.mandant, Rolle.LEITUNG))
    fassung.refresh_from_db()
    assert fassung.stand == Stand.FREIGEGEBEN


def test_a_source_that_has_run_out_is_not_taken_in(raum: Wissensraum) -> None:
    adopt_only(raum.mandant, Choice("BB33", "gesichert"))
    with pytest.raises(StepStoppedError):
        make_source(raum, ebene="kommune", gueltig_bis=timezone.localdate() - timedelta(days=1))
    assert not Antwort.objects.for_mandant(raum.mandant).exists()
