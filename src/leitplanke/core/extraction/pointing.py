"""A second reader points at values in a document; what it points at is read from the document, never taken from it.

A language model may find a value that no fixed pattern does. It can only say where: its words must stand in the
document, at exactly one place, and the rules that read every other value read this one as well. What it makes up is
dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leitplanke.core.extraction.labels import tokens
from leitplanke.core.extraction.proposing import SORTS, Labels, Proposal, choice, fits, is_negated, nearest, typed
from leitplanke.core.extraction.values import Found, find_values
from leitplanke.core.extraction.wordings import Wertart
from leitplanke.core.fencing import SAID, fenced
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.core.extraction.model import Belegart, Feld
    from leitplanke.core.retrieval.documents import Document

INSTRUCTION = (
    "Du liest ein Schriftstück für eine deutsche Behörde und zeigst, wo darin Werte für diese Felder stehen:\n"
    "{felder}\n"
    f"{SAID} Gib für jedes Feld, das du findest, `wert` und `stelle` an: `wert` Zeichen für Zeichen so, wie er im "
    "Schriftstück steht, `stelle` die Wörter um ihn herum, Zeichen für Zeichen, den Wert eingeschlossen. Rechne nicht, "
    "schätze nicht, lass weg, was du nicht findest."
)
MOST_CHARACTERS = 12_000  # of a document; what is longer is read by the fixed patterns alone
LONGEST, MOST = 90, 60
REASON = "von einem KI-Modell gefunden"
_CHOSEN = frozenset({Kind.AUSWAHL, Kind.WAHRHEITSWERT})
_DIGIT, _BREAK = re.compile(r"\d"), re.compile(r"[\n\t]")


def prompt(document: Document, felder: Mapping[str, Feld], mark: str) -> list[dict[str, str]]:
    """Return the messages for a model; `mark` is random for each call."""
    named = "\n".join(f"- {name}: {feld.titel.de}" for name, feld in felder.items())
    return [
        {"role": "system", "content": INSTRUCTION.format(felder=named)},
        {"role": "user", "content": fenced(document.text, mark)},
    ]


def schema(felder: Mapping[str, Feld]) -> dict[str, Any]:
    """Return the form of an answer as JSON Schema."""
    text = {"type": "string"}
    one = {
        "type": "object", "additionalProperties": False, "required": ["feld", "wert", "stelle"],
        "properties": {"feld": {"type": "string", "enum": list(felder)}, "wert": text, "stelle": text},
    }  # fmt: skip
    return {
        "type": "object", "additionalProperties": False, "required": ["werte"],
        "properties": {"werte": {"type": "array", "items": one, "maxItems": MOST}},
    }  # fmt: skip


def pointed(answer: str, document: Document, art: Belegart, names: Collection[str]) -> tuple[Proposal, ...]:
    """Return the values of these fields that an answer points at; what does not stand in the document so is dropped."""
    reader = _Reader(document.text, find_values(document), Labels(art))
    made: dict[tuple[str, str | bool], Proposal] = {}
    for name, wert, stelle in _entries(answer):
        start = _place(document.text, wert, stelle) if name in names else -1
        if start >= 0 and (proposal := reader.read(art.felder[name], start, start + len(wert))) is not None:
            made.setdefault((name, proposal.wert), proposal)
    return tuple(made.values())


def _entries(answer: str) -> Iterator[tuple[str, str, str]]:
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return
    entries = found.get("werte") if isinstance(found, dict) else None
    for entry in entries[:MOST] if isinstance(entries, list) else ():
        parts = [entry.get(key) for key in ("feld", "wert", "stelle")] if isinstance(entry, dict) else []
        if len(parts) == 3 and all(isinstance(part, str) for part in parts):
            yield tuple(parts)  # type: ignore[misc]


def _place(text: str, wert: str, stelle: str) -> int:
    """Return where a value begins; -1 where its place is not in the text, or is not the only one."""
    if not wert.strip() or wert != wert.strip() or len(wert) > LONGEST:
        return -1
    if text.count(stelle) != 1 or stelle.count(wert) != 1:
        return -1
    return text.index(stelle) + stelle.index(wert)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the value at a place as the fixed rules would; None where they would not read it so."""

    text: str
    values: tuple[Found, ...]
    labels: Labels

    def read(self, feld: Feld, start: int, end: int) -> Proposal | None:
        if feld.typ in _CHOSEN:
            return self._option(feld, start, end)
        for found in self.values:
            if found.sort in SORTS.get(feld.typ, ()) and _same(found, start, end, self.text[start:end]):
                return typed(feld, found) if self._may_be(found, feld) else None
        wording = self.text[start:end]
        if feld.typ is Kind.TEXT and not _BREAK.search(wording):
            return typed(feld, Found(Wertart.TEXT, " ".join(wording.split()), start, end, wording, reason=REASON))
        return None

    def _may_be(self, found: Found, feld: Feld) -> bool:
        """Tell whether neither period and unit nor the label beside a value say that it is something else."""
        best = nearest(tokens(found.label), found.sort, self.labels)
        return fits(found, feld, is_label=False) and (best is None or best[1] == feld)

    def _option(self, feld: Feld, start: int, end: int) -> Proposal | None:
        wording = self.text[start:end]
        said = tokens(wording)
        option = next((value for value, words in feld.worte.items() if said in map(tokens, words)), None)
        if option is None or is_negated(self.text, start, end):
            return None
        found = Found(Wertart.TEXT, wording, start, end, wording, reason=REASON)
        return Proposal(feld.name, feld.typ, choice(feld, option), (found,))


def _same(found: Found, start: int, end: int, wording: str) -> bool:
    """Tell whether a value that the rules found is the one pointed at: "412,50" of "412,50 EUR", not "12,50"."""
    if found.sort is Wertart.TEXT:
        return found.wording == wording and found.start == start
    within = (found.start <= start and end <= found.end) or (start <= found.start and found.end <= end)
    return within and _DIGIT.findall(found.wording) == _DIGIT.findall(wording)
