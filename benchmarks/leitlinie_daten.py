"""The labelled documents for importing guidelines: sources, labels, and where in an extracted text they lie.

python benchmarks/leitlinie_daten.py   sets the invented guidelines again as PDF
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from leitplanke.base.documents.printing.record import Record, RecordSection, record_pdf
from leitplanke.core.retrieval.extract import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leitplanke.core.retrieval.documents import Document

FOLDER = Path(__file__).parent / "leitlinie"
SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"
TOWN = Path(__file__).parent / "daten" / "musterstadt"
INVENTED = ("haselbrueck", "sandlohe")
ANCHOR_WORDS = 6
_LETTERS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A labelled piece of a text.

    Attributes:
        must: blocks it speaks about; each a set of which one suffices.
        may: blocks it touches: finding them there is neither right nor wrong.
        options: by block the option it suggests.
    """

    start: int
    end: int
    must: tuple[frozenset[str], ...] = ()
    may: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Labelled:
    """An extracted document with its labels."""

    name: str
    document: Document
    units: tuple[Unit, ...]

    @cached_property
    def must(self) -> set[str]:
        """Blocks that the document speaks about, the first of alternatives."""
        return {min(group) for unit in self.units for group in unit.must}


class LabelError(ValueError):
    """An anchor does not lie where it should."""


def seeds() -> list[Labelled]:
    """Return the labelled source documents; an empty list where they are not at hand."""
    if not SEEDS.is_dir():
        return []
    return [_anchored(SEEDS / name, rows) for name, rows in _yaml("seeds.yaml").items()]


def town() -> list[Labelled]:
    """Return rules the demo town had before the workshop; written before, and nothing was tuned on them."""
    return [_anchored(TOWN / name, rows) for name, rows in _yaml("musterstadt.yaml").items()]


def invented() -> list[Labelled]:
    """Return the invented guidelines, read from their PDF."""
    return [_invented(name) for name in INVENTED]


def written(name: str) -> bytes:
    """Return an invented guideline as PDF."""
    tree = _yaml(f"{name}.yaml")
    sections = tuple(
        RecordSection(part["ueberschrift"], tuple(row["text"] for row in part["absaetze"]))
        for part in tree["abschnitte"]
    )
    day = date.fromisoformat(str(tree["datum"]))
    return record_pdf(Record(tree["titel"], tree["untertitel"], day, sections, columns=int(tree["spalten"])))


def paragraphs(name: str) -> list[str]:
    """Return what an invented guideline says, without headings."""
    return [row["text"] for part in _yaml(f"{name}.yaml")["abschnitte"] for row in part["absaetze"]]


def _anchored(file: Path, rows: list[dict[str, Any]]) -> Labelled:
    name = file.name
    document = extract(name, file.read_bytes())
    labels: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows:
        place = _place(document.text, row["anker"])
        block = next((block for block in document.blocks if block.start <= place < block.end), None)
        if block is None:
            raise LabelError(f"{name}: „{row['anker']}“ steht in keinem Absatz.")
        labels[block.start, block.end] = row
    spans = [(block.start, block.end) for block in document.blocks]
    return Labelled(name, document, tuple(_unit(*span, labels.get(span, {})) for span in spans))


def _invented(name: str) -> Labelled:
    document = extract(f"{name}.pdf", (FOLDER / f"{name}.pdf").read_bytes())
    rows = [row for part in _yaml(f"{name}.yaml")["abschnitte"] for row in part["absaetze"]]
    starts = [_place(document.text, " ".join(row["text"].split()[:ANCHOR_WORDS])) for row in rows]
    if starts != sorted(starts):
        raise LabelError(f"{name}: Die Absätze stehen nicht in ihrer Reihenfolge.")
    ends = [*starts[1:], len(document.text)]
    return Labelled(name, document, tuple(_unit(*part) for part in zip(starts, ends, rows, strict=True)))


def _unit(start: int, end: int, row: Mapping[str, Any]) -> Unit:
    must = tuple(frozenset(str(group).split("|")) for group in row.get("muss", ()))
    return Unit(start, end, must, frozenset(row.get("kann", ())), dict(row.get("optionen", {})))


def _place(text: str, anchor: str) -> int:
    """Return where an anchor begins, whatever stands between its letters."""
    places = [match.start() for match in _LETTERS.finditer(text)]
    letters, wanted = ("".join(_LETTERS.findall(part)) for part in (text, anchor))
    found = letters.find(wanted)
    if found < 0 or letters.find(wanted, found + 1) >= 0:
        raise LabelError(f"Der Anker „{anchor}“ steht nicht genau einmal im Text.")
    return places[found]


def _yaml(name: str) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return tree


def main(names: Iterable[str] = INVENTED) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")
    import django

    django.setup()
    for name in names:
        (FOLDER / f"{name}.pdf").write_bytes(written(name))


if __name__ == "__main__":
    main()
