"""Running a program on one case: filling the slots, then each block in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leitplanke.core.rules.facts import Case, Stated
from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.interval import INTERVAL
from leitplanke.core.rules.scalar import SCALAR
from leitplanke.core.rules.spans import Lists, MaybeStated, Span, Step

Values = list[Any]


class Runner:
    """Runs one program on cases, exactly where everything is known and in intervals elsewhere."""

    def __init__(self, program: Program) -> None:
        """Make the steps of both interpreters once."""
        self._program = program
        self._scalar = [(b.level, [SCALAR[op.kind](op) for op in b.ops]) for b in program.blocks]
        self._interval = [(b.level, [INTERVAL[op.kind](op) for op in b.ops]) for b in program.blocks]
        self._template: Values = [None] * (program.size + 1)
        self._spans: Values = [None] * (program.size + 1)
        for slot, value in program.constants.items():
            self._template[slot], self._spans[slot] = value, (value, value)
        self._slots = {name: (item.slot, item.level, item.assumable) for name, item in program.inputs.items()}
        self._dependent: dict[frozenset[str], list[Step] | None] = {}
        self._case = [name for name, item in program.inputs.items() if not item.level]
        self._fields = {
            level: [(n.partition(".")[2], i) for n, i in program.inputs.items() if i.level == level]
            for level in program.lists
        }

    def complete(self, case: Case) -> bool:
        """Tell whether every input is known, so that the exact interpreter can run."""
        for name in self._case:
            found = case.stated.get(name)
            if not (found and found.status == "known") and not (self._slots[name][2] and _absent(found)):
                return False
        for level, fields in self._fields.items():
            if level not in case.items:
                return False
            for row in case.items[level]:
                for name, item in fields:
                    found = row.get(name)
                    if not (found and found.status == "known") and not (item.assumable and _absent(found)):
                        return False
        return True

    def exact(self, case: Case) -> Values:
        """Run the exact interpreter on a complete case."""
        v = self._template.copy()
        for name, found in case.stated.items():
            if found.span is not None:
                v[self._slots[name][0]] = found.span[0]
        items = {
            level: [self._item(row, fields, v) for row in case.items[level]] for level, fields in self._fields.items()
        }
        v[-1] = Lists(items, {}, frozenset())
        for level, steps in self._scalar:
            for target in items[level] if level else (v,):
                for step in steps:
                    step(target)
        return v

    def _item(self, row: Mapping[str, Stated], fields: Sequence[tuple[str, Any]], parent: Values) -> Values:
        v = self._template.copy()
        v[-1] = parent
        for name, item in fields:
            found = row.get(name)
            v[item.slot] = found.span[0] if found and found.span else None
        return v

    def varied(self, case: Case, v: Values, fixed: Mapping[str, Span]) -> Values:
        """Return the slots of `case`, which came to `v`, had some inputs of the case other spans.

        Runs only what follows from those inputs, unless items of lists do.
        """
        steps = self._following(frozenset(fixed))
        if steps is None:
            stated = {name: Stated(span) for name, span in fixed.items()}
            return self.spans(Case({**case.stated, **stated}, case.items))
        found = v.copy()
        for name, span in fixed.items():
            found[self._slots[name][0]] = span
        for step in steps:
            step(found)
        return found

    def _following(self, names: frozenset[str]) -> list[Step] | None:
        """Return the steps that follow from some inputs, None where items of lists are among them."""
        if names not in self._dependent:
            reached = {self._slots[name][0] for name in names}
            ops = [op for block in self._program.blocks for op in block.ops if self._reaches(op, reached)]
            plain = not any(op.level for op in ops)
            self._dependent[names] = [INTERVAL[op.kind](op) for op in ops] if plain else None
        return self._dependent[names]

    @staticmethod
    def _reaches(op: Op, reached: set[int]) -> bool:
        """Tell whether an operation reads one of the slots, and count its result among them then."""
        if reached.isdisjoint(op.args):
            return False
        reached.add(op.out)
        return True

    def spans(self, case: Case) -> Values:
        """Run the interval interpreter."""
        v = self._spans.copy()
        for name in self._case:
            v[self._slots[name][0]] = self._span(name, case.stated.get(name))
        items, counts, generic = {}, {}, set()
        for level, fields in self._fields.items():
            rows = case.items.get(level)
            counts[level] = (0, self._program.lists[level]) if rows is None else (len(rows), len(rows))
            if rows is None:
                generic.add(level)
            if rows is None:
                items[level] = [self._any_item(fields, v)]
            else:
                items[level] = [self._item_spans(row, fields, level, v) for row in rows]
        v[-1] = Lists(items, counts, frozenset(generic))
        for level, steps in self._interval:
            for target in items[level] if level else (v,):
                for step in steps:
                    step(target)
        return v

    def _any_item(self, fields: Sequence[tuple[str, Any]], parent: Values) -> Values:
        """Return the item that stands for whatever an unknown list may hold."""
        v = self._spans.copy()
        v[-1] = parent
        for _, item in fields:
            span = self._program.bounds[item.slot]
            v[item.slot] = MaybeStated(span) if item.assumable else span
        return v

    def _item_spans(
        self, row: Mapping[str, Stated], fields: Sequence[tuple[str, Any]], level: str, parent: Values
    ) -> Values:
        v = self._spans.copy()
        v[-1] = parent
        for name, item in fields:
            v[item.slot] = self._span(f"{level}.{name}", row.get(name))
        return v

    def _span(self, name: str, found: Stated | None) -> Span | None:
        if found is not None and found.span is not None:
            return found.span
        slot, _, assumable = self._slots[name]
        return None if assumable else self._program.bounds[slot]


def _absent(found: Stated | None) -> bool:
    return found is None or found.span is None


def runner_of(program: Program) -> Runner:
    """Return the runner of a program, made once."""
    runner: Runner = program.prepared("runner", lambda: Runner(program))
    return runner
