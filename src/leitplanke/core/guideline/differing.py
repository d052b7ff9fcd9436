"""What differs between two wordings, word by word, so that people see it at a glance."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the space before it.
_WORDS = re.compile(r"\s*\S+")
# Beyond so many words on both sides together the whole text is shown as replaced.
_MOST_WORDS = 4_000


class Change(enum.StrEnum):
    """What became of a piece of text."""

    SAME = "gleich"
    GONE = "weg"
    NEW = "neu"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words with the same fate; `text` without spaces around it."""

    change: Change
    text: str


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts in one: what is gone stands before what is new in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        whole = (Piece(Change.GONE, before.strip()), Piece(Change.NEW, after.strip()))
        return tuple(piece for piece in whole if piece.text)
    compared = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    pieces = []
    for tag, old_from, old_to, new_from, new_to in compared.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(new[new_from:new_to]).strip()))
            continue
        pieces.append(Piece(Change.GONE, "".join(old[old_from:old_to]).strip()))
        pieces.append(Piece(Change.NEW, "".join(new[new_from:new_to]).strip()))
    return tuple(piece for piece in pieces if piece.text)
