"""Calibrate the evidence check: fit it on the open questions, cross-validate, write the artefact.

    .venv/bin/python benchmarks/kalibrieren.py [--schreiben] [--nur-woerter] [--nach-dokument]

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

from leitplanke.core.grounding.answering import wordings
from leitplanke.core.grounding.compose import span_of
from leitplanke.core.grounding.detectors import settled_reason
from leitplanke.core.grounding.evidence import NONE_NAMES, EvidenceModel, Ranked, none_features
from leitplanke.core.grounding.features import NAMES, Candidate
from leitplanke.core.grounding.limits import Limits
from leitplanke.core.grounding.logistic import Logistic
from leitplanke.core.grounding.meaning import MeaningSpace
from leitplanke.core.grounding.question import Question, understand
from leitplanke.core.grounding.units import units_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from leitplanke.core.grounding import SentenceVectors

FOLDS = 6
SEED = 20261123
PENALTY, STEPS, PACE = 10.0, 300, 0.06
DECOY_WEIGHT = 0.1
WANTED_REFUSALS = 0.91
WANTED_REFUSALS_BY_WORDS = 0.9  # without vectors a list would else be refused that answers word for word
CURVE = (0.7, 0.8, 0.85, 0.9, 0.95)  # shares of refusals for which the trade is shown
OWN = ("kalibrierung/seeds.jsonl", "kalibrierung/musterstadt.jsonl")  # written by who built the check
SUPPORT = 0.3
STATUTE = 0.6  # stricter than elsewhere: of statutes many sentences look alike, and questions are stories
DIRECTIONS = 6  # shared directions taken out of the vectors
SETS = (
    (
        "seeds",
        (werkzeug.SHARED / "seeds",),
        (
            "seeds/offen.jsonl",
            *(f"kalibrierung/{name}.jsonl" for name in ("seeds", "hart", "blind-a", "blind-b")),
        ),
    ),
    (
        "musterstadt",
        werkzeug.MUSTERSTADT,
        ("kalibrierung/musterstadt.jsonl", "kalibrierung/blind-m.jsonl"),
    ),
)


@dataclass(frozen=True)
class Case:
    """A question with its candidates and which of them a gold quote supports."""

    data: dict[str, Any]
    question: Question
    candidates: list[Candidate]
    gold: NDArray[np.bool_]
    group: str
    space: str


Outcome = tuple[Case, float, bool]


def read_cases(*, words_only: bool) -> tuple[list[Case], MeaningSpace | None]:
    """Weigh the candidates of all open questions; also return what the sentence vectors have in common."""
    vectors = None if words_only else werkzeug.sentence_vectors()
    spaces = [(werkzeug.open_space(name, *folders), files) for name, folders, files in SETS]
    asked = [(space, file, data) for space, files in spaces for file in files for data in _questions(file)]
    meaning = _meaning_space(vectors, [space for space, _ in spaces], asked) if vectors else None
    blank = _undecided(Logistic({}, 0.0), Logistic({}, 0.0), meaning)
    answerers = {space.name: werkzeug.answerer(space, blank, vectors) for space, _ in spaces}
    cases: list[Case] = []
    for space, file, data in asked:
        answerer = answerers[space.name]
        question = understand(data["question"], answerer.paraphrases)
        passages, _ = Limits().split(answerer.found(question), None)
        candidates, _ = answerer.candidates(question, passages)
        gold = [werkzeug.supports(data, c.unit.passage.source.document, c.unit.text) for c in candidates]
        cases.append(Case(data, question, candidates, np.array(gold, dtype=np.bool_), file, space.name))
    return cases, meaning


def _questions(file: str) -> list[dict[str, Any]]:
    return werkzeug.read_questions(werkzeug.DATEN / file)


def _meaning_space(
    vectors: SentenceVectors, spaces: Sequence[werkzeug.Space], asked: Sequence[tuple[Any, str, dict[str, Any]]]
) -> MeaningSpace:
    texts = [text for space in spaces for unit in units_of(space.passages) for text in wordings(unit)]
    vectors.prepare(texts)
    sentences = np.array(vectors.sentences(texts, budget=0), dtype=np.float64)
    questions = np.array([vectors.question(data["question"]) for _, _, data in asked], dtype=np.float64)
    return MeaningSpace.of(questions, sentences, DIRECTIONS)


def _undecided(ranker: Logistic, gate: Logistic, space: MeaningSpace | None = None) -> EvidenceModel:
    return EvidenceModel(ranker, gate, 0.5, 0.5, 0.5, {}, space)


def fit(cases: Sequence[Case]) -> tuple[Logistic, Logistic]:
    """Maximise the chance of a supported candidate, or of "no answer", among all of a question (conditional logit).

    Each answerable question appears a second time without its gold: then "no answer" is right. The two models returned
    score the candidates and "no answer".
    """
    rows, none, gold, weight = _competitions(cases)
    sizes = [len(part) for part in rows]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(rows)), sizes)
    features, right = np.vstack(rows), np.concatenate(gold).astype(np.float64)
    asked, refuse = np.hstack([np.array(none), np.ones((len(none), 1))]), np.array([not part.any() for part in gold])
    spread, spread_none = _spread(features), _spread(asked)
    spread_none[-1] = 1.0
    features, asked = features / spread, asked / spread_none
    size = features.shape[1]
    beta, first, second = (np.zeros(size + asked.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores, silence = features @ beta[:size], asked @ beta[size:]
        most = np.maximum(np.maximum.reduceat(scores, starts), silence)
        odds, silent = np.exp(scores - most[owner]), np.exp(silence - most)
        hit, total = odds * right, np.add.reduceat(odds, starts) + silent
        wanted = np.add.reduceat(hit, starts) + silent * refuse
        surplus = weight[owner] * (odds / total[owner] - hit / wanted[owner])
        surplus_none = weight * silent * (1 / total - refuse / wanted)
        push = np.concatenate([features.T @ surplus, asked.T @ surplus_none])
        gradient = (PENALTY * beta + push) / len(rows)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        beta -= PACE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    ranker = Logistic(dict(zip(NAMES, (beta[:size] / spread).tolist(), strict=True)), 0.0)
    weights = (beta[size:-1] / spread_none[:-1]).tolist()
    return ranker, Logistic(dict(zip(NONE_NAMES, weights, strict=True)), float(beta[-1]))


def _competitions(cases: Sequence[Case]) -> tuple[list[Any], list[Any], list[Any], NDArray[np.float64]]:
    """Return by competition: the candidates' features, those of "no answer", which are gold, and how much it counts."""
    entered: list[tuple[Any, Any, float]] = []
    for case in cases:
        rows = np.array([c.features for c in case.candidates])
        if case.gold.any() or (not case.data["answerable"] and settled_reason(case.question) is None):
            entered.append((rows, case.gold, 1.0))
        decoys = _without_gold(case)
        if case.gold.any() and decoys:
            entered.append((np.array([c.features for c in decoys]), np.zeros(len(decoys), bool), DECOY_WEIGHT))
    rows_of, gold, weight = zip(*entered, strict=True)
    return list(rows_of), [none_features(rows) for rows in rows_of], list(gold), np.array(weight)


