from __future__ import annotations

import json
from importlib import resources

import numpy as np
import pytest

from leitplanke.core.grounding import EvidenceModel, EvidenceModelError
from leitplanke.core.grounding.logistic import Logistic, fit_logistic


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


def test_fit_finds_the_feature_that_tells() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(200, 2))
    wanted = (features[:, 0] > 0).astype(np.float64)
    model = fit_logistic(("tells", "noise"), features, wanted, np.ones(200), penalty=1.0)
    assert model.weights["tells"] > 5 * abs(model.weights["noise"])


def test_scores_are_the_same_after_writing_and_reading() -> None:
    model = Logistic({"a": 0.5, "b": -1.25}, 0.25)
    assert Logistic.from_data(model.to_data()) == model
