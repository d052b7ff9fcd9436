"""Tables as text (CSV, tabs, bars): the heading of a column says what its cells are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leitplanke.core.privacy.births import DATE
from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import COMMON, FIELD, ROLE, lexicon
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.naming.compounds import is_compound, may_be_surname

_SEPARATORS = ";\t|,"
_HEADINGS = {Label(name): words for name, words in word_lists("spalten").items()}
_PEOPLE = word_lists("regeln")["column_endings"]
_COLUMNS = {heading: label for label, headings in _HEADINGS.items() for heading in headings}
_EMPTY = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "k.a.",
        "k. a.",
        "unbekannt",
        "nein",
        "ja",
        "entfällt",
        "leer",
        "n/a",
        "null",
        "keine",
        "offen",
        "x",
        "?",
        "siehe oben",
        "s.o.",
        "dito",
        "nan",
    }
)
_WITH_LETTERS = frozenset({Label.PERSON, Label.ADDRESS})
_DIGIT = re.compile(r"\d")
_PLZ = re.compile(r"\d{5}(?!\d)")


def propose_columns(text: str) -> Iterator[Span]:
    """Yield the cells below a heading that names personal data."""
    if text.count("\n") < 1:
        return
    start = 0
    columns: list[Label | None] = []
    separator = ""
    for line in text.split("\n"):
        cells = _cells(line, separator) if separator else []
        if columns and len(cells) >= max(2, len(columns) - 1) and (separator != "," or len(cells) == len(columns)):
            yield from _below(text, start, cells, columns)
        else:
            separator, columns = _heading(line)
        start += len(line) + 1


def _heading(line: str) -> tuple[str, list[Label | None]]:
    if len(line) > 600:
        return "", []
    for separator in _SEPARATORS:
        if separator in line and not _DIGIT.search(line):
            cells = _cells(line, separator)
            labels = [_column(_tight(line[start:end])) for start, end in cells]
            known = sum(label is not None for label in labels)
            # Commas also stand in sentences: there every heading must be short, and most of them known.
            listed = separator != "," or (
                known * 2 >= len(labels) > 2 and all(end - start < 25 for start, end in cells)
            )
            tabular = (
                separator != ","
                and Label.PERSON in labels
                and len(labels) > 1
                and all(end - start < 30 for start, end in cells)
            )
            if (known >= min(2, len(labels)) or tabular) and listed:
                return separator, labels
    return "", []


def _column(heading: str) -> Label | None:
    """Return what stands below a heading: one of the list, or people by the ending (`Fallmanagerin`)."""
    return _COLUMNS.get(heading) or (Label.PERSON if heading.endswith(_PEOPLE) else None)


def _tight(value: str) -> str:
    return "".join(sign for sign in fold(value) if sign.isalpha())


def _cells(line: str, separator: str) -> list[tuple[int, int]]:
    """Return start and end of the cells of a line, without blanks and quotation marks."""
    cells = []
    start = 0
    if separator == "|":
        first = len(line) - len(line.lstrip(" |"))
        line, start = line.rstrip(" |\r"), first if line.lstrip().startswith("|") else 0
    quoted = False
    begin = start
    for place in range(start, len(line) + 1):
        sign = line[place : place + 1]
        if sign == '"':
            quoted = not quoted
        if not sign or (sign == separator and not quoted):
            cells.append(_trimmed(line, begin, place))
            begin = place + 1
    return cells


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    value = line[start:end]
    return start + len(value) - len(value.lstrip(' "\t')), max(start, end - (len(value) - len(value.rstrip(' "\t\r'))))


def _below(text: str, start: int, cells: list[tuple[int, int]], columns: list[Label | None]) -> Iterator[Span]:
    place = 0
    while place < min(len(cells), len(columns)):
        (first, last), label = cells[place], columns[place]
        if label is Label.PLZ_ORT:
            together = place + 1 < len(cells) and columns[place + 1 : place + 2] == [Label.PLZ_ORT]
            end = cells[place + 1][1] if together and cells[place + 1][1] > cells[place + 1][0] else last
            if _PLZ.match(text, start + first):
                yield Span(start + first, start + end, label, 0.94)
            place += together
        elif label is not None and _plausible(text[start + first : start + last], label):
            yield Span(start + first, start + last, label, 0.94)
        place += 1


def _plausible(value: str, label: Label) -> bool:
    if value.lower() in _EMPTY or len(value) > 80 or not value.strip("-=: "):
        return False
    digits = any(sign.isdecimal() for sign in value)
    if label is Label.GEBURTSDATUM:
        return DATE.fullmatch(value.lower()) is not None
    if label is Label.PERSON:
        return not digits and len(value) > 1 and value[0].isalpha() and value.count(" ") < 5
    if label is Label.PHONE and value in {"110", "112", "115"}:
        return False
    if label is Label.EMAIL:
        return "@" in value
    return digits or (label in _WITH_LETTERS and value[0].isalpha())


_FEWEST = 3


def propose_neighbours(text: str, persons: Iterable[Span]) -> Iterator[Span]:
    """Yield the other cells of a column in which most cells are names, though no heading says so."""
    starts = {person.start for person in persons}
    if len(starts) < 2 or text.count("\n") < _FEWEST - 1:
        return
    for separator in "\t|;":
        if separator in text:
            yield from _like_the_rest(text, separator, starts)


def _is_word(folded: str) -> bool:
    """Tell whether a cell holds one German word that is no surname: `Nutzungsberechtigte`, `Anhänger`."""
    if not folded.isalpha():
        return False
    bits = lexicon().get(folded, 0)
    return bool(bits & (COMMON | ROLE | FIELD)) if bits else is_compound(folded) and not may_be_surname(folded)


def _like_the_rest(text: str, separator: str, starts: set[int]) -> Iterator[Span]:
    columns: dict[int, list[tuple[int, int]]] = {}
    place = 0
    for line in text.split("\n"):
        if separator in line:
            for number, (first, last) in enumerate(_cells(line, separator)):
                columns.setdefault(number, []).append((place + first, place + last))
        place += len(line) + 1
    for cells in columns.values():
        filled = [cell for cell in cells if cell[1] > cell[0]]
        named = [cell for cell in filled if cell[0] in starts]
        if len(filled) < _FEWEST or len(named) < 2 or 2 * len(named) < len(filled):
            continue
        for start, end in filled:
            if (
                start not in starts
                and _NAME_CELL.fullmatch(text, start, end)
                and not _is_word(fold(text[start:end]))
                and _plausible(text[start:end], Label.PERSON)
            ):
                yield Span(start, end, Label.PERSON, 0.58)


_NAME_CELL = re.compile(
    r"(?!Name|Summe|Gesamt|Datum|Bemerkung)[^\W\d_a-zäöüß][^\W\d_]+(?:[ \-'][^\W\d_]+){0,3}|"
    r"[^\W\d_]+, (?![a-zäöüß])[^\W\d_]+"
)
