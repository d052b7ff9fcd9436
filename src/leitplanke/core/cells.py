"""Cells of tables for spreadsheet programs: what a program would take for a formula is made text.

Every table that people download goes through `safe_cell`, and all its cells stand in quotes: a program that takes a tab
or a comma inside one for a border would else begin a cell behind it. There is no second guard.
"""

from __future__ import annotations

import unicodedata

# Programs start a formula with one of these; the wide and small forms of them are the same signs to some.
STARTS = frozenset("=+-@")
# These move what follows into a cell of its own in some programs.
BREAKS = frozenset("\t\r\n")
# Letters and signs by their class in Unicode that show nothing.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Mn", "Me", "Zs", "Zl", "Zp"})


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe makes it text."""
    return f"'{text}" if is_dangerous(text) else text


def plain_cell(text: str) -> str:
    """Return what stood in a cell before `safe_cell`."""
    return text[1:] if text.startswith("'") and is_dangerous(text[1:]) else text


def is_dangerous(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula, also behind signs that nobody sees."""
    for sign in text:
        if sign in BREAKS:
            return True
        if not _unseen(sign):
            return unicodedata.normalize("NFKC", sign)[0] in STARTS
    return False


def _unseen(sign: str) -> bool:
    return sign in BLANK or unicodedata.category(sign) in UNSEEN
