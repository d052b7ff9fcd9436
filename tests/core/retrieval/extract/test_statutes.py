from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.provenance import Ebene, Source
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract import extract

if TYPE_CHECKING:
    from tests.core.retrieval.extract.conftest import Files


def _unit(key: str, number: str, title: str) -> str:
    return (
        "<norm><metadaten><gliederungseinheit>"
        f"<gliederungskennzahl>{key}</gliederungskennzahl><gliederungsbez>{number}</gliederungsbez>"
        f"<gliederungstitel>{title}</gliederungstitel></gliederungseinheit></metadaten><textdaten/></norm>"
    )


@pytest.fixture
def document(files: type[Files]) -> Document:
    inner = "<DL><DT>a)</DT><DD><LA>vollständig und</LA></DD><DT>b)</DT><DD><LA>rechtzeitig,</LA></DD></DL>"
    listed = (
        f'<P>(1) Die Behörde<FnR ID="f1"/> prüft <DL><DT>1.</DT><DD><LA>den Antrag, {inner}</LA></DD>'
        "<DT>2.</DT><DD><LA>die Anlagen.</LA></DD></DL>Sie kann nachfordern.</P>"
        '<P>(2a) <SUP class="Rec">1</SUP>Die Wohnung hat 50 m<SUP>2</SUP>.<BR/>Näheres folgt.</P>'
    )
    table = "<table><tgroup><tbody><row><entry>Stufe</entry><entry>Betrag</entry></row><row><entry>I</entry><entry/>"
    norms = (
        files.norm("Inhaltsübersicht", "", "<P>§ 1 Zweck</P>")
        + files.norm("Eingangsformel", "", "<P>Der Bundestag hat beschlossen:</P>")
        + _unit("010", "Teil 1", "Allgemeines")
        + _unit("010010", "Kapitel 1", "Verfahren")
        + files.norm("§ 1", "Prüfung", listed)
        + files.norm("§ 2", "(weggefallen)", "<P/>")
        + files.norm("(XXXX) §§ 3 bis 5", "(weggefallen)", "<P>-</P>")
        + _unit("020", "Teil 2", "Schluss")
        + files.norm("§ 6", "Geltung", "<P>Das Gesetz gilt.</P>")
        + files.norm("Anlage 1", "Beträge", f"<Title>Tabelle</Title>{table}</row></tbody></tgroup></table>")
    )
    return extract("muster.xml", files.statute(norms))


def test_text_keeps_sections_absaetze_lists_and_tables(document: Document) -> None:
    assert document.text == (
        "Mustergesetz (MusterG)\n\nTeil 1 Allgemeines\n\nKapitel 1 Verfahren\n\n§ 1 Prüfung\n\n"
        "(1) Die Behörde prüft\n1. den Antrag,\na) vollständig und\nb) rechtzeitig,\n2. die Anlagen.\n\n"
        "Sie kann nachfordern.\n\n(2a) Die Wohnung hat 50 m². Näheres folgt.\n\n"
        "Teil 2 Schluss\n\n§ 6 Geltung\n\nDas Gesetz gilt.\n\nAnlage 1 Beträge\n\nTabelle\n\nStufe | Betrag\nI"
    )


def test_blocks_know_section_absatz_and_path(document: Document) -> None:
    blocks = {document.text[block.start : block.end]: block for block in document.blocks}
    item = blocks["a) vollständig und"]
    assert (item.kind, item.level, item.section, item.section_title) == (BlockKind.LIST_ITEM, 2, "§ 1", "Prüfung")
    assert (item.absatz, item.headings) == ("1", ("Teil 1 Allgemeines", "Kapitel 1 Verfahren"))
    assert blocks["Sie kann nachfordern."].absatz == "1"
    assert blocks["(2a) Die Wohnung hat 50 m². Näheres folgt."].absatz == "2a"
    assert blocks["Das Gesetz gilt."].headings == ("Teil 2 Schluss",)
    assert blocks["Das Gesetz gilt."].absatz == ""
    row = blocks["Stufe | Betrag"]
    assert (row.kind, row.section, row.annex, row.headings) == (BlockKind.TABLE_ROW, "Anlage 1", True, ("Tabelle",))


def test_repealed_and_formal_parts_are_dropped(document: Document) -> None:
    sections = {block.section for block in document.blocks}
    assert sections == {"", "§ 1", "§ 6", "Anlage 1"}


def test_source_tells_state_scope_and_licence(document: Document) -> None:
    source = document.source
    assert (source.document, source.title) == ("MusterG", "Mustergesetz")
    assert source.geltung.stand == date(2026, 3, 3)
    assert source.stand_text == "Zuletzt geändert durch Art. 1 G v. 1.2.2026"
    assert (source.bereich.ebene, source.licence) == (Ebene.BUND, "amtliches Werk, § 5 UrhG")


def test_given_source_wins_and_its_gaps_are_filled(files: type[Files]) -> None:
    data = files.statute(files.norm("§ 1", "Zweck", "<P>Text.</P>"), head="")
    source = extract("m.xml", data, source=Source(document="MG", title="", url="https://x.example/")).source
    assert (source.document, source.title, source.url) == ("MG", "Mustergesetz", "https://x.example/")
    assert source.geltung.stand == date(2026, 3, 3)
    assert extract("m.xml", data).source.document == "MUSTERG 2020"
