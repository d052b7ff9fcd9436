"""A small corpus and an embedder that needs no model, for tests of the index."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.passages import Passage
from leitplanke.core.retrieval.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.embedder import Vectors

MELDE = Source(document="BMG", title="Bundesmeldegesetz")
WOHN = Source(document="WoGG", title="Wohngeldgesetz")
HUND = Source(document="hundesteuer.md", title="Hundesteuersatzung")


def passage(source: Source, section: str, title: str, text: str, absatz: str = "", *, annex: bool = False) -> Passage:
    return Passage(source, section, title, absatz, 0, (), 0, len(text), text, annex=annex)


TOWN: dict[str, tuple[Source, tuple[Passage, ...]]] = {
    "bmg": (
        MELDE,
        (
            passage(MELDE, "§ 17", "Anmeldung, Abmeldung", "(1) Wer eine Wohnung bezieht, hat sich anzumelden.", "1"),
            passage(MELDE, "§ 17", "Anmeldung, Abmeldung", "(2) Wer eine Wohnung verlässt, meldet sich ab.", "2"),
            passage(MELDE, "§ 51", "Auskunftssperren", "Bei Gefahr für Leben wird eine Sperre eingetragen.", ""),
            passage(MELDE, "Anlage 1", "Muster", "Muster der Meldebescheinigung mit Lichtbild.", annex=True),
        ),
    ),
    "wogg": (
        WOHN,
        (
            passage(WOHN, "§ 3", "Wohngeldberechtigung", "Mieter und Eigentümer sind wohngeldberechtigt."),
            passage(WOHN, "§ 25", "Bewilligungszeitraum", "Das Wohngeld soll für zwölf Monate bewilligt werden."),
        ),
    ),
    "hund": (HUND, (passage(HUND, "Steuersatz", "", "Die Steuer beträgt jährlich 96 Euro je Hund."),)),
}


def load(name: str) -> tuple[Source, Sequence[Passage]]:
    return TOWN[name]


def digests(*names: str) -> dict[str, str]:
    return dict.fromkeys(names or TOWN, "1")


def renamed(source: Source, document: str) -> Source:
    return replace(source, document=document)


class BagEmbedder:
    """Vectors from hashed stems and n-grams: similar words give similar vectors, and every text always the same."""

    def __init__(self, model_id: str = "bag") -> None:
        self.model_id = model_id
        self.dimensions = 64
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.full(self.dimensions, 0.1, dtype=np.float32)
        for term in terms(text):
            vector[term % self.dimensions] += 1
        result: Vectors = vector / np.float32(np.linalg.norm(vector))
        return result
