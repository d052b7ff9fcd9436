"""What calibration and measurement of answers share: spaces, questions, gold quotes."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leitplanke.core.grounding import (
    Answerer,
    EvidenceModel,
    IndexCorpus,
    Paraphrases,
    SentenceVectors,
    read_paraphrases,
)
from leitplanke.core.retrieval.documents import Document
from leitplanke.core.retrieval.embedder import default_embedder
from leitplanke.core.retrieval.extract import load_folder
from leitplanke.core.retrieval.index import Index
from leitplanke.core.retrieval.passages import Passage
from leitplanke.core.retrieval.splitting import split
from leitplanke.core.retrieval.vector_cache import VectorCache
from leitplanke.core.retrieval.vocabulary import built_in_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
DATEN = ROOT / "benchmarks" / "daten"
# The demo town as the questions know it: the rules for AI in it were written before there was a workshop for them.
MUSTERSTADT = (ROOT / "src/leitplanke/content/musterstadt/wissen", DATEN / "musterstadt")
# With embeddings, and for machines without them.
ARTEFAKT, ARTEFAKT_WOERTER = "wissen/belegmodell.json", "wissen/belegmodell-woerter.json"
_WORK = ROOT / "var" / "benchmarks"
_SPACE = re.compile(r"\s+")
_OVERLAP = 0.6  # share of the shorter quote that must be common to both
_LEAST = 12  # characters


@dataclass(frozen=True)
class Space:
    """A folder of documents with its index."""

    name: str
    texts: dict[str, str]
    corpus: IndexCorpus
    passages: list[Passage]


def open_space(name: str, *folders: Path) -> Space:
    """Read and index folders, a later one before an earlier; the index stays in var/ for the next run."""
    found = (d for folder in folders for d in load_folder(folder))
    documents = {d.source.document: d for d in found if isinstance(d, Document)}
    index = Index.open(
        _WORK / f"index-{name}", embedder=default_embedder(), vocabulary=built_in_vocabulary(), cache=vector_cache()
    )
    wanted = {key: hashlib.sha256(repr(split(d)).encode()).hexdigest() for key, d in documents.items()}
    index.update(wanted, lambda key: (documents[key].source, split(documents[key])))
    index.embed_pending()
    passages = [passage for d in documents.values() for passage in split(d)]
    return Space(name, {key: d.text for key, d in documents.items()}, IndexCorpus(index), passages)


def vector_cache() -> VectorCache:
    return VectorCache(_WORK / "vektoren.sqlite")


def sentence_vectors() -> SentenceVectors:
    return SentenceVectors(default_embedder(), vector_cache())


def paraphrases() -> Paraphrases:
    return read_paraphrases((resources.files("leitplanke.content") / "wissen/umschreibungen.yaml").read_text("utf-8"))


def shipped_model(*, words_only: bool = False) -> EvidenceModel:
    name = ARTEFAKT_WOERTER if words_only else ARTEFAKT
    return EvidenceModel.from_json((resources.files("leitplanke.content") / name).read_text("utf-8"))


def answerer(space: Space, model: EvidenceModel, vectors: SentenceVectors | None) -> Answerer:
    return Answerer(space.corpus, model, paraphrases(), vectors)


def read_questions(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def supports(question: dict[str, Any], document: str, quote: str) -> bool:
    """Tell whether a quote is, or substantially overlaps, one of the gold quotes of a question."""
    return any(gold["document"] == document and overlaps(gold["quote"], quote) for gold in question.get("gold", []))


def overlaps(gold: str, quote: str) -> bool:
    one, other = _level(gold), _level(quote)
    if one in other or (other in one and len(other) >= _LEAST):
        return True
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    size = matcher.find_longest_match().size
    return size >= max(_OVERLAP * min(len(one), len(other)), _LEAST)


def _level(text: str) -> str:
    return _SPACE.sub(" ", text).replace("KI -", "KI-").strip()


def mean(values: Iterable[float]) -> float:
    items = list(values)
    return sum(items) / len(items) if items else float("nan")
