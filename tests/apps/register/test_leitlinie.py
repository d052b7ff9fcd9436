"""The release asks the guideline that the town has adopted: refused with clause and who can help, then open."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from leitplanke.apps.register import entries, releasing
from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.register.policy_facts import points, release_facts
from leitplanke.base.policy import StepStoppedError
from leitplanke.core.guideline import Choice, Example
from leitplanke.core.register.lifecycle import Gate, Stand
from tests.adopting import adopt, adopt_only

pytestmark = pytest.mark.django_db

USE_AND_CONTACT = (Choice("BB05", "zweck"), Choice("BB42", "knopf"))


def release(team: Any, eintrag: Eintrag, fassung: int = 1) -> Eintrag:
    return releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=fassung, fresh_at=timezone.now())


def names(eintrag: Eintrag, gate: Gate = Gate.FREIGABE) -> dict[str, str]:
    found, _more = points(eintrag, gate)
    return {point.stop.title: point.fact for point in found}


def test_without_an_adopted_guideline_a_release_is_as_before(team: Any) -> None:
    assert points(team.ready(kennzahl=""), Gate.FREIGABE)[0] == ()


def test_a_release_without_a_figure_of_benefit_is_refused_with_its_clause_and_goes_on_once_it_is_there(
    team: Any, client: Any
) -> None:
    adopt_only(team.mandant, *USE_AND_CONTACT)
    eintrag = team.ready(kennzahl="")
    assert names(eintrag) == {"Keine Freigabe ohne benannten Nutzen": "nutzen_benannt"}
    with pytest.raises(StepStoppedError) as caught:
        release(team, eintrag)
    assert caught.value.stop.url == f"/leitlinie/regel/{caught.value.stop.number}/"
    eintrag.refresh_from_db()
    assert eintrag.state is Stand.BEANTRAGT
    client.force_login(team.ki.person)
    page = client.get(f"/register/{eintrag.kuerzel}/schritt/freigeben/").content.decode()
    assert "Zweck und Nutzen dieses Systems sind noch nicht mit einer Kennzahl benannt." in page
    assert f'href="{caught.value.stop.url}"' in page
    assert "die verantwortliche Stelle" in page
    releasing.send_back(actor=team.ki, eintrag_id=eintrag.pk, text="Bitte die Kennzahl ergänzen.")
    entries.change_entry(
        actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"kennzahl": "Von 21 auf 14 Tage."}
    )
    eintrag = releasing.ask_release(actor=team.clerk, eintrag_id=eintrag.pk)
    assert names(eintrag) == {}
    assert release(team, eintrag, 2).state is Stand.FREIGEGEBEN


def test_who_can_change_the_entry_is_led_to_where_the_missing_statement_goes(team: Any, client: Any) -> None:
    adopt_only(team.mandant, *USE_AND_CONTACT)
    eintrag = team.entry(kennzahl="", kontakt_email="")
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    client.force_login(team.clerk.person)
    page = client.get(f"/register/{eintrag.kuerzel}/").content.decode()
    for group in ("zweck", "risiken"):
        assert f"/register/{eintrag.kuerzel}/angaben/{group}/" in page


def test_a_warning_is_shown_and_the_release_goes_on(team: Any, client: Any) -> None:
    adopt_only(team.mandant, Choice("BB05", "allgemein"))
    eintrag = team.ready(kennzahl="")
    client.force_login(team.ki.person)
    page = client.get(f"/register/{eintrag.kuerzel}/schritt/freigeben/").content.decode()
    assert "Hinweis der Leitlinie" in page
    assert release(team, eintrag).state is Stand.FREIGEGEBEN


@pytest.mark.parametrize(
    ("example", "wanted"),
    [
        (Example.STRENG, {"fairness_geprueft", "guete_belegt", "betroffene_informiert"}),
        (Example.AUSGEWOGEN, {"guete_belegt", "betroffene_informiert"}),
        (Example.OFFEN, {"betroffene_informiert"}),
    ],
)
def test_examples_keep_what_they_say_of_a_system_that_affects_people(
    team: Any, example: Example, wanted: set[str]
) -> None:
    adopt(team.mandant, example)
    assert set(names(team.ready(niemand_aussen="nein", ausschlussliste="nein")).values()) == wanted


@pytest.mark.parametrize(("said", "found"), [("ja", {"zweck_verboten"}), ("", {"zweck_verboten"}), ("nein", set())])
def test_a_use_on_the_list_of_the_town_is_refused(team: Any, said: str, found: set[str]) -> None:
    adopt_only(team.mandant, Choice("BB16", "eigen"))
    assert set(names(team.ready(ausschlussliste=said)).values()) == found


def test_a_trial_is_asked_only_what_the_guideline_says_of_trying_out(team: Any) -> None:
    adopt_only(team.mandant, *USE_AND_CONTACT, Choice("BB55", "reallabor"))
    eintrag = team.entry(kennzahl="")
    assert names(eintrag, Gate.ERPROBUNG)
    assert "nutzen_benannt" not in names(eintrag, Gate.ERPROBUNG).values()


def test_what_is_not_known_is_left_out(team: Any) -> None:
    facts = release_facts(team.entry(automatisierung=""))
    assert "automatisierungsstufe" not in facts
    assert "hochrisiko" not in facts
    assert facts["risiko_eingestuft"] is False
