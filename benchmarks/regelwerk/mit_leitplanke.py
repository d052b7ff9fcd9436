"""Worker of vergleich.py: our engine. Prints its figures as JSON.

python benchmarks/regelwerk/mit_leitplanke.py ROWS RESULT.npy REGELWERK
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

START = time.perf_counter()
from leitplanke.core.rules import Engine, load  # noqa: E402 - the import is measured
from leitplanke.core.rules.library import find  # noqa: E402

IMPORTED = time.perf_counter() - START
FACTS = {
    "haushaltsmitglieder": 2, "mietenstufe": 3, "bruttokaltmiete_monat": "600.00", "gesamteinkommen_monat": "1162.35",
}  # fmt: skip


def main() -> int:
    rows, target, name = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    first = Engine(load(find(name))).evaluate(FACTS, on=_day()).values["wohngeld_monat"]
    answered = time.perf_counter() - START
    import numpy as np
    import unser
    from haushalte import checksum, households
    from messen import best, peak_mb
    from messen import load as load_now

    from leitplanke.core.rules.simulate_files import scan, simulate_table

    made, found = unser.engine(name), households(rows)
    table = unser.table_of(found)
    formula = best(lambda: unser.formula(made, table), times=9)
    result = unser.formula(made, table)
    np.save(target, result)
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "in.parquet", Path(folder) / "out.parquet"
        unser.frame_of(found).write_parquet(source)
        whole = best(lambda: simulate_table({"": unser.simulation(made)}, scan(source), output), times=5)
    print(
        json.dumps(
            {
                "import_s": IMPORTED, "erste_antwort_s": answered, "erste_antwort": first,
                "fall": best(lambda: _proved(made), times=7, calls=200), "formel": formula, "ganz": whole,
                "speicher_mb": peak_mb(), "summe": int(result.sum()), "eingabe": checksum(found), "last": load_now(),
            }
        )
    )  # fmt: skip
    return 0


def _day():  # type: ignore[no-untyped-def]  # noqa: ANN202 - nothing is imported before the first answer
    from datetime import date

    return date(2025, 6, 1)


def _proved(made: Engine) -> object:
    return made.evaluate(FACTS, on=_day()).proof


if __name__ == "__main__":
    sys.exit(main())
