"""Pseudonymised copies: nothing of the original is left in them, and the key brings every text back."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from leitplanke.base.documents.printing.transcript import transcript_pdf
from leitplanke.base.documents.pseudonymising import key_file, service
from leitplanke.base.documents.pseudonymising.formats import read_texts_here, write_texts_here
from leitplanke.base.documents.pseudonymising.key_file import KeyFileError, Passphrase, TownKey, seal, unseal
from leitplanke.base.documents.pseudonymising.parts import Texts, texts_from_json
from leitplanke.base.documents.pseudonymising.service import (
    COPY_TITLE,
    OtherCopyError,
    PseudonymisedDocument,
    open_key,
    pseudonymise_document,
    restore_document,
)
from leitplanke.core.privacy import Edit, Findings, Label, Span
from leitplanke.core.retrieval.extract import ExtractionError, extract

TOWN = TownKey(bytes(range(32)))
DAY = date(2026, 11, 28)
CANARY = "Kowalczyk"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

OUTSIDE = 'TargetMode="External"/>'
MORE_RELATIONS = (
    f'<Relationship Id="rIdX" Type="{RELATIONS}/hyperlink" Target="mailto:{CANARY}@a.de" {OUTSIDE}'
    f'<Relationship Id="rIdY" Type="{RELATIONS}/attachedTemplate" Target="file:///C:/{CANARY}.dotx" {OUTSIDE}'
    f'<Relationship Id="rIdZ" Type="{RELATIONS}/people" Target="people.xml"/>'
)
NOTE = f"<w:footnote><w:p><w:r><w:t>Siehe {CANARY}</w:t></w:r></w:p></w:footnote>"
MORE_PARTS = {
    "word/people.xml": f'<w:people {WORD}><w:person w:author="{CANARY}"/></w:people>',
    "customXml/item9.xml": f"<a>{CANARY}</a>",
    "docProps/custom.xml": f"<Properties><x>{CANARY}</x></Properties>",
    "word/media/image1.svg": f"<svg>{CANARY}</svg>",
    "word/footnotes.xml": f"<w:footnotes {WORD}>{NOTE}</w:footnotes>",
}


def find(text: str) -> Findings:
    """A detector that knows one person, so that these tests say nothing about detection."""
    starts = [at for at in range(len(text)) if text.startswith(CANARY, at)]
    return Findings(tuple(Span(at, at + len(CANARY), Label.PERSON, 1.0) for at in starts))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and write in this process, which saves starting forty others; the test of the command takes the real way."""

    def read(name: str, data: bytes, *, clean: bool) -> Texts:
        return texts_from_json(json.loads(json.dumps(read_texts_here(name, data, clean=clean))))

    def change(name: str, data: bytes, edits: list[list[Edit]], *, clean: bool) -> tuple[bytes, tuple[str, ...]]:
        answer = write_texts_here(name, data, [[astuple(edit) for edit in own] for own in edits], clean=clean)
        return base64.b64decode(answer["data"]), tuple(answer["warnings"])

    monkeypatch.setattr(service, "read_texts", read)
    monkeypatch.setattr(service, "change_texts", change)


def copy_of(data: bytes, name: str) -> PseudonymisedDocument:
    return pseudonymise_document(data, name, secret=TOWN, day=DAY, find=find)


def word_file(change: Callable[[str, str], str] | None = None, extra: dict[str, str] | None = None) -> bytes:
    """Return a Word file with a name in many places; `change` gets the name and text of each part."""
    document = docx.Document()
    document.core_properties.author = CANARY
    paragraph = document.add_paragraph("Sehr geehrte Frau ")
    paragraph.add_run("Kowal").bold = True
    paragraph.add_run("czyk")
    paragraph.add_run(", guten Tag")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["Name", "Ort", CANARY, "Köln"], strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = f"Vorgang {CANARY}"
    document.sections[0].footer.paragraphs[0].text = f"Fuß {CANARY}"
    document.add_comment(paragraph.runs, text=f"Rückruf {CANARY}", author=CANARY, initials="KO")
    buffer, changed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if change and name.endswith((".xml", ".rels")):
                content = change(name, content.decode()).encode()
            new.writestr(name, content)
        for name, text in (extra or {}).items():
            new.writestr(name, text)
    return changed.getvalue()


