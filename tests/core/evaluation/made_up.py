"""Plans and counted decisions for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from leitplanke.core.evaluation import Evaluation, Pruefplan, Tally, evaluate, read_plan
from leitplanke.core.evaluation.tally import counted

CONTENT = Path(__file__).resolve().parents[3] / "src" / "leitplanke" / "content" / "musterstadt" / "bewertung"
DEMO_PLAN = CONTENT / "wohngeld-vollstaendigkeit.yaml"
DEMO_CASES = CONTENT / "wohngeld-vollstaendigkeit.csv"
DAY = date(2026, 11, 27)
SALT = b"s" * 32

PLAN = """
titel: Probe
frage: Ist die KI gut genug?
system: {name: Helfer, fassung: "1"}
stelle: Musterstadt
tag: 2026-10-01
wahrheit: {quelle: zweitpruefung_verdeckt, wie: Zwei Personen prüfen getrennt.}
ergebnis: {art: ja_nein, ja: bewilligt}
menschen: {person_1: Erste Person, person_2: Zweite Person}
gruppen: {merkmale: {sprache: Sprache}, mindestzahl: 30}
schwere_fehler: {art: nein_statt_ja, beschreibung: zu Unrecht abgelehnt}
grenzen: {abstand: 0.05, abstand_gruppe: 0.1, ausgleich: 0.1, schwere_fehler: 0.05}
statistik: {anzahl: 500, uneinigkeit: 0.2}
"""
AMOUNTS = PLAN.replace("{art: ja_nein, ja: bewilligt}", "{art: betrag, ja: Anspruch, abstand: 5}")


def plan(text: str = PLAN, **changes: Any) -> Pruefplan:
    return replace(read_plan(text), **changes)


def drawn(
    cases: int, *, ai: float | tuple[float, float] = 0.05, people: float = 0.1, seed: int = 1, groups: int = 2
) -> Tally:
    """Draw cases whose deciders are wrong with these shares; `ai` may differ between the first two groups."""
    random = np.random.default_rng(seed)
    group = random.integers(0, groups, cases)
    truth = random.integers(0, 2, cases)
    shares = np.resize(np.array(ai, dtype=float), groups)
    wrong = random.random(cases) < shares[group]
    columns = [group, truth, np.ones(cases, dtype=int), np.where(wrong, 1 - truth, truth), ~wrong]
    for _ in range(2):
        wrong = random.random(cases) < people
        columns += [np.where(wrong, 1 - truth, truth), ~wrong]
    rows, counts = counted(np.stack([column.astype(np.int32) for column in columns], axis=1))
    return Tally((tuple(f"g{number}" for number in range(groups)),), rows, counts)


def evaluated(found: Tally, of: Pruefplan | None = None, replicates: int = 500) -> Evaluation:
    return evaluate(of or plan(), found, day=DAY, replicates=replicates)
