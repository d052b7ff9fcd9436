from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from leitplanke.core.retrieval import folder as folder_module
from leitplanke.core.retrieval.extract import read_from_folder
from leitplanke.core.retrieval.folder import default_cache, default_directory, open_folder
from leitplanke.core.retrieval.hits import Mode
from leitplanke.core.retrieval.vocabulary import Vocabulary, built_in_vocabulary
from tests.core.retrieval.search_helpers import BagEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from leitplanke.core.provenance import Geltungsbereich
    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.folder import FolderIndex


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "stadt"
    path.mkdir()
    (path / "hunde.md").write_text("# Hundesteuer\n\n## Steuersatz\n\nDie Steuer beträgt 96 Euro im Jahr je Hund.\n")
    (path / "baeder.md").write_text("# Bäder\n\n## Eintritt\n\nKinder zahlen im Freibad zwei Euro Eintritt.\n")
    return path


def _open(town: Path, *, lexical: bool = False) -> FolderIndex:
    return open_folder(town, town.parent / "index", embedder=BagEmbedder(), vocabulary=Vocabulary(), lexical=lexical)


def test_a_folder_is_searched_by_words_and_meaning(town: Path) -> None:
    found = _open(town)
    assert found.index.mode is Mode.FUSED
    best = found.results("Was kostet ein Hund an Steuer?", 10)[0]
    assert (best["document"], best["section"]) == ("hunde.md", "Steuersatz")


def test_lexical_waits_for_nothing(town: Path) -> None:
    assert _open(town, lexical=True).index.mode is Mode.LEXICAL


def test_unchanged_files_are_not_read_again(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(town)
    read: list[str] = []

    def noting(path: Path, file: Path, *, bereiche: Mapping[str, Geltungsbereich] | None = None) -> Document:
        read.append(file.name)
        return read_from_folder(path, file, bereiche=bereiche)

    monkeypatch.setattr(folder_module, "read_from_folder", noting)
    (town / "baeder.md").write_text("# Bäder\n\n## Eintritt\n\nKinder zahlen im Freibad drei Euro Eintritt.\n")
    (town / "neu.txt").write_text("Das Rathaus öffnet um acht Uhr.")
    (town / "hunde.md").touch()
    assert "drei Euro" in _open(town).index.search("Freibad Eintritt")[0].passage.text
    assert read == ["baeder.md", "neu.txt"]


def test_deleted_files_are_not_found_any_more(town: Path) -> None:
    _open(town)
    (town / "hunde.md").unlink()
    assert {hit["document"] for hit in _open(town).results("Hund Steuer Freibad", 10)} == {"baeder.md"}


def test_a_broken_file_is_reported_each_time_and_hurts_nobody(town: Path) -> None:
    (town / "kaputt.pdf").write_bytes(b"%PDF-1.7 nothing")
    for _ in range(2):
        found = _open(town)
        assert len(found.errors) == 1
        assert found.results("Hund", 10)


def test_long_work_tells_how_far_it_is(town: Path) -> None:
    seen: list[tuple[str, int, int]] = []

    def note(phase: str, done: int, total: int) -> None:
        seen.append((phase, done, total))

    open_folder(town, town.parent / "i", embedder=BagEmbedder(), vocabulary=Vocabulary(), progress=note)
    assert seen == [("lesen", 1, 2), ("lesen", 2, 2), ("einbetten", 2, 2)]


def test_every_folder_has_its_own_index_and_all_share_one_cache(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(town.parent / "cache"))
    assert default_directory(town) != default_directory(town.parent)
    default_cache()
    assert (town.parent / "cache" / "leitplanke" / "vectors.sqlite").is_file()


@pytest.mark.slow
def test_statutes_answer_to_explicit_references_and_everyday_words(
    shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    laws = tmp_path / "gesetze"
    laws.mkdir()
    for name in ("bmg", "uhvorschg", "gg", "sgb_8"):
        (laws / f"{name}.xml").write_bytes((shared_data("gesetze") / "xml" / f"{name}.xml").read_bytes())
    (laws / "index.json").write_bytes((shared_data("gesetze") / "index.json").read_bytes())
    found = open_folder(laws, tmp_path / "index", embedder=None, vocabulary=built_in_vocabulary(), lexical=True)
    for question, document, section in (
        ("Was steht in § 8a SGB VIII?", "SGB VIII", "§ 8a"),
        ("grundgesetz art 5", "GG", "Art 5"),
        ("Unterhaltsvorschussgesetz § 1", "UVG", "§ 1"),
        ("Ich bin umgezogen, wo muss ich mich anmelden?", "BMG", "§ 17"),
    ):
        best = found.results(question, 10)[0]
        assert (best["document"], best["section"]) == (document, section)
