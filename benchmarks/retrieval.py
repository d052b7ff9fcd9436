"""Measures the search over the statutes: everyday questions with gold sections, and explicit references.

    python benchmarks/retrieval.py --half offen --index /tmp/leitplanke-index

The sealed half (`--half versiegelt`) is for final figures only: whoever develops does not look at it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import leitplanke  # first, for it sets how numpy uses threads

# isort: split
from kennzahlen import NAMES, Figures, Section, figures
from vergleichssysteme import Bm25s, Fts5

from leitplanke.core.retrieval.embedder import default_embedder
from leitplanke.core.retrieval.extract import ExtractionError, load_folder
from leitplanke.core.retrieval.folder import default_cache, open_folder
from leitplanke.core.retrieval.hits import Mode
from leitplanke.core.retrieval.splitting import split
from leitplanke.core.retrieval.vector_cache import VectorCache
from leitplanke.core.retrieval.vocabulary import Vocabulary, built_in_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from leitplanke.core.retrieval.index import Index

    Search = Callable[[str], Sequence[Section]]

HERE = Path(__file__).parent
QUESTIONS = HERE / "daten" / "gesetze"


def main() -> None:
    arguments = _arguments()
    everyday = _questions(QUESTIONS / f"{arguments.half}.jsonl")
    explicit = _questions(QUESTIONS / "ausdruecklich.jsonl")
    cache = VectorCache(arguments.cache) if arguments.cache else default_cache()
    index = open_folder(
        arguments.documents,
        arguments.index,
        embedder=default_embedder(),
        vocabulary=built_in_vocabulary(),
        cache=cache,
        progress=_progress,
    ).index
    texts = _sections(arguments.documents)
    print(f"\n{len(everyday)} Alltagsfragen ({arguments.half}), {len(texts)} Abschnitte, ", end="")
    print(f"Leitplanke {leitplanke.__version__}\n", flush=True)
    _row("", None)
    _measure("SQLite FTS5", Fts5(texts).search, everyday)
    baseline = _measure("bm25s", Bm25s(texts).search, everyday)
    names = Vocabulary(namen=built_in_vocabulary().namen)
    for label, vocabulary in (("ohne Stichworte", names), ("mit Stichworten", built_in_vocabulary())):
        index.use_vocabulary(vocabulary)
        for mode in Mode:
            best = _measure(f"{mode}, {label}", _searching(index, mode), everyday)
    print(f"\nnDCG@10 gegen bm25s: {best.means['nDCG@10'] / baseline.means['nDCG@10']:.2f}-fach")
    print(f"\n{len(explicit)} ausdrückliche Verweise\n")
    _row("", None)
    for mode in (Mode.LEXICAL, Mode.FUSED):
        _measure(str(mode), _searching(index, mode), explicit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["offen", "versiegelt"], default="offen")
    parser.add_argument("--index", type=Path, required=True, help="folder in which the index is kept")
    parser.add_argument("--documents", type=Path, default=HERE.parents[1] / "shared" / "data" / "gesetze")
    parser.add_argument("--cache", type=Path, help="file of vectors computed before")
    return parser.parse_args()


def _questions(file: Path) -> list[tuple[str, set[Section]]]:
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(entry["question"], {(gold["document"], gold["section"]) for gold in entry["gold"]}) for entry in entries]


def _sections(folder: Path) -> dict[Section, str]:
    texts: defaultdict[Section, list[str]] = defaultdict(list)
    for document in load_folder(folder):
        if isinstance(document, ExtractionError):
            sys.exit(str(document))
        for passage in split(document):
            if not passage.annex:
                section = (passage.source.document, passage.section)
                texts[section] = [*(texts[section] or [passage.title]), passage.text]
    return {section: "\n".join(parts) for section, parts in texts.items()}


def _searching(index: Index, mode: Mode) -> Search:
    def search(question: str) -> list[Section]:
        hits = index.search_sections(question, mode=mode)
        return [(hit.passage.source.document, hit.passage.section) for hit in hits]

    search("Aufwärmen")
    return search


def _measure(label: str, search: Search, questions: Sequence[tuple[str, set[Section]]]) -> Figures:
    rankings, times = [], []
    for question, _ in questions:
        start = time.perf_counter()
        rankings.append(search(question))
        times.append(time.perf_counter() - start)
    result = figures(rankings, [gold for _, gold in questions], times)
    _row(label, result)
    return result


def _row(label: str, result: Figures | None) -> None:
    if result is None:
        cells = [*NAMES, "p50/p95 ms"]
    else:
        cells = [f"{result.means[name]:.3f} [{result.low[name]:.2f}-{result.high[name]:.2f}]" for name in NAMES]
        cells.append(f"{result.p50:.1f}/{result.p95:.1f}")
    print(f"{label:26}" + "".join(f"{cell:>20}" for cell in cells), flush=True)


def _progress(phase: str, done: int, total: int) -> None:
    print(f"\r{phase} {done}/{total}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
