"""Broken, locked, gigantic and dangerous files: each is turned away with a clear message, and quickly."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.retrieval.extract import ExtractionError, Limits, extract

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.retrieval.extract.conftest import Files

pytestmark = pytest.mark.security

TEXT = "Die Stadt prüft den Einsatz von KI in jedem Amt, bevor er beginnt. "


def _attempt(name: str, data: bytes) -> str:
    """Return the text, or the code of the error."""
    try:
        return extract(name, data).text
    except ExtractionError as error:
        return error.code


def test_xml_with_entities_of_its_own_is_refused(refused: Callable[..., tuple[str, str]]) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><dokumente>&l9;</dokumente>'
    code, message = refused("bombe.xml", bomb.encode())
    assert code == "dtd"
    assert "Entitäten" in message


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_xml_with_external_entity_is_refused(target: str, refused: Callable[..., tuple[str, str]]) -> None:
    xxe = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{target}">]><dokumente>&x;</dokumente>'
    assert refused("xxe.xml", xxe.encode())[0] == "dtd"
    assert refused("xxe.xml", xxe.encode("utf-16"))[0] == "dtd"


def test_parameter_entity_is_refused(refused: Callable[..., tuple[str, str]]) -> None:
    xxe = b'<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><dokumente/>'
    assert refused("xxe.xml", xxe)[0] == "dtd"


def test_official_doctype_without_declarations_is_harmless(files: type[Files]) -> None:
    data = files.statute(files.norm("§ 1", "Zweck", f"<P>{TEXT}</P>"))
    doctype = b'<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">'
    document = extract("g.xml", data.replace(b"?><dok", b"?>" + doctype + b"<dok"))
    assert document.text.endswith(TEXT.strip())


def test_xinclude_is_not_followed(files: type[Files]) -> None:
    include = '<P>Vorher <include xmlns="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></P>'
    document = extract("g.xml", files.statute(files.norm("§ 1", "Zweck", include)))
    assert "root" not in document.text


def test_deeply_nested_xml_is_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    data = files.statute(files.norm("§ 1", "Zweck", "<B>" * 5000 + TEXT + "</B>" * 5000))
    assert refused("tief.xml", data)[0] == "broken"


@pytest.mark.parametrize("cut", [30, 200, 400])
def test_truncated_xml_is_broken(cut: int, files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    data = files.statute(files.norm("§ 1", "Zweck", f"<P>{TEXT}</P>"))
    code, message = refused("halb.xml", data[:cut])
    assert code == "broken"
    assert "Zeile" in message


def test_unknown_encoding_in_xml_is_broken(refused: Callable[..., tuple[str, str]]) -> None:
    assert refused("a.xml", b'<?xml version="1.0" encoding="quatsch"?><dokumente/>')[0] == "broken"


def test_foreign_xml_is_not_guessed(refused: Callable[..., tuple[str, str]]) -> None:
    assert refused("a.xml", b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>")[0] == "unknown_type"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ...", "unknown_type"),
        ("ohne", b"Text", "unknown_type"),
        ("brief.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_type"),
        ("makro.docm", b"PK\x03\x04", "macro"),
        ("programm.txt", b"MZ\x90\x00\x03" + bytes(500), "wrong_extension"),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "wrong_extension"),
        ("bild.txt", b"\xff\xd8\xff\xe0" + bytes(100), "wrong_extension"),
        ("text.pdf", b"nur Text", "wrong_extension"),
        ("text.docx", b"nur Text", "wrong_extension"),
        ("pdf.txt", b"%PDF-1.7 ...", "wrong_extension"),
        ("pdf.docx", b"%PDF-1.7 ...", "wrong_extension"),
        ("seite.txt", b"<!DOCTYPE html><html><body>Hallo</body></html>", "wrong_extension"),
        ("gesetz.md", b"<?xml version='1.0'?><dokumente/>", "wrong_extension"),
        ("seite.xml", b"<html><body>Hallo</body></html>", "wrong_extension"),
        ("zufall.md", bytes(range(256)) * 40, "wrong_extension"),
        ("alt.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        ("leer.txt", b"", "empty"),
        ("leer.md", b" \n\t\n", "empty"),
        ("nullen.txt", bytes(1000), "empty"),
    ],
)
def test_type_is_told_by_content_and_extension(
    name: str, content: bytes, code: str, refused: Callable[..., tuple[str, str]]
) -> None:
    found, message = refused(name, content)
    assert found == code
    assert message.endswith(".")


def test_stray_nul_bytes_are_removed_and_reported() -> None:
    document = extract("a.txt", (TEXT * 3).encode() + b"\0\0" + TEXT.encode())
    assert "\0" not in document.text
    assert any("Steuerzeichen" in finding for finding in document.findings)


@pytest.mark.parametrize("name", ["ü" * 300 + ".txt", "../../etc/passwd.txt", "C:\\x\\..\\y.txt", "a\u202etxt.exe.txt"])
def test_strange_names_do_no_harm(name: str) -> None:
    assert extract(name, TEXT.encode()).text == TEXT.strip()


def test_old_encoding_is_read_and_reported() -> None:
    document = extract("alt.txt", TEXT.encode("cp1252"))
    assert document.text == TEXT.strip()
    assert any("Windows-1252" in finding for finding in document.findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read_without_a_finding(encoding: str) -> None:
    document = extract("neu.txt", TEXT.encode(encoding))
    assert document.text == TEXT.strip()
    assert document.findings == ()


def test_large_files_are_refused_before_reading(refused: Callable[..., tuple[str, str]]) -> None:
    assert refused("a.txt", b"x" * 2000, limits=Limits(file_bytes=1000))[0] == "too_large"


def test_long_texts_are_refused(refused: Callable[..., tuple[str, str]]) -> None:
    code, message = refused("a.txt", TEXT.encode() * 50, limits=Limits(text_chars=1000))
    assert code == "too_large"
    assert "1.000 Zeichen" in message


# PDF


def test_ten_thousand_pages_are_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    code, message = refused("dick.pdf", files.pdf([b""] * 10_000))
    assert code == "too_large"
    assert "10000 Seiten" in message


def test_locked_pdf_is_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    code, message = refused("zu.pdf", files.pdf([files.pdf_line(TEXT)], trailer=lock))
    assert code == "encrypted"
    assert "Kennwort" in message


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000, b"%PDF-1.4\n1 0 obj\n<<" * 400])
def test_broken_pdf_is_refused(data: bytes, refused: Callable[..., tuple[str, str]]) -> None:
    assert refused("kaputt.pdf", data)[0] == "broken"


def test_recursive_page_tree_ends(refused: Callable[..., tuple[str, str]]) -> None:
    loop = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )
    assert refused("kreis.pdf", loop)[0] in ("broken", "scan", "empty")


def test_truncated_pdf_is_rescued_or_refused(files: type[Files]) -> None:
    data = files.pdf([files.pdf_line(TEXT)] * 3)
    for cut in range(100, len(data), 211):
        outcome = _attempt("halb.pdf", data[:cut])
        assert outcome in ("broken", "scan") or TEXT.split(maxsplit=1)[0] in outcome


def test_pictures_without_text_ask_for_recognition(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    code, message = refused("scan.pdf", files.pdf([b"0 0 100 100 re f"]))
    assert code == "scan"
    assert "Texterkennung" in message


def test_pages_of_too_many_parts_are_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    page = files.pdf_line("x", size=8) * 300
    assert refused("teile.pdf", files.pdf([page]), limits=Limits(page_objects=200))[0] == "too_large"


def test_script_in_pdf_is_reported(files: type[Files]) -> None:
    script = b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    document = extract("aktiv.pdf", files.pdf([files.pdf_line(TEXT)], catalog=script))
    assert any("JavaScript" in finding for finding in document.findings)


def test_embedded_file_in_pdf_is_reported(files: type[Files]) -> None:
    attached = b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << >> >>] >> >>"
    document = extract("anhang.pdf", files.pdf([files.pdf_line(TEXT)], catalog=attached))
    assert any("eingebettete Dateien" in finding for finding in document.findings)


# Word


def test_word_file_with_macros_is_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    body = files.paragraph(TEXT)
    assert refused("a.docx", files.docx(body, parts={"word/vbaProject.bin": b"x"}))[0] == "macro"
    macro_type = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refused("a.docx", files.docx(body, main_type=macro_type))[0] == "macro"


def test_zip_bomb_in_word_file_is_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    huge = files.docx(files.paragraph(TEXT), parts={"word/media/x.xml": b"0" * 30_000_000})
    assert len(huge) < 100_000
    code, message = refused("bombe.docx", huge)
    assert code == "too_large"
    assert "entpackt" in message


def test_many_members_are_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    parts: dict[str, str | bytes] = {f"word/{number}.xml": "" for number in range(2100)}
    assert refused("viele.docx", files.docx(files.paragraph(TEXT), parts=parts))[0] == "too_large"


def test_lying_size_in_the_directory_is_not_believed(
    files: type[Files], refused: Callable[..., tuple[str, str]]
) -> None:
    body = files.paragraph("a" * 3_000_000)
    data = bytearray(files.docx(body))
    entry = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = struct.pack("<I", 500)
    assert refused("luege.docx", bytes(data))[0] == "broken"


def test_locked_zip_is_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    data = bytearray(files.docx(files.paragraph(TEXT)))
    position = -1
    while (position := data.find(b"PK\x01\x02", position + 1)) >= 0:
        data[position + 8] |= 1
    assert refused("zu.docx", bytes(data))[0] == "encrypted"


@pytest.mark.parametrize("cut", [40, 200, 600, -30])
def test_truncated_word_file_is_broken(cut: int, files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    assert refused("halb.docx", files.docx(files.paragraph(TEXT))[:cut])[0] == "broken"


def test_damaged_member_is_broken(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    data = bytearray(files.docx(files.paragraph(TEXT * 200)))
    start = data.find(b"word/document.xml") + 30
    data[start : start + 20] = bytes(20)
    assert refused("kaputt.docx", bytes(data))[0] == "broken"


def test_other_zip_files_are_no_word_files(refused: Callable[..., tuple[str, str]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "Hallo")
    assert refused("archiv.docx", buffer.getvalue())[0] == "wrong_extension"


def test_entities_in_word_xml_are_refused(files: type[Files], refused: Callable[..., tuple[str, str]]) -> None:
    xxe = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x">&x;</w:document>'
    assert refused("xxe.docx", files.docx("", parts={"word/document.xml": xxe}))[0] == "dtd"


def test_paths_out_of_the_archive_are_never_written(files: type[Files]) -> None:
    parts: dict[str, str | bytes] = {"../../boese.txt": "x", "/etc/boese": "x", "word/\u202etxt.exe": "x"}
    assert extract("a.docx", files.docx(files.paragraph(TEXT), parts=parts)).text == TEXT.strip()


def test_what_a_word_file_points_to_is_reported_and_not_opened(files: type[Files]) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
    )
    document = extract(
        "a.docx",
        files.docx(
            files.paragraph(TEXT), parts={"word/_rels/settings.xml.rels": relations, "word/embeddings/ole.bin": b"x"}
        ),
    )
    assert any("attachedTemplate" in finding for finding in document.findings)
    assert any("eingebettete Objekte" in finding for finding in document.findings)
