"""Many cases at once: a pruned program on columns, chunk by chunk, on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from leitplanke.core.rules.errors import FactError
from leitplanke.core.rules.graph import Block, Program
from leitplanke.core.rules.vector import VECTOR, Groups, Step, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 16384


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
        self._fixed = fixed
        stated = {program.inputs[name].slot for name in (*table.columns, *fixed)} - {
            program.inputs[name].slot for name in table.known
        }
        needed = _needed(program, set(self._wanted), stated)
        self._lists = {op.data[0] for slot in needed if (op := program.writers.get(slot)) and op.kind in _AGGREGATES}
        self._inputs = [(name, i.slot, i.level) for name, i in program.inputs.items() if i.slot in needed]
        self._check(table)
        self._steps = [step for block in program.blocks for step in _steps(block, needed, program)]
        self._template: Values = [None] * (program.size + 1)
        for slot, value in program.constants.items():
            self._template[slot] = value

    def _check(self, table: Table) -> None:
        given = set(table.columns) | set(self._fixed)
        for name, _, level in self._inputs:
            partly = name in table.known and not table.known[name].all()
            assumable = self._program.inputs[name].assumable
            if (name in given and not partly) or assumable or (level and level not in table.counts):
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
            for step in self._steps:
                step(v)
            for slot in self._wanted:
                results[slot][start:end] = v[slot]
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
            if name in self._fixed:
                v[slot] = self._fixed[name]
                continue
            column = table.columns.get(name)
            if column is None:
                continue
            one, other = (offsets[level][start], offsets[level][end]) if level else (start, end)
            known = table.known.get(name)
            v[slot] = column[one:other] if known is None else (column[one:other], known[one:other])
        v[-1] = {name: _groups(edges[start : end + 1]) for name, edges in offsets.items()}
        return v


_AGGREGATES = frozenset({"sum", "any", "all"})


def _groups(edges: NDArray[np.int64]) -> Groups:
    relative = edges - edges[0]
    return Groups(np.diff(relative), relative[:-1], relative[1:])


def _needed(program: Program, wanted: set[int], stated: set[int]) -> set[int]:
    """Return the slots that lead to the wanted ones, leaving out formulas that a stated fact replaces everywhere."""
    needed: set[int] = set()
    waiting = list(wanted)
    while waiting:
        slot = waiting.pop()
        if slot in needed:
            continue
        needed.add(slot)
        op = program.writers.get(slot)
        if op is None:
            continue
        args = op.args[:1] if op.kind == "orelse" and op.args[0] in stated else op.args
        waiting += [arg for arg in args if arg >= 0]
    return needed


def _steps(block: Block, needed: set[int], program: Program) -> list[Step]:
    return [VECTOR[op.kind](op, program.bounds) for op in block.ops if op.out in needed]
