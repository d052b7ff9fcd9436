from __future__ import annotations

import json
from importlib.resources import files as package_files
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.provenance import Ebene
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract import ExtractionError, load_folder, read_bereiche
from leitplanke.core.retrieval.splitting import split

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.retrieval.extract.conftest import Files


def _names(folder: Path) -> list[str]:
    return [item.name if isinstance(item, ExtractionError) else item.source.document for item in load_folder(folder)]


def test_supported_files_are_read_in_order_and_others_skipped(tmp_path: Path) -> None:
    (tmp_path / "unter").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.md", "unter/c.txt", ".verborgen.txt", ".git/d.txt", "bild.png", "README.md"):
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    assert _names(tmp_path) == ["a.md", "b.txt", "c.txt"]


def test_one_broken_file_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 kaputt")
    (tmp_path / "b.txt").write_text("Text.", encoding="utf-8")
    broken, good = load_folder(tmp_path)
    assert isinstance(broken, ExtractionError)
    assert (broken.name, broken.code) == ("a.pdf", "broken")
    assert isinstance(good, Document)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("Geheim.", encoding="utf-8")
    inside = tmp_path / "offen"
    inside.mkdir()
    (inside / "link.txt").symlink_to(tmp_path / "geheim.txt")
    assert _names(inside) == []


@pytest.mark.parametrize("beside", [True, False])
def test_index_names_the_statutes(beside: bool, tmp_path: Path, files: type[Files]) -> None:
    folder = tmp_path / "xml"
    folder.mkdir()
    (folder / "sgb_8.xml").write_bytes(files.statute(files.norm("§ 1", "Zweck", "<P>Text.</P>"), head=""))
    entry = {
        "slug": "sgb_8",
        "abbr": "SGB VIII",
        "title": "Achtes Buch",
        "url": "https://x.example/sgb_8/",
        "stand": "",
    }
    (tmp_path if beside else folder).joinpath("index.json").write_text(json.dumps([entry]), encoding="utf-8")
    (document,) = load_folder(folder)
    assert isinstance(document, Document)
    source = document.source
    assert (source.document, source.title, source.url) == ("SGB VIII", "Achtes Buch", "https://x.example/sgb_8/")


@pytest.mark.parametrize("index", ["kein JSON", "{}", '[1, {"abbr": "X"}]', "[" * 100_000])
def test_unreadable_index_is_ignored(index: str, tmp_path: Path, files: type[Files]) -> None:
    (tmp_path / "a.xml").write_bytes(files.statute(files.norm("§ 1", "Zweck", "<P>Text.</P>")))
    (tmp_path / "index.json").write_text(index, encoding="utf-8")
    assert _names(tmp_path) == ["MusterG"]


def test_scope_comes_from_the_given_table(tmp_path: Path, files: type[Files]) -> None:
    (tmp_path / "a.xml").write_bytes(files.statute(files.norm("§ 1", "Zweck", "<P>Text.</P>")))
    table = read_bereiche("- gesetz: MusterG\n  ebene: bund\n  bindet: Behörden des Bundes\n")
    (document,) = load_folder(tmp_path, bereiche=table)
    assert isinstance(document, Document)
    assert document.source.bereich.bindet == "Behörden des Bundes"


@pytest.mark.parametrize("text", ["- gesetz: A\n", "- gesetz: A\n  ebene: mond\n  bindet: x\n", "nur Text"])
def test_faulty_scope_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_bereiche(text)


def test_shipped_scope_table_names_federal_bodies() -> None:
    text = package_files("leitplanke").joinpath("content/wissen/geltungsbereiche.yaml").read_text(encoding="utf-8")
    table = read_bereiche(text)
    assert {"VwVfG", "VwVG", "VwZG", "BDSG", "IFG", "EGovG", "BGG", "BITV 2.0", "BPersVG"} == set(table)
    assert all(bereich.ebene is Ebene.BUND and bereich.bindet for bereich in table.values())


@pytest.mark.slow
def test_all_real_statutes_are_read_and_split(shared_data: Callable[[str], Path]) -> None:
    documents = [item for item in load_folder(shared_data("gesetze")) if isinstance(item, Document)]
    assert len(documents) == 61
    names = {document.source.document for document in documents}
    assert {"BMG", "SGB VIII", "BauGB", "GG", "BITV 2.0"} <= names
    sections = 0
    for document in documents:
        assert document.findings == ()
        assert document.source.geltung.stand is not None
        assert all(above.end < below.start for above, below in pairwise(document.blocks))
        sections += len({block.section for block in document.blocks if block.kind is not BlockKind.HEADING})
        for passage in split(document):
            assert document.text[passage.start : passage.end] == passage.text
            assert passage.annex or len(passage.text) <= 3000
    assert sections == 7318


def test_registration_section_reads_as_printed(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("gesetze") / "xml"
    bmg = next(item for item in load_folder(folder) if isinstance(item, Document) and item.source.document == "BMG")
    passages = [passage for passage in split(bmg) if passage.section == "§ 17"]
    assert [passage.absatz for passage in passages] == ["1", "2", "3", "4"]
    assert passages[0].title == "Anmeldung, Abmeldung"
    assert passages[0].headings == ("Abschnitt 3 Allgemeine Meldepflichten",)
    assert passages[0].text == (
        "(1) Wer eine Wohnung bezieht, hat sich innerhalb von zwei Wochen nach dem Einzug "
        "bei der Meldebehörde anzumelden."
    )
