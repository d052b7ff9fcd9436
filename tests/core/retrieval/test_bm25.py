from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.bm25 import Bm25, Postings

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=12)


def _postings(texts: list[list[int]]) -> Postings:
    return Postings.build((" ".join(map(str, text)) for text in texts), lambda text: map(int, text.split()))


def _same(one: Postings, other: Postings) -> bool:
    names = ("terms", "starts", "docs", "counts", "lengths")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@given(TEXTS, TEXTS, st.data())
def test_merging_equals_building_anew(old: list[list[int]], new: list[list[int]], data: st.DataObject) -> None:
    kept = [number for number in range(len(old)) if data.draw(st.booleans())]
    merged = _postings(old).merged(np.array(kept, dtype=np.int64), _postings(new))
    assert _same(merged, _postings([old[number] for number in kept] + new))


@given(TEXTS, st.data())
def test_grouping_equals_building_the_larger_texts(texts: list[list[int]], data: st.DataObject) -> None:
    groups = [data.draw(st.integers(0, 3)) for _ in texts]
    larger = [
        [term for text, group in zip(texts, groups, strict=True) if group == i for term in text] for i in range(4)
    ]
    assert _same(_postings(texts).grouped(np.array(groups, dtype=np.int32), 4), _postings(larger))


def test_postings_survive_the_disk(tmp_path: Path) -> None:
    cases: list[list[list[int]]] = [[[1, 2, 2], [2, 3]], [[], []], []]
    for number, texts in enumerate(cases):
        _postings(texts).save(tmp_path / str(number))
        assert _same(Postings.load(tmp_path / str(number)), _postings(texts))


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    scores = Bm25(_postings([[1, 2], [1, 3], [1, 4]])).scores({1: 1.0, 2: 1.0})
    assert scores[0] > scores[1] == scores[2] > 0


def test_a_short_text_beats_a_long_one_with_the_same_hits() -> None:
    scores = Bm25(_postings([[1, 2, 3, 4, 5, 6], [1, 2]])).scores({1: 1.0})
    assert scores[1] > scores[0]


@given(st.lists(st.tuples(*[st.lists(st.integers(0, 5), max_size=4)] * 2), max_size=6))
def test_combining_equals_building_the_joined_texts(pairs: list[tuple[list[int], list[int]]]) -> None:
    one, other = [text for text, _ in pairs], [words for _, words in pairs]
    assert _same(_postings(one).combined(_postings(other)), _postings([text + words for text, words in pairs]))


def test_unknown_terms_and_empty_indexes_score_nothing() -> None:
    assert Bm25(_postings([[1]])).scores({7: 1.0}).tolist() == [0.0]
    assert Bm25(_postings([])).scores({7: 1.0}).tolist() == []


def test_no_text_reaches_the_ceiling() -> None:
    scorer = Bm25(_postings([[1, 1, 1, 2], [2]]))
    assert scorer.scores({1: 1.0, 2: 1.0}).max() < scorer.ceiling({1: 1.0, 2: 1.0})
