"""The same rules over many cases: tables in, tables out, exact, with judgements as scenarios."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from leitplanke.core.rules.batch import Batch, Table
from leitplanke.core.rules.columns import shown_column, stored
from leitplanke.core.rules.compiling import STICHTAG, State
from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.evaluating import Engine
from leitplanke.core.rules.facts import encode, plain_value
from leitplanke.core.rules.graph import Program, Val
from leitplanke.core.rules.model import Kind, Regelwerk

if TYPE_CHECKING:
    from numpy.typing import NDArray

ID = "id"
OUTCOME = "ergebnis"
_MAX_SCENARIOS = 32


@dataclass(frozen=True, slots=True)
class Scenario:
    """One answer to every judgement that matters; `suffix` marks its columns, "" where there is no judgement."""

    judgements: Mapping[str, int]
    suffix: str


@dataclass(frozen=True, slots=True)
class Simulation:
    """A Regelwerk under one state of the law, applied to tables.

    Attributes:
        values: the named values to compute.
        outcome: whether to tell which outcome applies.
        judgements: answers given beforehand; the other judgements become scenarios.
    """

    engine: Engine
    state: State
    values: tuple[str, ...]
    outcome: bool = False
    judgements: Mapping[str, Any] | None = None

    @property
    def regelwerk(self) -> Regelwerk:
        """The Regelwerk."""
        return self.engine.regelwerk

    def run(
        self,
        cases: pl.DataFrame,
        items: Mapping[str, pl.DataFrame] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> pl.DataFrame:
        """Return a table with the id of each case and the wanted values, in the order of `cases`.

        `items` holds a table for each list, joined to the cases by the column `id`.

        Raises:
            FactError: a column is missing or a value does not fit; names column and row.
        """
        program = self.engine.program(self.state)
        table = read_table(self.regelwerk, program, cases, items or {})
        vals = self._vals(program)
        slots = [slot for val in vals.values() for slot in (val.slot, val.under) if slot is not None]
        conditions = [(o.name, val.slot) for o, val in program.outcomes] if self.outcome else []
        columns = [cases[ID]] if ID in cases.columns else []
        for scenario in self.scenarios(program):
            fixed = {STICHTAG: self.state.on.toordinal(), **scenario.judgements}
            batch = Batch(program, [*slots, *(slot for _, slot in conditions)], table, fixed)
            found = batch.run(table, progress)
            columns += [self._column(name, val, found, scenario.suffix) for name, val in vals.items()]
            if conditions:
                columns.append(_outcomes(f"{OUTCOME}{scenario.suffix}", conditions, found, self.regelwerk))
        return pl.DataFrame(columns)

    def _vals(self, program: Program) -> dict[str, Val]:
        unknown = [n for n in self.values if n not in program.values or program.values[n].level]
        if unknown:
            raise FactError(f"Den Wert „{unknown[0]}“ gibt es in diesem Regelwerk nicht.")
        return {name: program.values[name] for name in self.values}

    def _column(self, name: str, val: Val, found: Mapping[int, NDArray[np.int64]], suffix: str) -> pl.Series:
        source = self.regelwerk.regeln.get(name) or self.regelwerk.parameter.get(name)
        shape = source.shape if source else self.engine.program(self.state).inputs[name].shape
        under = found[val.under] if val.under is not None else None
        return shown_column(f"{name}{suffix}", val, shape, found[val.slot], under)

    def open_judgements(self, program: Program) -> tuple[str, ...]:
        """Return the judgements that can change what is wanted and were not answered beforehand."""
        wanted = {val.slot for val in self._vals(program).values()}
        if self.outcome:
            wanted |= {val.slot for _, val in program.outcomes}
        reaching = _reaching(program, wanted)
        given = self.judgements or {}
        found = (name for name, i in program.inputs.items() if i.judgement and name not in given and i.slot in reaching)
        return tuple(found)

    def scenarios(self, program: Program) -> list[Scenario]:
        """Return the combinations of answers to the judgements that can change what is wanted.

        Raises:
            FactError: there are too many; some must be answered beforehand.
        """
        given = {}
        for name, value in (self.judgements or {}).items():
            if name not in self.regelwerk.ermessen:
                raise FactError(f"Über „{name}“ ist in diesem Regelwerk nicht zu urteilen.")
            given[name] = encode(self.regelwerk.ermessen[name].shape, value, name)
        open_ones = self.open_judgements(program)
        options = [_options(self.regelwerk, name) for name in open_ones]
        if (count := int(np.prod([len(o) for o in options]))) > _MAX_SCENARIOS:
            raise FactError(
                f"{count} Kombinationen von Urteilen sind zu viele; bitte einige vorgeben: {', '.join(open_ones)}."
            )
        result = []
        for combination in itertools.product(*options):
            answers = dict(zip(open_ones, combination, strict=True))
            suffix = "".join(f"__{name}_{_label(self.regelwerk, name, value)}" for name, value in answers.items())
            result.append(Scenario({**given, **answers}, suffix))
        return result


def _options(regelwerk: Regelwerk, name: str) -> list[int]:
    shape = regelwerk.ermessen[name].shape
    if shape.kind not in {Kind.WAHRHEITSWERT, Kind.AUSWAHL}:
        raise FactError(f"Das Urteil „{name}“ ist ein Betrag; für eine Simulation bitte vorgeben.")
    return list(range(shape.low, shape.high + 1))


def _label(regelwerk: Regelwerk, name: str, value: int) -> str:
    found = plain_value(regelwerk.ermessen[name].shape, value)
    return {True: "ja", False: "nein"}.get(found, str(found)) if isinstance(found, bool) else str(found)


def _reaching(program: Program, wanted: set[int]) -> set[int]:
    """Return every slot that leads to the wanted ones."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        slot = waiting.pop()
        if slot not in found and slot >= 0:
            found.add(slot)
            op = program.writers.get(slot)
            waiting += op.args if op else ()
    return found


