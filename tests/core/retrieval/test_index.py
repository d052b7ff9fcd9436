from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.provenance import Geltung
from leitplanke.core.retrieval.hits import Filter, Mode
from leitplanke.core.retrieval.index import Index
from leitplanke.core.retrieval.vector_cache import VectorCache
from leitplanke.core.retrieval.vocabulary import Dokumentname, Stichwort, Vocabulary
from tests.core.retrieval.search_helpers import HUND, MELDE, TOWN, BagEmbedder, digests, load, passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.hits import Hit
    from leitplanke.core.retrieval.passages import Passage

WORDS = Vocabulary(
    (
        Stichwort(("umziehen", "neue Bude"), ("Anmeldung",), ("BMG § 17",)),
        Stichwort(("Stalker sucht mich",), ("Auskunftssperre",), ("BMG § 51", "FehltHier § 9")),
        Stichwort(("Was zahlt Bello",), ("Hund", "Steuer"), ()),
    ),
    (Dokumentname("BMG", ("Meldegesetz",)),),
)


def _open(path: Path, *, embedder: BagEmbedder | None = None, vocabulary: Vocabulary = WORDS) -> Index:
    return Index.open(path, embedder=embedder, vocabulary=vocabulary)


def _built(path: Path, *, embedder: BagEmbedder | None = None, vocabulary: Vocabulary = WORDS) -> Index:
    index = _open(path, embedder=embedder, vocabulary=vocabulary)
    index.update(digests(), load)
    return index


def _sections(hits: Sequence[Hit]) -> list[tuple[str, str]]:
    return [(hit.passage.source.document, hit.passage.section) for hit in hits]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = _open(tmp_path)
    assert (index.search("Wohnung"), index.search_sections("Wohnung"), index.pending) == ([], [], 0)
    assert not index.update({}, load)
    assert (index.search("Wohnung"), index.search_sections("Wohnung"), index.mode) == ([], [], Mode.LEXICAL)


def test_search_by_words_works_right_after_an_update(tmp_path: Path) -> None:
    index = _built(tmp_path, embedder=BagEmbedder())
    assert index.mode is Mode.LEXICAL
    assert _sections(index.search_sections("Wie lange wird Wohngeld bewilligt?"))[0] == ("WoGG", "§ 25")


def test_meaning_joins_in_when_all_is_embedded(tmp_path: Path) -> None:
    index = _built(tmp_path, embedder=BagEmbedder())
    seen: list[tuple[int, int]] = []
    done = index.embed_pending(batch=2, progress=lambda done, total: seen.append((done, total)))
    assert (index.pending, index.mode, seen[-1]) == (0, Mode.FUSED, (done, done))
    best = index.search_sections("Wie lange wird Wohngeld bewilligt?")[0]
    assert set(best.ranks) == {"lexical", "dense"}


def test_sections_appear_once_and_passages_as_they_fit(tmp_path: Path) -> None:
    index = _built(tmp_path)
    question = "Wohnung beziehen und verlassen"
    assert _sections(index.search_sections(question)).count(("BMG", "§ 17")) == 1
    assert [hit.passage.absatz for hit in index.search(question)][:2] in (["1", "2"], ["2", "1"])


def test_everyday_words_lead_to_the_section_they_are_a_key_of(tmp_path: Path) -> None:
    assert _sections(_built(tmp_path).search_sections("Ich will umziehen"))[0] == ("BMG", "§ 17")


def test_everyday_words_bring_official_words_where_no_section_is_named(tmp_path: Path) -> None:
    question = "Was zahlt Bello?"
    assert _sections(_built(tmp_path).search_sections(question))[0] == ("hundesteuer.md", "Steuersatz")


def test_an_edited_vocabulary_embeds_no_passage_again(tmp_path: Path) -> None:
    embedder = BagEmbedder()
    index = _built(tmp_path, embedder=embedder)
    index.embed_pending()
    embedder.embedded.clear()
    index.use_vocabulary(WORDS + Vocabulary((Stichwort(("Kündigung vom Amt",), (), ("WoGG § 3",)),)))
    index.embed_pending()
    assert embedder.embedded == ["Kündigung vom Amt"]
    assert _sections(index.search_sections("Kündigung vom Amt"))[0] == ("WoGG", "§ 3")


