"""Tables from people: CSV as any office writes it, and XLSX; cells come back as text. Runs in the limited process."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from leitplanke.core.retrieval.extract import ExtractionError

MOST_ROWS = 5000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
MOST_CHARACTERS = 20_000_000
SUFFIXES = frozenset({".csv", ".xlsx"})


# What a broken or hostile file makes the library raise; forbidden XML is a ValueError, wrong XML a SyntaxError.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, TypeError, AttributeError, OSError, SyntaxError,
)  # fmt: skip


def table_rows(name: str, data: bytes) -> list[list[str]]:
    """Return the rows of a CSV file, or of the first sheet of an XLSX file.

    Raises:
        ExtractionError: it is no such file, broken, or too large; the message says what to do.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".csv":
        return _limited(_csv_rows(data))
    if suffix == ".xlsx":
        return _limited(_xlsx_rows(data))
    raise ExtractionError("unknown_type", "Bitte nehmen Sie eine Tabelle als CSV oder XLSX.")


def _csv_rows(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    head = text[:4096].splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ExtractionError("broken", f"Die Tabelle ist beschädigt: {error}. Bitte speichern Sie sie neu.") from None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExtractionError("broken", "Die Schrift der Tabelle ist nicht lesbar. Bitte speichern Sie sie als UTF-8.")


def _xlsx_rows(data: bytes) -> list[list[str]]:
    import openpyxl  # noqa: PLC0415 - only where somebody brings such a file

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)
        return _trimmed([[_text(cell) for cell in row] for row in rows])
    except _BROKEN:
        raise ExtractionError("broken", "Die Tabelle ist beschädigt. Bitte speichern Sie sie neu als XLSX.") from None


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    # Every row comes as wide as we asked for; what counts ends with the last filled cell anywhere.
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _limited(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS:
        raise ExtractionError("too_large", f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen. Bitte teilen Sie sie auf.")
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise ExtractionError("too_large", f"Die Tabelle hat mehr als {MOST_COLUMNS} Spalten.")
    if sum(len(cell) for row in rows for cell in row) > MOST_CHARACTERS:
        raise ExtractionError("too_large", "Die Tabelle enthält zu viel Text. Bitte teilen Sie sie auf.")
    return [[cell[:LONGEST_CELL].replace("\x00", "") for cell in row] for row in rows]
