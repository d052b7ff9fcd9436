"""Columns of a file become stored whole numbers and back, exactly; what does not fit is told with its row."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.facts import is_number, shown
from leitplanke.core.rules.graph import Val
from leitplanke.core.rules.model import Kind, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EPOCH = 719163  # ordinal of 1970-01-01
_TEXT_DECIMALS = 12
_FLOAT_SLACK = 1e-6
_GERMAN = re.compile(r"\s*[-+]?\d[\d.\s']*,\d+\s*")
_TRUTHS = {"ja": 1, "true": 1, "True": 1, "1": 1, "nein": 0, "false": 0, "False": 0, "0": 0}


def stored(series: pl.Series, shape: Shape) -> tuple[NDArray[np.int64], NDArray[np.bool_] | None]:
    """Return a column as stored whole numbers, and where it is stated, None where everywhere.

    Raises:
        FactError: a value is none of that kind, has too many decimals or is out of bounds; names column, row and value.
    """
    known = None if series.null_count() == 0 else series.is_not_null().to_numpy()
    found = _numbers(series, shape) if is_number(shape) else _others(series, shape)
    values = found.fill_null(shape.low).to_numpy().astype(np.int64, copy=False)
    outside = (values < shape.low) | (values > shape.high)
    if outside.any():
        row = int(np.argmax(outside))
        raise FactError(
            f"Spalte „{series.name}“, Zeile {row + 1}: {series[row]} liegt nicht zwischen "
            f"{shown(shape, shape.low)} und {shown(shape, shape.high)}."
        )
    return values, known


def _numbers(series: pl.Series, shape: Shape) -> pl.Series:
    factor = 10**shape.stellen
    if series.dtype.is_integer():
        return pl.Series(series.cast(pl.Int64) * factor)
    if series.dtype.is_float():
        raised = series * factor
        whole = raised.round(0)
        _refuse(series, (raised - whole).abs() > _FLOAT_SLACK * factor.bit_length(), shape)
        return pl.Series(whole.cast(pl.Int64))
    if series.dtype == pl.String:
        text, series = series, series.str.strip_chars().cast(pl.Decimal(38, _TEXT_DECIMALS), strict=False)
        _refuse(text, series.is_null() & text.is_not_null(), shape)
    if not isinstance(series.dtype, pl.Decimal):
        raise FactError(f"Spalte „{series.name}“ enthält keine Zahlen.")
    return _from_decimal(series, shape)


def _from_decimal(series: pl.Series, shape: Shape) -> pl.Series:
    fitting = series.cast(pl.Decimal(38, shape.stellen))
    _refuse(series, fitting.cast(series.dtype) != series, shape)
    return pl.Series(fitting.to_physical().cast(pl.Int64))


def _refuse(series: pl.Series, wrong: pl.Series, shape: Shape) -> None:
    wrong = wrong.fill_null(value=False)
    if wrong.any():
        row = int(wrong.arg_max() or 0)
        if _GERMAN.fullmatch(str(series[row])):
            raise FactError(
                f"Spalte „{series.name}“, Zeile {row + 1}: „{series[row]}“ hat ein Komma; "
                "Nachkommastellen stehen in Tabellen hinter einem Punkt, Tausender bleiben ungetrennt: 1100.50."
            )
        raise FactError(
            f"Spalte „{series.name}“, Zeile {row + 1}: „{series[row]}“ ist keine Zahl mit höchstens "
            f"{shape.stellen} Nachkommastellen."
        )


def _others(series: pl.Series, shape: Shape) -> pl.Series:
    if shape.kind is Kind.WAHRHEITSWERT:
        return series.cast(pl.Int64) if series.dtype == pl.Boolean else _mapped(series, _TRUTHS, "ja oder nein")
    if shape.kind is Kind.AUSWAHL:
        options = {option: place for place, option in enumerate(shape.optionen)}
        return _mapped(series, options, ", ".join(shape.optionen))
    if shape.kind is Kind.DATUM:
        days = series if series.dtype == pl.Date else series.cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
        _refuse_text(series, days.is_null() & series.is_not_null(), "ein Tag wie 2025-01-31")
        return pl.Series(days.to_physical().cast(pl.Int64) + _EPOCH)
    return series.is_not_null().cast(pl.Int64)


def _mapped(series: pl.Series, options: dict[str, int], expected: str) -> pl.Series:
    text = series.cast(pl.String)
    found = text.replace_strict(options, default=None, return_dtype=pl.Int64)
    _refuse_text(series, found.is_null() & text.is_not_null(), expected)
    return found


def _refuse_text(series: pl.Series, wrong: pl.Series, expected: str) -> None:
    if wrong.any():
        row = int(wrong.arg_max() or 0)
        raise FactError(f"Spalte „{series.name}“, Zeile {row + 1}: „{series[row]}“ ist nicht {expected}.")


def shown_column(name: str, val: Val, shape: Shape, numbers: NDArray[np.int64], under: Any) -> pl.Series:
    """Return a computed slot as a column: whole numbers and decimals exactly, what a divisor leaves open as float."""
    if shape.kind is Kind.WAHRHEITSWERT:
        return pl.Series(name, numbers != 0)
    if shape.kind is Kind.AUSWAHL:
        return pl.Series(name, np.array(shape.optionen, dtype=object)[numbers])
    if shape.kind is Kind.DATUM:
        return pl.Series(name, (numbers - _EPOCH).astype("datetime64[D]"))
    percent = 2 if shape.kind is Kind.PROZENT else 0
    if under is not None or val.over != 1:
        by = val.over * 10.0 ** (val.scale - percent)
        return pl.Series(name, numbers / by / (1 if under is None else under))
    if val.scale <= percent:
        return pl.Series(name, numbers * 10 ** (percent - val.scale))
    return decimals(name, numbers, val.scale - percent)


def decimals(name: str, numbers: NDArray[np.int64], scale: int) -> pl.Series:
    """Return whole numbers of 10 ** -`scale` as a column of exact decimals."""
    return (pl.Series(name, numbers).cast(pl.Decimal(38, scale)) / Decimal(10**scale)).cast(pl.Decimal(38, scale))