@pytest.mark.parametrize(
    "question", ["§ 51 BMG", "meldegesetz paragraf 51", "Was regelt § 51 Bundesmeldegesetz zur Wohnung?"]
)
def test_explicit_references_come_first(tmp_path: Path, question: str) -> None:
    best = _built(tmp_path).search_sections(question)[0]
    assert (_sections([best])[0], best.ranks["reference"]) == (("BMG", "§ 51"), 1)


def test_the_absatz_asked_for_is_shown(tmp_path: Path) -> None:
    index = _built(tmp_path)
    assert index.search_sections("§ 17 Abs. 2 BMG")[0].passage.absatz == "2"
    assert index.search("§ 17 Abs. 2 BMG")[0].passage.absatz == "2"


def test_annexes_are_found_only_when_asked_for(tmp_path: Path) -> None:
    index = _built(tmp_path)
    question = "Muster der Meldebescheinigung mit Lichtbild"
    assert ("BMG", "Anlage 1") not in _sections(index.search_sections(question))
    assert _sections(index.search_sections(question, only=Filter(annexes=True)))[0] == ("BMG", "Anlage 1")
    assert _sections(index.search_sections("Anlage 1 BMG"))[0] == ("BMG", "Anlage 1")


def test_filters_apply_before_anything_is_ranked(tmp_path: Path) -> None:
    index = _built(tmp_path)
    only = Filter(documents=frozenset({"wogg"}))
    for question in ("Wohnung anmelden", "§ 17 BMG"):
        assert {hit.document_id for hit in index.search(question, only=only)} <= {"wogg"}
        assert {hit.document_id for hit in index.search_sections(question, only=only)} <= {"wogg"}
    refuse = Filter(accept=lambda source: source.document != "BMG")
    assert "bmg" not in {hit.document_id for hit in index.search("Wohnung anmelden", only=refuse)}


def test_what_is_not_valid_on_the_day_is_not_found(tmp_path: Path) -> None:
    old = replace(HUND, geltung=Geltung(bis=date(2020, 12, 31)))
    text = passage(old, "Steuersatz", "", "Die Steuer beträgt jährlich 60 Euro je Hund.")
    index = _open(tmp_path)
    index.update({"alt": "1"}, lambda _: (old, (text,)))
    assert index.search("Hund Steuer", only=Filter(on=date(2026, 1, 1))) == []
    assert len(index.search("Hund Steuer", only=Filter(on=date(2020, 1, 1)))) == 1


def test_updates_load_only_what_changed(tmp_path: Path) -> None:
    index = _built(tmp_path)
    loaded: list[str] = []

    def noting(name: str) -> tuple[Source, Sequence[Passage]]:
        loaded.append(name)
        return load(name)

    report = index.update({"bmg": "1", "wogg": "2"}, noting)
    assert (report.added, report.replaced, report.removed, loaded) == ((), ("wogg",), ("hund",), ["wogg"])
    assert set(index.documents) == {"bmg", "wogg"}
    assert not index.update({"bmg": "1", "wogg": "2"}, noting)


def test_an_index_updated_in_steps_ranks_like_one_built_at_once(tmp_path: Path) -> None:
    stepwise = _open(tmp_path / "a")
    for names in (["hund"], ["hund", "wogg"], ["wogg", "bmg"], ["wogg", "bmg", "hund"]):
        stepwise.update(digests(*names), load)
    at_once = _built(tmp_path / "b")
    for question in ("Wohnung anmelden", "Hund", "Wohngeld"):
        scores = [
            {(h.document_id, h.passage.section): round(h.score, 6) for h in i.search_sections(question)}
            for i in (stepwise, at_once)
        ]
        assert scores[0] == scores[1]


def test_the_index_survives_a_restart(tmp_path: Path) -> None:
    embedder = BagEmbedder()
    index = _built(tmp_path, embedder=embedder)
    index.embed_pending()
    before = index.search("Wohnung anmelden")
    again = _open(tmp_path, embedder=embedder)
    assert (again.search("Wohnung anmelden"), again.pending) == (before, 0)


def test_one_process_sees_what_another_has_written(tmp_path: Path) -> None:
    reader, writer = _built(tmp_path), _open(tmp_path)
    assert reader.search("Hund")
    writer.update(digests("bmg"), load)
    assert reader.search("Hund steuer") == []


def test_a_text_is_never_embedded_twice(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "cache.sqlite")
    embedder = BagEmbedder()
    for name in ("a", "b"):
        index = Index.open(tmp_path / name, embedder=embedder, vocabulary=WORDS, cache=cache)
        index.update(digests(), load)
        index.embed_pending()
    index.update(digests("bmg", "hund"), load)
    assert index.pending == 0
    assert len(embedder.embedded) == len(set(embedder.embedded))


