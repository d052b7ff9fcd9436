"""How long it takes to classify systems under the EU AI Act.

`python benchmarks/ki_vo.py [--anzahl 1000]` classifies made-up systems, once with every fact known and once with
each fact hidden with a chance of one in five, so that hardly two are open in the same way.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date
from time import perf_counter, process_time
from typing import Any

from leitplanke.core.aiact import KiVerordnung, load_ki_verordnung, to_json
from leitplanke.core.rules.model import Kind

ON = date(2026, 11, 27)
SEED = 20261127
RUNS = 5


def made_up(act: KiVerordnung, chance: random.Random, hidden: float) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, angabe in act.regelwerk.angaben.items():
        if chance.random() < hidden:
            facts[name] = None
        elif angabe.shape.kind is Kind.WAHRHEITSWERT:
            facts[name] = angabe.annahme is None and chance.random() < 0.3
        else:
            facts[name] = chance.choice(angabe.shape.optionen)
    return facts


def measured(act: KiVerordnung, systems: list[dict[str, Any]]) -> tuple[float, float]:
    """Return the best time by the clock and of the processor, output as JSON included."""
    best = []
    for _ in range(RUNS):
        wall, cpu = perf_counter(), process_time()
        for facts in systems:
            json.dumps(to_json(act.classify(facts, on=ON)), ensure_ascii=False)
        best.append((perf_counter() - wall, process_time() - cpu))
    return min(wall for wall, _ in best), min(cpu for _, cpu in best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anzahl", type=int, default=1000)
    count = parser.parse_args().anzahl
    start = perf_counter()
    act = load_ki_verordnung()
    act.law_version(ON)
    print(f"Laden und Übersetzen: {perf_counter() - start:.2f} s")
    for title, hidden in (("alles bekannt", 0.0), ("je Angabe zu 20 % offen", 0.2)):
        chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
        wall, cpu = measured(act, [made_up(act, chance, hidden) for _ in range(count)])
        print(f"{count} Systeme, {title}: {wall:.2f} s, davon Prozessor {cpu:.2f} s")


if __name__ == "__main__":
    main()
