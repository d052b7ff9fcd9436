"""Worker of vergleich.py, run in an environment of its own: OpenFisca-Core from PyPI. Prints its figures as JSON.

OpenFisca knows no German law; the formula of the Wohngeldgesetz is written as its variables, with the tables of our
Regelwerk. It computes in floats of 32 bits, as it always does.

    python benchmarks/regelwerk/mit_openfisca.py ROWS RESULT.npy TABLES.json
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

START = time.perf_counter()
from openfisca_core import periods  # noqa: E402 - the import is measured
from openfisca_core.entities import build_entity  # noqa: E402
from openfisca_core.simulation_builder import SimulationBuilder  # noqa: E402
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # noqa: E402
from openfisca_core.variables import Variable  # noqa: E402

IMPORTED = time.perf_counter() - START
import numpy as np  # noqa: E402
from haushalte import TAG, checksum, households, law  # noqa: E402
from messen import best, load, peak_mb  # noqa: E402

MONTH = TAG[:7]
HOUSEHOLD = build_entity(key="haushalt", plural="haushalte", label="Haushalt", is_person=True)
LAW = law(Path(sys.argv[3]))


def variable(name: str, formula: Callable[..., Any] | None = None, kind: type = float) -> type[Variable]:
    """Return a variable of OpenFisca; it wants every attribute in the class itself."""
    what: dict[str, Any] = {
        "value_type": kind, "entity": HOUSEHOLD, "definition_period": periods.DateUnit.MONTH, "label": name,
    }  # fmt: skip
    return type(name, (Variable,), what | ({"formula": formula} if formula else {}))


def miete_zaehlt(of: Any, period: Any, _law: Any) -> Any:
    row = of("mitglieder", period) - 1
    ceiling = LAW["hoechstbetrag"][row, of("stufe", period) - 1] + LAW["klima"][row]
    return np.maximum(np.minimum(of("miete", period), ceiling) + LAW["heiz"][row], LAW["m"][row])


def einkommen_zaehlt(of: Any, period: Any, _law: Any) -> Any:
    return np.maximum(of("einkommen", period), LAW["y"][of("mitglieder", period) - 1])


def wohngeld(of: Any, period: Any, _law: Any) -> Any:
    row, m, y = of("mitglieder", period) - 1, of("miete_zaehlt", period), of("einkommen_zaehlt", period)
    part = (LAW["a"][row] + LAW["b"][row] * m + LAW["c"][row] * y) * y
    amount = np.floor(np.maximum(1.15 * (m - part), 0) + 0.5)
    return np.where(amount < 10, 0, amount)


FORMULAS = (miete_zaehlt, einkommen_zaehlt, wohngeld)


def system_of_law() -> TaxBenefitSystem:
    """Return the formula as a system of OpenFisca."""
    system = TaxBenefitSystem([HOUSEHOLD])
    system.add_variables(variable("mitglieder", kind=int), variable("stufe", kind=int))
    system.add_variables(variable("miete"), variable("einkommen"), *(variable(f.__name__, f) for f in FORMULAS))
    return system


def main() -> int:
    rows, system = int(sys.argv[1]), system_of_law()
    inputs = households(1)

    def ready(count: int) -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, count)
        for name, column in inputs.items():
            simulation.set_input(name, MONTH, column[:count] / (100 if name in {"miete", "einkommen"} else 1))
        return simulation

    ready(1).calculate("wohngeld", MONTH)
    answered = time.perf_counter() - START
    found = inputs = households(rows)
    result = ready(rows).calculate("wohngeld", MONTH)
    np.save(sys.argv[2], result.astype(np.int64))
    waiting = [ready(rows) for _ in range(5)]
    print(
        json.dumps(
            {
                "import_s": IMPORTED, "erste_antwort_s": answered,
                "fall": best(lambda: ready(1).calculate("wohngeld", MONTH), times=7, calls=50),
                "formel": best(lambda: waiting.pop().calculate("wohngeld", MONTH), times=5),
                "ganz": best(lambda: ready(rows).calculate("wohngeld", MONTH), times=5),
                "speicher_mb": peak_mb(), "summe": int(result.astype(np.int64).sum()), "eingabe": checksum(found),
                "last": load(),
            }
        )
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
