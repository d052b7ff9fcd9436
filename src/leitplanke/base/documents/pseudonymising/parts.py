"""What every format gives: the texts of a file in reading order, and a way to change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from leitplanke.core.privacy import Edit, Slot

MOST_CHARACTERS = 2_000_000
_LEFT = "In {part} steht noch ein Wort, das an anderer Stelle ersetzt wurde. Bitte sehen Sie dort nach."
TOO_MUCH = "Die Datei enthält mehr als zwei Millionen Zeichen Text. Bitte teilen Sie sie auf."


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a file.

    Attributes:
        titles: which of the slots are headings, for formats that are set anew.
        warnings: German sentences about what was not read.
    """

    slots: tuple[Slot, ...]
    titles: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A changed file, and what a person should look at in it."""

    data: bytes
    warnings: tuple[str, ...] = ()


class Format(Protocol):
    """A kind of file whose texts can be changed in place.

    `clean` also takes out what tells about people and machines without being text: properties, authors, pictures.
    """

    def read(self, data: bytes, *, clean: bool) -> Texts:
        """Return the texts; with `clean`, refuse what cannot be looked into."""
        ...

    def write(self, data: bytes, edits: Sequence[Sequence[Edit]], *, clean: bool) -> Written:
        """Return the file with `edits`, one sequence for each slot that `read` gives."""
        ...


def texts_to_json(texts: Texts) -> dict[str, Any]:
    """Return texts as JSON values, for their way between two processes."""
    return {
        "slots": [[slot.text, slot.after, slot.heading] for slot in texts.slots],
        "titles": sorted(texts.titles),
        "warnings": list(texts.warnings),
    }


def texts_from_json(values: dict[str, Any]) -> Texts:
    """Rebuild texts."""
    slots = tuple(Slot(*slot) for slot in values["slots"])
    return Texts(slots, frozenset(values["titles"]), tuple(values["warnings"]))


def left_over(parts: dict[str, bytes], gone: set[str]) -> list[str]:
    """Say where a value still stands that was replaced elsewhere, in places that hold no text (names of styles)."""
    values = [value.encode() for value in gone if len(value) > 3]
    return [_LEFT.format(part=name) for name, content in parts.items() if any(value in content for value in values)]
