"""Our own engine: how the other scripts of this folder use it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from haushalte import TAG

from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.batch import Batch, Table
from leitplanke.core.rules.compiling import STICHTAG, State
from leitplanke.core.rules.library import find
from leitplanke.core.rules.model import in_force
from leitplanke.core.rules.simulate import Simulation

if TYPE_CHECKING:
    from numpy.typing import NDArray


DAY = date.fromisoformat(TAG)
TARGET = "wohngeld_monat"
_TABLES = {
    "hoechstbetrag": "hoechstbetrag", "klima": "klimakomponente", "heiz": "heizkostenentlastung",
    "m": "mindestmiete", "y": "mindesteinkommen", "a": "wert_a", "b": "wert_b", "c": "wert_c",
}  # fmt: skip


def engine(name: str) -> Engine:
    """Return a shipped Regelwerk by name, or one by path."""
    return Engine(load(find(name)))


def simulation(made: Engine) -> Simulation:
    """Return the simulation of the one value that all systems compute."""
    return Simulation(made, State(DAY), (TARGET,))


def table_of(found: dict[str, NDArray[np.int64]]) -> Table:
    """Return the households as stored whole numbers."""
    columns = {
        "haushaltsmitglieder": found["mitglieder"],
        "mietenstufe": found["stufe"],
        "bruttokaltmiete_monat": found["miete"],
        "gesamteinkommen_monat": found["einkommen"] * 100,
    }
    return Table(len(found["stufe"]), columns)


def formula(made: Engine, table: Table) -> NDArray[np.int64]:
    """Compute the value of every household, from columns in memory to a column in memory."""
    program = made.program(State(DAY))
    slot = program.values[TARGET].slot
    return Batch(program, [slot], table, {STICHTAG: DAY.toordinal()}).run(table)[slot]


def frame_of(found: dict[str, NDArray[np.int64]], *, income: bool = True) -> pl.DataFrame:
    """Return the households as a table with exact decimals; without `income` the persons must give it."""
    rows = len(found["stufe"])
    frame = pl.DataFrame(
        {
            "id": np.arange(rows),
            "haushaltsmitglieder": found["mitglieder"],
            "mietenstufe": found["stufe"],
            "bruttokaltmiete_monat": found["miete"],
            "gesamteinkommen_monat": found["einkommen"],
        }
    )
    amounts = pl.col("bruttokaltmiete_monat", "gesamteinkommen_monat")
    frame = frame.with_columns(amounts.cast(pl.Decimal(18, 2)) / pl.lit(100, pl.Decimal(18, 0)))
    frame = frame.with_columns(amounts.cast(pl.Decimal(18, 2)))
    return frame if income else frame.drop("gesamteinkommen_monat")


def persons_of(found: dict[str, NDArray[np.int64]]) -> pl.DataFrame:
    """Return the people of the households: the first earns, the second has a pension, the others are children."""
    members, rows = found["mitglieder"], len(found["stufe"])
    ids = np.repeat(np.arange(rows), members)
    place = np.arange(len(ids)) - np.repeat(np.cumsum(members) - members, members)
    yearly = np.repeat(found["einkommen"], members) * 12
    kinds = np.array(["nichtselbststaendig", "rente", "keine"], dtype=object)
    frame = pl.DataFrame(
        {
            "id": ids,
            "einkommensart": pl.Series(kinds[np.minimum(place, 2)], dtype=pl.String),
            "bruttoeinkommen_jahr": np.where(place == 0, yearly, np.where(place == 1, yearly // 5, 0)),
            "zahlt_steuern": place == 0,
            "zahlt_krankenversicherung": place < 2,
            "zahlt_rentenversicherung": place == 0,
        }
    )
    amount = pl.col("bruttoeinkommen_jahr")
    return frame.with_columns((amount.cast(pl.Decimal(18, 2)) / pl.lit(100, pl.Decimal(18, 0))).cast(pl.Decimal(18, 2)))


def figures(made: Engine, file: Path) -> None:
    """Write the tables of the law for the systems that know no law."""
    found: dict[str, list[Any]] = {}
    for name, ours in _TABLES.items():
        parameter = made.regelwerk.parameter[ours]
        wert = in_force(parameter.werte, State(DAY))
        assert wert is not None
        cells = [cell / 10**parameter.shape.scale for cell in wert.cells]
        width = wert.keys[1][1] - wert.keys[1][0] + 1 if len(wert.keys) == 2 else 0
        found[name] = [cells[at : at + width] for at in range(0, len(cells), width)] if width else cells
    file.write_text(json.dumps(found), encoding="utf-8")