def _spread(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = rows.std(axis=0)
    return np.where(spread < 1e-9, np.inf, spread)


def top(case: Case, model: EvidenceModel) -> tuple[Ranked, bool]:
    """Return the ranked candidates, and whether what would be quoted first is supported."""
    ranked = model.rank(case.candidates)
    if not ranked.candidates:
        return ranked, False
    span = span_of(ranked.best.unit, ranked, case.question)
    return ranked, werkzeug.supports(case.data, span.units[0].passage.source.document, span.text)


def blind_models(cases: Sequence[Case], place: NDArray[np.int_]) -> list[tuple[list[Case], EvidenceModel]]:
    """Return the cases by fold, each with a model that has not seen them."""
    return [(test, _undecided(*fit(train))) for train, test in folds(cases, place)]


def _without_gold(case: Case) -> list[Candidate]:
    """Return the candidates that are neither gold nor next to it."""
    gold = [c.unit for c, right in zip(case.candidates, case.gold, strict=True) if right]
    return [
        c
        for c in case.candidates
        if not any(c.unit.passage is g.passage and abs(c.unit.place - g.place) <= 1 for g in gold)
    ]


def folds(cases: Sequence[Case], place: NDArray[np.int_]) -> list[tuple[list[Case], list[Case]]]:
    """Split the cases by the number of their fold into those to learn from and those to judge."""
    return [
        (
            [c for c, p in zip(cases, place, strict=True) if p != k],
            [c for c, p in zip(cases, place, strict=True) if p == k],
        )
        for k in sorted(set(place.tolist()))
    ]


def by_sentence(cases: Sequence[Case], seed: int) -> NDArray[np.int_]:
    """Deal the cases into folds; questions that share a gold sentence stay together."""
    groups = _groups(cases)
    part = np.random.default_rng(seed).permutation(max(groups) + 1) % FOLDS
    return np.asarray(part[np.array(groups)])


def by_document(cases: Sequence[Case]) -> NDArray[np.int_]:
    """Make each seed document a fold, and Musterstadt one: how well does it work on texts it has not seen?"""
    names = [case.space if case.space != "seeds" else _document(case) for case in cases]
    return np.unique(names, return_inverse=True)[1]


def _document(case: Case) -> str:
    """Return the document of the gold quote; of an unanswerable question the one closest to it."""
    if case.data["answerable"]:
        return str(case.data["gold"][0]["document"])
    return max(case.candidates, key=lambda c: c["meaning_standing"] + c["around"]).unit.passage.source.document


def _groups(cases: Sequence[Case]) -> list[int]:
    """Number the cases so that those with a gold sentence in common, even by way of others, have the same number."""
    parent = list(range(len(cases)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    owner: dict[tuple[str, tuple[str, int, int]], int] = {}
    for place, case in enumerate(cases):
        for candidate, right in zip(case.candidates, case.gold, strict=True):
            if right:
                parent[root(place)] = root(owner.setdefault((case.space, candidate.unit.key), place))
    return [root(place) for place in range(len(cases))]


def cross_validate(blind: Sequence[tuple[list[Case], EvidenceModel]]) -> list[Outcome]:
    """Return for each question the chance given and whether the quote was right, by models that did not see it."""
    outcomes: list[Outcome] = []
    for cases, model in blind:
        for case in cases:
            ranked, right = top(case, model)
            settled = settled_reason(case.question) is not None
            outcomes.append((case, 0.0 if settled else model.confidence(ranked), right))
    return outcomes


def figures(outcomes: Sequence[Outcome], accept: float) -> dict[str, float]:
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


def threshold(outcomes: Sequence[Outcome], refusals: float, *, above: float = 0.005) -> float:
    """Return a chance little `above` the lowest at which enough of the unanswerable questions are refused."""
    wrong = sorted((chance for case, chance, _ in outcomes if not case.data["answerable"]), reverse=True)
    return float(wrong[int((1 - refusals) * len(wrong))]) + above


def curve(outcomes: Sequence[Outcome]) -> dict[str, list[dict[str, float]]]:
    """Return what right quotes cost in refusals, for all questions and for those written by others."""
    free = [outcome for outcome in outcomes if outcome[0].group not in OWN]
    result = {}
    for name, group in (("alle", list(outcomes)), ("fremde", free)):
        accepts = [round(threshold(group, refusals, above=1e-6), 6) for refusals in CURVE]
        result[name] = [{"schwelle": accept, **figures(group, accept)} for accept in accepts]
        for row in result[name]:
            print(f"Kurve {name:7}", " ".join(f"{key}={value:.3f}" for key, value in row.items()))
    return result


def report(outcomes: Sequence[Outcome], accept: float) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome[0].group].append(outcome)
    result = {name: figures(group, accept) for name, group in [*groups.items(), ("alle", list(outcomes))]}
    for name, values in result.items():
        print(f"{name:28}", " ".join(f"{key}={value:.3f}" for key, value in values.items()))
    return result


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {key: round(value, 3) for key, value in values.items()}


def misses(outcomes: Sequence[Outcome], accept: float) -> None:
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
    parser.add_argument("--nach-dokument", action="store_true", help="jedes Dokument einmal ganz zurückhalten")
    parser.add_argument("--nur-woerter", action="store_true", help="für Rechner ohne Einbettungsmodell")
    options = parser.parse_args()
    cases, space = read_cases(words_only=options.nur_woerter)
    blind = blind_models(cases, by_document(cases) if options.nach_dokument else by_sentence(cases, SEED))
    outcomes = cross_validate(blind)
    wanted = WANTED_REFUSALS_BY_WORDS if options.nur_woerter else WANTED_REFUSALS
    accept = round(threshold(outcomes, wanted), 3)
    print(f"Schwelle {accept}")
    measured = report(outcomes, accept)
    traded = curve(outcomes)
    if options.fehler:
        misses(outcomes, accept)
    if options.schreiben and options.nach_dokument:
        parser.error("Geschrieben wird nur, was nach Sätzen geprüft ist.")
    if options.schreiben:
        ranker, gate = fit(cases)
        rounded = {name: _rounded(group) for name, group in measured.items()}
        shown = {name: [_rounded(row) for row in rows] for name, rows in traded.items()}
        told = {"kreuzweise": rounded, "kurve": shown, "teile": FOLDS}
        model = EvidenceModel(ranker, gate, accept, STATUTE, SUPPORT, told, space)
        name = werkzeug.ARTEFAKT_WOERTER if options.nur_woerter else werkzeug.ARTEFAKT
        (werkzeug.ROOT / "src/leitplanke/content" / name).write_text(model.to_json(), "utf-8")


if __name__ == "__main__":
    main()
