"""Many cases: a million households, persons with the income chain, growth up to 100 million rows, a large Regelwerk.

    python benchmarks/regelwerk/viele.py [--hoechstens 100000000] [--json FILE]

Each measurement runs in a process of its own, so that its memory is its own. Growth is streamed: made-up people go
piece by piece from the generator through the rules into a Parquet file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import unser
from haushalte import households
from messen import best, in_process, load, machine, peak_mb, table, told, written

ROWS = 1_000_000
RULES = 5000
HEAD = (
    "regelwerk: {{name: x, titel: X, beschreibung: B, gesetz: G, ziel: [r{last}], gilt_ab: 2020-01-01}}\n"
    "angaben:\n  a: {{typ: Betrag, von: 0, bis: 100, titel: A}}\n  w: {{typ: Wahrheitswert, titel: W}}\n"
)
PARAMETER = "  p{i}:\n    typ: Betrag\n    titel: P\n    norm: § {i} G\n    werte: [{{ab: 2020-01-01, wert: {v}.50}}]\n"
RULE = (
    "  r{i}:\n    typ: Betrag\n    titel: {{de: Regel {i}, en: Rule {i}}}\n    norm: § {i} Abs. 1 G\n"
    "    formel: min({b} + p{p} - p{p}, 90) if w else max({b}, p{p})\n"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hoechstens", type=int, default=100_000_000, help="größte Zahl erfundener Fälle")
    parser.add_argument("--json", type=Path, help="Zahlen auch in diese Datei")
    parser.add_argument("--teil", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--zeilen", type=int, default=ROWS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.teil:
        print(json.dumps(PARTS[arguments.teil](arguments.zeilen) | {"mb": peak_mb()}))
        return 0
    print(f"{machine()}; Last {load()}\n")
    found = {part: in_process(sys.executable, "viele.py", "--teil", part) for part in PARTS if part != "strom"}
    print(table(("Messung", "Zeit", "Prozessor", "Speicher"), [row(name, figures) for name, figures in found.items()]))
    sizes = [size for size in (10**3, 10**4, 10**5, 10**6, 10**7, 10**8) if size <= arguments.hoechstens]
    grown = {size: in_process(sys.executable, "viele.py", "--teil", "strom", "--zeilen", size) for size in sizes}
    print("\nErfundene Fälle, gerechnet und als Parquet geschrieben\n")
    print(table(("Fälle", "Zeit", "Prozessor", "Speicher"), [row(f"{n:,}", figures) for n, figures in grown.items()]))
    written({"maschine": machine(), "messungen": found, "wachstum": grown}, arguments.json)
    return 0


def row(name: str, figures: dict[str, Any]) -> tuple[str, str, str, str]:
    if "fehler" in figures:
        return name, figures["fehler"], "", ""
    return name, told(figures["s"]), told(figures["cpu"]), f"{figures['mb']} MB"


def formel(rows: int) -> dict[str, Any]:
    made, made_up = unser.engine("wohngeld"), unser.table_of(households(rows))
    return best(lambda: unser.formula(made, made_up), times=7)


def datei(rows: int) -> dict[str, Any]:
    return _files(rows, persons=False)


def personen(rows: int) -> dict[str, Any]:
    return _files(rows, persons=True)


def _files(rows: int, *, persons: bool) -> dict[str, Any]:
    from leitplanke.core.rules.simulate_files import scan, simulate_table

    made = unser.engine("wohngeld")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_process(sys.executable, "viele_daten.py", rows, int(persons), folder)
        items = {"personen": folder / "personen.parquet"} if persons else {}
        runs = {"": unser.simulation(made)}
        source, target = folder / "haushalte.parquet", folder / "ergebnis.parquet"
        return best(lambda: simulate_table(runs, scan(source), target, items=items), times=3)


def strom(rows: int) -> dict[str, Any]:
    from leitplanke.core.rules.simulate_files import made_up, simulate_table

    made = unser.engine("wohngeld")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ergebnis.parquet"
        frame = made_up(made.regelwerk, rows, 1)
        return best(lambda: simulate_table({"": unser.simulation(made)}, frame, target), times=1)


def laden(_rows: int) -> dict[str, Any]:
    from leitplanke.core.rules import load_texts

    bases = ["a", *(f"r{i}" for i in range(RULES - 1))]
    rules = "".join(RULE.format(i=i, b=base, p=i % 1000) for i, base in enumerate(bases))
    parameters = "".join(PARAMETER.format(i=i, v=i % 7) for i in range(1000))
    texts = {
        "regelwerk.yaml": HEAD.format(last=RULES - 1),
        "parameter.yaml": f"parameter:\n{parameters}",
        "regeln.yaml": f"regeln:\n{rules}",
    }
    return best(lambda: load_texts(texts), times=3)


PARTS = {"formel": formel, "datei": datei, "personen": personen, "laden": laden, "strom": strom}

if __name__ == "__main__":
    sys.exit(main())
