"""Hold our Wohngeld against GETTSIM over random households, and explain every difference by a listed deviation.

GETTSIM (AGPL) is installed from PyPI into an environment of its own under var/ and runs as a program of its own;
nothing of it is imported or copied. A difference counts as explained only if the statute's calculation, done with the
listed deviation in place of the statute, gives exactly GETTSIM's amount.

    python benchmarks/regelwerk/gettsim_vergleich.py [--households 3000] [--seed 20261127]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.resources import files
from itertools import combinations
from pathlib import Path

from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.model import Wert

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent / "var" / "gettsim"
VERSION = "1.3.1"
DATES = tuple(date(year, month, 1) for year in range(2021, 2026) for month in (1, 7))
DEVIATIONS = {
    "ohne_mindestbetrag": "zahlt auch weniger als 10 EUR (§ 21 Nr. 1 WoGG)",
    "mindestmiete_vor_heizung": "hebt die Miete auf den Mindestwert, ehe die Heizung dazukommt (Anlage 3 Nr. 1 WoGG)",
    "zeilen_ab_13": "führt die Tabellen über die zwölfte Zeile hinaus fort (§ 19 Abs. 3 WoGG, WoGVwV Nr. 19.31)",
    "zuschlag_ohne_wohngeld": "zahlt den Zuschlag auch, wenn die Formel nichts ergibt (§ 19 Abs. 3 WoGG)",
    "halb_gerade": "rundet halbe Euro zur geraden Zahl (Anlage 3 Nr. 3 WoGG)",
    "grenze_gerundet": "rundet die Miete, bei der der Zuschlag endet, auch aufwärts (§ 19 Abs. 3 WoGG: höchstens)",
}


@dataclass(frozen=True, slots=True)
class Household:
    """What both are told."""

    stichtag: date
    mitglieder: int
    mietenstufe: int
    miete: str
    einkommen: str

    def facts(self) -> dict[str, object]:
        return {
            "haushaltsmitglieder": self.mitglieder,
            "mietenstufe": self.mietenstufe,
            "bruttokaltmiete_monat": self.miete,
            "gesamteinkommen_monat": self.einkommen,
        }


# What chance hardly meets: exactly half a euro, and a supplement that ends at a rent with cents.
BORDERS = (
    Household(date(2021, 1, 1), 1, 4, "435.60", "500.00"),
    Household(date(2025, 1, 1), 16, 1, "600.60", "2000.00"),
)


def households(count: int, seed: int) -> list[Household]:
    """Return the border cases and random households, small and large, in the order of their days."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    result = list(BORDERS)
    for number in range(count):
        size = chance.choices(range(1, 17), weights=[30, 20, 12, 12, 6, 4, 3, 2, 2, 2, 2, 2, 3, 2, 1, 1])[0]
        rent = chance.uniform(0, 90) if chance.random() < 0.08 else chance.uniform(150, 700) + 120 * (size - 1)
        income = chance.uniform(0, 1700) + 420 * (size - 1)
        day = DATES[number * len(DATES) // count]
        result.append(Household(day, size, chance.randint(1, 7), f"{rent:.2f}", f"{income:.2f}"))
    return sorted(result, key=lambda household: household.stichtag)


class Statute:
    """The calculation of §§ 11, 12 and 19, with deviations in place of the statute where asked for."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._parameter = load(files("leitplanke.content") / "fachverfahren" / "wohngeld").parameter

    def amount(self, household: Household, deviations: frozenset[str]) -> int:
        size = household.mitglieder
        line = size if "zeilen_ab_13" in deviations else min(size, 12)
        row = min(size, 12)
        heating = self._table("heizkostenentlastung", line)
        ceiling = self._table("hoechstbetrag", line, household.mietenstufe) + self._table("klimakomponente", line)
        rent, least = min(Fraction(household.miete), ceiling), self._table("mindestmiete", row)
        early = "mindestmiete_vor_heizung" in deviations
        counted = (max(rent, least) if early else rent) + heating
        formula = self._formula(max(counted, least), Fraction(household.einkommen), row)
        result = self._rounded(formula, deviations)
        if size > 12 and (result or "zuschlag_ohne_wohngeld" in deviations):
            limit = self._rounded(counted, deviations) if "grenze_gerundet" in deviations else int(counted)
            result = min(result + (size - 12) * int(self._scalar("zuschlag_je_mitglied")), limit)
        return result if result >= self._scalar("mindestbetrag") or "ohne_mindestbetrag" in deviations else 0

    def _formula(self, rent: Fraction, income: Fraction, row: int) -> Fraction:
        income = max(income, self._table("mindesteinkommen", row))
        share = self._table("wert_a", row) + self._table("wert_b", row) * rent + self._table("wert_c", row) * income
        return max(Fraction(0), _ten(self._scalar("faktor") * _ten(rent - _ten(_ten(share) * income))))

    @staticmethod
    def _rounded(amount: Fraction, deviations: frozenset[str]) -> int:
        return round(amount) if "halb_gerade" in deviations else int(amount + Fraction(1, 2))

    def _scalar(self, name: str) -> Fraction:
        parameter = self._parameter[name]
        value = max((w for w in parameter.werte if w.geltung.holds(self._on, None, entwurf=False)), key=_start)
        return Fraction(value.scalar or 0, 10**parameter.shape.stellen)

    def _table(self, name: str, *keys: int) -> Fraction:
        """Return a cell; beyond the last row each further row adds what the last one added."""
        parameter = self._parameter[name]
        values = [w for w in parameter.werte if w.geltung.holds(self._on, None, entwurf=False)]
        if not values:
            return Fraction(0)
        value = max(values, key=_start)
        (first, last), *others = value.keys
        width = others[0][1] - others[0][0] + 1 if others else 1
        offset = keys[1] - others[0][0] if others else 0

        def cell(row: int) -> int:
            return value.cells[(row - first) * width + offset]

        row = min(keys[0], last)
        found = cell(row) + (keys[0] - row) * (cell(last) - cell(last - 1))
        return Fraction(found, 10**parameter.shape.stellen)


def _start(value: Wert) -> date:
    return value.geltung.ab


def _ten(value: Fraction) -> Fraction:
    """Return a number with ten decimals, halves away from zero."""
    scaled = abs(value) * 10**10 + Fraction(1, 2)
    return Fraction(int(scaled) * (1 if value >= 0 else -1), 10**10)


def explanations(statute: Statute, household: Household, theirs: float) -> frozenset[str] | None:
    """Return the fewest deviations that together give GETTSIM's amount; None where none do."""
    for number in range(1, len(DEVIATIONS) + 1):
        for names in combinations(DEVIATIONS, number):
            if statute.amount(household, frozenset(names)) == theirs:
                return frozenset(names)
    return None


def gettsim() -> Path:
    """Return the Python of GETTSIM's own environment, made where it is missing."""
    python = HOME / "bin" / "python"
    ready = HOME / f"gettsim-{VERSION}"
    if not ready.exists():
        print(f"Richte GETTSIM {VERSION} in {HOME} ein (einmalig) ...", flush=True)
        venv.create(HOME, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", f"gettsim=={VERSION}"], check=True)
        ready.touch()
    return python


def asked(sample: list[Household]) -> list[float]:
    """Return GETTSIM's amounts."""
    lines = [json.dumps({name: str(getattr(h, name)) for name in Household.__dataclass_fields__}) for h in sample]
    process = subprocess.run(
        [str(gettsim()), str(HERE / "gettsim_rechnen.py")],
        input="\n".join(lines), text=True, capture_output=True, check=False,
    )  # fmt: skip
    if process.returncode:
        raise SystemExit(f"GETTSIM ist gescheitert:\n{process.stderr[-2000:]}")
    return [float(line) for line in process.stdout.split()]


Difference = tuple[Household, int, float, frozenset[str] | None]


def compared(sample: list[Household], theirs: list[float]) -> Iterator[Difference]:
    """Yield every household on which we and GETTSIM differ, with the explanation."""
    engine = Engine(load(files("leitplanke.content") / "fachverfahren" / "wohngeld"))
    statutes = {day: Statute(day) for day in DATES}
    for household, amount in zip(sample, theirs, strict=True):
        result = engine.evaluate(household.facts(), on=household.stichtag, refine=False)
        ours, statute = int(result.values["wohngeld_monat"]), statutes[household.stichtag]
        if ours != statute.amount(household, frozenset()):
            raise SystemExit(f"Die zweite Rechnung des Vergleichs weicht vom Regelwerk ab: {household}")
        if ours != amount:
            yield household, ours, amount, explanations(statute, household, amount)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--households", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args()
    sample = households(options.households, options.seed)
    found = list(compared(sample, asked(sample)))
    unexplained = [entry for entry in found if entry[3] is None]
    print(f"{len(sample)} Haushalte, {DATES[0]} bis {DATES[-1]}; GETTSIM {VERSION}")
    print(f"gleich {len(sample) - len(found)}, verschieden {len(found)}, davon ungeklärt {len(unexplained)}")
    counts = Counter(name for *_, names in found for name in names or ())
    for name, words in DEVIATIONS.items():
        print(f"  {counts[name]:5}  GETTSIM {words}")
    for household, ours, theirs, _ in unexplained[:20]:
        print(f"  ungeklärt: {household}: {ours} statt {theirs}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
