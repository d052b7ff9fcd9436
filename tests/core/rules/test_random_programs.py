"""Random Regelwerke over all operations: exact results lie within the bounds, what is not open changes nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, RegelwerkError, Result
from leitplanke.core.rules.influence import open_inputs
from leitplanke.core.rules.planning import Stating, plan_of
from leitplanke.core.rules.running import runner_of
from leitplanke.core.rules.scalar import SCALAR
from tests.core.rules.random_programs import DAYS, OPTIONS, Draft, written
from tests.core.rules.texts import HEAD, regelwerk

ON = date(2025, 6, 15)
Facts = dict[str, Any]


def values(chance: random.Random) -> Facts:
    """Return a value for every fact of `random_programs.FACTS`."""
    return {
        "i": chance.randint(-5, 9),
        "n": f"{chance.randint(-300, 1250) / 100:.2f}",
        "q": chance.randint(0, 100),
        "c": chance.random() < 0.5,
        "e": chance.random() < 0.5,
        "art": chance.choice(OPTIONS),
        "tag": chance.choice(DAYS),
    }


def item(chance: random.Random) -> Facts:
    found: Facts = {"x": f"{chance.randint(-200, 900) / 100:.2f}", "d": chance.random() < 0.5, "g": chance.choice(DAYS)}
    return found | ({"m": chance.randint(0, 4)} if chance.random() < 0.5 else {})


def full_case(chance: random.Random) -> Facts:
    facts = values(chance) | {"personen": [item(chance) for _ in range(chance.randint(0, 3))]}
    if chance.random() < 0.5:
        facts["v"] = chance.randint(0, 20)
    return facts


def hidden(facts: Facts, chance: random.Random) -> Facts:
    """Return the case as somebody knows it who does not know everything; what is presumed stays as it is."""
    known: Facts = {name: fact for name, fact in facts.items() if chance.random() < 0.6 or name in {"v", "personen"}}
    for name in facts.keys() - known.keys():
        if name in {"i", "art"} and chance.random() < 0.5:
            known[name] = {"status": "contested", "values": [facts[name], values(chance)[name]]}
    known["personen"] = [
        {field: fact for field, fact in row.items() if field == "m" or chance.random() < 0.6}
        for row in facts["personen"]
    ]
    if chance.random() < 0.25:
        del known["personen"]
    return known


def evaluate(engine: Engine, facts: Facts) -> Result:
    judgements = {name: fact for name, fact in facts.items() if name in engine.regelwerk.ermessen}
    stated = {name: fact for name, fact in facts.items() if engine.regelwerk.fact(name) is not None}
    return engine.evaluate(stated, on=ON, judgements=judgements)


def outside(exact: Result, bounded: Result) -> list[str]:
    """Return the named values whose exact result lies outside what was said of them."""
    found = []
    for name, val in bounded.program.values.items():
        for slot in [val.slot] + ([val.under] if val.under is not None else []):
            one, span = exact.spans[slot], bounded.spans[slot]
            if not val.level and one is not None and span is not None and not span[0] <= one[0] <= span[1]:
                found.append(f"{name}: {one[0]} outside {span}")
    return found


def targets(result: Result) -> list[int]:
    return [slot for val in result.program.values.values() if not val.level for slot in (val.slot, val.under) if slot]


def redrawn(facts: Facts, known: Facts, open_names: set[str], chance: random.Random) -> Facts:
    """Return another completion: every fact that is unknown and not reported as open may be anything else."""
    fresh = values(chance)
    other = dict(facts)
    for name in fresh.keys() - open_names:
        if name not in known:
            other[name] = fresh[name]
        elif isinstance(known[name], Mapping):
            other[name] = chance.choice(known[name]["values"])
    if "personen" not in known:
        if "personen" not in open_names:
            other["personen"] = full_case(chance)["personen"]
        return other
    other["personen"] = [
        {field: fact if field in known["personen"][place] or f"personen[{place + 1}].{field}" in open_names
         else item(chance).get(field, fact) for field, fact in row.items()}
        for place, row in enumerate(facts["personen"])
    ]  # fmt: skip
    return other


def compiled(draft: Draft) -> Engine | None:
    """Return an engine; None where the heap of operations is refused, which it may be for its width only."""
    body = written(draft)
    try:
        engine = Engine(regelwerk(body, HEAD.replace("[ziel]", "[r0]")))
        evaluate(engine, {})
    except RegelwerkError as error:
        texts = " ".join(finding.message for finding in error.findings)
        if not any(words in texts for words in ("64 Bit", "Nenner kann 0", "1700 oder nach 2500")):
            pytest.fail(f"{texts}\n{body}")
        return None
    return engine


DRAFTS = st.integers(0, 2**32).map(lambda seed: Draft(random.Random(seed)))  # noqa: S311 - not a secret


PLENTY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@given(DRAFTS, st.integers(0, 2**32))
@PLENTY
def test_exact_result_lies_within_the_bounds(draft: Draft, seed: int) -> None:
    engine, chance = compiled(draft), random.Random(seed)  # noqa: S311 - not a secret
    for _ in range(6 if engine else 0):
        assert engine is not None
        facts = full_case(chance)
        known = hidden(facts, chance)
        assert outside(evaluate(engine, facts), evaluate(engine, known)) == [], (written(draft), facts, known)


@pytest.mark.slow
@given(DRAFTS, st.integers(0, 2**32))
@PLENTY
def test_what_is_not_reported_as_open_changes_nothing(draft: Draft, seed: int) -> None:
    engine, chance = compiled(draft), random.Random(seed)  # noqa: S311 - not a secret
    if engine is None:
        return
    facts = full_case(chance)
    known = hidden(facts, chance)
    exact, bounded = evaluate(engine, facts), evaluate(engine, known)
    for name, val in bounded.program.values.items():
        if val.level:
            continue
        slots = [val.slot] + ([val.under] if val.under is not None else [])
        reported = open_inputs(bounded.program, bounded.spans, slots)
        other = evaluate(engine, redrawn(facts, known, reported, chance))
        same = [other.spans[slot] for slot in slots] == [exact.spans[slot] for slot in slots]
        assert same, (name, written(draft), known, reported)


@pytest.mark.slow
@given(DRAFTS, st.integers(0, 2**32))
@PLENTY
def test_bounds_of_a_complete_case_are_its_exact_result(draft: Draft, seed: int) -> None:
    engine = compiled(draft)
    if engine is None:
        return
    exact = evaluate(engine, full_case(random.Random(seed)))  # noqa: S311 - not a secret
    absent = {name for name, item in exact.program.inputs.items() if not item.level} - exact.case.stated.keys()
    inputs = frozenset(item.slot for name, item in exact.program.inputs.items() if name not in absent)
    bounded = plan_of(exact.program, Stating(inputs, inputs, frozenset(), frozenset(), frozenset()))
    spans = runner_of(exact.program).along(exact.case, bounded)
    assert [spans[slot] for slot in targets(exact)] == [exact.spans[slot] for slot in targets(exact)], written(draft)


@pytest.mark.slow
@given(DRAFTS)
@PLENTY
def test_widths_hold_with_everything_unknown(draft: Draft) -> None:
    engine = compiled(draft)
    program = evaluate(engine, {}).program if engine else None
    for low, high in (program.bounds[op.out] for block in program.blocks for op in block.ops) if program else ():
        assert -(2**63) < low <= high < 2**63


def test_most_drafts_compile_and_use_every_operation() -> None:
    engines = [compiled(Draft(random.Random(seed))) for seed in range(30)]  # noqa: S311 - not a secret
    programs = [evaluate(engine, {}).program for engine in engines if engine]
    assert len(programs) >= 25
    used = {op.kind for program in programs for block in program.blocks for op in block.ops}
    assert used >= SCALAR.keys() - {"muldiv"}
