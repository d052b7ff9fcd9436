"""Without AI: the page says so and offers words, sources and people; nothing answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.wissen.models import Antwort, Wissensraum
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import Stand
from tests.apps.wissen.conftest import make_source
from tests.registered import set_state

if TYPE_CHECKING:
    from collections.abc import Callable

FRAGE = "Wie hoch ist die Hundesteuer für den ersten Hund?"


def stop(raum: Wissensraum, how: str) -> None:
    rows = Eintrag.objects.for_mandant(raum.mandant).filter(schluessel="wissen")
    if how == "fehlt":
        rows.update(schluessel="")
    elif how == "abgelaufen":
        rows.update(gueltig_bis=timezone.localdate() - timedelta(days=1))
    else:
        set_state(raum.mandant, "wissen", Stand(how))


@pytest.mark.parametrize("how", ["fehlt", "pruefung", "erprobung", "ausgesetzt", "abgelaufen"])
def test_nobody_outside_gets_an_answer_but_words_sources_and_a_person(client: Any, raum: Wissensraum, how: str) -> None:
    make_source(raum)
    stop(raum, how)
    page = client.get(f"/wissen/{raum.kurz}/").content.decode()
    assert "Hier antwortet gerade keine KI" in page
    assert "Die Quellen zum Selbstlesen" in page
    answer = client.post(f"/wissen/{raum.kurz}/", {"frage": FRAGE})
    found = answer.content.decode()
    assert answer.status_code == 200
    assert "Die Hundesteuer für den ersten Hund beträgt 96 Euro im Jahr." in found
    assert raum.kontakt_telefon in found
    assert ("/ki-register/wissen/" in found) == (how in {"erprobung", "ausgesetzt", "abgelaufen"})
    assert client.post("/wissen/fragen/", {"frage": FRAGE}).status_code == 200
    assert "Hier antwortet gerade keine KI" in client.get("/").content.decode()
    assert not Antwort.objects.for_mandant(raum.mandant).exists()


def test_a_trial_answers_people_of_the_office(client: Any, raum: Wissensraum, sign_in: Callable[[Rolle], Any]) -> None:
    make_source(raum)
    set_state(raum.mandant, "wissen", Stand.ERPROBUNG)
    sign_in(Rolle.SACHBEARBEITUNG)
    assert client.post(f"/wissen/{raum.kurz}/", {"frage": FRAGE}).status_code == 302
