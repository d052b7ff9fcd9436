"""Simulations from file to file: CSV or Parquet, in pieces, so that a file may be larger than the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.model import Regelwerk
from leitplanke.core.rules.population import population
from leitplanke.core.rules.simulate import ID, Simulation, batches

PIECE = 250_000


def scan(file: Path) -> pl.LazyFrame:
    """Open a table without reading it; CSV as text, so that amounts stay exact.

    Raises:
        FactError: it is neither CSV nor Parquet.
    """
    if not file.exists():
        raise FactError(f"Die Datei {file} gibt es nicht.")
    if file.suffix == ".parquet":
        return pl.scan_parquet(file)
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", errors="replace") as handle:
            first = handle.readline(100_000)
        return pl.scan_csv(file, infer_schema=False, separator=";" if first.count(";") > first.count(",") else ",")
    raise FactError(f"{file.name}: Gelesen werden .csv und .parquet.")


def rows_of(frame: pl.LazyFrame) -> int:
    """Return how many cases a table has."""
    return int(frame.select(pl.len()).collect().item())


def made_up(regelwerk: Regelwerk, rows: int, seed: int) -> pl.LazyFrame:
    """Return a table of made-up cases, drawn piece by piece; the same seed gives the same people.

    Raises:
        FactError: the Regelwerk states no distributions.
    """
    sizes = [min(PIECE, rows - start) for start in range(0, rows, PIECE)]

    def flow(
        columns: list[str] | None, predicate: pl.Expr | None, limit: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        del predicate, limit, size
        for place, count in enumerate(sizes):
            piece = population(regelwerk, count, seed + place).with_columns(pl.col(ID) + place * PIECE)
            yield piece.select(columns) if columns else piece

    return register_io_source(flow, schema=population(regelwerk, 1, seed).schema)


def simulate_table(
    simulations: Mapping[str, Simulation],
    source: pl.LazyFrame,
    target: Path,
    *,
    items: Mapping[str, Path] | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Run simulations over a table and write their columns side by side.

    `simulations` are by suffix of their columns. With lists, files larger than one piece must be sorted by id.

    Raises:
        FactError: a file or value does not fit.
    """
    if target.suffix not in {".csv", ".parquet"}:
        raise FactError(f"{target.name}: Geschrieben werden .csv und .parquet.")
    pieces = _results(simulations, source, items or {}, progress)
    try:
        first = next(pieces)
    except StopIteration:
        raise FactError("Die Tabelle der Fälle enthält keine Zeilen.") from None

    def flow(
        columns: list[str] | None, predicate: pl.Expr | None, limit: int | None, size: int | None
    ) -> Iterator[pl.DataFrame]:
        del columns, predicate, limit, size
        yield first
        yield from pieces

    result = register_io_source(flow, schema=first.schema)
    draft = target.with_name(f".{target.name}.neu")
    try:
        if target.suffix == ".parquet":
            result.sink_parquet(draft)
        else:
            result.sink_csv(draft)
        draft.replace(target)
    except pl.exceptions.ComputeError as error:
        raise FactError(str(error).partition("FactError: ")[2].strip() or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _results(
    simulations: Mapping[str, Simulation],
    source: pl.LazyFrame,
    items: Mapping[str, Path],
    progress: Callable[[int], None] | None,
) -> Iterator[pl.DataFrame]:
    feeds = {name: _Feed(name, file) for name, file in items.items()}
    last = None
    for piece in batches(source, PIECE):
        if feeds and piece.height:
            whole = piece.height < PIECE and last is None
            last = _ascending(piece, last, whole=whole)
            belonging = {name: feed.rest() if whole else feed.until(piece[ID][-1]) for name, feed in feeds.items()}
        else:
            belonging = {}
        frames = [
            _suffixed(simulation.run(piece, belonging, progress), suffix) for suffix, simulation in simulations.items()
        ]
        head = frames[0]
        yield pl.concat([head, *(f.drop(ID, strict=False) for f in frames[1:])], how="horizontal")


def _suffixed(frame: pl.DataFrame, suffix: str) -> pl.DataFrame:
    return frame.rename({name: f"{name}{suffix}" for name in frame.columns if name != ID}) if suffix else frame


def _ascending(piece: pl.DataFrame, last: object, *, whole: bool) -> object:
    """Return the last id of a piece; several pieces with lists must be in order."""
    if whole:
        return piece[ID][-1]
    ids = piece[ID]
    if not ids.is_sorted() or (last is not None and ids[0] <= last):
        raise FactError(f"Große Dateien mit Listen müssen nach „{ID}“ aufsteigend sortiert sein.")
    return ids[-1]


class _Feed:
    """Hands out the items of a large sorted file as far as the cases have come."""

    def __init__(self, name: str, file: Path) -> None:
        self._name = name
        self._pieces = batches(scan(file), PIECE)
        self._held: list[pl.DataFrame] = []

    def until(self, last: object) -> pl.DataFrame:
        """Return the items up to the id `last`."""
        for piece in self._pieces:
            if not piece[ID].is_sorted():
                raise FactError(f"„{self._name}“ muss nach „{ID}“ aufsteigend sortiert sein.")
            self._held.append(piece)
            if piece.height and piece[ID][-1] > last:
                break
        whole = pl.concat(self._held)
        self._held = [whole.filter(pl.col(ID) > pl.lit(last))]
        return whole.filter(pl.col(ID) <= pl.lit(last))

    def rest(self) -> pl.DataFrame:
        """Return everything that is left."""
        return pl.concat([*self._held, *self._pieces])
