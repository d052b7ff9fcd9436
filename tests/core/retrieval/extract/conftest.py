"""Files of every kind, built in memory: nothing that could harm anybody lies in the repository."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def pdf_line(text: str, *, x: float = 60, y: float = 700, size: float = 11, before: str = "") -> bytes:
    raw = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"q BT %s /F1 %g Tf %g %g Td (%s) Tj ET Q\n" % (before.encode(), size, x, y, raw)


def build_pdf(contents: list[bytes], *, catalog: bytes = b"", trailer: bytes = b"", page: bytes = b"") -> bytes:
    """Write a PDF with one content stream per page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R %s >>" % (5 + 2 * index, page)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, offsets = b"%PDF-1.7\n", []
    parts = [out]
    position = len(out)
    for number, body in enumerate(objects, start=1):
        offsets.append(position)
        part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        parts.append(part)
        position += len(part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, position)
    )
    return b"".join(parts)


def build_docx(body: str, *, parts: dict[str, str | bytes] | None = None, main_type: str = _MAIN) -> bytes:
    """Write a Word file around the XML of its body."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    files.update(parts or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word_paragraph(text: str, *, style: str = "", run: str = "", paragraph: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{style}{paragraph}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def word_part(tag: str, content: str) -> str:
    return f'<w:{tag} xmlns:w="{_WORD}">{content}</w:{tag}>'


def build_statute(norms: str, *, head: str = "<amtabk>MusterG</amtabk>") -> bytes:
    """Write a statute in the XML of gesetze-im-internet.de."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><dokumente builddate="20260303215512" doknr="X"><norm><metadaten>'
        f"<jurabk>MUSTERG 2020</jurabk>{head}<langue>Mustergesetz</langue>"
        "<standangabe><standtyp>Stand</standtyp>"
        "<standkommentar>Zuletzt geändert durch Art. 1 G v. 1.2.2026</standkommentar>"
        f"</standangabe></metadaten><textdaten/></norm>{norms}</dokumente>"
    ).encode()


def build_norm(section: str, title: str, content: str) -> str:
    return (
        f"<norm><metadaten><jurabk>MUSTERG 2020</jurabk><enbez>{section}</enbez><titel>{title}</titel></metadaten>"
        f'<textdaten><text format="XML"><Content>{content}</Content></text></textdaten></norm>'
    )


class Files:
    """The builders, for tests."""

    pdf = staticmethod(build_pdf)
    pdf_line = staticmethod(pdf_line)
    docx = staticmethod(build_docx)
    paragraph = staticmethod(word_paragraph)
    word_part = staticmethod(word_part)
    statute = staticmethod(build_statute)
    norm = staticmethod(build_norm)


@pytest.fixture(scope="session")
def files() -> type[Files]:
    return Files


@pytest.fixture
def refused() -> Callable[..., tuple[str, str]]:
    """Read a file that must be refused; return code and message of its error."""
    from leitplanke.core.retrieval.extract import ExtractionError, extract

    def read(name: str, data: bytes, **options: Any) -> tuple[str, str]:
        with pytest.raises(ExtractionError) as caught:
            extract(name, data, **options)
        assert caught.value.name == name
        return caught.value.code, caught.value.message

    return read
