"""How well detection does on texts that people have labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leitplanke.core.privacy.lines import LabelledSpan, LabelledText
from leitplanke.core.privacy.model import Findings, Label, Span

ENOUGH_COVERED = 0.9


@dataclass(slots=True)
class Tally:
    """Counts for one label, one origin, or all."""

    labelled: int = 0
    found: int = 0
    exact: int = 0
    recalled: int = 0
    right: int = 0
    masked: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that overlaps a labelled span of the same label."""
        return _share(self.right, self.found)

    @property
    def recall(self) -> float:
        """Return the share of labelled spans that something of the same label overlaps."""
        return _share(self.recalled, self.labelled)

    @property
    def f1(self) -> float:
        """Return the lenient F1: overlap and the same label."""
        return _harmonic(self.precision, self.recall)

    @property
    def exact_f1(self) -> float:
        """Return the exact F1: the same start, end and label."""
        return _harmonic(_share(self.exact, self.found), _share(self.exact, self.labelled))

    @property
    def masked_share(self) -> float:
        """Return the share of labelled spans that are covered to at least nine tenths, by any label."""
        return _share(self.masked, self.labelled)


@dataclass(slots=True)
class Evaluation:
    """The counts of a set of texts."""

    texts: int = 0
    false_alarms: int = 0
    on_neutral: int = 0
    leaked: int = 0
    signs: int = 0
    total: Tally = field(default_factory=Tally)
    labels: dict[str, Tally] = field(default_factory=dict)
    origins: dict[str, Tally] = field(default_factory=dict)
    signals: dict[str, Tally] = field(default_factory=dict)
    all_signals: Tally = field(default_factory=Tally)

    @property
    def false_alarms_per_text(self) -> float:
        """Return how many findings per text overlap no labelled span at all."""
        return _share(self.false_alarms, self.texts)

    def masked_of(self, labels: Iterable[Label]) -> float:
        """Return the masked share over several labels."""
        tallies = [self.labels[label.value] for label in labels if label.value in self.labels]
        return _share(sum(tally.masked for tally in tallies), sum(tally.labelled for tally in tallies))


def evaluate(texts: Iterable[tuple[LabelledText, Findings]]) -> Evaluation:
    """Compare labelled texts with what was found in them."""
    outcome = Evaluation()
    for labelled, found in texts:
        outcome.texts += 1
        _count(outcome, labelled, found.spans)
        _count_signals(outcome, labelled, found)
    return outcome


def _count_signals(outcome: Evaluation, labelled: LabelledText, found: Findings) -> None:
    """Count each special category once per text: named by people, found where a human being is meant, or both."""
    if labelled.signals is None:
        return
    for category in labelled.signals | found.categories:
        both = category in labelled.signals and category in found.categories
        hit = {
            "labelled": int(category in labelled.signals),
            "found": int(category in found.categories),
            "recalled": int(both),
            "right": int(both),
        }
        _add(outcome.all_signals, hit)
        _add(outcome.signals.setdefault(category.value, Tally()), hit)


def _count(outcome: Evaluation, labelled: LabelledText, found: Sequence[Span]) -> None:
    covered = set().union(*(range(span.start, span.end) for span in found))
    exact = Counter((span.start, span.end, span.label) for span in found)
    for gold in labelled.spans:
        inside = sum(place in covered for place in range(gold.start, gold.end))
        outcome.signs += gold.end - gold.start
        outcome.leaked += gold.end - gold.start - inside
        hit = {
            "labelled": 1,
            "exact": int(exact[gold.start, gold.end, gold.label] > 0),
            "recalled": int(any(_overlap(gold, span) and span.label == gold.label for span in found)),
            "masked": int(inside >= ENOUGH_COVERED * (gold.end - gold.start)),
        }
        _add(outcome.total, hit)
        _add(outcome.labels.setdefault(gold.label.value, Tally()), hit)
        if gold.origin:
            _add(outcome.origins.setdefault(gold.origin, Tally()), hit)
    for span in found:
        touched = [gold for gold in labelled.spans if _overlap(gold, span)]
        if not touched and any(start < span.end and span.start < end for start, end in labelled.neutral):
            outcome.on_neutral += 1
            continue
        outcome.false_alarms += not touched
        hit = {"found": 1, "right": int(any(gold.label == span.label for gold in touched))}
        _add(outcome.total, hit)
        _add(outcome.labels.setdefault(span.label.value, Tally()), hit)


def _add(tally: Tally, hit: Mapping[str, int]) -> None:
    for name, value in hit.items():
        setattr(tally, name, getattr(tally, name) + value)


def _overlap(gold: LabelledSpan, span: Span) -> bool:
    return gold.start < span.end and span.start < gold.end


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0