def with_more_places(name: str, text: str) -> str:
    """Put the name where people do not look."""
    if name == "word/document.xml":
        more = (
            f'<w:p><w:ins w:id="1" w:author="{CANARY}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>neu</w:t></w:r></w:ins>'
            f'<w:del w:id="2" w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del></w:p>'
            f'<w:p w:rsidR="00AB"><w:r><w:instrText> HYPERLINK "mailto:{CANARY}@example.org" </w:instrText></w:r></w:p>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{CANARY}"/><w:dataBinding w:xpath="/a" w:storeItemID="x"/></w:sdtPr>'
            f"<w:sdtContent><w:p><w:r><w:t>{CANARY}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            f"<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' alt='Bild von {CANARY}'>"
            f"<v:textbox><w:txbxContent><w:p><w:r><w:t>Kasten {CANARY}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
            "</v:shape></w:pict></w:r></w:p>"
        )
        return text.replace("<w:sectPr", f"{more}<w:sectPr", 1)
    if name == "word/_rels/document.xml.rels":
        return text.replace("</Relationships>", f"{MORE_RELATIONS}</Relationships>")
    return text


def test_nothing_of_a_name_is_left_anywhere_in_a_word_file() -> None:
    original = word_file(with_more_places, MORE_PARTS)
    copy = copy_of(original, f"{CANARY}.docx")
    with ZipFile(io.BytesIO(copy.data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, content in parts.items() if CANARY.encode() in content or b"Kowal" in content]
    assert not [name for name in parts if name.startswith(("docProps", "customXml", "word/people"))]
    assert not [name for name, content in parts.items() if b"docProps" in content or b"people.xml" in content]
    assert b"rsid" not in parts["word/document.xml"]
    assert CANARY not in copy.name
    assert copy.counts == {"PERSON": 1}
    assert any("Bilder (1)" in warning for warning in copy.warnings)
    assert any("nicht anonym" in warning for warning in copy.warnings)


def test_a_word_file_keeps_its_look_and_gets_its_names_back() -> None:
    copy = copy_of(word_file(with_more_places, MORE_PARTS), "brief.docx")
    shown = docx.Document(io.BytesIO(copy.data))
    assert [(run.text, run.bold) for run in shown.paragraphs[0].runs][:2] == [
        ("Sehr geehrte Frau ", None),
        ("[[PERSON_1]]", True),
    ]
    assert shown.paragraphs[0].text == "Sehr geehrte Frau [[PERSON_1]], guten Tag"
    assert shown.tables[0].cell(1, 0).text == "[[PERSON_1]]"
    back = restore_document(copy.data, "brief.docx", open_key(copy.key, TOWN), day=DAY)
    restored = docx.Document(io.BytesIO(back.data))
    assert restored.paragraphs[0].text == f"Sehr geehrte Frau {CANARY}, guten Tag"
    assert restored.sections[0].header.paragraphs[0].text == f"Vorgang {CANARY}"
    assert next(iter(restored.comments)).text == f"Rückruf {CANARY}"
    assert f"Kasten {CANARY}" in restored.element.xml
    assert (back.restored, back.unknown) == (12, ())


@pytest.mark.parametrize("part", ["word/embeddings/Tabelle.xlsx", "word/afchunk.mht", "anderes.bin"])
def test_a_word_file_with_something_nobody_can_look_into_is_refused(part: str) -> None:
    with pytest.raises(ExtractionError, match="hineingesehen"):
        copy_of(word_file(extra={part: "x"}), "brief.docx")


def test_a_break_inside_a_value_comes_back_as_a_break() -> None:
    document = docx.Document()
    document.add_paragraph("An\tdie\nAnschrift")
    buffer = io.BytesIO()
    document.save(buffer)
    copy = pseudonymise_document(
        buffer.getvalue(),
        "a.docx",
        secret=TOWN,
        day=DAY,
        find=lambda text: Findings((Span(0, 9, Label.ADDRESS, 1.0),) if text.startswith("An\t") else ()),
    )
    assert docx.Document(io.BytesIO(copy.data)).paragraphs[0].text == "[[ADDRESS_1]]schrift"
    back = restore_document(copy.data, "a.docx", open_key(copy.key, TOWN), day=DAY)
    assert docx.Document(io.BytesIO(back.data)).paragraphs[0].text == "An\tdie\nAnschrift"


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("liste.csv", 'Name;Ort\r\nKowalczyk;"Köln; Süd"\r\n[[PERSON_1]];Bonn\r\n', "utf-8-sig"),
        ("liste.csv", "Name,Ort\nKowalczyk,Köln\n", "cp1252"),
        ("liste.csv", 'Name\tOrt\n"Kowalczyk"\t"Köln"\n\n Bonn\t"x"\n[[a_1]]\tKowalczyk', "utf-8"),
        ("notiz.txt", "Frau Kowalczyk ruft an.\r\n\r\n[[PERSON_1]]", "utf-8"),
        ("notiz.txt", "Frau Kowalczyk ruft an.\n", "utf-16"),
    ],
)
def test_tables_and_texts_come_back_to_the_byte(name: str, text: str, encoding: str) -> None:
    copy = copy_of(text.encode(encoding), name)
    assert CANARY not in copy.data.decode(encoding)
    assert "[[PERSON_1]]" in copy.data.decode(encoding)
    assert restore_document(copy.data, name, open_key(copy.key, TOWN), day=DAY).data == text.encode(encoding)


