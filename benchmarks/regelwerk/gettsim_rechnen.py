"""Ask GETTSIM for the Wohngeld of households: JSON lines in, one amount a line out. Runs in GETTSIM's own environment.

Only the amount by §§ 11, 12, 13 and 19 WoGG is asked for; income, allowances and household sizes are given.
"""

from __future__ import annotations

import json
import sys
import warnings
from itertools import groupby

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
from gettsim import InputData, MainTarget, TTTargets, main  # noqa: E402

COLUMNS = {
    "p_id": "id",
    "hh_id": "id",
    "wthh_id": "id",
    "anzahl_personen_hh": "mitglieder",
    "wohngeld": {
        "anzahl_personen_wthh": "mitglieder",
        "mietstufe_hh": "mietenstufe",
        "einkommen_vor_freibetrag_m_wthh": "einkommen",
        "freibetrag_m_wthh": "freibetrag",
    },
    "wohnen": {"bruttokaltmiete_m_hh": "miete"},
}


def amounts(households: list[dict[str, str]], on: str) -> list[float]:
    frame = pd.DataFrame(
        {
            "id": range(len(households)),
            "mitglieder": [int(h["mitglieder"]) for h in households],
            "mietenstufe": [int(h["mietenstufe"]) for h in households],
            "miete": [float(h["miete"]) for h in households],
            "einkommen": [float(h["einkommen"]) for h in households],
            "freibetrag": 0.0,
        }
    )
    result = main(
        policy_date_str=on,
        main_target=MainTarget.results.df_with_mapper,
        backend="numpy",
        input_data=InputData.df_and_mapper(df=frame, mapper=COLUMNS),
        tt_targets=TTTargets(tree={"wohngeld": {"basisbetrag_m_wthh": "amount"}}),
        include_warn_nodes=False,
    )
    return [float(amount) for amount in result["amount"]]


def run() -> None:
    households = [json.loads(line) for line in sys.stdin]
    for on, group in groupby(households, key=lambda household: household["stichtag"]):
        for amount in amounts(list(group), on):
            print(amount)


if __name__ == "__main__":
    run()
