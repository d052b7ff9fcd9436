"""Made-up people for simulations, drawn from the distributions that a Regelwerk states, the same for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from leitplanke.core.rules.columns import decimals
from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.model import Kind, Regelwerk, Shape, Verteilung

if TYPE_CHECKING:
    from numpy.typing import NDArray


def population(regelwerk: Regelwerk, rows: int, seed: int) -> pl.DataFrame:
    """Return `rows` made-up cases.

    Raises:
        FactError: the Regelwerk states no distributions.
    """
    people = regelwerk.simulation.bevoelkerung
    if not people:
        raise FactError("Dieses Regelwerk beschreibt keine erfundene Bevölkerung; bitte eine Datei angeben.")
    random = np.random.default_rng(seed)
    drawn: dict[str, NDArray[np.int64]] = {}
    columns = [pl.Series("id", np.arange(1, rows + 1))]
    for name, distribution in people.items():
        angabe = regelwerk.fact(name)
        if angabe is None:
            continue
        drawn[name] = _drawn(distribution, angabe.shape, rows, random, drawn)
        columns.append(_column(name, drawn[name], angabe.shape))
    return pl.DataFrame(columns)


def _drawn(
    distribution: Verteilung,
    shape: Shape,
    rows: int,
    random: np.random.Generator,
    drawn: dict[str, NDArray[np.int64]],
) -> NDArray[np.int64]:
    if distribution.gewichte:
        values, weights = (np.array(part) for part in zip(*distribution.gewichte, strict=True))
        found = random.choice(values, size=rows, p=weights / weights.sum())
    else:
        found = random.integers(distribution.von, distribution.bis, size=rows, endpoint=True)
    if distribution.je in drawn:
        found = found + distribution.plus * (drawn[distribution.je] - 1)
    return np.asarray(np.clip(found, shape.low, shape.high), dtype=np.int64)


def _column(name: str, values: NDArray[np.int64], shape: Shape) -> pl.Series:
    if shape.kind is Kind.WAHRHEITSWERT:
        return pl.Series(name, values != 0)
    if shape.kind is Kind.AUSWAHL:
        return pl.Series(name, np.array(shape.optionen, dtype=object)[values], dtype=pl.String)
    return decimals(name, values, shape.stellen) if shape.stellen else pl.Series(name, values)
