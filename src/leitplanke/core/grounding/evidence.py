"""The evidence check: which unit answers best, and whether it answers at all. Its weights are measured, not chosen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leitplanke.core.grounding.features import NAMES, Candidate
from leitplanke.core.grounding.logistic import Logistic, chance
from leitplanke.core.grounding.meaning import MeaningSpace
from leitplanke.core.provenance import Ebene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FORMAT = 2
_STATUTES = frozenset({Ebene.BUND, Ebene.LAND, Ebene.EU})
# What the gate sees: all that is known of the best candidate, and how it stands among the others.
GATE_NAMES: tuple[str, ...] = (*NAMES, "score", "margin", "over_typical", "likely")


class EvidenceModelError(ValueError):
    """The artefact cannot be used; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order of the ranker, with its scores."""

    candidates: tuple[Candidate, ...]
    scores: tuple[float, ...]

    @property
    def best(self) -> Candidate:
        """The candidate that answers best."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Two small linear models and the thresholds they were calibrated for.

    Attributes:
        ranker: orders the candidates of one question.
        gate: estimates the chance that the best candidate really supports an answer.
        accept: chance from which a question is answered.
        accept_statute: the same for statutes of Bund, Land and EU, whose sentences look alike.
        support: chance from which a further unit may stand beside the best one.
        measured: the figures of the calibration, for people.
        space: what sentence vectors have in common; None where the model decides by words alone.
    """

    ranker: Logistic
    gate: Logistic
    accept: float
    accept_statute: float
    support: float
    measured: Mapping[str, Any]
    space: MeaningSpace | None = None

    def rank(self, candidates: Sequence[Candidate]) -> Ranked:
        """Return the candidates, best first."""
        if not candidates:
            return Ranked((), ())
        scores = self.ranker.scores(NAMES, np.array([candidate.features for candidate in candidates]))
        order = np.argsort(-scores, kind="stable")
        return Ranked(tuple(candidates[int(i)] for i in order), tuple(float(scores[int(i)]) for i in order))

    def accepts(self, ranked: Ranked) -> bool:
        """Tell whether the best candidate is evidence enough."""
        if not ranked.candidates:
            return False
        statute = ranked.best.unit.passage.source.bereich.ebene in _STATUTES
        return self.confidence(ranked) >= (self.accept_statute if statute else self.accept)

    def confidence(self, ranked: Ranked, place: int = 0) -> float:
        """Return the chance that the candidate at `place` supports an answer."""
        if place >= len(ranked.candidates):
            return 0.0
        return chance(float(self.gate.scores(GATE_NAMES, gate_features(ranked, place)[None, :])[0]))

    @classmethod
    def from_json(cls, text: str) -> EvidenceModel:
        """Read the artefact that the calibration wrote.

        Raises:
            EvidenceModelError: it is no such artefact, or was made for other features.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT or tuple(data["merkmale"]) != NAMES:
                raise EvidenceModelError(
                    "Das Belegmodell passt nicht zu diesem Programm. Bitte neu kalibrieren: benchmarks/kalibrieren.py."
                )
            return cls(
                Logistic.from_data(data["rangfolge"]),
                Logistic.from_data(data["zulassung"]),
                float(data["schwellen"]["antwort"]),
                float(data["schwellen"]["gesetz"]),
                float(data["schwellen"]["zusatz"]),
                data["gemessen"],
                MeaningSpace.from_data(data["raum"]) if "raum" in data else None,
            )
        except (KeyError, TypeError, json.JSONDecodeError) as error:
            raise EvidenceModelError(f"Das Belegmodell ist nicht lesbar ({error}).") from error

    def to_json(self) -> str:
        """Return the artefact as text."""
        data = {
            "format": FORMAT,
            "merkmale": list(NAMES),
            "rangfolge": self.ranker.to_data(),
            "zulassung": self.gate.to_data(),
            "schwellen": {"antwort": self.accept, "gesetz": self.accept_statute, "zusatz": self.support},
            "gemessen": dict(self.measured),
        } | ({"raum": self.space.to_data()} if self.space else {})
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def gate_features(ranked: Ranked, place: int = 0) -> NDArray[np.float64]:
    """Return what the gate sees of the candidate at `place`, in the order of `GATE_NAMES`."""
    candidate, score = ranked.candidates[place], ranked.scores[place]
    others = [
        s for c, s in zip(ranked.candidates, ranked.scores, strict=True) if c.unit.passage is not candidate.unit.passage
    ]
    typical = float(np.median(ranked.scores))
    standing = [score, min(score - max(others, default=score - 5.0), 5.0), min(score - typical, 12.0)]
    standing += [1 / float(np.exp(np.clip(np.array(ranked.scores) - score, -30, 30)).sum())]
    return np.array([*candidate.features, *standing], dtype=np.float64)
