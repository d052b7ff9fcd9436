"""One file in, one document out: the type is what content and extension agree on."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from leitplanke.core.provenance import Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.extract.docx import read_docx
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.filetype import SUPPORTED_SUFFIXES, FileType, file_type
from leitplanke.core.retrieval.extract.html import read_html
from leitplanke.core.retrieval.extract.limits import DEFAULT_LIMITS, Limits
from leitplanke.core.retrieval.extract.markdown import read_markdown
from leitplanke.core.retrieval.extract.pdf import read_pdf
from leitplanke.core.retrieval.extract.plaintext import read_text
from leitplanke.core.retrieval.extract.safe_xml import parse_xml
from leitplanke.core.retrieval.extract.statutes import is_statute, read_statute

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.core.retrieval.documents import Document

__all__ = ["SUPPORTED_SUFFIXES", "extract"]

_FOREIGN_XML = (
    "Diese XML-Datei ist kein Gesetz im Format von gesetze-im-internet.de. Andere XML-Dateien werden nicht gelesen; "
    "bitte wandeln Sie sie in PDF, DOCX oder Text um."
)
_UNKNOWN = ("", (), Geltung(), Geltungsbereich())
_NESTED = "Die Datei ist so tief verschachtelt, dass sie nicht gelesen werden kann. So sieht kein Text aus."


def extract(name: str, data: bytes, *, source: Source | None = None, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read the file `name` with the content `data`.

    What `source` says holds; what it leaves empty is filled from the file (title, state, validity, licence).

    Raises:
        ExtractionError: the file is broken, locked, too large, of another type than it claims, or dangerous.
    """
    try:
        document = _read(name, data, limits)
    except RecursionError as error:
        raise ExtractionError("broken", _NESTED, name) from error
    except ExtractionError as error:
        raise error.named(name) from error
    return document if source is None else replace(document, source=_merge(source, document.source))


def _read(name: str, data: bytes, limits: Limits) -> Document:
    if len(data) > limits.file_bytes:
        message = f"Die Datei ist größer als {limits.file_bytes // 1024**2} MB. Bitte teilen oder verkleinern Sie sie."
        raise ExtractionError("too_large", message)
    title = PurePath(name).name
    kind = file_type(title, data)
    return _READERS[kind](title, data, limits)


def _read_xml(name: str, data: bytes, limits: Limits) -> Document:
    root = parse_xml(data)
    if not is_statute(root):
        raise ExtractionError("unknown_type", _FOREIGN_XML)
    return read_statute(name, root, limits)


_READERS: dict[FileType, Callable[[str, bytes, Limits], Document]] = {
    FileType.DOCX: read_docx,
    FileType.HTML: read_html,
    FileType.MARKDOWN: read_markdown,
    FileType.PDF: read_pdf,
    FileType.TEXT: read_text,
    FileType.XML: _read_xml,
}


def _merge(given: Source, found: Source) -> Source:
    """Fill the gaps of `given` from `found`."""
    gaps = {
        field.name: getattr(found, field.name)
        for field in fields(Source)
        if getattr(given, field.name) in _UNKNOWN and getattr(found, field.name) not in _UNKNOWN
    }
    return replace(given, **gaps)
