"""A small town's texts, and the evidence check as it is shipped for machines without embeddings."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest

from leitplanke.core.grounding import Answerer, EvidenceModel, ListCorpus, Paraphrases, read_paraphrases
from leitplanke.core.retrieval.extract import extract
from leitplanke.core.retrieval.splitting import split

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.core.retrieval.passages import Passage

    Ask = Callable[..., Answerer]

LEITLINIE = """# KI-Leitlinie der Stadt Musterstadt

## Verantwortung

Die Verantwortung für Entscheidungen tragen immer Menschen, auch wenn KI an der Vorbereitung beteiligt ist.
Niemand kann sich darauf berufen, dass eine KI etwas vorgeschlagen hat.

## Grundsätze

Für den Einsatz von KI gelten drei Grundsätze:

1. Menschen entscheiden und stehen für die Entscheidung ein.
2. Jeder Mensch erfährt, wenn er mit einer KI zu tun hat.
3. Daten von Menschen bleiben geschützt.

## Vorfälle

Vorfälle mit KI sind innerhalb von 24 Stunden der KI-Beauftragten zu melden.

## Bilder

Ein KI-Bild vom Stadtpark darf nicht erzeugt werden.
"""


@pytest.fixture(scope="session")
def paraphrases() -> Paraphrases:
    text = (resources.files("leitplanke.content") / "wissen/umschreibungen.yaml").read_text("utf-8")
    return read_paraphrases(text)


@pytest.fixture(scope="session")
def model() -> EvidenceModel:
    text = (resources.files("leitplanke.content") / "wissen/belegmodell-woerter.json").read_text("utf-8")
    return EvidenceModel.from_json(text)


def passages_of(name: str, text: str) -> tuple[Passage, ...]:
    return split(extract(name, text.encode()))


@pytest.fixture(scope="session")
def ask(paraphrases: Paraphrases, model: EvidenceModel) -> Ask:
    """Return an answerer over passages, by default over the guideline above."""

    def build(*passages: Passage) -> Answerer:
        return Answerer(ListCorpus(passages or passages_of("leitlinie.md", LEITLINIE)), model, paraphrases)

    return build
