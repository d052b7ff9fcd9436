"""Calibrate the evidence check: fit ranker and gate on the open questions, cross-validate, write the artefact.

    .venv/bin/python benchmarks/kalibrieren.py [--schreiben] [--nur-woerter]

Without `--schreiben` it only reports. Sealed questions are never read here.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import antworten_werkzeug as werkzeug

from leitplanke.core.grounding import prepare
from leitplanke.core.grounding.compose import span_of
from leitplanke.core.grounding.detectors import settled_reason
from leitplanke.core.grounding.evidence import GATE_NAMES, EvidenceModel, Ranked, gate_features
from leitplanke.core.grounding.features import NAMES, Candidate
from leitplanke.core.grounding.limits import Limits
from leitplanke.core.grounding.logistic import Logistic, fit_logistic
from leitplanke.core.grounding.question import Question, understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDS = 6
SEED = 20261123
RANK_PENALTY, GATE_PENALTY = 10.0, 10.0
DECOY_WEIGHT = 0.3
WANTED_REFUSALS = 0.91
SUPPORT = 0.75
STATUTE = 0.6  # read off benchmarks/daten/gesetze/offen.jsonl, where questions are stories and sentences look alike
SETS = (
    ("seeds", werkzeug.SHARED / "seeds", ("seeds/offen.jsonl", "kalibrierung/seeds.jsonl")),
    ("musterstadt", werkzeug.ROOT / "src/leitplanke/content/musterstadt/wissen", ("kalibrierung/musterstadt.jsonl",)),
)


@dataclass(frozen=True)
class Case:
    """A question with its candidates and which of them a gold quote supports."""

    data: dict[str, Any]
    question: Question
    candidates: list[Candidate]
    gold: NDArray[np.bool_]
    group: str


def read_cases(*, words_only: bool) -> list[Case]:
    vectors = None if words_only else werkzeug.sentence_vectors()
    blank = _undecided(Logistic({}, 0.0), Logistic({}, 0.0))
    cases: list[Case] = []
    for name, folder, files in SETS:
        space = werkzeug.open_space(name, folder)
        if vectors:
            prepare(vectors, space.passages)
        answerer = werkzeug.answerer(space, blank, vectors)
        for file in files:
            for data in werkzeug.read_questions(werkzeug.DATEN / file):
                question = understand(data["question"], answerer.paraphrases)
                passages, _ = Limits().split(space.corpus.search(question.text, 30), None)
                candidates, _ = answerer.candidates(question, passages)
                gold = [werkzeug.supports(data, c.unit.passage.source.document, c.unit.text) for c in candidates]
                cases.append(Case(data, question, candidates, np.array(gold, dtype=np.bool_), file))
    return cases


def _undecided(ranker: Logistic, gate: Logistic) -> EvidenceModel:
    return EvidenceModel(ranker, gate, 0.5, 0.5, 0.5, {})


def fit_ranker(cases: Sequence[Case]) -> Logistic:
    """Maximise the chance that a supported candidate comes first, question by question (conditional logit)."""
    used = [case for case in cases if case.gold.any() and not case.gold.all()]
    rows = [np.array([c.features for c in case.candidates]) for case in used]
    spread = np.vstack(rows).std(axis=0)
    spread[spread < 1e-9] = np.inf
    scaled = [row / spread for row in rows]
    beta, first, second = (np.zeros(len(NAMES)) for _ in range(3))
    for step in range(1, 301):
        gradient = RANK_PENALTY * beta / len(used)
        for row, case in zip(scaled, used, strict=True):
            odds = np.exp(row @ beta - (row @ beta).max())
            hit = odds * case.gold
            gradient += row.T @ (odds / odds.sum() - hit / hit.sum()) / len(used)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        beta -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return Logistic(dict(zip(NAMES, (beta / spread).tolist(), strict=True)), 0.0)


def top(case: Case, model: EvidenceModel) -> tuple[Ranked, bool]:
    """Return the ranked candidates, and whether what would be quoted first is supported."""
    ranked = model.rank(case.candidates)
    if not ranked.candidates:
        return ranked, False
    span = span_of(ranked.best.unit, ranked, case.question)
    return ranked, werkzeug.supports(case.data, span.units[0].passage.source.document, span.text)


def fit_gate(cases: Sequence[Case]) -> Logistic:
    """Learn from rankers that have not seen the question whether the best candidate supports an answer.

    Each answerable question appears a second time without its gold: what then comes first is a decoy.
    """
    rows: list[tuple[NDArray[np.float64], float, float]] = []
    for train, test in folds(cases, SEED + 1):
        model = _undecided(fit_ranker(train), Logistic({}, 0.0))
        for case in test:
            ranked, right = top(case, model)
            if ranked.candidates and settled_reason(case.question) is None:
                rows.append((gate_features(ranked), float(right), 1.0))
            decoys = model.rank(_without_gold(case))
            if case.gold.any() and decoys.candidates:
                rows.append((gate_features(decoys), 0.0, DECOY_WEIGHT))
    features, wanted, weight = (np.array(column) for column in zip(*rows, strict=True))
    return fit_logistic(GATE_NAMES, features, wanted, weight, penalty=GATE_PENALTY)


def _without_gold(case: Case) -> list[Candidate]:
    """Return the candidates that are neither gold nor next to it."""
    gold = [c.unit for c, right in zip(case.candidates, case.gold, strict=True) if right]
    return [
        c
        for c in case.candidates
        if not any(c.unit.passage is g.passage and abs(c.unit.place - g.place) <= 1 for g in gold)
    ]


def folds(cases: Sequence[Case], seed: int) -> list[tuple[list[Case], list[Case]]]:
    place = np.random.default_rng(seed).permutation(len(cases)) % FOLDS
    return [
        (
            [c for c, p in zip(cases, place, strict=True) if p != k],
            [c for c, p in zip(cases, place, strict=True) if p == k],
        )
        for k in range(FOLDS)
    ]


def cross_validate(cases: Sequence[Case]) -> list[tuple[Case, float, bool]]:
    """Return for each question the chance given and whether the quote was right, by models that did not see it."""
    outcomes = []
    for train, test in folds(cases, SEED):
        ranker = fit_ranker(train)
        model = _undecided(ranker, fit_gate(train))
        for case in test:
            ranked, right = top(case, model)
            settled = settled_reason(case.question) is not None
            outcomes.append((case, 0.0 if settled else model.confidence(ranked), right))
    return outcomes


def figures(outcomes: Sequence[tuple[Case, float, bool]], accept: float) -> dict[str, float]:
    asked = [(chance >= accept, right) for case, chance, right in outcomes if case.data["answerable"]]
    other = [chance >= accept for case, chance, _ in outcomes if not case.data["answerable"]]
    return {
        "fragen": len(outcomes),
        "rang_1": werkzeug.mean(right for _, right in asked),
        "richtig": werkzeug.mean(given and right for given, right in asked),
        "falsch_verweigert": werkzeug.mean(not given for given, _ in asked),
        "abgelehnt": werkzeug.mean(not given for given in other),
        "genau": werkzeug.mean(right for given, right in asked if given),
    }


def threshold(outcomes: Sequence[tuple[Case, float, bool]]) -> float:
    """Return the lowest chance at which enough of the unanswerable questions are refused."""
    wrong = sorted((chance for case, chance, _ in outcomes if not case.data["answerable"]), reverse=True)
    place = int((1 - WANTED_REFUSALS) * len(wrong))
    return round(float(wrong[place]) + 0.005, 3)


def report(outcomes: Sequence[tuple[Case, float, bool]], accept: float) -> dict[str, dict[str, float]]:
    groups: dict[str, list[tuple[Case, float, bool]]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome[0].group].append(outcome)
    result = {name: figures(group, accept) for name, group in [*groups.items(), ("alle", list(outcomes))]}
    for name, values in result.items():
        print(f"{name:28}", " ".join(f"{key}={value:.3f}" for key, value in values.items()))
    return result


def misses(outcomes: Sequence[tuple[Case, float, bool]], accept: float) -> None:
    for case, chance, right in sorted(outcomes, key=lambda item: -item[1]):
        given = chance >= accept
        if case.data["answerable"] and not (given and right):
            kind = "falsch" if given else "still, Rang 1 richtig" if right else "still"
            print(f"  {kind} {chance:.2f} {case.question.wanted} {case.data['question']}")
        if not case.data["answerable"] and given:
            print(f"  ZUVIEL {chance:.2f} {case.question.wanted:8} {case.data['question']}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Kalibriert das Belegmodell an den offenen Fragen.")
    parser.add_argument("--schreiben", action="store_true", help="das Ergebnis als Datei des Programms ablegen")
    parser.add_argument("--fehler", action="store_true", help="die falsch behandelten Fragen zeigen")
    parser.add_argument("--nur-woerter", action="store_true", help="für Rechner ohne Einbettungsmodell")
    options = parser.parse_args()
    cases = read_cases(words_only=options.nur_woerter)
    outcomes = cross_validate(cases)
    accept = threshold(outcomes)
    print(f"Schwelle {accept}")
    measured = report(outcomes, accept)
    if options.fehler:
        misses(outcomes, accept)
    if options.schreiben:
        ranker = fit_ranker(cases)
        rounded = {name: {key: round(value, 3) for key, value in group.items()} for name, group in measured.items()}
        told = {"kreuzweise": rounded, "teile": FOLDS}
        model = EvidenceModel(ranker, fit_gate(cases), accept, STATUTE, max(SUPPORT, accept), told)
        name = werkzeug.ARTEFAKT_WOERTER if options.nur_woerter else werkzeug.ARTEFAKT
        (werkzeug.ROOT / "src/leitplanke/content" / name).write_text(model.to_json(), "utf-8")


if __name__ == "__main__":
    main()
