"""Running a program on one case: exactly what is settled, then in intervals what follows from open facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leitplanke.core.rules.facts import Case, Stated
from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.interval import INTERVAL
from leitplanke.core.rules.planning import Blocks, Plan, Stating, plan_of
from leitplanke.core.rules.spans import Lists, Span, Step

Values = list[Any]
_KNOWN = {"known"}
_PLANS = 256  # different ways to state a case for which a plan is kept


class Runner:
    """Runs one program on cases, exactly where everything is known and in intervals elsewhere."""

    def __init__(self, program: Program) -> None:
        """Prepare what is the same in every case."""
        self._program = program
        self._slots = {name: (item.slot, item.level, item.assumable) for name, item in program.inputs.items()}
        self._required = {n: i.slot for n, i in program.inputs.items() if not i.level and not i.assumable}
        self._fields = {
            level: {n.partition(".")[2]: i for n, i in program.inputs.items() if i.level == level}
            for level in program.lists
        }
        self._dependent: dict[frozenset[str], tuple[list[Step], list[int]] | None] = {}
        self._behind: dict[str, tuple[list[Step], list[Step]] | None] = {}
        self._plans: dict[tuple[frozenset[Any], ...], Plan] = {}
        self._unplanned: set[tuple[frozenset[Any], ...]] = set()
        self._start: tuple[Values, list[Step]] | None = None

    def spans(self, case: Case) -> Values:
        """Return between what each slot lies; items of lists that are known wholly stay plain values."""
        key = self._stating(case)
        if not self._program.lists and key not in self._plans and key not in self._unplanned:
            if len(self._unplanned) >= _PLANS:
                self._unplanned.clear()
            self._unplanned.add(key)
            return self._bounded(case)  # making a plan takes longer; it pays from the second case on
        return self.along(case, self._plan(key))

    def _bounded(self, case: Case) -> Values:
        """Return the same in intervals throughout, at one cost however the case is stated; for cases without lists."""
        if self._start is None:
            self._start = self._starting()
        start, steps = self._start
        v = start.copy()
        for name, found in case.stated.items():
            if found.span is not None:
                v[self._slots[name][0]] = found.span
        for step in steps:
            step(v)
        return v

    def _starting(self) -> tuple[Values, list[Step]]:
        """Return the slots of a case of which nothing is stated, and every step."""
        program = self._program
        v: Values = [None] * program.size
        for slot, value in program.constants.items():
            v[slot] = (value, value)
        for slot in self._required.values():
            v[slot] = program.bounds[slot]
        v.append(Lists({}, {}, frozenset()))
        return v, [INTERVAL[op.kind](op) for block in program.blocks for op in block.ops]

    def along(self, case: Case, plan: Plan) -> Values:
        """Return the same by a plan: exactly what it says is exact, in intervals the rest."""
        v, result = plan.values.copy(), plan.spans.copy()
        for name, found in case.stated.items():
            if found.span is not None:
                slot = self._slots[name][0]
                v[slot], result[slot] = found.span[0], found.span
        items = {level: [self._item(row, level, plan, v) for row in rows] for level, rows in case.items.items()}
        counts = {level: (len(rows), len(rows)) for level, rows in items.items()}
        v[-1] = Lists(items, counts, frozenset())
        _run(plan.exact, items, v)
        for slot in plan.computed:
            value = v[slot]
            result[slot] = (value, value)
        unknown = plan.any_items.keys()
        for level in unknown:
            counts[level] = (0, self._program.lists[level])
        bounded = {level: [self._own(item, result)] for level, item in plan.any_items.items()}
        for level in plan.levels - unknown:
            pairs = zip(case.items[level], items[level], strict=True)
            bounded[level] = [self._item_spans(row, level, item, result) for row, item in pairs]
        items |= bounded
        result[-1] = Lists(items, counts, frozenset(unknown))
        _run(plan.bounded, items, result)
        return result

    def _plan(self, key: tuple[frozenset[Any], ...]) -> Plan:
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            plan = self._plans[key] = plan_of(self._program, Stating(*key))
        return plan

    def _stating(self, case: Case) -> tuple[frozenset[Any], ...]:
        """Return how the case states its inputs, see `Stating`."""
        unsure = [self._required[name] for name in self._required.keys() - case.stated.keys()]
        contested: list[int] = []
        everywhere: list[int] = []
        somewhere: list[int] = []
        for name, found in case.stated.items():
            slot, _, assumable = self._slots[name]
            if found.status == "known":
                everywhere.append(slot)
            elif found.span is not None:
                contested.append(slot)
            elif not assumable:
                unsure.append(slot)
        unknown = frozenset(self._fields.keys() - case.items.keys())
        where = {"known": everywhere, "some": somewhere, "open": contested}
        for level, fields in self._fields.items():
            if level in unknown:
                unsure += [item.slot for item in fields.values()]
                continue
            for name, item in fields.items():
                statuses = {stated.status if (stated := row.get(name)) else "" for row in case.items[level]}
                if kept := _kept(statuses, assumable=item.assumable):
                    where[kept].append(item.slot)
        unsure += contested
        return frozenset(unsure), frozenset(contested), frozenset(everywhere), frozenset(somewhere), unknown

    def _item(self, row: Mapping[str, Stated], level: str, plan: Plan, parent: Values) -> Values:
        v, fields = plan.values.copy(), self._fields[level]
        v[-1] = parent
        for name, found in row.items():
            if found.span is not None:
                v[fields[name].slot] = found.span[0]
        return v

    def _item_spans(self, row: Mapping[str, Stated], level: str, exact: Values, parent: Values) -> Values:
        v: Values = [None if x is None else (x, x) for x in exact[:-1]] + [parent]
        for name, item in self._fields[level].items():
            found = row.get(name)
            if found is not None and found.span is not None:
                v[item.slot] = found.span
            elif not item.assumable:
                v[item.slot] = self._program.bounds[item.slot]
        return v

    @staticmethod
    def _own(item: Values, parent: Values) -> Values:
        v = item.copy()
        v[-1] = parent
        return v

    def varied_field(self, case: Case, v: Values, field: tuple[str, int, str], value: int) -> Values:
        """Return the slots of `case`, which came to `v`, had a field of one item, by list, place and name, a value."""
        level, place, name = field
        key = f"{level}.{name}"
        if key not in self._behind:
            self._behind[key] = self._through_item(key)
        steps = self._behind[key]
        if steps is None or not isinstance(v[-1].items[level][place][self._slots[key][0]], tuple):
            stated = {name: Stated((value, value))}
            rows = [{**row, **stated} if i == place else row for i, row in enumerate(case.items[level])]
            return self.spans(Case(case.stated, {**case.items, level: rows}))
        found, lists = v.copy(), v[-1]
        item = self._own(lists.items[level][place], found)
        item[self._slots[key][0]] = (value, value)
        for step in steps[0]:
            step(item)
        others = [item if i == place else other for i, other in enumerate(lists.items[level])]
        found[-1] = Lists({**lists.items, level: others}, lists.counts, lists.generic)
        for step in steps[1]:
            step(found)
        return found

    def _through_item(self, key: str) -> tuple[list[Step], list[Step]] | None:
        """Return the steps of the item and of the case that follow from a field, None where others' items do too."""
        reached = {self._slots[key][0]}
        ops = [op for block in self._program.blocks for op in block.ops if self._reaches(op, reached)]
        if any(op.kind == "cast" for op in ops):
            return None
        own, of_case = ([INTERVAL[op.kind](op) for op in ops if bool(op.level) == inside] for inside in (True, False))
        return own, of_case

    def varied(self, case: Case, v: Values, fixed: Mapping[str, Span]) -> Values:
        """Return the slots of `case`, which came to `v`, had some inputs of the case other spans.

        Runs only what follows from those inputs, unless items of lists do.
        """
        following = self._following(frozenset(fixed))
        if following is None:
            stated = {n: Stated(span, "known" if span[0] == span[1] else "contested") for n, span in fixed.items()}
            return self.spans(Case({**case.stated, **stated}, case.items))
        found = v.copy()
        for name, span in fixed.items():
            found[self._slots[name][0]] = span
        for step in following[0]:
            step(found)
        return found

    def touched(self, names: frozenset[str]) -> Sequence[int]:
        """Return the slots of the case that can change with some inputs."""
        following = self._following(names)
        return range(self._program.size) if following is None else following[1]

    def _following(self, names: frozenset[str]) -> tuple[list[Step], list[int]] | None:
        """Return the steps that follow from some inputs and the slots, None where items of lists are among them."""
        if names not in self._dependent:
            reached = {self._slots[name][0] for name in names}
            ops = [op for block in self._program.blocks for op in block.ops if self._reaches(op, reached)]
            plain = not any(op.level for op in ops)
            self._dependent[names] = ([INTERVAL[op.kind](op) for op in ops], sorted(reached)) if plain else None
        return self._dependent[names]

    @staticmethod
    def _reaches(op: Op, reached: set[int]) -> bool:
        """Tell whether an operation reads one of the slots, and count its result among them then."""
        if reached.isdisjoint(op.args):
            return False
        reached.add(op.out)
        return True


def _kept(statuses: set[str], *, assumable: bool) -> str:
    """Return how the items of a list state a field: `known` in all, in `some`, `open`, or "" where it is presumed."""
    if statuses <= _KNOWN:
        return "known"
    if not assumable or "contested" in statuses:
        return "open"
    return "some" if "known" in statuses else ""


def _run(blocks: Blocks, items: Mapping[str, Sequence[Values]], v: Values) -> None:
    for level, steps in blocks:
        for target in items[level] if level else (v,):
            for step in steps:
                step(target)


def runner_of(program: Program) -> Runner:
    """Return the runner of a program, made once."""
    runner: Runner = program.prepared("runner", lambda: Runner(program))
    return runner