def test_nothing_of_a_name_is_left_in_a_workbook_and_its_cells_come_back() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"Akte {CANARY}"
    sheet.append(["Name", "Betrag", "Tag"])
    sheet.append([CANARY, 12.5, date(1980, 2, 1)])
    sheet["A3"] = f'=CONCATENATE("{CANARY}", B2)'
    sheet["A2"].comment = Comment(f"Rückruf {CANARY}", CANARY)
    sheet["B2"].hyperlink = f"mailto:{CANARY}@example.org"
    sheet.oddHeader.left.text = f"Kopf {CANARY}"
    book.properties.creator = CANARY
    buffer = io.BytesIO()
    book.save(buffer)
    copy = copy_of(buffer.getvalue(), "liste.xlsx")
    with ZipFile(io.BytesIO(copy.data)) as archive:
        assert not [name for name in archive.namelist() if CANARY.encode() in archive.read(name)]
    shown = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert [cell.value for cell in shown[2]][:2] == ["[[PERSON_1]]", 12.5]
    assert shown["C2"].value.date() == date(1980, 2, 1)
    assert shown["A3"].value == '=CONCATENATE("[[PERSON_1]]", B2)'
    back = restore_document(copy.data, "liste.xlsx", open_key(copy.key, TOWN), day=DAY)
    restored = openpyxl.load_workbook(io.BytesIO(back.data)).active
    assert (restored["A2"].value, restored["A2"].comment.text) == (CANARY, f"Rückruf {CANARY}")


def test_a_pdf_becomes_a_new_document_that_says_so() -> None:
    original = transcript_pdf("Antrag", [("Betreff", True), (f"Frau {CANARY} beantragt Wohngeld. " * 40, False)], DAY)
    copy = copy_of(original, "antrag.pdf")
    text = extract("kopie.pdf", copy.data).text
    assert text.startswith(COPY_TITLE)
    assert CANARY not in text
    assert text.count("[[PERSON_1]]") == 40
    back = restore_document(copy.data, "antrag.pdf", open_key(copy.key, TOWN), day=DAY)
    restored = extract("zurueck.pdf", back.data).text
    assert (restored.count(CANARY), COPY_TITLE in restored) == (40, False)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bild.png", b"x", "Möglich sind DOCX, PDF, XLSX"),
        ("brief.docx", b"x", "richtige Endung"),
        ("liste.xlsx", b"x", "beschädigt"),
        ("liste.csv", b"\0\1", "keinen lesbaren Text"),
        ("liste.csv", b'a;"b', "beschädigt"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(ExtractionError, match=words):
        copy_of(data, name)


def test_a_key_puts_names_only_into_its_own_copy() -> None:
    copy = copy_of(b"Frau Kowalczyk", "a.txt")
    key = open_key(copy.key, TOWN)
    edited = b"Antwort an [[PERSON_1]], nicht an [[PERSON_2]]"
    with pytest.raises(OtherCopyError, match="falsche Namen"):
        restore_document(edited, "a.txt", key, day=DAY)
    back = restore_document(edited, "a.txt", key, day=DAY, changed=True)
    assert back.data.decode() == f"Antwort an {CANARY}, nicht an [[PERSON_2]]"
    assert (back.restored, back.unknown) == (1, ("[[PERSON_2]]",))


def test_a_key_file_tells_nothing_and_opens_only_with_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "_COST", 10)
    secret = Passphrase("vier Wörter reichen hier")
    file = seal({"wer": CANARY}, secret)
    assert CANARY.encode() not in file
    assert unseal(file, secret) == {"wer": CANARY}
    changed = json.dumps(json.loads(file) | {"kdf": json.loads(file)["kdf"] | {"cost": 11}}).encode()
    for broken, other, words in [
        (file, Passphrase("vier Wörter reichen nicht"), "falsch"),
        (changed, secret, "falsch"),
        (file, TOWN, "Passphrase"),
        (seal({}, TOWN), secret, "Schlüssel der Stadt"),
        (b"{}", secret, "keine Schlüsseldatei"),
        (b"\xff", secret, "keine Schlüsseldatei"),
    ]:
        with pytest.raises(KeyFileError, match=words):
            unseal(broken, other)
    with pytest.raises(KeyFileError, match="mindestens"):
        pseudonymise_document(b"Text", "a.txt", secret=Passphrase("kurz"), day=DAY, find=find)
