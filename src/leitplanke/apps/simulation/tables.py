"""Read the tables that people upload, the way their office program writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from leitplanke.apps.simulation.limits import MOST_ROWS
from leitplanke.core.rules import FactError
from leitplanke.core.rules.facts import is_number
from leitplanke.core.rules.model import Kind, Shape

_GERMAN = r"^\s*-?(\d{1,3}(\.\d{3})+|\d+),\d+\s*$"
_GERMAN_DAY = r"^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$"


def read_rows(file: Path, called: str, most: int = MOST_ROWS) -> pl.DataFrame:
    """Read a table; CSV as text, so that amounts stay exact.

    Raises:
        FactError: it is no table, or too long; the message names it as the person `called` it.
    """
    try:
        frame = pl.read_parquet(file) if file.suffix == ".parquet" else _read_csv(file.read_bytes())
    except pl.exceptions.PolarsError:
        raise FactError(_unreadable(file, called)) from None
    if frame.height > most:
        raise FactError(
            f"„{called}“ hat {frame.height} Zeilen, möglich sind hier {most}. "
            "Größere Tabellen rechnet der Befehl leitplanke rules simulate."
        )
    return frame


def _unreadable(file: Path, called: str) -> str:
    if file.suffix == ".parquet":
        return f"„{called}“ lässt sich nicht als Parquet lesen. Bitte speichern Sie die Tabelle neu."
    return (
        f"„{called}“ lässt sich nicht als Tabelle lesen. Erwartet wird CSV: in der ersten Zeile die Namen der Spalten, "
        "dann je Fall eine Zeile mit gleich vielen Werten."
    )


def _read_csv(data: bytes) -> pl.DataFrame:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    frame = pl.read_csv(text.encode(), infer_schema=False, separator=separator)
    return frame.rename({name: name.strip() for name in frame.columns})


def exact_numbers(frame: pl.DataFrame, shapes: Mapping[str, Shape]) -> pl.DataFrame:
    """Return a table in which „1.162,35“ and „31.1.2025“ stand as the engine reads them."""
    changes = []
    for name in frame.columns:
        shape = shapes.get(name)
        if shape is None or frame[name].dtype != pl.String:
            continue
        text = pl.col(name)
        if is_number(shape):
            plain = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
            changes.append(pl.when(text.str.contains(_GERMAN)).then(plain).otherwise(text).alias(name))
        elif shape.kind is Kind.DATUM:
            parts = [text.str.extract(_GERMAN_DAY, group).str.zfill(2) for group in (3, 2, 1)]
            iso = pl.concat_str(parts, separator="-")
            changes.append(pl.when(text.str.contains(_GERMAN_DAY)).then(iso).otherwise(text).alias(name))
    return frame.with_columns(changes)
