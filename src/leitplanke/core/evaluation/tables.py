"""A CSV file as rows: semicolon, comma or tab, UTF-8 with or without mark, or Windows-1252."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leitplanke.core.evaluation.errors import DecisionsError

MOST_BYTES = 100_000_000
MOST_ROWS = 1_000_000
_DELIMITERS = ";,\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file with the line on which it begins."""

    line: int
    values: Mapping[str, str]


def decoded(data: bytes) -> str:
    """Return the text of a file.

    Raises:
        DecisionsError: it is too large, or no text.
    """
    if len(data) > MOST_BYTES:
        raise DecisionsError(
            [f"Die Datei ist größer als {MOST_BYTES // 1_000_000} MB. Bitte teilen oder Spalten weglassen."]
        )
    if b"\0" in data:
        raise DecisionsError(
            ["Das ist keine CSV-Datei. Bitte in der Tabellenkalkulation „Speichern als CSV (UTF-8)“ wählen."]
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_table(data: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return the names of the columns and the rows.

    Raises:
        DecisionsError: it is no table; says where.
    """
    text = decoded(data)
    first, _, rest = text.partition("\n")
    if marked := first.lower().startswith("sep="):  # how spreadsheets name the delimiter
        text, first = rest, rest.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = tuple(name.strip() for name in next(reader, ()))
        _check_head(head)
        return head, list(_rows(reader, head, 3 if marked else 2))
    except csv.Error as error:
        raise DecisionsError(
            [f"Zeile {reader.line_num}: Die Datei lässt sich nicht als CSV lesen ({error})."]
        ) from None


def _check_head(head: Sequence[str]) -> None:
    if not any(head):
        raise DecisionsError(["Die Datei ist leer. In der ersten Zeile stehen die Namen der Spalten."])
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        raise DecisionsError(
            [f"Zeile 1: Die Spalte „{twice[0]}“ gibt es mehrmals. Bitte eine davon umbenennen oder löschen."]
        )


def _rows(reader: Iterator[list[str]], head: Sequence[str], first: int) -> Iterator[Row]:
    faults: list[str] = []
    begins = first
    for number, cells in enumerate(reader):
        line, begins = begins, getattr(reader, "line_num", begins) + first - 1
        if number >= MOST_ROWS:
            raise DecisionsError([f"Die Datei hat mehr als {MOST_ROWS} Zeilen. Bitte teilen."])
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            faults.append(
                f"Zeile {line}: {len(cells)} Werte, der Kopf hat {len(head)} Spalten. Bitte Trennzeichen prüfen."
            )
            continue
        yield Row(line, dict(zip(head, (cell.strip() for cell in cells), strict=True)))
    if faults:
        raise DecisionsError(faults)
