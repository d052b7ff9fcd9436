"""Comparing guidelines by HTTP: versions word by word, sets side by side, who decided how."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.differences import Fate, differences_of
from leitplanke.apps.leitlinie.library import blocks, known
from leitplanke.apps.leitlinie.models import Herkunft
from leitplanke.apps.leitlinie.sides import side_by_side, sides_for
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


def test_guidelines_stand_side_by_side_each_cell_with_its_source(author: Actor) -> None:
    version = begun(author, Choice("BB12", "nie_buerger", source="Dienstanweisung, S. 3"), Choice("BB05", "allgemein"))
    client = browser(author)
    path = f"/amt/leitlinie/vergleich/?mit=fassung-{version.nummer}&mit=bekannt-dortmund&mit=beispiel-streng"
    text = answered(client, path)
    assert "Dienstanweisung, S. 3" in text
    assert "Künstliche Intelligenz verantwortlich gestalten, Dortmund" in text
    assert known()["dortmund"].sources[0].url in text
    assert "nicht am Original geprüft" in text
    chapters, _silent = side_by_side(sides_for(author.mandant, ["beispiel-streng", "beispiel-offen"]))
    both = [line.block.id for chapter in chapters for line in chapter.lines if not line.differs]
    fewer = answered(client, "/amt/leitlinie/vergleich/?mit=beispiel-streng&mit=beispiel-offen&nur=unterschiede")
    assert both
    assert not any(f">{blocks()[block].title}<" in fewer for block in both)
    one = answered(client, f"{path}&kapitel=daten")
    assert "Bitte wählen Sie mindestens zwei" in answered(client, "/amt/leitlinie/vergleich/?mit=bekannt-dortmund")
    assert len(one) < len(text)
    many = "&".join(f"mit=bekannt-{key}" for key in list(known())[:8])
    assert "höchstens sechs" in answered(client, f"/amt/leitlinie/vergleich/?{many}")


def test_what_nobody_knows_of_a_town_is_not_made_up(author: Actor) -> None:
    """The usual values of parameters are ours, not theirs, and no difference."""
    own = begun(author, Choice("BB01", "stufen", {"beschluss": "der Rat"}), Choice("BB12", "nie_buerger"))
    keys = [f"fassung-{own.nummer}", "bekannt-dortmund"]
    chapters, _silent = side_by_side(sides_for(author.mandant, keys))
    line = next(line for chapter in chapters for line in chapter.lines if line.block.id == "BB01")
    mine, theirs = line.cells
    assert mine.said.option == theirs.said.option
    assert mine.said.values
    assert not theirs.said.values
    assert not line.differs


def test_the_comparison_is_handed_out_as_a_harmless_table(author: Actor) -> None:
    version = begun(author, Choice("BB12", "nie_buerger", source="\u200b=HYPERLINK(1)"))
    path = f"/amt/leitlinie/vergleich/tabelle.csv?mit=fassung-{version.nummer}&mit=bekannt-dortmund"
    rows = list(csv.reader(io.StringIO(answered(browser(author), path).lstrip("\ufeff")), delimiter=";"))
    mine = next(row for row in rows if row[1] == "BB12")
    assert mine[4] == "'\u200b=HYPERLINK(1)"
    assert any("https://" in row[6] for row in rows)


def test_who_decided_how_names_towns_with_sources(author: Actor) -> None:
    begun(author, Choice("BB05", "zweck"))
    client = browser(author)
    text = answered(client, "/amt/leitlinie/wer-wie/")
    assert "Detmold" in text
    assert known()["detmold"].sources[0].url in text
    assert "unsere Fassung" in text
    assert "Wien" not in answered(client, "/amt/leitlinie/wer-wie/?land=DE")
    assert Client().get("/amt/leitlinie/wer-wie/").status_code in {302, 403}


def test_three_versions_ask_as_often_as_one(author: Actor) -> None:
    client = browser(author)
    counts = []
    for wanted in (1, 3):
        while len(sides_for(author.mandant, [f"fassung-{n}" for n in (1, 2, 3)])) < wanted:
            begun(author, Choice("BB12", "nie_buerger"))
        path = "/amt/leitlinie/vergleich/?mit=fassung-1&mit=fassung-2&mit=fassung-3&mit=beispiel-streng"
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
