"""The evidence check: which unit answers best, and whether it answers at all. Its weights are measured, not chosen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leitplanke.core.grounding.features import NAMES, Candidate
from leitplanke.core.grounding.logistic import Logistic
from leitplanke.core.grounding.meaning import MeaningSpace
from leitplanke.core.grounding.units import Kind
from leitplanke.core.provenance import Ebene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from leitplanke.core.grounding.units import Unit

FORMAT = 3
_LISTED = frozenset({Kind.LEAD, Kind.ITEM})
_STATUTES = frozenset({Ebene.BUND, Ebene.LAND, Ebene.EU})
# What speaks for "no answer" is seen of all candidates together: what the question is like, what even the best of them
# leaves open, and how far the best of them reaches.
_ASKED = ("polar", "words_asked", "weight_asked", "names_asked")
_LEFT_OPEN = ("noun_miss", "second_miss", "worst_miss", "names_missing", "number_missing", "noun_miss_document")
_REACHED = ("own", "around", "meaning_own", "meaning_around")
NONE_NAMES: tuple[str, ...] = (*_ASKED, *_LEFT_OPEN, *_REACHED)
_CLAUSE = re.compile(r"\d+\.\d+ \w")
_COLUMNS = tuple([NAMES.index(name) for name in names] for names in (_ASKED, _LEFT_OPEN, _REACHED))


class EvidenceModelError(ValueError):
    """The artefact cannot be used; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates in order of the ranker, with its scores, and the score of "no answer" beside them."""

    candidates: tuple[Candidate, ...]
    scores: tuple[float, ...]
    none: float = 0.0

    @property
    def best(self) -> Candidate:
        """The candidate that answers best."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Two small linear models, learned together, and the thresholds they were calibrated for.

    Attributes:
        ranker: orders the candidates of one question.
        gate: scores "no answer", which competes with the candidates.
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
        features = np.array([candidate.features for candidate in candidates])
        scores = self.ranker.scores(NAMES, features)
        none = float(self.gate.scores(NONE_NAMES, none_features(features)[None, :])[0])
        order = np.argsort(-scores, kind="stable")
        return Ranked(tuple(candidates[int(i)] for i in order), tuple(float(scores[int(i)]) for i in order), none)

    def accepts(self, ranked: Ranked) -> bool:
        """Tell whether the best candidate is evidence enough."""
        if not ranked.candidates:
            return False
        statute = ranked.best.unit.passage.source.bereich.ebene in _STATUTES
        return self.confidence(ranked) >= (self.accept_statute if statute else self.accept)

    def confidence(self, ranked: Ranked, place: int = 0) -> float:
        """Return the chance that the candidate at `place`, or one right beside it, supports an answer.

        Neighbours are quoted together, the parts of a list share what speaks for the list, and documents that count
        their clauses alike say the same thing for different readers.
        """
        if place >= len(ranked.candidates):
            return 0.0
        ahead = np.clip(np.array([ranked.none, *ranked.scores]) - ranked.scores[place], -30, 30)
        odds = np.exp(ahead)
        beside = [_beside(ranked.candidates[place].unit, candidate.unit) for candidate in ranked.candidates]
        return float(odds[1:][beside].sum() / odds.sum())

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


def _beside(unit: Unit, other: Unit) -> bool:
    if other.passage is unit.passage:
        listed = unit.kind in _LISTED and other.kind in _LISTED
        return listed or abs(other.place - unit.place) <= 1
    clause = _clause(unit)
    return clause != "" and clause == _clause(other) and unit.key[0] != other.key[0]


def _clause(unit: Unit) -> str:
    """Return the numbered heading of second level over a unit ("5.3 Man sieht, was von der KI ist"), "" for others."""
    section = unit.passage.section
    return section if _CLAUSE.match(section) else ""


def none_features(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what speaks for "no answer", in the order of `NONE_NAMES`, from the features of all candidates as rows."""
    asked, left_open, reached = _COLUMNS
    return np.concatenate([features[0, asked], features[:, left_open].min(axis=0), features[:, reached].max(axis=0)])
