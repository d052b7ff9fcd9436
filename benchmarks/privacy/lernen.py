"""Learn what `core.privacy.learned` knows of names, from labelled texts.

`python benchmarks/privacy/lernen.py` reads the open collections and writes `gewichte.txt`; nothing is random that a
seed does not fix. `--probe` writes nothing and shows instead what would be masked in texts that were not learned from,
a fifth at a time. Sealed collections are never read.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

import leitplanke.core.privacy.learned.names as learned
from leitplanke.core.privacy import Detector
from leitplanke.core.privacy.detecting import choose
from leitplanke.core.privacy.learned.features import features
from leitplanke.core.privacy.learned.looks import second_features
from leitplanke.core.privacy.learned.weights import BIAS, FIRST, SECOND, total, written
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.tokens import Token, tokenise

HERE = Path(__file__).parent
# The rules were made on these: what they find there says too much of them for the second look.
RULES_KNOW = ("dev.jsonl", "dev2.jsonl", "dev3.jsonl")
OPEN = (*RULES_KNOW, "dev4.jsonl")
SEED, FOLDS = 20261128, 5
# The first line is what the rules find alone, the second what is set.
BOUNDS = ((99.0, -99.0), (learned.SURE, learned.NO_NAME), (1.5, -1.0), (1.0, -1.0), (0.5, -1.0), (1.0, -99.0))
WEIGHTS = Path(learned.__file__).parent / "gewichte.txt"

Weights = dict[str, float]
Example = tuple[Sequence[str], bool]


@dataclass(slots=True, eq=False)
class Text:
    """A labelled text, read once."""

    file: str
    text: str
    tokens: list[Token]
    features: dict[int, list[str]]
    names: list[tuple[int, int]]
    other: list[tuple[int, int]]  # other kinds, and what counts as neither right nor wrong
    found: list[Span]  # by the rules alone
    ruled: dict[int, float]
    odds: dict[int, float] = field(default_factory=dict)  # of a first look that has not learned from this text

    def answers(self) -> Iterable[tuple[int, bool]]:
        """Yield the candidates that count, with whether they are part of a name."""
        for place in self.features:
            token = self.tokens[place]
            if not any(start < token.end and token.start < end for start, end in self.other):
                yield place, any(start < token.end and token.start < end for start, end in self.names)


def read(path: Path, detector: Detector) -> list[Text]:
    """Read a collection."""
    return [_text(path.name, json.loads(line), detector) for line in path.read_text(encoding="utf-8").splitlines()]


def _text(file: str, row: dict[str, Any], detector: Detector) -> Text:
    text: str = row["text"]
    tokens = tokenise(text)
    found = list(detector.find(text).spans)
    spans = [(span["start"], span["end"], span["label"] == Label.PERSON) for span in row["spans"]]
    other = [(start, end) for start, end, name in spans if not name]
    other += [(span["start"], span["end"]) for span in row.get("neutral", [])]
    names = [(start, end) for start, end, name in spans if name]
    ruled = learned.sureness(tokens, found)
    return Text(file, text, tokens, dict(features(tokens)), names, other, found, ruled)


def fit(examples: Sequence[Example], *, rounds: int, decay: float, least: int, rate: float = 0.1) -> Weights:
    """Fit a logistic regression by AdaGrad; the weights are the mean over the second half of the rounds.

    Args:
        examples: features and whether they are of a name.
        rounds: how often each example is seen.
        decay: of the weights (L2).
        least: how often a feature has to occur to get a weight.
        rate: the step.
    """
    seen = Counter(feature for known, _answer in examples for feature in known)
    number = {feature: at for at, feature in enumerate(one for one, count in seen.items() if count >= least)}
    rows = [(np.array([number[one] for one in known if one in number], dtype=np.int32), yes) for known, yes in examples]
    weights, squares, mean = np.zeros(len(number)), np.full(len(number), 1e-8), np.zeros(len(number))
    bias, order = 0.0, Random(SEED)  # noqa: S311 - no secret
    for turn in range(rounds):
        order.shuffle(rows)
        for at, answer in rows:
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, float(weights[at].sum()) + bias)))) - answer
            slope = error + decay * weights[at]
            squares[at] += slope * slope
            weights[at] -= rate * slope / np.sqrt(squares[at])
            bias -= 0.01 * error
        if turn >= rounds // 2:
            mean += weights / (rounds - rounds // 2)
    return {BIAS: bias, **{feature: float(mean[at]) for feature, at in number.items()}}


def first_weights(texts: Iterable[Text]) -> Weights:
    examples = [(text.features[place], answer) for text in texts for place, answer in text.answers()]
    return fit(examples, rounds=8, decay=1e-3, least=2)


def second_weights(texts: Iterable[Text]) -> Weights:
    """Fit the second look to texts whose `odds` come from a first look that did not know them."""
    examples = []
    for text in texts:
        answers = dict(text.answers())
        seen = second_features(text.tokens, text.odds, text.ruled)
        examples += [(known, answers[place]) for place, known in seen if place in answers]
    return fit(examples, rounds=10, decay=3e-3, least=3)


def look(weights: Mapping[str, float], texts: Iterable[Text]) -> None:
    """Keep what the first look says of texts."""
    for text in texts:
        text.odds = {place: weights[BIAS] + total(weights, known) for place, known in text.features.items()}


def learn(texts: Sequence[Text]) -> tuple[Weights, Weights]:
    """Return the weights of both looks; the second learns from what the first says of texts it has not seen."""
    order = list(texts)
    Random(SEED).shuffle(order)  # noqa: S311 - no secret
    for fold in range(FOLDS):
        look(first_weights(text for at, text in enumerate(order) if at % FOLDS != fold), order[fold::FOLDS])
    second = second_weights(text for text in order if text.file not in RULES_KNOW)
    return first_weights(texts), second


def measure(texts: Sequence[Text], second: Mapping[str, float], bounds: tuple[float, float]) -> tuple[int, int, int]:
    """Return how many names there are, how many are masked, and how many false ones stand in the texts."""
    names = masked = false = 0
    for text in texts:
        seen = second_features(text.tokens, text.odds, text.ruled)
        odds = {**text.odds, **{place: second[BIAS] + total(second, known) for place, known in seen}}
        more, wrong = learned.judge(text.text, text.tokens, text.found, odds, bounds)
        found = [span for span in text.found if span not in wrong] + more
        covered = {at for span in found for at in range(span.start, span.end)}
        names += len(text.names)
        masked += sum(len(covered.intersection(range(*name))) >= 0.9 * (name[1] - name[0]) for name in text.names)
        known = [*text.names, *text.other]
        false += sum(
            not any(start < span.end and span.start < end for start, end in known)
            for span in choose(found) if span.label is Label.PERSON
        )  # fmt: skip
    return names, masked, false


def probe(texts: Sequence[Text]) -> None:
    """Learn from four fifths at a time and show the figures for the last fifth of what the rules do not know."""
    fresh = [text for text in texts if text.file not in RULES_KNOW]
    Random(SEED + 1).shuffle(fresh)  # noqa: S311 - no secret
    sums = {bounds: np.zeros(3) for bounds in BOUNDS}
    for fold in range(FOLDS):
        held = fresh[fold::FOLDS]
        first, second = learn([text for text in texts if text not in held])
        look(first, held)
        for bounds in BOUNDS:
            sums[bounds] += measure(held, second, bounds)
    print("       Grenzen  verdeckt  falsche Namen je Text")
    for bounds, (names, masked, false) in sums.items():
        print(f"{bounds!s:>14s}  {masked / names:8.3f}  {false / len(fresh):8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--probe", action="store_true", help="nichts schreiben, an ausgelassenen Texten messen")
    parser.add_argument("dateien", nargs="*", type=Path, default=[HERE / name for name in OPEN])
    arguments = parser.parse_args()
    detector = Detector(learned=False)
    texts = [text for path in arguments.dateien for text in read(path, detector)]
    if arguments.probe:
        probe(texts)
        return
    first, second = learn(texts)
    WEIGHTS.write_text(written({FIRST: first, SECOND: second}), encoding="utf-8")
    print(f"{len(texts)} Texte, {len(first)} und {len(second)} Gewichte: {WEIGHTS.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
