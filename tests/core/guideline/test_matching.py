"""Importing guidelines: what is found, quoted, suggested and refused."""

from __future__ import annotations

import importlib
import sys
from importlib import resources
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from leitplanke.core.guideline import BlockError, Matcher, load_blocks, load_cues
from leitplanke.core.guideline.cues import cues_from_text
from leitplanke.core.retrieval.extract import extract

CONTENT = resources.files("leitplanke.content") / "leitlinien"
BLOCKS = load_blocks(CONTENT / "bausteine")
CUES = load_cues(CONTENT / "stichworte.yaml", BLOCKS)
MATCHER = Matcher(BLOCKS, CUES)
BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
PRECISION, RECALL = 0.85, 0.75

ORDINARY = """Satzung über die Erhebung der Hundesteuer

Wer im Gemeindegebiet einen Hund hält, der älter als drei Monate ist, hat ihn binnen zwei Wochen anzumelden.

Die Steuer beträgt für den ersten Hund achtzig Euro und für jeden weiteren hundertzwanzig Euro im Jahr.

Von der Steuer befreit sind Hunde, die zur Bewachung von Herden gehalten werden, wenn sie dafür geeignet sind.

Die Parkgebühren auf dem Marktplatz richten sich nach der Länge des Aufenthalts und der Größe des Fahrzeugs.
"""


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
        return importlib.import_module("leitlinie_import")


def test_invented_guidelines_are_read_well_enough(bench: ModuleType) -> None:
    for labelled in bench.invented():
        tally = bench.measure(MATCHER, [labelled])
        assert tally.precision >= PRECISION, "\n".join(tally.errors)
        assert tally.recall >= RECALL, "\n".join(tally.errors)
        assert tally.options[0] >= 9 * tally.options[1], "\n".join(tally.errors)


def test_source_documents_are_read_well_enough(bench: ModuleType) -> None:
    documents = bench.seeds()
    if not documents:
        pytest.skip("Die fünf Quelldokumente liegen nicht neben dem Projekt (shared/data/seeds).")
    tally = bench.measure(MATCHER, documents)
    assert tally.precision >= PRECISION, "\n".join(tally.errors)
    assert tally.recall >= RECALL, "\n".join(tally.errors)


def test_rules_of_the_demo_town_are_read_well_enough(bench: ModuleType) -> None:
    tally = bench.measure(MATCHER, bench.town())
    assert tally.precision >= PRECISION, "\n".join(tally.errors)
    assert tally.recall >= RECALL, "\n".join(tally.errors)


def test_columns_and_hyphens_do_not_tear_sentences(bench: ModuleType) -> None:
    data = importlib.import_module("leitlinie_daten")
    for name in data.INVENTED:
        document = extract(f"{name}.pdf", (BENCHMARKS / "leitlinie" / f"{name}.pdf").read_bytes())
        paragraphs = {document.text[block.start : block.end] for block in document.blocks}
        assert [text for text in data.paragraphs(name) if text not in paragraphs] == [], name


def test_every_quote_is_exact_and_has_its_page(bench: ModuleType) -> None:
    for labelled in bench.invented():
        text = labelled.document.text
        matches = MATCHER.read(labelled.document).matches
        assert matches
        for match in matches:
            assert match.quote.text == text[match.quote.start : match.quote.end]
            assert match.passage.start <= match.quote.start < match.quote.end <= match.passage.end
            assert 1 <= match.quote.page <= 3
            assert match.why
            assert not match.option or BLOCKS[match.block].option(match.option)


def test_a_document_about_something_else_is_refused_passage_by_passage() -> None:
    reading = MATCHER.read(extract("satzung.txt", ORDINARY.encode()))
    assert reading.matches == ()
    assert len(reading.nothing) == 4


def test_where_a_document_is_about_something_else_only_passages_that_name_ai_count() -> None:
    text = ORDINARY + "\nÜber jeden Antrag entscheidet ein Mensch, die KI trifft keine Entscheidung.\n"
    reading = MATCHER.read(extract("satzung.txt", text.encode()))
    assert {match.block for match in reading.matches} == {"BB11"}
    assert len(reading.nothing) == 4


def test_one_sentence_suggests_block_and_option() -> None:
    text = "Regeln\n\nPersonenbezogene Daten werden vor der Eingabe durch Platzhalter ersetzt.\n"
    (match,) = MATCHER.read(extract("regeln.txt", text.encode())).matches
    assert (match.block, match.option) == ("BB26", "pseudo")
    assert match.quote.text.startswith("Personenbezogene Daten")


def test_word_documents_are_read_alike(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    paper.add_heading("Dienstanweisung KI", level=1)
    paper.add_paragraph("Der Personalrat ist vor jeder Einführung eines KI-Systems zu beteiligen.")
    paper.save(str(tmp_path / "anweisung.docx"))
    (match,) = MATCHER.read(extract("anweisung.docx", (tmp_path / "anweisung.docx").read_bytes())).matches
    assert (match.block, match.quote.page) == ("BB47", 0)


class _Deaf:
    """A model to which everything means the same."""

    model_id, dimensions = "gleich", 2

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))

    embed_queries = embed_passages


def test_a_model_is_heard_beside_the_words() -> None:
    document = extract(
        "regeln.txt", b"Regeln\n\nPersonenbezogene Daten werden vor der Eingabe durch Platzhalter ersetzt.\n"
    )
    (match,) = Matcher(BLOCKS, CUES, embedder=_Deaf()).read(document).matches
    assert match.block == "BB26"
    assert "Platz 1 und 1 von 58" in match.why[-1]


def test_cues_need_words_together_and_respect_bars() -> None:
    cues = cues_from_text(
        "thema: [ki]\nBB47:\n  stark: ['personalrat* + zustimm* / zugestimmt ! betriebsrat']\n",
        "probe.yaml",
        {"BB47": BLOCKS["BB47"]},
    ).blocks["BB47"]
    (cue,) = cues.strong
    assert cue.found("der personalrat hat zugestimmt")
    assert not cue.found("der personalrat tagt")
    assert not cue.found("personalrat und betriebsrat haben zugestimmt")


def test_faults_in_cues_are_named_with_their_line() -> None:
    text = "BB47:\n  stark: ['a + ']\n  optionen: {gibtsnicht: [x]}\nBB99:\n  stark: [x]\n"
    with pytest.raises(BlockError) as caught:
        cues_from_text(text, "probe.yaml", {"BB47": BLOCKS["BB47"], "BB48": BLOCKS["BB48"]})
    said = str(caught.value)
    assert "probe.yaml:2" in said
    assert "keine Option „gibtsnicht“" in said
    assert "„BB99“ ist kein Baustein" in said
    assert "Für BB48 stehen keine Stichworte da" in said
