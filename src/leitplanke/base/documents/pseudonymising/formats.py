"""Which ending is which kind of file, and the two things done to it in the limited process."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from leitplanke.base.documents.pseudonymising.parts import MOST_CHARACTERS, TOO_MUCH, Format, Texts, texts_to_json
from leitplanke.base.documents.pseudonymising.plain import CsvTable, PlainText
from leitplanke.base.documents.pseudonymising.sheets import ExcelFile
from leitplanke.base.documents.pseudonymising.word import WordFile
from leitplanke.core.privacy import Edit, Slot
from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract import ExtractionError, extract
from leitplanke.core.retrieval.extract.filetype import file_type

FORMATS: dict[str, Format] = {
    ".csv": CsvTable(),
    ".docx": WordFile(),
    ".md": PlainText(),
    ".txt": PlainText(),
    ".xlsx": ExcelFile(),
}
PDF = ".pdf"
SUFFIXES = (*FORMATS, PDF)
_UNKNOWN = (
    "Dateien vom Typ „{suffix}“ können nicht pseudonymisiert werden. "
    "Möglich sind DOCX, PDF, XLSX, CSV und Text (TXT, MD)."
)


def suffix_of(name: str) -> str:
    """Return the ending of a file that can be handled.

    Raises:
        ExtractionError: it cannot.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise ExtractionError("unknown_type", _UNKNOWN.format(suffix=suffix or "ohne Endung"))
    return suffix


def read_texts_here(name: str, data: bytes, *, clean: bool) -> dict[str, Any]:
    """Return the texts of a file as JSON values.

    Raises:
        ExtractionError: it is broken, locked, too large, of another type, or holds what cannot be looked into.
    """
    suffix = suffix_of(name)
    if suffix not in {".csv", ".xlsx"}:  # they say themselves what is wrong with them
        file_type(name, data)
    texts = _pdf_texts(data) if suffix == PDF else FORMATS[suffix].read(data, clean=clean)
    if sum(len(slot.text) for slot in texts.slots) > MOST_CHARACTERS:
        raise ExtractionError("too_large", TOO_MUCH)
    return texts_to_json(texts)


def write_texts_here(
    name: str, data: bytes, edits: Sequence[Sequence[Sequence[Any]]], *, clean: bool
) -> dict[str, Any]:
    """Return the changed file as JSON values; PDF files are set anew elsewhere."""
    own = [[Edit(*edit) for edit in slot] for slot in edits]
    written = FORMATS[suffix_of(name)].write(data, own, clean=clean)
    return {"data": base64.b64encode(written.data).decode(), "warnings": list(written.warnings)}


def _pdf_texts(data: bytes) -> Texts:
    document = extract("datei.pdf", data)
    slots = tuple(Slot(document.text[block.start : block.end]) for block in document.blocks)
    titles = frozenset(index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING)
    return Texts(slots, titles, document.findings)
