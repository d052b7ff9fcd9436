"""Measure the class that follows from the description of a system alone, for example with `--menge geteilt`.

Facts are proposed from the text, the classifier does the rest. `zurueckgehalten` is taken once, after the last change
of the lexicon; of it only figures are shown, never a case.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from leitplanke.core.aiact import CLASSES, UNDETERMINED, at_least, load_ki_verordnung
from leitplanke.core.aiact.vorschlag import propose

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "ki-verordnung" / "faelle.jsonl"
SHORT = ROOT / "benchmarks" / "daten" / "ki_vo_text" / "kurz.jsonl"
OWN = ROOT / "src" / "leitplanke" / "content" / "ki_verordnung" / "faelle"
DAY = date(2026, 11, 28)
STRICTEST_FIRST = tuple(reversed(CLASSES))
COLUMNS = (*STRICTEST_FIRST, UNDETERMINED)
SHOWN = {"prohibited": "verboten", "high": "hoch", "limited": "begrenzt", "minimal": "gering", "none": "keine KI"}


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    expected: str


@dataclass(frozen=True)
class Outcome:
    """How often which class was found for which, and what else counts."""

    pairs: Counter[tuple[str, str]]
    wrong: list[tuple[Case, str]]

    @property
    def macro_f1(self) -> float:
        """The mean of F1 over the classes that occur."""
        present = [name for name in STRICTEST_FIRST if any(self.pairs[name, found] for found in COLUMNS)]
        return sum(map(self._f1, present)) / len(present)

    @property
    def accuracy(self) -> float:
        """The part of cases whose class is right."""
        return sum(self.pairs[name, name] for name in STRICTEST_FIRST) / self.pairs.total()

    @property
    def too_mild(self) -> int:
        """How many high or prohibited cases came out milder than they are."""
        return sum(
            count
            for (expected, found), count in self.pairs.items()
            if expected in {"high", "prohibited"} and not at_least(found, expected)
        )

    def _f1(self, name: str) -> float:
        right = self.pairs[name, name]
        found = sum(self.pairs[expected, name] for expected in STRICTEST_FIRST)
        wanted = sum(self.pairs[name, other] for other in COLUMNS)
        return 2 * right / (found + wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--menge", choices=["geteilt", "kurz", "entwicklung", "zurueckgehalten"], required=True)
    parser.add_argument("--mit-titel", action="store_true", help="den Titel als Teil des Textes lesen")
    parser.add_argument("--fehler", action="store_true", help="falsch eingestufte Fälle zeigen, nie zurückgehaltene")
    options = parser.parse_args()
    cases = list(_cases(options.menge, titles=options.mit_titel))
    print(f"{options.menge}: {len(cases)} Fälle, {'mit Titel' if options.mit_titel else 'nur Text'}")
    for label, presumed in (("Vorschlag mit Annahmen", True), ("streng: nur, was im Text steht", False)):
        outcome = _measure(cases, presumed=presumed)
        _show(label, outcome)
        if options.fehler and presumed and options.menge != "zurueckgehalten":
            for case, found in outcome.wrong:
                print(f"  {case.name}: {SHOWN[case.expected]}, gefunden {SHOWN.get(found, found)}: {case.text}")


def _cases(part: str, *, titles: bool) -> Iterator[Case]:
    if part == "kurz":
        for raw in _lines(SHORT):
            yield Case(raw["id"], raw["text"], raw["class"])
        return
    for raw in _lines(SHARED) if part == "geteilt" else _own(part):
        text = f"{raw['title']}. {raw['text']}" if titles else raw["text"]
        yield Case(raw["id"], text, raw["expected"]["class"])


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _own(part: str) -> Iterator[dict[str, Any]]:
    for file in sorted((OWN / part).glob("*.yaml")):
        yield from yaml.safe_load(file.read_text(encoding="utf-8"))["faelle"]


def _measure(cases: list[Case], *, presumed: bool) -> Outcome:
    act = load_ki_verordnung()
    pairs: Counter[tuple[str, str]] = Counter()
    wrong = []
    for case in cases:
        proposal = propose(case.text)
        found = act.classify(proposal.facts if presumed else proposal.stated_facts, on=DAY).legal_class
        pairs[case.expected, found] += 1
        if found != case.expected:
            wrong.append((case, found))
    return Outcome(pairs, wrong)


def _show(label: str, outcome: Outcome) -> None:
    print(f"\n{label}: Makro-F1 {outcome.macro_f1:.3f}, richtig {outcome.accuracy:.3f}, zu mild {outcome.too_mild}")
    print("| erwartet | " + " | ".join(SHOWN.get(name, "offen") for name in COLUMNS) + " |")
    print("|---|" + "---|" * len(COLUMNS))
    for expected in STRICTEST_FIRST:
        print(f"| {SHOWN[expected]} | " + " | ".join(str(outcome.pairs[expected, found]) for found in COLUMNS) + " |")


if __name__ == "__main__":
    main()
