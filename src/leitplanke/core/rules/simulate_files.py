"""Simulations from file to file: CSV or Parquet, in pieces, so that a file may be larger than the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.model import Regelwerk
from leitplanke.core.rules.population import population
from leitplanke.core.rules.simulate import ID, Simulation, batches

PIECE = 250_000
CASES = "Tabelle der Fälle"
_PIECE_WITH_LISTS = 100_000


def scan(file: Path) -> pl.LazyFrame:
    """Open a table without reading it; CSV as text, so that amounts stay exact.

    Raises:
        FactError: it is neither CSV nor Parquet.
    """
    if not file.exists():
        raise FactError(f"Die Datei {file} gibt es nicht.")
    if file.suffix not in {".csv", ".parquet"}:
        raise FactError(f"{file.name}: Gelesen werden .csv und .parquet.")
    try:
        frame = pl.scan_parquet(file) if file.suffix == ".parquet" else _scan_csv(file)
        frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        raise FactError(f"{file.name} ist leer oder keine lesbare {file.suffix[1:].upper()}-Datei.") from None
    return frame


def _scan_csv(file: Path) -> pl.LazyFrame:
    with file.open(encoding="utf-8-sig", errors="replace") as handle:
        first = handle.readline(100_000)
    separator = ";" if first.count(";") > first.count(",") else ","
    names = [name.strip().strip('"') for name in first.split(separator)]
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise FactError(f"{file.name}: Die Spalte „{twice}“ steht zweimal da.")
    return pl.scan_csv(file, infer_schema=False, separator=separator)


def refuse_shared_ids(frame: pl.LazyFrame, what: str) -> None:
    """Check that no two cases have the same id, where they have any.

    Raises:
        FactError: two have; what comes out could not be told apart.
    """
    if ID not in frame.collect_schema():
        return
    with _told(what):
        ids = frame.select(different=pl.col(ID).n_unique(), rows=pl.len()).collect(engine="streaming")
        if ids["different"][0] == ids["rows"][0]:
            return
        twice = frame.select(ID).filter(pl.col(ID).is_duplicated()).head(1).collect()[ID][0]
    text = f"Die Kennung „{twice}“ haben mehrere Fälle" if twice is not None else "Mehreren Fällen fehlt die Kennung"
    raise FactError(f"{what}: {text}; jeder braucht seine eigene.")


def unread_columns(regelwerk: Regelwerk, frame: pl.LazyFrame, level: str = "") -> dict[str, str]:
    """Return the columns that no fact of the Regelwerk has, each with the name that may be meant; `level` is a list."""
    stated = [rule.name for rule in regelwerk.regeln.values() if rule.eingebbar and rule.je == level]
    if level:
        facts = {part.name for part in regelwerk.angaben[level].felder}
    else:
        facts = {*regelwerk.angaben, *regelwerk.ermessen, regelwerk.simulation.dezile, regelwerk.simulation.gruppen}
    known = {ID, *stated, *facts}
    unread = [name for name in frame.collect_schema().names() if name not in known]
    return {name: next(iter(get_close_matches(name.lower(), known, 1)), "") for name in unread}


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
    for piece, belonging in _pieces(source, items):
        frames = [
            _suffixed(simulation.run(piece, belonging, progress), suffix) for suffix, simulation in simulations.items()
        ]
        head = frames[0]
        yield pl.concat([head, *(f.drop(ID, strict=False) for f in frames[1:])], how="horizontal")


def _pieces(source: pl.LazyFrame, items: Mapping[str, Path]) -> Iterator[tuple[pl.DataFrame, dict[str, pl.DataFrame]]]:
    """Yield the cases piece by piece, each with the items that belong to it; small tables whole, in any order."""
    if not items:
        yield from ((piece, {}) for piece in _batches(source, PIECE, CASES))
        return
    kind = source.collect_schema().get(ID)
    if rows_of(source) <= PIECE or kind is None:
        yield _whole(source, CASES), {name: _whole(scan(file), f"Tabelle „{name}“") for name, file in items.items()}
        return
    feeds = [_Feed(name, _identified(scan(file), f"Tabelle „{name}“", kind)) for name, file in items.items()]
    last: Any = None
    for piece in _batches(source, _PIECE_WITH_LISTS, CASES):
        if piece.height:
            last = _ascending(piece, last)
            yield piece, {feed.name: feed.until(last) for feed in feeds}
    for feed in feeds:
        feed.finish()


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say in our words what is wrong with a file that turns out unreadable on the way."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        if "more fields" not in str(error):
            raise FactError(f"{what}: Die Datei ist beschädigt oder keine Tabelle.") from None
        rule = "Nachkommastellen stehen hinter einem Punkt; Text, der ein Trennzeichen enthält, in Anführungszeichen."
        raise FactError(f"{what}: Eine Zeile hat mehr Werte, als es Spalten gibt. {rule}") from None


def _batches(frame: pl.LazyFrame, rows: int, what: str) -> Iterator[pl.DataFrame]:
    with _told(what):
        yield from batches(frame, rows)


def _whole(frame: pl.LazyFrame, what: str) -> pl.DataFrame:
    with _told(what):
        return frame.collect()


def _identified(items: pl.LazyFrame, what: str, kind: pl.DataType) -> pl.LazyFrame:
    """Return items whose ids are of the kind that the cases have."""
    if ID not in items.collect_schema():
        raise FactError(f"Der {what} fehlt die Spalte „{ID}“.")
    return items.with_columns(pl.col(ID).cast(kind))


def _suffixed(frame: pl.DataFrame, suffix: str) -> pl.DataFrame:
    return frame.rename({name: f"{name}{suffix}" for name in frame.columns if name != ID}) if suffix else frame


def _ascending(piece: pl.DataFrame, last: Any) -> Any:
    """Return the last id of a piece; several pieces with lists must be in order."""
    ids = piece[ID]
    if not ids.is_sorted() or (last is not None and ids[0] <= last):
        raise FactError(f"Große Dateien mit Listen müssen nach „{ID}“ aufsteigend sortiert sein.")
    return ids[-1]


class _Feed:
    """Hands out the items of a large sorted file as far as the cases have come."""

    def __init__(self, name: str, items: pl.LazyFrame) -> None:
        self.name = name
        self._pieces = _batches(items, _PIECE_WITH_LISTS, f"Tabelle „{name}“")
        self._held = items.head(0).collect()

    def until(self, last: Any) -> pl.DataFrame:
        """Return the items up to the id `last`."""
        held = [self._held]
        while not (held[-1].height and held[-1][ID][-1] > last) and (piece := next(self._pieces, None)) is not None:
            if not piece[ID].is_sorted() or (piece.height and held[-1].height and piece[ID][0] < held[-1][ID][-1]):
                raise FactError(f"„{self.name}“ muss nach „{ID}“ aufsteigend sortiert sein.")
            held.append(piece)
        whole = pl.concat(held)
        count = whole[ID].search_sorted(last, side="right")
        self._held = whole[count:]
        return whole[:count]

    def finish(self) -> None:
        """Refuse items behind the last case."""
        left = self._held if self._held.height else next((p for p in self._pieces if p.height), self._held)
        if left.height:
            raise FactError(f"„{self.name}“: Zur Kennung „{left[ID][0]}“ gibt es keinen Fall.")
