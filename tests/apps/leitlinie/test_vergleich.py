"""Comparing guidelines by HTTP: versions word by word, sets side by side, who decided how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.differences import Fate, differences_of
from leitplanke.apps.leitlinie.models import Herkunft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Audience, Choice
from tests.factories import make_actor

from .conftest import answered, browser

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def begun(author: Actor, *choices: Choice) -> Leitlinienfassung:
    return begin_version(actor=author, beginning=Beginning("Leitlinie", Herkunft.FRAGEN, choices=choices))


def test_versions_differ_clause_by_clause_and_word_by_word(mandant: Mandant, author: Actor) -> None:
    same = Choice("BB12", "nie_buerger", reason="alt")
    words = {Audience.RAT: "Der Rat will es so."}
    old = begun(author, same, Choice("BB05", "zweck"), Choice("BB01", "da"))
    new = begun(
        author, Choice("BB12", "nie_buerger", reason="anders begründet"), Choice("BB05", "allgemein", reason="Kürzer."),
        Choice("BB03", "alle", wording=words),
    )  # fmt: skip
    found = differences_of(old, new)
    assert {clause.block.id: clause.fate for clause in found.clauses} == {
        "BB01": Fate.GONE, "BB03": Fate.NEW, "BB05": Fate.CHANGED,
    }  # fmt: skip
    assert found.same == 1
    text = answered(browser(author), reverse("leitlinie:unterschiede", args=[old.nummer, new.nummer]))
    assert "<del>" in text
    assert "Kürzer." in text
    assert "Der Rat will es so." in text
    assert "anders begründet" not in text
    same_text = answered(browser(author), reverse("leitlinie:unterschiede", args=[old.nummer, old.nummer]))
    assert "Beide sagen dasselbe." in same_text


def test_other_towns_versions_are_not_there(author: Actor, other_mandant: Mandant) -> None:
    own = begun(author)
    for _again in range(2):
        foreign = begun(make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE))
    path = reverse("leitlinie:unterschiede", args=[own.nummer, foreign.nummer])
    assert browser(author).get(path).status_code == 404
