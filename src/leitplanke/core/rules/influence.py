"""Which open facts can still change a result, and how much each would narrow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leitplanke.core.rules.facts import Case, Stated
from leitplanke.core.rules.graph import Op, Program
from leitplanke.core.rules.model import Kind
from leitplanke.core.rules.running import Values, runner_of
from leitplanke.core.rules.spans import Lists, MaybeStated, Span

_ANY = "*"  # an item of a list that is unknown as a whole: its fields are not asked for one by one


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact worth asking for: `narrows` is the share of the remaining width it would take away on average."""

    fact: str
    narrows: float


def open_inputs(program: Program, v: Values, slots: Iterable[int], closed: frozenset[str] = frozenset()) -> set[str]:
    """Return the inputs that can still change one of `slots`: fields of items as `liste[1].feld`, whole lists by name.

    Walks back from the slots and follows only what still matters: a branch not taken, the larger side of a minimum, or
    a value that is settled already lead nowhere. Behind a `closed` input, which somebody refused to state as a whole,
    its parts are not asked for either.
    """
    shut = {program.inputs[name].slot for name in closed}
    names: dict[int, str] = program.prepared("names", lambda: {i.slot: n for n, i in program.inputs.items()})
    found: set[str] = set()
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Values, int, str]] = [(v, slot, "") for slot in slots]
    while waiting:
        values, slot, prefix = waiting.pop()
        span = values[slot]
        if (span is not None and span[0] == span[1]) or (id(values), slot) in seen:
            continue
        seen.add((id(values), slot))
        if slot in names:
            name = names[slot]
            if prefix != _ANY or "." not in name:
                found.add(f"{prefix}.{name.partition('.')[2]}" if prefix and "." in name else name)
            continue
        op = program.writers.get(slot)
        if op is None:
            continue
        if op.kind == "cast":
            waiting.append((values[-1], op.args[0], ""))
        elif op.kind in {"sum", "any", "all"}:
            waiting += _into_items(op, values[-1], found)
        else:
            kept = op.args[:1] if op.kind == "orelse" and op.args[0] in shut else _mattering(op, values)
            waiting += [(values, arg, prefix) for arg in kept]
    return found


def _into_items(op: Op, lists: Lists, found: set[str]) -> Iterator[tuple[Values, int, str]]:
    name = op.data[0]
    if name in lists.generic:
        found.add(name)
        yield from ((item, arg, _ANY) for item in lists.items[name] for arg in op.args if arg >= 0)
        return
    for place, item in enumerate(lists.items[name], 1):
        yield from ((item, arg, f"{name}[{place}]") for arg in op.args if arg >= 0)


def _mattering(op: Op, v: Values) -> tuple[int, ...]:
    """Return the operands that can still change the result of an operation that is not settled."""
    if op.kind == "sel":
        condition, one, other = op.args
        low, high = v[condition]
        return (one,) if low else (other,) if not high else op.args
    if op.kind in {"min", "max"}:
        one, other = op.args
        below, above = (one, other) if op.kind == "min" else (other, one)
        if v[one][1] <= v[other][0]:
            return (below,)
        return (above,) if v[other][1] <= v[one][0] else op.args
    if op.kind == "orelse":
        stated = v[op.args[0]]
        return op.args if stated is None or type(stated) is MaybeStated else (op.args[0],)
    return op.args


def ranked(
    program: Program, case: Case, v: Values, targets: Iterable[int], candidates: Iterable[str]
) -> tuple[Missing, ...]:
    """Return the facts among `candidates` by how much they would narrow the targets, the most useful first."""
    targets = tuple(targets)
    before = {slot: width(v[slot]) for slot in targets}
    result = []
    for name in candidates:
        after = [_after(found, targets, before) for found in _probed(program, case, v, name)]
        result.append(Missing(name, round(max(0.0, 1 - sum(after) / len(after)), 4) if after else 0.0))
    return tuple(sorted(result, key=lambda item: -item.narrows))


def width(span: Span) -> int:
    """Return how far apart the ends of a span lie."""
    return span[1] - span[0]


def _after(v: Values, targets: tuple[int, ...], before: Mapping[int, int]) -> float:
    shares = [width(v[slot]) / before[slot] for slot in targets if before[slot]]
    return min(1.0, sum(shares) / len(shares)) if shares else 1.0


def _probed(program: Program, case: Case, v: Values, name: str) -> list[Values]:
    """Return what the case comes to with the fact set to some of its possible values."""
    runner = runner_of(program)
    if name in program.inputs:
        span = program.bounds[program.inputs[name].slot]
        return [runner.varied(case, v, {name: (value, value)}) for value in _sample(program, name, span)]
    if name in program.lists:
        return [runner.spans(_with_one_item(program, case, name))]
    level, _, rest = name.partition("[")
    place, field = int(rest.partition("]")[0]) - 1, rest.partition(".")[2]
    key = f"{level}.{field}"
    values = _sample(program, key, program.bounds[program.inputs[key].slot])
    return [runner.varied_field(case, v, (level, place, field), value) for value in values]


def _with_one_item(program: Program, case: Case, name: str) -> Case:
    """Return the case with one item of ordinary values in a list."""
    fields = {n.partition(".")[2]: i for n, i in program.inputs.items() if i.level == name}
    row = {key: _known((item.shape.low + item.shape.high) // 2) for key, item in fields.items() if not item.assumable}
    return Case(case.stated, {**case.items, name: [row]})


def _sample(program: Program, name: str, span: Span) -> list[int]:
    low, high = span
    if program.inputs[name].shape.kind in {Kind.WAHRHEITSWERT, Kind.AUSWAHL} and high - low < 12:
        return list(range(low, high + 1))
    return sorted({low + (high - low) * part // 8 for part in (1, 3, 5, 7)})


def _known(value: int) -> Stated:
    return Stated((value, value))


def plain(missing: Iterable[Missing]) -> list[dict[str, Any]]:
    """Return the facts as plain data."""
    return [{"fact": item.fact, "narrows": item.narrows} for item in missing]