def test_vectors_of_two_models_are_never_mixed(tmp_path: Path) -> None:
    _built(tmp_path, embedder=BagEmbedder("one")).embed_pending()
    assert _open(tmp_path, embedder=BagEmbedder("two")).pending > 0


def test_a_failed_update_leaves_the_old_state_in_force(tmp_path: Path) -> None:
    index = _built(tmp_path)

    def failing(name: str) -> tuple[Source, Sequence[Passage]]:
        raise OSError(name)

    with pytest.raises(OSError, match="neu"):
        index.update({**digests(), "neu": "1"}, failing)
    assert set(index.documents) == set(TOWN)
    assert index.search("Wohnung anmelden")


def test_an_index_of_an_older_format_is_built_anew(tmp_path: Path) -> None:
    _built(tmp_path)
    current = tmp_path / "CURRENT"
    current.write_text(current.read_text().split()[0] + " 0")
    index = _open(tmp_path)
    assert index.search("Wohnung") == []
    assert index.update(digests(), load).added == tuple(TOWN)


@pytest.mark.parametrize("question", ["", "   ", "?!", "und oder", "x" * 100_000, "Wohnung " * 5000, "\0\ud800", "🙂"])
def test_no_question_breaks_the_search(tmp_path: Path, question: str) -> None:
    index = _built(tmp_path)
    assert isinstance(index.search(question), list)
    assert isinstance(index.search_sections(question), list)


def test_equal_section_names_in_two_documents_stay_apart(tmp_path: Path) -> None:
    twin = replace(MELDE, document="kopie.md")
    both = {"bmg": TOWN["bmg"], "kopie": (twin, (passage(twin, "§ 17", "Anmeldung", "Wohnung anmelden in Kopie."),))}
    index = _open(tmp_path)
    index.update({"bmg": "1", "kopie": "1"}, lambda name: both[name])
    assert {("BMG", "§ 17"), ("kopie.md", "§ 17")} <= set(_sections(index.search_sections("Wohnung anmelden")))


@pytest.mark.slow
def test_killing_a_writer_leaves_a_valid_index(tmp_path: Path) -> None:
    _built(tmp_path)
    program = Path(__file__).with_name("endless_updates.py")
    for delay in (0.0, 0.03, 0.08):
        writer = subprocess.Popen([sys.executable, str(program), str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        index = _open(tmp_path)
        assert _sections(index.search_sections("§ 17 BMG"))[0] == ("BMG", "§ 17")
        assert index.update({**digests(), "neu": str(delay)}, lambda name: load("hund" if name == "neu" else name))


def test_sources_keep_all_they_know(tmp_path: Path) -> None:
    source = replace(MELDE, url="https://example.org", geltung=Geltung(von=date(2015, 11, 1)), aliases=("Melderecht",))
    index = _open(tmp_path)
    index.update({"x": "1"}, lambda _: (source, (passage(source, "§ 1", "A", "Text mit Wohnung."),)))
    assert _open(tmp_path).search("Wohnung")[0].passage.source == source
    assert json.loads((next(tmp_path.glob("g-*")) / "documents.json").read_text())["documents"][0]["id"] == "x"


def test_equal_texts_are_embedded_once(tmp_path: Path) -> None:
    twice = passage(HUND, "A", "", "Die Steuer ist fällig."), passage(HUND, "A", "", "Die Steuer ist fällig.")
    embedder = BagEmbedder()
    index = _open(tmp_path, embedder=embedder, vocabulary=Vocabulary())
    index.update({"x": "1"}, lambda _: (HUND, twice))
    index.embed_pending(batch=1)
    assert (len(embedder.embedded), index.pending) == (1, 0)


def test_kept_passages_keep_their_vectors_even_without_the_cache(tmp_path: Path) -> None:
    _built(tmp_path, embedder=BagEmbedder()).embed_pending()
    embedder = BagEmbedder()
    index = Index.open(
        tmp_path, embedder=embedder, vocabulary=Vocabulary(), cache=VectorCache(tmp_path / "other.sqlite")
    )
    index.update({**digests("bmg", "hund"), "neu": "1"}, lambda _: load("wogg"))
    index.embed_pending()
    assert len(embedder.embedded) == len(TOWN["wogg"][1])
