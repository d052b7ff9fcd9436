"""Worker of vergleich.py, run in an environment of its own: GETTSIM from PyPI. Prints its figures as JSON.

Computes the amount of Wohngeld of a household of given size, rent and income; income after allowances is handed in, so
that it does the same work as the others. `formel` runs the compiled graph only, `ganz` is one call of `main` from table
to table.

    GETTSIM_BEARTYPE_CLAW=0 python benchmarks/regelwerk/mit_gettsim.py ROWS RESULT.npy
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import NDArray

warnings.filterwarnings("ignore")
START = time.perf_counter()
import gettsim  # noqa: E402 - the import is measured

IMPORTED = time.perf_counter() - START
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from haushalte import TAG, checksum, households  # noqa: E402
from messen import best, load, peak_mb  # noqa: E402

GOAL = {"wohngeld": {"basisbetrag_m_wthh": "betrag"}}
COLUMNS = {
    "p_id": "id", "hh_id": "id", "wthh_id": "id", "anzahl_personen_hh": "mitglieder",
    "wohngeld": {
        "anzahl_personen_wthh": "mitglieder", "mietstufe_hh": "stufe",
        "einkommen_vor_freibetrag_m_wthh": "einkommen", "freibetrag_m_wthh": "frei",
    },
    "wohnen": {"bruttokaltmiete_m_hh": "miete"},
}  # fmt: skip


def table_of(found: dict[str, NDArray[np.int64]]) -> pd.DataFrame:
    """Return households as GETTSIM takes them."""
    frame = pd.DataFrame({"id": np.arange(len(found["stufe"]))} | found)
    return frame.assign(miete=frame["miete"] / 100, einkommen=frame["einkommen"] / 100, frei=0.0)


def asked(frame: pd.DataFrame, **what: object) -> object:
    """Ask GETTSIM about a table."""
    return gettsim.main(
        policy_date_str=TAG, backend="numpy", tt_targets=gettsim.TTTargets(tree=GOAL),
        input_data=gettsim.InputData.df_and_mapper(df=frame, mapper=COLUMNS),
        include_fail_nodes=False, include_warn_nodes=False, **what,
    )  # fmt: skip


def compiled(frame: pd.DataFrame) -> tuple[object, dict[str, object]]:
    """Return the function that GETTSIM makes of the law, and the columns it takes."""
    parts = asked(frame, main_targets=["tt_function", "processed_data"])
    function, columns = parts["tt_function"], dict(parts["processed_data"])
    while True:
        try:
            function(columns)
        except Exception as error:
            surplus = [name for name in columns if name in str(error)]
            if not surplus:
                raise
            for name in surplus:
                del columns[name]
        else:
            return function, columns


def main() -> int:
    rows, goal = int(sys.argv[1]), gettsim.MainTarget.results.df_with_mapper
    one = table_of(households(1))
    asked(one, main_target=goal)
    answered = time.perf_counter() - START
    found = households(rows)
    frame = table_of(found)
    result = asked(frame, main_target=goal)["betrag"].to_numpy()
    np.save(sys.argv[2], np.rint(result).astype(np.int64))
    whole = best(lambda: asked(frame, main_target=goal), times=3)
    try:
        function, columns = compiled(frame)
        formula = best(lambda: function(columns), times=7)
    except Exception as error:  # noqa: BLE001 - the figure is missing then, and the table says so
        formula = {"fehler": str(error)[:200]}
    print(
        json.dumps(
            {
                "import_s": IMPORTED, "erste_antwort_s": answered,
                "fall": best(lambda: asked(one, main_target=goal), times=2), "formel": formula, "ganz": whole,
                "speicher_mb": peak_mb(), "summe": int(np.rint(result).sum()), "eingabe": checksum(found),
                "last": load(),
            }
        )
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