def _outcomes(
    name: str, conditions: Sequence[tuple[str, int]], found: Mapping[int, NDArray[np.int64]], regelwerk: Regelwerk
) -> pl.Series:
    """Return by case the first outcome that applies, or all of them joined by commas."""
    names = np.array([title for title, _ in conditions] + [""], dtype=object)
    truths = np.stack(
        [found[slot] != 0 for _, slot in conditions] + [np.ones_like(found[conditions[0][1]], dtype=bool)]
    )
    if regelwerk.auswahl_ergebnis == "erstes":
        return pl.Series(name, names[truths.argmax(axis=0)], dtype=pl.String)
    rows = [",".join(names[:-1][column]) for column in truths[:-1].T]
    return pl.Series(name, rows, dtype=pl.String)


def read_table(regelwerk: Regelwerk, program: Program, cases: pl.DataFrame, items: Mapping[str, pl.DataFrame]) -> Table:
    """Read the facts of many cases from tables.

    Raises:
        FactError: a column or value does not fit.
    """
    columns: dict[str, NDArray[np.int64]] = {}
    known: dict[str, NDArray[np.bool_]] = {}
    counts: dict[str, NDArray[np.int64]] = {}
    for name, item in program.inputs.items():
        if not item.level and name in cases.columns:
            _take(columns, known, name, stored(cases[name], item.shape))
    for name, frame in items.items():
        if name not in program.lists:
            raise FactError(f"Eine Liste „{name}“ kennt dieses Regelwerk nicht.")
        ordered, counts[name] = _joined(cases, frame, name, program.lists[name])
        for key, item in program.inputs.items():
            field = key.partition(".")[2]
            if item.level == name and field in ordered.columns:
                _take(columns, known, key, stored(ordered[field].alias(key), item.shape))
    unknown = set(cases.columns) & set(regelwerk.ermessen)
    if unknown:
        raise FactError(
            f"„{min(unknown)}“ ist ein Urteil und keine Angabe; Urteile werden vorgegeben oder durchgespielt."
        )
    return Table(cases.height, columns, known, counts)


def _take(
    columns: dict[str, NDArray[np.int64]],
    known: dict[str, NDArray[np.bool_]],
    name: str,
    found: tuple[NDArray[np.int64], NDArray[np.bool_] | None],
) -> None:
    columns[name] = found[0]
    if found[1] is not None:
        known[name] = found[1]


def _joined(cases: pl.DataFrame, items: pl.DataFrame, name: str, most: int) -> tuple[pl.DataFrame, NDArray[np.int64]]:
    """Return the items in the order of their cases, and how many each case has."""
    for frame, what in ((cases, "Tabelle der Fälle"), (items, f"Tabelle „{name}“")):
        if ID not in frame.columns:
            raise FactError(f"Der {what} fehlt die Spalte „{ID}“.")
    rows = cases.select(ID).with_row_index("_row")
    if rows[ID].n_unique() != rows.height:
        raise FactError(f"Die Spalte „{ID}“ der Fälle enthält eine Kennung mehrfach.")
    if items[ID].dtype != cases[ID].dtype:
        items = items.with_columns(pl.col(ID).cast(cases[ID].dtype, strict=False))
    ordered = items.join(rows, on=ID, how="left").sort("_row", maintain_order=True)
    if ordered["_row"].null_count():
        stray = ordered.filter(pl.col("_row").is_null())[ID][0]
        raise FactError(f"„{name}“: Zur Kennung „{stray}“ gibt es keinen Fall.")
    counts = np.bincount(ordered["_row"].to_numpy(), minlength=cases.height).astype(np.int64)
    if counts.max(initial=0) > most:
        row = int(counts.argmax())
        raise FactError(f"Der Fall „{cases[ID][row]}“ hat {counts[row]} Einträge in „{name}“, möglich sind {most}.")
    return ordered, counts


def batches(frame: pl.LazyFrame, rows: int) -> Iterator[pl.DataFrame]:
    """Yield a table in pieces of about `rows` rows, however large it is."""
    yield from frame.collect_batches(chunk_size=rows, maintain_order=True)
