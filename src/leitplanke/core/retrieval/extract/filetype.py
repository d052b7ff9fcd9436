"""What a file is: by its first bytes and by its extension, which must agree."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from leitplanke.core.retrieval.extract.errors import ExtractionError


class FileType(StrEnum):
    """The formats that can be read; the value is how people call them."""

    PDF = "PDF"
    DOCX = "Word (DOCX)"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "Text"
    XML = "XML"


_SUFFIXES = {
    ".pdf": FileType.PDF,
    ".docx": FileType.DOCX,
    ".html": FileType.HTML,
    ".htm": FileType.HTML,
    ".xhtml": FileType.HTML,
    ".md": FileType.MARKDOWN,
    ".markdown": FileType.MARKDOWN,
    ".txt": FileType.TEXT,
    ".text": FileType.TEXT,
    ".xml": FileType.XML,
}
SUPPORTED_SUFFIXES = frozenset(_SUFFIXES)

_MACRO_SUFFIXES = frozenset({".docm", ".dotm", ".xlsm", ".pptm"})
_ADVICE = {
    ".doc": "Bitte speichern Sie sie in Ihrem Schreibprogramm als DOCX oder PDF.",
    ".odt": "Bitte speichern Sie sie in Ihrem Schreibprogramm als DOCX oder PDF.",
    ".rtf": "Bitte speichern Sie sie in Ihrem Schreibprogramm als DOCX oder PDF.",
}
_SIGNATURES = (
    (b"PK\x03\x04", "ein ZIP-Archiv"),
    (b"PK\x05\x06", "ein leeres ZIP-Archiv"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "eine alte oder verschlüsselte Office-Datei"),
    (b"\x89PNG", "ein Bild (PNG)"),
    (b"\xff\xd8\xff", "ein Bild (JPEG)"),
    (b"GIF8", "ein Bild (GIF)"),
    (b"\x1f\x8b", "ein gepacktes Archiv (gzip)"),
    (b"7z\xbc\xaf", "ein gepacktes Archiv (7z)"),
    (b"Rar!", "ein gepacktes Archiv (RAR)"),
    (b"MZ", "ein Programm"),
    (b"\x7fELF", "ein Programm"),
    (b"{\\rtf", "eine RTF-Datei"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 1024


def file_type(name: str, data: bytes) -> FileType:
    """Return the type on which extension and content agree.

    Raises:
        ExtractionError: `empty`, `unknown_type`, `macro`, `encrypted` or `wrong_extension`.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _MACRO_SUFFIXES:
        message = "Dateien mit Makros werden nicht gelesen. Bitte speichern Sie das Dokument als DOCX oder PDF."
        raise ExtractionError("macro", message)
    if suffix not in _SUFFIXES:
        advice = _ADVICE.get(suffix, "Möglich sind PDF, DOCX, HTML, Markdown, Text und Gesetze als XML.")
        raise ExtractionError(
            "unknown_type", f"Dateien vom Typ „{suffix or 'ohne Endung'}“ werden nicht gelesen. {advice}"
        )
    if not data.strip(b"\0 \t\r\n"):
        raise ExtractionError("empty", "Die Datei ist leer. Bitte prüfen Sie, ob sie vollständig gespeichert wurde.")
    claimed = _SUFFIXES[suffix]
    found = _content(data, claimed)
    if found != claimed:
        message = f"Die Datei endet auf „{suffix}“, enthält aber {found}. Bitte geben Sie ihr die richtige Endung."
        raise ExtractionError("wrong_extension", message)
    return claimed


def _content(data: bytes, claimed: FileType) -> str:
    """Say what the content is: `claimed` where it fits, otherwise what it looks like."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return FileType.PDF
    signature = next((what for magic, what in _SIGNATURES if head.startswith(magic)), "")
    if claimed is FileType.DOCX and signature:
        return _word_content(head, signature)
    if signature:
        return signature
    if claimed in (FileType.PDF, FileType.DOCX):
        return "etwas anderes"
    if not head.startswith(_UTF16) and _is_binary(data):
        return "keinen lesbaren Text"
    return _markup(head, claimed)


def _word_content(head: bytes, signature: str) -> str:
    if head.startswith(b"PK\x03\x04"):
        return FileType.DOCX
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        message = (
            "Die Word-Datei ist mit einem Kennwort geschützt oder im alten Format gespeichert. "
            "Bitte heben Sie den Schutz auf und speichern Sie sie als DOCX."
        )
        raise ExtractionError("encrypted", message)
    return signature


def _is_binary(data: bytes) -> bool:
    """More than a stray control byte here and there is no text."""
    sample = data[:65536]
    strange = sum(sample.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    return strange * 50 > len(sample)


def _markup(head: bytes, claimed: FileType) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    start = start.lstrip().lower()
    is_html = start.startswith((b"<!doctype html", b"<html"))
    is_xml = start.startswith((b"<?xml", b"<dokumente"))
    if claimed is FileType.HTML:
        return FileType.HTML
    if claimed is FileType.XML:
        return FileType.XML if is_xml or (start.startswith(b"<") and not is_html) else "kein XML"
    if is_html or (is_xml and b"<html" in start):
        return FileType.HTML
    return FileType.XML if is_xml else claimed
