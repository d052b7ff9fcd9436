"""What people typed, made fit for paper: nothing invisible that misleads, nothing that runs over the edge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from leitplanke.core.drafting.brief import Table

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
LONGEST_RUN = 40
LONGEST_RUN_IN_CELL = 18
LONG_ROW = 600
LONGEST_HEAD = 200
LONGEST_RUNNING = 90

# "§ 12", "Abs. 1", "1 WoGG", "412 EUR": never more than four words in a row, so a line can always end somewhere.
_BOUND = re.compile(
    r"(?<=§) (?=\d)|(?:(?<=\bAbs\.)|(?<=\bNr\.)|(?<=\bArt\.)|(?<=\bSatz)|(?<=\bBuchst\.)) (?=[\da-z])"
    r"|(?<=\d) (?=(?:EUR|Uhr|Prozent|%|SGB|[A-Z]\w{0,8}(?:GB|G|VO|O))(?!\w))"
)
# Overrides of the writing direction show "1.000" where "000.1" stands, tags carry text nobody sees.
_MISLEADING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return `text` without what no font shows or no reader sees; what is unreadable becomes a replacement sign."""
    text = _BREAKS.sub("\n", _MISLEADING.sub("", text)).replace("\t", " ")
    return "".join(_readable(char) for char in text)


def _readable(char: str) -> str:
    if char == "\n" or char.isprintable() or unicodedata.category(char) in {"Cf", "Zs"}:
        return char
    # Controls, surrogates, private use and unassigned: XML and PDF/UA refuse them.
    return "" if unicodedata.category(char) == "Cc" else REPLACEMENT


def breakable(text: str, longest: int = LONGEST_RUN) -> str:
    """Return `text` with places to break inside words that are longer than a line."""
    pattern = re.compile(rf"[^\s{ZERO_WIDTH_SPACE}]{{{longest + 1},}}")
    return pattern.sub(lambda match: _split(match[0], longest), text)


def _split(word: str, longest: int) -> str:
    size = max(longest // 4, 1)
    return ZERO_WIDTH_SPACE.join(word[start : start + size] for start in range(0, len(word), size))


def paper(text: str) -> str:
    """Return `text` as it goes to paper: norms and amounts stay on one line, overlong words do not."""
    return breakable(_BOUND.sub(NO_BREAK_SPACE, clean(text)))


def running(*texts: str) -> str:
    """Return what stands at the edge of each page, short enough for one line."""
    line = " · ".join(papers(texts)).replace("\n", " ")
    return line if len(line) <= LONGEST_RUNNING else line[:LONGEST_RUNNING].rstrip() + " …"


def papers(texts: Sequence[str]) -> list[str]:
    """Return every text that says something, as it goes to paper."""
    return [shown for shown in map(paper, texts) if shown.strip()]


def table_values(table: Table) -> dict[str, Any]:
    """Return a table for the template: all rows equally long, and how wide each column is."""
    count = max([len(table.columns), *map(len, table.rows), 1])
    columns = _cells(table.columns, count)
    rows = [_cells(row, count) for row in table.rows]
    return {
        "kind": "table",
        "caption": paper(table.caption),
        "columns": columns,
        "right": count > 1,
        "short_head": max(map(len, columns)) <= LONGEST_HEAD,
        "widths": _widths([columns, *rows]),
        "rows": [
            {"cells": row, "strong": index in table.strong, "long": max(map(len, row)) > LONG_ROW}
            for index, row in enumerate(rows)
        ],
    }


def _cells(cells: Sequence[str], count: int) -> list[str]:
    shown = [breakable(clean(cell), LONGEST_RUN_IN_CELL) for cell in cells]
    return shown + [""] * (count - len(shown))


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return per column 0 (as wide as its words) where all are short, else a share by the longest."""
    longest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    narrow = len(longest) <= 4
    widths = [0 if narrow and size <= LONGEST_RUN_IN_CELL else min(max(size, 12), 60) for size in longest]
    return widths if any(widths) else [1, *widths[1:]]
