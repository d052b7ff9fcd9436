"""One case at a time: warm with its full proof, with unknowns, with two persons; and how soon a fresh process answers.

    python benchmarks/regelwerk/fall.py [--json FILE]

The first line covers reading the facts, computing and every step of the proof; the others also status, every value as
text and the ranking of missing facts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import unser
from messen import best, load, machine, table, told, written

if TYPE_CHECKING:
    from leitplanke.core.rules import Engine

FOUR = {
    "haushaltsmitglieder": 2, "mietenstufe": 3, "bruttokaltmiete_monat": "600.00", "gesamteinkommen_monat": "1162.35",
}  # fmt: skip
PEOPLE = [
    {"einkommensart": "nichtselbststaendig", "bruttoeinkommen_jahr": "24000.00", "zahlt_steuern": True,
     "zahlt_krankenversicherung": True, "zahlt_rentenversicherung": True},
    {"einkommensart": "rente", "bruttoeinkommen_jahr": "4800.00", "zahlt_steuern": False,
     "zahlt_krankenversicherung": True, "zahlt_rentenversicherung": False},
]  # fmt: skip
CHAIN = {**{name: value for name, value in FOUR.items() if name != "gesamteinkommen_monat"}, "personen": PEOPLE}
FRESH = """
from datetime import date
from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.library import find
print(Engine(load(find("wohngeld"))).evaluate({facts!r}, on=date(2025, 6, 1)).values["wohngeld_monat"])
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="Zahlen auch in diese Datei")
    arguments = parser.parse_args()
    made = unser.engine("wohngeld")
    rows = cases(made)
    fresh = min(first_answer() for _ in range(5))
    print(f"{machine()}; Last {load()}; {len(proved(made, FOUR, {}).proof)} Schritte im Beweis\n")
    print(table(("Fall", "Zeit", "Prozessor"), [(name, told(f["s"]), told(f["cpu"])) for name, f in rows.items()]))
    print(f"\nVom Start des Prozesses bis zur ersten Antwort: {told(fresh)}")
    written({"maschine": machine(), "faelle": rows, "erste_antwort_s": fresh}, arguments.json)
    return 0


def cases(made: Engine) -> dict[str, dict[str, float]]:
    unknown = {name: value for name, value in FOUR.items() if name != "gesamteinkommen_monat"}
    half = {**CHAIN, "personen": [PEOPLE[0], {"einkommensart": "rente"}]}
    answers = {name: first_option(made, name) for name in made.regelwerk.ermessen}
    return {
        "vier Angaben, Rechnung und Beweis": best(lambda: made.evaluate(FOUR, on=unser.DAY).proof, times=7, calls=200),
        "vier Angaben": timed(made, FOUR, {}),
        "vier Angaben, mit allen Urteilen": timed(made, FOUR, answers),
        "vier Angaben, Einkommen unbekannt": timed(made, unknown, {}),
        "zwei Personen mit Einkommensweg": timed(made, CHAIN, {}),
        "zwei Personen, mit allen Urteilen": timed(made, CHAIN, answers),
        "zwei Personen, Angaben der zweiten unbekannt": timed(made, half, {}),
    }


def first_option(made: Engine, name: str) -> Any:
    from leitplanke.core.rules.facts import plain_value

    shape = made.regelwerk.ermessen[name].shape
    return plain_value(shape, shape.low)


def timed(made: Engine, facts: dict[str, Any], answers: dict[str, Any]) -> dict[str, float]:
    return best(lambda: proved(made, facts, answers), times=7, calls=200)


def proved(made: Engine, facts: dict[str, Any], answers: dict[str, Any]) -> Any:
    result = made.evaluate(facts, on=unser.DAY, judgements=answers)
    _ = (result.status, result.values, result.missing, result.proof)
    return result


def first_answer() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", FRESH.format(facts=FOUR)], check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
