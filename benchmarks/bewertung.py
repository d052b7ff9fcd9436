"""Measure an evaluation: bootstrap on counts, and everything from the file to the report.

    python benchmarks/bewertung.py

50,000 made-up decisions, 12 groups, 10,000 replicates; the same with cases drawn one by one for comparison.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import numpy as np

from leitplanke.core.evaluation import evaluate, read_decisions, read_plan, tally
from leitplanke.core.evaluation.fairness import Cube, cube_of, gap
from leitplanke.core.evaluation.report import report
from leitplanke.core.evaluation.report_html import report_html

CASES, GROUPS, REPLICATES = 50_000, 12, 10_000
PLAN = """
titel: Messung
frage: Wie lange dauert es?
system: {name: Messung, fassung: "1"}
stelle: Musterstadt
tag: 2026-10-01
wahrheit: {quelle: zweitpruefung_verdeckt, wie: erfunden}
ergebnis: {art: ja_nein, ja: ja}
menschen: {person_1: Erste Person, person_2: Zweite Person}
gruppen: {merkmale: {gruppe: Gruppe}, mindestzahl: 30}
schwere_fehler: {art: nein_statt_ja, beschreibung: zu Unrecht nein}
grenzen: {abstand: 0.02, abstand_gruppe: 0.05, ausgleich: 0.05, schwere_fehler: 0.05}
statistik: {anzahl: 50000, uneinigkeit: 0.2}
"""


def columns() -> list[np.ndarray]:
    """Return group, truth, AI, two people."""
    random = np.random.default_rng(1)
    group, truth = random.integers(0, GROUPS, CASES), random.integers(0, 2, CASES)
    deciders = [np.where(random.random(CASES) < share, 1 - truth, truth) for share in (0.06, 0.1, 0.1)]
    return [group, truth, *deciders]


def timed(name: str, act: Callable[[], object], times: int = 3) -> None:
    """Print the best time by the clock and by the processor: the second is the same on a busy machine."""
    clock, processor = [], []
    for _ in range(times):
        start, begun = time.perf_counter(), time.process_time()
        act()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - begun)
    print(f"{name}: {min(clock):.3f} s, Rechenzeit {min(processor):.3f} s")


def counted(group: np.ndarray, truth: np.ndarray, ai: np.ndarray, human: np.ndarray) -> Cube:
    return cube_of(group.astype(np.int32), (truth, ai, human), np.ones(CASES, dtype=np.int64), GROUPS)


def one_by_one(data: list[np.ndarray], replicates: int) -> None:
    random = np.random.default_rng(1)
    for _ in range(replicates):
        row = random.integers(0, CASES, CASES)
        counted(*(column[row] for column in data[:4]))


def main() -> None:
    data = columns()
    timed(
        f"Bootstrap auf Zählungen, {REPLICATES} Ziehungen, {CASES} Entscheidungen x {GROUPS} Gruppen",
        lambda: gap(counted(*data[:4]), 1, 0.05, REPLICATES),
    )
    timed("Dasselbe Fall für Fall, 100 Ziehungen", lambda: one_by_one(data, 100), 1)
    lines = ["fall;gruppe;wahrheit;ki;person_1;person_2"]
    lines += [
        ";".join(map(str, (number, *row))) for number, row in enumerate(zip(*(c.tolist() for c in data), strict=True))
    ]
    file = "\n".join(lines).encode()
    plan = read_plan(PLAN)
    decisions = read_decisions(plan, file, b"m" * 32)
    found = tally(plan, decisions)
    evaluation = evaluate(plan, found, day=date(2026, 11, 27))
    timed("Datei lesen", lambda: read_decisions(plan, file, b"m" * 32), 1)
    timed("Zählen", lambda: tally(plan, decisions))
    timed("Auswerten, zwei Personen", lambda: evaluate(plan, found, day=date(2026, 11, 27)))
    timed("Bericht als HTML mit Bildern", lambda: report_html(report(evaluation)))


if __name__ == "__main__":
    main()
