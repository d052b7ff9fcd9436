"""Guided documents: every name in them exists, and what is missing stands in them as open."""

from __future__ import annotations

import pytest

from leitplanke.core.register.fields import felder
from leitplanke.core.register.papers import BLOCKS, Paragraph, Vorlage, compose, open_points, vorlagen

FACTS = {"name": "Stadtassistent", "behoerde": "Musterstadt", "stelle": "IT", "datum": "28.11.2026"}


@pytest.mark.parametrize("vorlage", vorlagen().values(), ids=lambda one: one.name)
def test_every_statement_and_block_exists_and_every_question_has_one_name(vorlage: Vorlage) -> None:
    known = {feld.name for feld in felder()}
    parts = [teil for section in vorlage.abschnitte for teil in section.teile]
    assert {name for teil in parts for name in teil.angaben} <= known
    assert {teil.block for teil in parts if teil.block} <= set(BLOCKS)
    names = [frage.name for frage in vorlage.fragen]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("vorlage", vorlagen().values(), ids=lambda one: one.name)
def test_a_public_document_takes_public_statements_only(vorlage: Vorlage) -> None:
    if vorlage.sicht != "oeffentlich":
        return
    parts = [teil for section in vorlage.abschnitte for teil in section.teile]
    assert {felder()[name].sicht for teil in parts for name in teil.angaben} == {"oeffentlich"}


def test_with_nothing_said_all_is_open_and_with_everything_nothing() -> None:
    vorlage = vorlagen()["grundrechte"]
    bare = compose(vorlage, {}, {}, {}, facts=FACTS)
    needed = [frage.titel.de for frage in vorlage.fragen if frage.noetig]
    assert set(needed) <= set(open_points(bare))
    said = {feld.name: [{"risiko": "Irrtum"}] if feld.art == "tabelle" else "etwas" for feld in felder()}
    said["automatisierung"] = "1"
    full = compose(vorlage, said, {name.name: "Antwort." for name in vorlage.fragen}, {}, facts=FACTS)
    assert open_points(full) == ()


def test_sentences_name_the_system_and_blocks_come_in() -> None:
    blocks = {"stelle": (Paragraph("angabe", "IT", "Verantwortliche Stelle"),)}
    sections = compose(vorlagen()["betroffene"], {}, {}, blocks, facts=FACTS)
    texts = [one.text for section in sections for one in section.paragraphs]
    assert any("Musterstadt nutzt „Stadtassistent“" in text for text in texts)
    assert "IT" in texts
