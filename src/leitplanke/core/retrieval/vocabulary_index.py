"""The vocabulary prepared for one generation of an index: which entry leads to which section."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.retrieval.arrays import load_array, save_array
from leitplanke.core.retrieval.bm25 import Bm25, Postings
from leitplanke.core.retrieval.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from leitplanke.core.retrieval.vocabulary import Stichwort, Vocabulary

    Resolver = Callable[[str], list[int]]

_MATCHES = 2  # entries that may widen a question
_SECOND_NORM = np.float32(0.01)  # how much less similar a phrase counts for the norms behind the first


class VocabularyIndex:
    """Entries as search keys of sections and as expansions of questions.

    `sections` scores sections by their own words and those of the entries that lead to them.
    """

    def __init__(self, directory: Path) -> None:
        """Open what `write` wrote."""
        self.directory = directory
        self.phrases: list[str] = json.loads((directory / "phrases.json").read_text(encoding="utf-8"))
        self._official: list[list[str]] = json.loads((directory / "official.json").read_text(encoding="utf-8"))
        self.sections = Bm25(Postings.load(directory / "sections"))
        self._entries = Bm25(Postings.load(directory / "entries"))
        self._pairs: NDArray[np.int32] = load_array(directory / "pairs.npy")

    @classmethod
    def open(cls, generation: Path, vocabulary: Vocabulary, resolve: Resolver) -> VocabularyIndex:
        """Open the vocabulary of a generation, prepared now where it has changed.

        `resolve` returns the sections that a written reference names.
        """
        directory = generation / f"vocabulary-{vocabulary.digest[:16]}"
        if not directory.is_dir():
            temporary = directory.with_name(f"{directory.name}.{os.getpid()}")
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir()
            _write(temporary, vocabulary, Postings.load(generation / "sections"), resolve)
            try:
                temporary.rename(directory)
            except OSError:  # another process was quicker
                shutil.rmtree(temporary, ignore_errors=True)
        return cls(directory)

    def expansions(self, bag: dict[int, float], least: float) -> dict[int, float]:
        """Return the terms of the official words of the entries that cover at least the share `least` of a question."""
        scores = self._entries.scores(bag)
        best = np.argsort(-scores)[:_MATCHES]
        whole = self._entries.ceiling(bag)
        found = [int(number) for number in best if scores[number] >= least * whole > 0]
        return {term: 1.0 for number in found for text in self._official[number] for term in terms(text)}

    def similarity(self, phrase_scores: NDArray[np.float32], sections: int) -> NDArray[np.float32]:
        """Return for each section how similar its best phrase is, -1 where it has none."""
        result = np.full(sections, -1, dtype=np.float32)
        phrase, section, place = self._pairs
        np.maximum.at(result, section, phrase_scores[phrase] - _SECOND_NORM * (place > 0))
        return result


def _write(directory: Path, vocabulary: Vocabulary, sections: Postings, resolve: Resolver) -> None:
    keys: list[list[str]] = [[] for _ in sections.lengths]
    phrases: dict[str, int] = {}
    pairs: list[tuple[int, int, int]] = []
    for entry in vocabulary.stichworte:
        for place, section in enumerate(_targets(entry, resolve)):
            keys[section] += [*entry.alltag, *entry.amtlich]
            pairs += [(phrases.setdefault(text, len(phrases)), section, min(place, 1)) for text in entry.alltag]
    (directory / "phrases.json").write_text(json.dumps(list(phrases), ensure_ascii=False), encoding="utf-8")
    official = [entry.amtlich for entry in vocabulary.stichworte]
    (directory / "official.json").write_text(json.dumps(official, ensure_ascii=False), encoding="utf-8")
    own = Postings.build((" ".join(texts) for texts in keys), terms)
    sections.combined(own).save(directory / "sections")
    Postings.build((" ".join(entry.alltag) for entry in vocabulary.stichworte), terms).save(directory / "entries")
    save_array(directory / "pairs.npy", np.array(pairs, dtype=np.int32).reshape(-1, 3).T)


def _targets(entry: Stichwort, resolve: Resolver) -> list[int]:
    return list(dict.fromkeys(section for norm in entry.normen for section in resolve(norm)))
