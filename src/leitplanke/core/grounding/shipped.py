"""The answerer with what comes with the product: evidence models and paraphrases from `content/wissen`."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from leitplanke.core.grounding.answering import Answerer
from leitplanke.core.grounding.evidence import EvidenceModel
from leitplanke.core.grounding.paraphrases import Paraphrases, read_paraphrases

if TYPE_CHECKING:
    from leitplanke.core.grounding.corpus import Corpus
    from leitplanke.core.grounding.vectors import SentenceVectors


def shipped_answerer(corpus: Corpus, vectors: SentenceVectors | None) -> Answerer:
    """Return an answerer over `corpus`; without `vectors` the model calibrated on words alone decides."""
    words_model = _model("belegmodell-woerter.json")
    model = _model("belegmodell.json") if vectors else words_model
    return Answerer(corpus, model, _paraphrases(), vectors, words_model)


@lru_cache(maxsize=2)
def _model(name: str) -> EvidenceModel:
    return EvidenceModel.from_json(_content(name))


@lru_cache(maxsize=1)
def _paraphrases() -> Paraphrases:
    return read_paraphrases(_content("umschreibungen.yaml"))


def _content(name: str) -> str:
    return (resources.files("leitplanke.content") / "wissen" / name).read_text(encoding="utf-8")
