"""What a simulation says in figures: cost, how many, and who wins or loses, by decile and by group."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from leitplanke.core.rules.model import Simulation

AGAINST = "__vergleich"


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of one target.

    Attributes:
        total, against: `faelle`, `mit_anspruch`, `summe`, `mittel` of the simulation, and of what it is held against.
        by_decile, by_group: tables with the same figures, and `gewinner`, `verlierer`, `differenz` where compared;
            a decile also says from where to where it reaches (`von`, `bis`).
    """

    target: str
    total: dict[str, float]
    against: dict[str, float] | None
    by_decile: pl.DataFrame | None
    by_group: pl.DataFrame | None


def summarise(result: pl.DataFrame, target: str, *, deciles: pl.Series | None, groups: pl.Series | None) -> Summary:
    """Sum up the column `target`, and `target` + AGAINST where it is there."""
    frame = result.select(pl.col(target).cast(pl.Float64).alias("neu"))
    compared = f"{target}{AGAINST}" in result.columns
    if compared:
        frame = frame.with_columns(result[f"{target}{AGAINST}"].cast(pl.Float64).alias("alt"))
    by_decile = by_group = None
    if deciles is not None:
        measure = deciles.cast(pl.Float64)
        rank = ((measure.rank("ordinal") - 1) * 10 // max(len(deciles), 1) + 1).cast(pl.Int64)
        frame = frame.with_columns(rank.alias("dezil"), measure.alias("mass"))
        by_decile = _by(frame, "dezil", compared=compared)
    if groups is not None:
        frame = frame.with_columns(groups.alias("gruppe"))
        by_group = _by(frame, "gruppe", compared=compared)
    return Summary(target, _figures(frame["neu"]), _figures(frame["alt"]) if compared else None, by_decile, by_group)


def summarise_table(result: pl.LazyFrame, cases: pl.LazyFrame, target: str, shown: Simulation) -> Summary:
    """Sum up one column of a result that lies in a file, with the deciles and groups that a Regelwerk asks for."""
    names = result.collect_schema().names()
    frame = result.select([name for name in names if name in {target, f"{target}{AGAINST}"}]).collect()
    known = cases.collect_schema().names()
    series = {}
    for name in {shown.dezile, shown.gruppen} & set(known):
        series[name] = cases.select(name).collect()[name]
    return summarise(frame, target, deciles=series.get(shown.dezile), groups=series.get(shown.gruppen))


def _figures(column: pl.Series) -> dict[str, float]:
    positive = column.filter(column > 0)
    return {
        "faelle": float(len(column)),
        "mit_anspruch": float(len(positive)),
        "summe": float(column.sum()),
        "mittel": float(positive.mean() or 0.0),  # type: ignore[arg-type]
    }


def _by(frame: pl.DataFrame, key: str, *, compared: bool) -> pl.DataFrame:
    figures = [
        pl.len().alias("faelle"),
        (pl.col("neu") > 0).sum().alias("mit_anspruch"),
        pl.col("neu").sum().alias("summe"),
    ]
    if compared:
        change = pl.col("neu") - pl.col("alt")
        figures += [
            (change > 0).sum().alias("gewinner"),
            (change < 0).sum().alias("verlierer"),
            change.sum().alias("differenz"),
        ]
    if key == "dezil":
        figures += [pl.col("mass").min().alias("von"), pl.col("mass").max().alias("bis")]
    return frame.group_by(key).agg(figures).sort(key)
