"""Many cases at once: a pruned program on columns, chunk by chunk, on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.graph import Program
from leitplanke.core.rules.pruning import Given, Pruned, prune
from leitplanke.core.rules.vector import VECTOR, Groups, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 32768


@dataclass(frozen=True, slots=True)
class Table:
    """The facts of many cases.

    Attributes:
        rows: number of cases.
        columns: by input the stored whole numbers; a field of a list as `liste.feld`, ordered by case.
        known: by input where it is stated, for inputs that are not stated everywhere.
        counts: by list how many items each case has.
    """

    rows: int
    columns: Mapping[str, NDArray[np.int64]]
    known: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    counts: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)


class Batch:
    """A program made ready for one kind of table: only what leads to the wanted slots is computed."""

    def __init__(self, program: Program, wanted: Iterable[int], table: Table, fixed: Mapping[str, int]) -> None:
        """Prepare for the columns of `table`; `fixed` inputs are the same in every case.

        Raises:
            FactError: an input that matters has no column.
        """
        self._program = program
        self._wanted = tuple(dict.fromkeys(wanted))
        partly = {name for name, known in table.known.items() if not known.all()}
        stated = set(table.columns) - partly
        spans = {n: _span(column) for n, column in table.columns.items() if len(column) and n not in partly}
        counts = {name: _span(column) for name, column in table.counts.items() if len(column)}
        self._pruned = prune(program, self._wanted, Given(stated, partly, fixed, spans, counts))
        self._lists = self._pruned.lists
        self._inputs = [(n, i.slot, i.level) for n, i in program.inputs.items() if i.slot in self._pruned.inputs]
        self._check(table, stated)
        gone = _last_reads(self._pruned)
        self._steps = [(VECTOR[op.kind](op, self._pruned.bounds), gone[op.out]) for op in self._pruned.ops]
        self._template: Values = [None] * (len(self._pruned.bounds) + 1)
        for slot, value in self._pruned.constants.items():
            self._template[slot] = value

    def _check(self, table: Table, stated: set[str]) -> None:
        for name, _, level in self._inputs:
            if name in stated or self._program.inputs[name].assumable or (level and level not in table.counts):
                continue
            raise FactError(f"Für „{name}“ fehlen Werte; ohne sie lässt sich nicht jeder Fall rechnen.")
        missing = self._lists - table.counts.keys()
        if missing:
            raise FactError(f"Die Liste „{min(missing)}“ fehlt; bitte als zweite Datei angeben.")

    def run(self, table: Table, progress: Callable[[int], None] | None = None) -> dict[int, NDArray[np.int64]]:
        """Compute the wanted slots of every case; `progress` is told how many rows are done after each chunk."""
        results = {slot: np.empty(table.rows, dtype=np.int64) for slot in self._wanted}
        offsets = {name: np.concatenate([[0], np.cumsum(table.counts[name])]) for name in self._lists}

        def work(start: int) -> int:
            end = min(start + CHUNK, table.rows)
            v = self._chunk(table, offsets, start, end)
            for step, read in self._steps:
                step(v)
                for slot in read:
                    v[slot] = None  # memory that is still in the cache serves the next step
            for slot, place in self._pruned.places.items():
                results[slot][start:end] = v[place]
            return end - start

        starts = range(0, table.rows, CHUNK)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            for done in pool.map(work, starts):
                if progress:
                    progress(done)
        return results

    def _chunk(self, table: Table, offsets: Mapping[str, NDArray[np.int64]], start: int, end: int) -> Values:
        v = self._template.copy()
        for name, slot, level in self._inputs:
            column = table.columns.get(name)
            if column is None:
                continue
            one, other = (offsets[level][start], offsets[level][end]) if level else (start, end)
            known = table.known.get(name)
            v[slot] = column[one:other] if known is None else (column[one:other], known[one:other])
        v[-1] = {name: _groups(edges[start : end + 1]) for name, edges in offsets.items()}
        return v


def _span(column: NDArray[np.int64]) -> tuple[int, int]:
    return int(column.min()), int(column.max())


def _last_reads(pruned: Pruned) -> dict[int, tuple[int, ...]]:
    """Return by operation the columns that nobody reads after it."""
    kept = {*pruned.places.values(), *pruned.constants}
    result = {}
    for op in reversed(pruned.ops):
        result[op.out] = tuple({arg for arg in op.args if arg >= 0} - kept)
        kept.update(op.args)
    return result


def _groups(edges: NDArray[np.int64]) -> Groups:
    relative = edges - edges[0]
    return Groups(np.diff(relative), relative[:-1], relative[1:])
