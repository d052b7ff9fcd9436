from __future__ import annotations

import numpy as np
import pytest

from leitplanke.core.grounding.meaning import MeaningSpace


@pytest.fixture
def space() -> MeaningSpace:
    random = np.random.default_rng(3)
    common = np.ones(16) * 5
    loud = np.eye(16)[0]
    sentences = common + random.normal(size=(200, 16)) + 8 * random.normal(size=(200, 1)) * loud
    return MeaningSpace.of(common + random.normal(size=(50, 16)), sentences, 1)


def test_what_all_sentences_share_does_not_make_them_alike(space: MeaningSpace) -> None:
    matter, other = np.eye(16)[3], np.eye(16)[7]
    loud = np.eye(16)[0]
    question = space.questions + matter
    units = np.array([[space.sentences + matter + 9 * loud] * 3, [space.sentences + other + 9 * loud] * 3])
    near, far = space.meanings(question, units)
    assert near.own > 0.8
    assert far.own < 0.3
    assert near.behind == 0 < far.behind
    assert near.standing > 0 > far.standing


def test_space_is_the_same_after_writing_and_reading(space: MeaningSpace) -> None:
    again = MeaningSpace.from_data(space.to_data())
    assert again == space
    assert hash(again) == hash(space)
    assert again != MeaningSpace(space.questions + 1, space.sentences, space.shared)


def test_vectors_of_another_model_do_not_fit(space: MeaningSpace) -> None:
    assert space.fits(16)
    assert not space.fits(384)
