from __future__ import annotations

import json
from importlib import resources
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from leitplanke.core.grounding import EvidenceModel, EvidenceModelError
from leitplanke.core.grounding.evidence import NONE_NAMES, Ranked, none_features
from leitplanke.core.grounding.features import NAMES
from leitplanke.core.grounding.logistic import Logistic
from leitplanke.core.grounding.units import Kind

if TYPE_CHECKING:
    from leitplanke.core.grounding.features import Candidate


@pytest.mark.parametrize("name", ["belegmodell.json", "belegmodell-woerter.json"])
def test_shipped_artefacts_fit_the_features_and_tell_their_figures(name: str) -> None:
    text = (resources.files("leitplanke.content") / "wissen" / name).read_text("utf-8")
    model = EvidenceModel.from_json(text)
    assert 0 < model.accept < 1
    assert model.measured["kreuzweise"]["alle"]["fragen"] > 300
    assert EvidenceModel.from_json(model.to_json()) == model


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99, "merkmale": []}'])
def test_foreign_artefact_is_refused(text: str) -> None:
    with pytest.raises(EvidenceModelError):
        EvidenceModel.from_json(text)


def test_artefact_for_other_features_is_refused(model: EvidenceModel) -> None:
    data = json.loads(model.to_json())
    data["merkmale"] = data["merkmale"][1:]
    with pytest.raises(EvidenceModelError, match="neu kalibrieren"):
        EvidenceModel.from_json(json.dumps(data))


def test_neighbours_share_a_chance_and_no_answer_takes_the_rest(model: EvidenceModel) -> None:
    one, other = SimpleNamespace(section="Fristen"), SimpleNamespace(section="Fristen")
    places = ((one, 3), (other, 0), (one, 4), (one, 6))
    units = [
        SimpleNamespace(unit=SimpleNamespace(passage=passage, place=place, kind=Kind.SENTENCE))
        for passage, place in places
    ]
    ranked = Ranked(cast("tuple[Candidate, ...]", tuple(units)), (0.0, 0.0, 0.0, 0.0), none=0.0)
    assert [model.confidence(ranked, place) for place in range(5)] == pytest.approx([0.4, 0.2, 0.4, 0.2, 0.0])


def test_no_answer_is_judged_by_what_even_the_best_candidate_leaves_open() -> None:
    features = np.zeros((2, len(NAMES)))
    features[:, NAMES.index("noun_miss")] = 0.8, 0.3
    features[:, NAMES.index("own")] = 0.2, 0.6
    seen = dict(zip(NONE_NAMES, none_features(features), strict=True))
    assert (seen["noun_miss"], seen["own"]) == (0.3, 0.6)


def test_scores_are_the_same_after_writing_and_reading() -> None:
    model = Logistic({"a": 0.5, "b": -1.25}, 0.25)
    assert Logistic.from_data(model.to_data()) == model


@pytest.mark.parametrize(
    ("section", "elsewhere", "shared"),
    [
        ("5.3 Man sieht es", "5.3 Man sieht es", True),
        ("5.3 Man sieht es", "5.4 Die Akte", False),
        ("Was kostet es?", "Was kostet es?", False),
        ("1 Zweck", "1 Zweck", False),
    ],
)
def test_the_same_clause_of_another_document_shares_the_chance(
    model: EvidenceModel, section: str, elsewhere: str, shared: bool
) -> None:
    units = [
        SimpleNamespace(
            unit=SimpleNamespace(
                passage=SimpleNamespace(section=heading), place=9 * place, kind=Kind.SENTENCE, key=(name, 0, 1)
            )
        )
        for place, (name, heading) in enumerate([("leitlinie", section), ("anweisung", elsewhere)])
    ]
    ranked = Ranked(cast("tuple[Candidate, ...]", tuple(units)), (0.0, 0.0), none=0.0)
    assert model.confidence(ranked) == pytest.approx(2 / 3 if shared else 1 / 3)
