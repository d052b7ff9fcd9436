from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.provenance import Ebene
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract import extract

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.retrieval.extract.conftest import Files


def _shape(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


# Markdown


def test_markdown_keeps_structure() -> None:
    lists = "1. Klar\n2. Fair\n   - auch\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    text = f"# Leitlinie\n\nWir **prüfen** `KI`.\n\n## Ziele\n\n{lists}"
    assert _shape(extract("a.md", text.encode())) == [
        ("heading", 1, "Leitlinie"),
        ("paragraph", 0, "Wir prüfen KI."),
        ("heading", 2, "Ziele"),
        ("list_item", 1, "1. Klar"),
        ("list_item", 1, "2. Fair"),
        ("list_item", 2, "• auch"),
        ("table_row", 0, "A | B"),
        ("table_row", 0, "1 | 2"),
    ]


def test_markdown_head_fills_the_source() -> None:
    head = (
        "---\ntitel: Modell-Leitlinie\nstand: 2026-01-15\ngueltig_ab: 1.2.2026\ngueltig_bis: 2027-01-31\n"
        "geltungsbereich: Musterstadt\nurl: https://musterstadt.example/ki\nlizenz: CC BY 4.0\n---\n# Anders\n\nText.\n"
    )
    source = extract("a.md", head.encode()).source
    assert (source.title, source.url, source.licence) == (
        "Modell-Leitlinie",
        "https://musterstadt.example/ki",
        "CC BY 4.0",
    )
    assert (source.geltung.von, source.geltung.bis) == (date(2026, 2, 1), date(2027, 1, 31))
    assert source.geltung.stand == date(2026, 1, 15)
    assert (source.bereich.ebene, source.bereich.gebiet) == (Ebene.KOMMUNE, "Musterstadt")


def test_markdown_head_may_name_a_level() -> None:
    source = extract("a.md", b"---\ngeltungsbereich: land\ngebiet: Hessen\nstand: Sommer\n---\nText.").source
    assert (source.bereich.ebene, source.bereich.gebiet) == (Ebene.LAND, "Hessen")
    assert (source.stand_text, source.geltung.stand) == ("Sommer", None)


@pytest.mark.parametrize("head", ["titel: [", "gueltig_ab: bald", "gueltig_bis: 2026-13-01"])
def test_unreadable_markdown_head_is_refused(head: str, refused: Callable[..., tuple[str, str]]) -> None:
    code, message = refused("a.md", f"---\n{head}\n---\nText.".encode())
    assert code == "broken"
    assert "Kopf der Datei" in message


def test_paragraph_sign_in_a_heading_becomes_the_section() -> None:
    document = extract(
        "satzung.md", "# Satzung\n\n## § 4 Gebühren\n\n(1) Sie beträgt 5 Euro.\n\n(2) Ermäßigt 2.\n".encode()
    )
    last = document.blocks[-1]
    assert (last.section, last.section_title, last.absatz, last.headings) == ("§ 4", "Gebühren", "2", ("Satzung",))


# HTML


def test_html_keeps_the_article_and_drops_the_page() -> None:
    page = """<html><head><title>Stadt | Sperrmüll</title></head><body>
      <a class="skip-link" href="#m">Zum Inhalt springen</a><header role="banner"><p>Stadt Musterstadt</p></header>
      <nav><ul><li>Start</li><li>Rathaus</li></ul></nav><div class="cookie-banner"><p>Wir nutzen Cookies.</p></div>
      <main><ol class="breadcrumb"><li>Start</li><li>Abfall</li></ol><h1>Sperrmüll</h1>
      <p>Sperrmüll wird <b>auf Antrag</b><br>abgeholt.</p>
      <ul><li><p>Möbel</p></li><li>Teppiche<ul><li>ohne Kleber</li></ul></li></ul>
      <h3>Kosten</h3><ol start="3"><li>Je Abholung 20 Euro</li></ol>
      <table><tr><th>Menge</th><th>Preis</th></tr><tr><td>1 m³</td><td>20 Euro</td></tr></table>
      <div class="share-buttons"><a>Teilen</a></div></main>
      <footer><p>Impressum</p></footer><script>alert(1)</script></body></html>"""
    document = extract("a.html", page.encode())
    assert _shape(document) == [
        ("heading", 1, "Sperrmüll"),
        ("paragraph", 0, "Sperrmüll wird auf Antrag abgeholt."),
        ("list_item", 1, "• Möbel"),
        ("list_item", 1, "• Teppiche"),
        ("list_item", 2, "• ohne Kleber"),
        ("heading", 3, "Kosten"),
        ("list_item", 1, "3. Je Abholung 20 Euro"),
        ("table_row", 0, "Menge | Preis"),
        ("table_row", 0, "1 m³ | 20 Euro"),
    ]
    assert document.source.title == "Sperrmüll"
    assert any("Beiwerk" in finding for finding in document.findings)


def test_html_body_with_a_suspicious_class_is_kept() -> None:
    text = "<h1>Titel</h1><p>Der ganze Text steht hier drin.</p>"
    page = f'<body class="has-sidebar"><div class="nav wrapper">{text}</div></body>'
    assert "Der ganze Text" in extract("a.html", page.encode()).text


def test_towers_of_elements_are_refused(refused: Callable[..., tuple[str, str]]) -> None:
    code, _ = refused("tief.html", b"<div>" * 200_000 + b"Text")
    assert code == "broken"
    code, _ = refused("tief.html", b"<table><tr><td>" * 1500 + b"Text")
    assert code == "broken"


# Word


def test_word_headings_lists_and_tables(files: type[Files]) -> None:
    styles = files.word_part(
        "styles",
        '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="U1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Amt"><w:name w:val="Amt"/><w:basedOn w:val="U1"/></w:style>',
    )
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/><w:lvlText w:val="{2}"/></w:lvl>'
    numbering = files.word_part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{level.format(0, "decimal", "%1.")}{level.format(1, "lowerLetter", "%2)")}'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
    )

    def listed(text: str, depth: int) -> str:
        return files.paragraph(text, paragraph=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>')

    cell = "<w:tc>{}</w:tc>".format
    row = "<w:tr>{}</w:tr>".format
    body = (
        files.paragraph("Dienstanweisung", style="Titel")
        + files.paragraph("Grundsätze", style="Amt")
        + files.paragraph("Es gilt:")
        + listed("KI hilft.", 0)
        + listed("beim Suchen", 1)
        + listed("beim Schreiben", 1)
        + listed("Menschen entscheiden.", 0)
        + f"<w:tbl>{row(cell(files.paragraph('Amt')) + cell(files.paragraph('Frist')))}</w:tbl>"
        + f"<w:tbl>{row(cell(files.paragraph('Im Rahmen.')))}</w:tbl>"
    )
    document = extract("a.docx", files.docx(body, parts={"word/styles.xml": styles, "word/numbering.xml": numbering}))
    assert _shape(document) == [
        ("heading", 1, "Dienstanweisung"),
        ("heading", 1, "Grundsätze"),
        ("paragraph", 0, "Es gilt:"),
        ("list_item", 1, "1. KI hilft."),
        ("list_item", 2, "a) beim Suchen"),
        ("list_item", 2, "b) beim Schreiben"),
        ("list_item", 1, "2. Menschen entscheiden."),
        ("table_row", 0, "Amt | Frist"),
        ("paragraph", 0, "Im Rahmen."),
    ]
    assert document.findings == ()


def test_word_headings_without_styles_are_told_by_their_look(files: type[Files]) -> None:
    body = (
        files.paragraph("Satzung über Gebühren", run="<w:b/>")
        + files.paragraph("§ 1")
        + files.paragraph("Gegenstand")
        + files.paragraph("(1) Die Stadt erhebt Gebühren für die Benutzung ihrer Einrichtungen.")
        + files.paragraph("(2) Näheres regelt das Verzeichnis.")
    )
    last = extract("a.docx", files.docx(body)).blocks[-1]
    assert (last.kind, last.section, last.section_title, last.absatz) == (BlockKind.PARAGRAPH, "§ 1", "Gegenstand", "2")


# PDF


def test_pdf_mends_words_and_knows_pages(files: type[Files]) -> None:
    def page(number: int, *lines: str) -> bytes:
        body = b"".join(files.pdf_line(line, y=720 - 14 * index) for index, line in enumerate(lines))
        return files.pdf_line("Stadt Musterstadt", y=800) + body + files.pdf_line(f"Seite {number} von 4", y=30)

    document = extract(
        "a.pdf",
        files.pdf(
            [
                page(1, "Die Stadtverwal-", "tung nutzt KI -Systeme und prüft die Automatis ierung, die in den"),
                page(2, "Ämtern und Eigenbetrieben wächst. Haus- und", "Wohnungsämter beteiligen sich."),
                page(3, "Der Rat sieht zu."),
                page(4, "Ende gut."),
            ]
        ),
    )
    assert document.text == (
        "Die Stadtverwaltung nutzt KI-Systeme und prüft die Automatisierung, die in den "
        "Ämtern und Eigenbetrieben wächst. Haus- und Wohnungsämter beteiligen sich.\n\nDer Rat sieht zu.\n\nEnde gut."
    )
    assert [(block.page, block.section) for block in document.blocks] == [
        (1, "Seite 1"),
        (3, "Seite 3"),
        (4, "Seite 4"),
    ]
    assert document.findings == ("Kopf- und Fußzeilen sowie Seitenzahlen weggelassen: 8 Zeilen.",)


def test_pdf_heading_by_size_gives_the_section(files: type[Files]) -> None:
    page = (
        files.pdf_line("Leitlinie zum Einsatz", y=780, size=18)
        + files.pdf_line("von KI", y=758, size=18)
        + files.pdf_line("Die Stadt nutzt KI mit Bedacht.", y=720)
        + files.pdf_line("Ziele", y=690, size=14)
        + files.pdf_line("Wir entlasten die Beschäftigten.", y=670)
    )
    document = extract("a.pdf", files.pdf([page]))
    assert document.source.title == "Leitlinie zum Einsatz von KI"
    assert [(block.section, block.headings) for block in document.blocks if block.kind is BlockKind.PARAGRAPH] == [
        ("Leitlinie zum Einsatz von KI", ()),
        ("Ziele", ("Leitlinie zum Einsatz von KI",)),
    ]


def test_sections_at_the_top_of_pages_are_no_running_heads(files: type[Files]) -> None:
    pages = [
        files.pdf_line(f"§ {n} Regel", y=780, size=14) + files.pdf_line(f"Es gilt {'ja ' * n}.", y=740)
        for n in (1, 3, 7, 8)
    ]
    document = extract("a.pdf", files.pdf(pages))
    assert {block.section for block in document.blocks} == {"§ 1", "§ 3", "§ 7", "§ 8"}


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.xml", "a.docx", "a.pdf"])
def test_same_bytes_give_the_same_text(name: str, files: type[Files]) -> None:
    data = {
        "a.txt": b"Titel\n\nText.",
        "a.md": b"# Titel\n\nText.",
        "a.html": b"<h1>Titel</h1><p>Text.</p>",
        "a.xml": files.statute(files.norm("§ 1", "Zweck", "<P>Text.</P>")),
        "a.docx": files.docx(files.paragraph("Text.")),
        "a.pdf": files.pdf([files.pdf_line("Text.")]),
    }[name]
    assert extract(name, data) == extract(name, data)
