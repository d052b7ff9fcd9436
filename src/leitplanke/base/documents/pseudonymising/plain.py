"""Text files and CSV: the same encoding, the same separator, other words."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from leitplanke.base.documents.pseudonymising.parts import Texts, Written
from leitplanke.core.privacy import Edit, Slot, apply_edits
from leitplanke.core.retrieval.extract import ExtractionError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = "Die Datei enthält keinen lesbaren Text. Bitte prüfen Sie, ob die Endung stimmt."


class PlainText:
    """A text file, line by line."""

    def read(self, data: bytes, *, clean: bool) -> Texts:  # noqa: ARG002 (carries nothing else)
        """Return its lines."""
        return Texts(tuple(map(Slot, decoded(data)[0].split("\n"))))

    def write(self, data: bytes, edits: Sequence[Sequence[Edit]], *, clean: bool) -> Written:  # noqa: ARG002 (carries nothing else)
        """Return it with other lines."""
        text, encoding = decoded(data)
        lines = map(apply_edits, text.split("\n"), edits)
        return Written("\n".join(lines).encode(encoding_for(encoding, edits)))


class CsvTable:
    """A table, cell by cell."""

    def read(self, data: bytes, *, clean: bool) -> Texts:  # noqa: ARG002 (carries nothing else)
        """Return its cells; the first line may say what the columns hold."""
        text, _encoding = decoded(data)
        return Texts(tuple(table_slots([row for row, _line in _rows(text, _delimiter(text))])))

    def write(self, data: bytes, edits: Sequence[Sequence[Edit]], *, clean: bool) -> Written:  # noqa: ARG002 (carries nothing else)
        """Return it with other cells."""
        text, encoding = decoded(data)
        delimiter = _delimiter(text)
        remaining = iter(edits)
        lines = []
        for row, line in _rows(text, delimiter):
            own = [next(remaining) for _cell in row]
            lines.append(_written(map(apply_edits, row, own), line, delimiter) if any(own) else line)
        return Written("".join(lines).encode(encoding_for(encoding, edits)))


def table_slots(rows: Sequence[Sequence[str]]) -> list[Slot]:
    """Return the cells of a table as slots that know their heading."""
    heading = "\t".join(" ".join(cell.split()) for cell in rows[0]) if rows else ""
    return [
        Slot(cell, "\t" if column < len(row) - 1 else "\n", heading if number else "")
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding that gives the same bytes back.

    Raises:
        ExtractionError: it is no text.
    """
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise ExtractionError("wrong_extension", _BINARY)


def encoding_for(encoding: str, edits: Sequence[Sequence[Edit]]) -> str:
    """Return `encoding`, or UTF-8 where it cannot hold a value that is put back."""
    try:
        "".join(edit.replacement for edit in chain.from_iterable(edits)).encode(encoding)
    except UnicodeEncodeError:
        return "utf-8-sig"
    return encoding


def _delimiter(text: str) -> str:
    head = next((line for line in text[:8192].splitlines() if line.strip()), "")
    return max(";,\t", key=head.count)


def _rows(text: str, delimiter: str) -> list[tuple[list[str], str]]:
    """Return rows, each with its own lines of the file."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    rows = []
    try:
        for row in csv.reader(lines(), delimiter=delimiter, strict=True):
            rows.append((row, "".join(taken)))
            taken.clear()
    except csv.Error as error:
        raise ExtractionError("broken", f"Die Tabelle ist beschädigt: {error}. Bitte speichern Sie sie neu.") from None
    return rows


def _written(row: Iterable[str], line: str, delimiter: str) -> str:
    """Return a row as a line that quotes and ends like the one it replaces."""
    bare = line.rstrip("\r\n")
    quoting: Literal[0, 1] = csv.QUOTE_ALL if bare.startswith('"') and bare.endswith('"') else csv.QUOTE_MINIMAL
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=line[len(bare) :], quoting=quoting).writerow(row)
    return buffer.getvalue()
