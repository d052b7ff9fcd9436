"""What a decision of the guideline costs: microseconds of CPU per call, for 25 and 60 clauses.

python benchmarks/policy.py [--aufrufe 20000]

The shipped profile is filled up with narrower variants of its own clauses, as a town's exceptions would be.
"""

from __future__ import annotations

import argparse
import statistics
import time
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from leitplanke.core.policy import Policy, Profile, compile_profile, explain, load_profile
from leitplanke.core.policy.cases import quiet

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT_US = 50
# No caller asks like this, the step is always known; shown because it is the dearest question there is.
BARE = "gar nichts bekannt (nicht gewertet)"
BATCH = 500
NARROWER = ("not privatnutzung", "automatisierungsstufe <= 1", "budget_anteil < 90", 'ausloeser != "modell"')
SITUATIONS: dict[str, dict[str, Any]] = {
    "üblicher Aufruf, lokales Modell": quiet(),
    "Personenbezogenes an ein Modell in der EU": {**quiet(), "datenklasse": "personenbezogen", "modellklasse": "eu"},
    "ein Werkzeug will schreiben": {**quiet(), "schritt": "werkzeugaufruf", "werkzeug_schreibt": True},
    "gesperrt: Sozialdaten an ein Modell in der EU": {
        **quiet(), "datenklasse": "sozialdaten", "modellklasse": "eu", "bilder": True,
    },
    "nur der Schritt ist bekannt": {"schritt": "modellaufruf"},
    BARE: {},
}  # fmt: skip


def profile_with(count: int) -> Profile:
    """Return the shipped profile with that many clauses."""
    shipped = load_profile(resources.files("leitplanke.content") / "leitlinien/standard")
    clauses = list(shipped.clauses)
    for number in range(count - len(clauses)):
        base = shipped.clauses[number % len(shipped.clauses)]
        condition = f"({base.condition}) and {NARROWER[number % len(NARROWER)]}"
        clauses.append(replace(base, number=f"9.{number}", name=f"weitere_{number}", condition=condition))
    return replace(shipped, version=f"messung-{count}", clauses=tuple(clauses[:count]))


def microseconds(act: Callable[[], object], calls: int) -> tuple[float, float]:
    """Return median and 95th percentile of CPU time per call, over batches."""
    times = []
    for _ in range(max(calls // BATCH, 20)):
        start = time.process_time_ns()
        for _ in range(BATCH):
            act()
        times.append((time.process_time_ns() - start) / BATCH / 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def rows(policy: Policy, calls: int) -> list[tuple[str, float, float]]:
    """Measure every situation."""
    return [
        (title, *microseconds(lambda facts=facts: policy.decide(facts), calls))  # type: ignore[misc]
        for title, facts in SITUATIONS.items()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aufrufe", type=int, default=20_000, help="Entscheidungen je Zeile")
    calls = parser.parse_args().aufrufe
    worst = 0.0
    for count in (25, 60):
        profile = profile_with(count)
        start = time.process_time()
        policy = compile_profile(profile)
        compiled = (time.process_time() - start) * 1000
        print(f"\n{count} Klauseln, übersetzt in {compiled:.1f} ms; Mikrosekunden Rechenzeit je Entscheidung")
        for title, median, high in rows(policy, calls):
            worst = max(worst, median if title != BARE else 0)
            print(f"  {title:46} Median {median:6.1f}   95 % {high:6.1f}")
        explain(policy, {})  # the engine is built once per profile
        start = time.process_time()
        explain(policy, quiet())
        print(f"  {'mit Beweis (explain)':46} {(time.process_time() - start) * 1000:6.1f} ms")
    print(
        f"\nHöchster gewerteter Median {worst:.1f}; verlangt sind höchstens {LIMIT_US} Mikrosekunden bei 60 Klauseln."
    )
    return 0 if worst <= LIMIT_US else 1


if __name__ == "__main__":
    raise SystemExit(main())
