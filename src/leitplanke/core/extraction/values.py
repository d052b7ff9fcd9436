"""Every value of a document with what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from leitplanke.core.extraction.wordings import Wertart, Wording, periods, wordings
from leitplanke.core.retrieval.documents import Document

_CELLS = re.compile(r"\t| \| |\.{4,}| {3,}|_{3,}")
_EDGE = " \t:|.-–=;,()_"
_ENDS = (".", ":", "!", "?")
_COLON = re.compile(r"[:\t|]")
_LABELLED = re.compile(r"(?P<label>[^\t|:]{2,70}?)\s*(?::\s*[\t|]?|\t|\s\|\s)\s*(?P<text>[^\t|]{2,90})")
_LONGEST_LABEL = 110
MOST_CHARS = 200_000  # of a document; evidence is short, and what is longer is no reason to wait
_LONGEST_LINE, _MOST_IN_LINE = 20_000, 100
_TAIL, _FULL_LINE = 50, 55
_BELOW = "steht unter dieser Überschrift"


@dataclass(frozen=True, slots=True)
class Found:
    """A value of the document.

    Attributes:
        value: typed as facts are: decimal text, ISO day, `JJJJ-MM`; "" where it is not certain (then see `doubt`).
        wording: `document.text[start:end]`.
        label: what stands before it in the line.
        header: what stands above it: the head of its column, or the line above.
        heads: all cells of the line in which `header` stands.
        place: how many values of its sort come before it in the line.
        period: `monat`, `quartal`, `jahr` where its surroundings say so.
        reason: how label and value belong together, in German.
    """

    sort: Wertart
    value: str
    start: int
    end: int
    wording: str
    label: str = ""
    header: str = ""
    heads: tuple[str, ...] = ()
    place: int = 0
    period: str = ""
    unit: str = ""
    doubt: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    found: tuple[Wording, ...]

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in _CELLS.split(self.text)]


def find_values(document: Document) -> tuple[Found, ...]:
    """Return amounts, numbers, days, months, periods, account numbers, places and labelled texts, in order."""
    lines = list(_read_lines(document.text[:MOST_CHARS]))
    values: list[Found] = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        head = _header_line(lines, index)
        values += _of_line(line, above, head)
        values += _clear(_labelled_texts(line), values)
        values += _clear(_texts_below(line, above), values)
        values += (
            Found(
                Wertart.ZEITRAUM,
                period.value,
                line.start + period.start,
                line.start + period.end,
                line.text[period.start : period.end],
            )
            for period in periods(line.text)
        )
    return tuple(sorted(values, key=lambda found: (found.start, found.end)))


def _read_lines(text: str) -> Iterator[_Line]:
    position = 0
    for raw in text.split("\n"):
        yield _Line(position, raw, tuple(wordings(raw[:_LONGEST_LINE])[:_MOST_IN_LINE]))
        position += len(raw) + 1


def _header_line(lines: list[_Line], index: int) -> _Line | None:
    """Return the nearest line above that could be the head of a table: several cells and no amount."""
    width = len(lines[index].cells)
    for line in reversed(lines[max(0, index - 12) : index]):
        has_values = any(found.sort in (Wertart.BETRAG, Wertart.DATUM) for found in line.found)
        if not has_values and len(line.cells) > 1 and len(line.cells) in (width, width - 1):
            return line
        if not line.text.strip() or (len(line.cells) == 1 and not has_values):
            return None
    return None


def _of_line(line: _Line, above: _Line | None, head: _Line | None) -> Iterator[Found]:
    counts: dict[Wertart, int] = {}
    end_of_last: dict[Wertart, int] = {}
    for found in line.found:
        place = counts.get(found.sort, 0)
        counts[found.sort] = place + 1
        label = _label(line.text[end_of_last.get(found.sort, 0) : found.start])
        end_of_last[found.sort] = found.end
        if not place and label and above is not None and _is_prose(above, line):
            label = _label(f"{above.text[-_TAIL:]} {line.text[: found.start]}")
        header, heads, reason = _surroundings(line, found, label, above, head)
        if not label and place:
            label = _label(line.text[: line.found[0].start])
        yield Found(
            found.sort,
            found.value,
            line.start + found.start,
            line.start + found.end,
            line.text[found.start : found.end],
            label=label,
            header=header,
            heads=heads,
            place=place,
            period=_period(line, found, label, header),
            unit=found.unit,
            doubt=found.doubt,
            reason=reason,
        )


def _label(text: str) -> str:
    return " ".join(text[-_LONGEST_LABEL:].split()).strip(_EDGE)


def _surroundings(
    line: _Line, found: Wording, label: str, above: _Line | None, head: _Line | None
) -> tuple[str, tuple[str, ...], str]:
    """Return what stands above a value that belongs to it, the line that is in, and how the value got its name."""
    column = len(_CELLS.findall(line.text[: found.start]))
    if head is not None:
        cells = tuple(head.cells)
        column -= len(line.cells) - len(cells)
        if 0 <= column < len(cells):
            return cells[column], cells, "steht in dieser Zeile" if label else _BELOW
    if above is not None and _runs_on(above, line, label):
        text = above.text.strip(_EDGE)
        return text, (text,), "steht in der Zeile unter der Bezeichnung"
    return "", (), "steht neben der Bezeichnung"


def _is_prose(above: _Line, line: _Line) -> bool:
    """Tell whether a sentence goes on from the line above into this one."""
    plain = len(above.cells) == 1 and len(line.cells) == 1
    return plain and len(above.text) >= _FULL_LINE and not above.text.rstrip().endswith(_ENDS)


def _runs_on(above: _Line, line: _Line, label: str) -> bool:
    """Tell whether the line above names what this line begins with: a label on its own, or a sentence that goes on."""
    if not above.text.strip() or len(above.cells) > 1:
        return False
    if not label:
        return not any(found.sort is Wertart.BETRAG for found in above.found) and len(line.cells) == 1
    goes_on = len(line.cells) == 1 and not above.text.rstrip().endswith(_ENDS)
    return goes_on and (label[0].islower() or label[0].isdigit())


def _period(line: _Line, found: Wording, label: str, header: str) -> str:
    """Return the period nearest to a value: behind it up to the next value, before it, in the head of its column."""
    following = [other.start for other in line.found if other.start > found.start and other.sort is found.sort]
    behind = line.text[found.end : min(following, default=len(line.text))]
    for text in (behind, label, header):
        if named := periods(text):
            return named[0].value
    return ""


def _labelled_texts(line: _Line) -> Iterator[Found]:
    """Yield "Mieterin: Aylin Demirel" and the same in two cells."""
    position = 0
    while (match := _LABELLED.search(line.text, position)) and position < _LONGEST_LINE:
        text = match["text"].strip()
        start = match.start("text") + len(match["text"]) - len(match["text"].lstrip())
        label = _label(match["label"])
        if label and text and re.search(r"[^\W\d_]{2}", text):
            found = Found(
                Wertart.TEXT, " ".join(text.split()), line.start + start, line.start + start + len(text), text
            )
            yield replace(found, label=label, reason="steht neben der Bezeichnung")
        separator = _COLON.search(line.text, match.end("label"))
        position = max(separator.end() if separator else match.end(), position + 1)


def _texts_below(line: _Line, above: _Line | None) -> Iterator[Found]:
    """Yield the texts of a line that stand under the cells of the line above: a form with labels over its boxes."""
    if above is None or len(above.cells) != len(line.cells) or ":" in line.text:
        return
    heads = tuple(_label(cell) for cell in above.cells)
    position = 0
    for cell, head in zip(line.cells, heads, strict=True):
        start = line.text.find(cell, position) if cell else position
        position = start + len(cell)
        if head and re.search(r"[^\W\d_]{2}", cell):
            place = line.start + start
            yield Found(Wertart.TEXT, cell, place, place + len(cell), cell, header=head, heads=heads, reason=_BELOW)


def _clear(texts: Iterator[Found], known: list[Found]) -> list[Found]:
    """Return the texts that are not wholly an account number, a month or another value read better already."""
    taken = {(found.start, found.end) for found in known if found.sort is not Wertart.TEXT}
    return [found for found in texts if (found.start, found.end) not in taken]
