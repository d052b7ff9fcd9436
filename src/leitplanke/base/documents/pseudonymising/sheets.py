"""Excel files: every cell of every sheet, and what else holds words; what nobody can look into is taken out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.worksheet.formula import ArrayFormula

from leitplanke.base.documents.pseudonymising.parts import Texts, Written, left_over
from leitplanke.base.documents.pseudonymising.word_clean import AUTHOR, NOWHERE, PRIVATE_LINK
from leitplanke.core.privacy import Edit, Slot, apply_edits
from leitplanke.core.retrieval.extract import DEFAULT_LIMITS, ExtractionError
from leitplanke.core.retrieval.extract.safe_zip import SafeZip

# What a broken or hostile file makes the library raise; forbidden XML is a ValueError, wrong XML a SyntaxError.
_ERRORS = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, TypeError, AttributeError, OSError, SyntaxError,
)  # fmt: skip
_BROKEN = "Die Excel-Datei ist beschädigt oder keine. Bitte speichern Sie sie neu als XLSX."
_MACRO = "Die Excel-Datei enthält Makros und wird nicht gelesen. Bitte speichern Sie sie ohne Makros als XLSX."
_GONE = "Bilder, Diagramme und Pivot-Tabellen der Excel-Datei fehlen in der Kopie, weil niemand in sie hineinsieht."
_LOST = re.compile(r"xl/(?:media|charts|pivotTables|drawings)/")
_MOST_CELLS = 500_000
_TITLE_LENGTH = 31
_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_PARTS = ("left", "center", "right")
_HEADS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SPOKEN_OF_CHOICES = ("formula1", "formula2", "prompt", "promptTitle", "error", "errorTitle")


@dataclass(frozen=True, slots=True)
class _Place:
    """A text in the workbook, and what writes another one there."""

    slot: Slot
    write: Callable[[str], None]


class ExcelFile:
    """A workbook."""

    def read(self, data: bytes, *, clean: bool) -> Texts:  # noqa: ARG002 (what is refused is refused in both directions)
        """Return its cells, row by row, and its other texts."""
        return Texts(tuple(place.slot for place in _places(_open(data))))

    def write(self, data: bytes, edits: Sequence[Sequence[Edit]], *, clean: bool) -> Written:
        """Return it with other texts."""
        book = _open(data)
        gone = set()
        for place, own in zip(list(_places(book)), edits, strict=True):
            if own:
                gone |= {place.slot.text[edit.start : edit.end] for edit in own}
                place.write(apply_edits(place.slot.text, own))
        if clean:
            _clean(book)
        buffer = io.BytesIO()
        book.save(buffer)
        if not clean:
            return Written(buffer.getvalue())
        with zipfile.ZipFile(buffer) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        lost = any(_LOST.match(name) for name in SafeZip(data, DEFAULT_LIMITS).names)
        return Written(buffer.getvalue(), (*((_GONE,) if lost else ()), *left_over(parts, gone)))


def _open(data: bytes) -> Any:
    names = SafeZip(data, DEFAULT_LIMITS).names
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ExtractionError("macro", _MACRO)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library, about what it leaves out
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except _ERRORS:
        raise ExtractionError("broken", _BROKEN) from None
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > _MOST_CELLS:
        raise ExtractionError("too_large", "Die Excel-Datei hat zu viele Zellen. Bitte teilen Sie sie auf.")
    return book


def _places(book: Any) -> Iterator[_Place]:
    for sheet in book.worksheets:
        yield from _cells(sheet)
    for sheet in book.worksheets:
        yield from _around(sheet)


def _cells(sheet: Any) -> Iterator[_Place]:
    heading = ""
    for row in sheet.iter_rows():
        texts = [_shown(cell.value) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        for column, (cell, text) in enumerate(zip(row, texts, strict=False)):  # the empty ones keep the columns apart
            after = "\t" if column < len(texts) - 1 else "\n"
            yield _Place(Slot(text, after, heading), _writer_of(cell))
        heading = heading or "\t".join(" ".join(text.split()) for text in texts)
    for row in sheet.iter_rows():
        for cell in row:
            yield from _beside(cell)


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, ArrayFormula):
        return value.text or ""
    if isinstance(value, (datetime, date)):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _writer_of(cell: Any) -> Callable[[str], None]:
    def write(text: str) -> None:
        cell.value = ArrayFormula(cell.value.ref, text) if isinstance(cell.value, ArrayFormula) else text

    return write


def _beside(cell: Any) -> Iterator[_Place]:
    if cell.comment is not None:

        def write(text: str) -> None:
            cell.comment = Comment(text, AUTHOR)

        yield _Place(Slot(cell.comment.text), write)
    if cell.hyperlink is not None:
        for name in ("target", "display", "tooltip", "location"):
            yield from _attribute(cell.hyperlink, name)


def _around(sheet: Any) -> Iterator[_Place]:
    """Yield name, heads and feet, and choices of a sheet."""

    def rename(text: str) -> None:
        sheet.title = _FORBIDDEN_IN_TITLES.sub("", text)[:_TITLE_LENGTH]

    yield _Place(Slot(sheet.title), rename)
    for head in _HEADS:
        for part in _PARTS:
            yield from _attribute(getattr(getattr(sheet, head), part), "text")
    for choice in sheet.data_validations.dataValidation:
        for name in _SPOKEN_OF_CHOICES:
            yield from _attribute(choice, name)


def _attribute(holder: Any, name: str) -> Iterator[_Place]:
    value = getattr(holder, name)
    if isinstance(value, str) and value.strip():
        yield _Place(Slot(value), lambda text: setattr(holder, name, text))


def _clean(book: Any) -> None:
    book.properties = DocumentProperties(creator="")
    book.custom_doc_props = CustomPropertyList()
    for sheet in book.chartsheets:
        book.remove(sheet)
    for sheet in book.worksheets:
        sheet._images, sheet._charts, sheet._pivots = [], [], []  # noqa: SLF001 (the library has no other way)
        for name in list(sheet.tables):  # whose columns have to be called like their heading
            del sheet.tables[name]
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.comment is not None:
                cell.comment.author = AUTHOR
            if cell.hyperlink is not None and PRIVATE_LINK.match(cell.hyperlink.target or ""):
                cell.hyperlink.target = NOWHERE
