"""Gaps and contradictions of a guideline: what is not decided, what excludes each other, what can never hold."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from leitplanke.core.guideline.deciding import Guideline, Numbered, complaint, numbered
from leitplanke.core.guideline.model import Block, Enforcement, Parameter, Principle
from leitplanke.core.policy import FACTS, Clause, Profile, run_cases
from leitplanke.core.policy.compiling import compile_condition
from leitplanke.core.policy.model import STOPPING
from leitplanke.core.rules.formula import Number, Operation, parse_formula

# Beyond so many combinations of facts two clauses are not compared; none of ours comes near.
MOST_COMBINATIONS = 20_000
# What blocks propose where nobody but the town can know.
NOT_YET = "noch einzutragen"


class Kind(enum.StrEnum):
    """What a finding is about."""

    OFFEN = "offen"
    WERT = "wert"
    WIDERSPRUCH = "widerspruch"
    VORAUSSETZUNG = "voraussetzung"
    LEER = "leer"
    UEBERDECKT = "ueberdeckt"
    OHNE_KONTROLLE = "ohne_kontrolle"
    FALL = "fall"
    GRUNDSATZ = "grundsatz"
    PFLICHT = "pflicht"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a town should look at; `grave` where the guideline cannot be adopted like this."""

    kind: Kind
    blocks: tuple[str, ...]
    message: str
    grave: bool = False


def check(guideline: Guideline, blocks: Mapping[str, Block], profile: Profile) -> tuple[Lack, ...]:
    """Return everything that is missing or contradicts itself, the grave first; `profile` is that of the guideline."""
    clauses = numbered(guideline, blocks)
    found = [
        *_undecided(guideline, blocks), *_values(clauses), *_between(clauses), *_without_control(clauses),
        *_principles(clauses), *_never(profile, clauses), *_covered(profile, clauses), *_cases(profile, clauses),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda lack: not lack.grave))


def _undecided(guideline: Guideline, blocks: Mapping[str, Block]) -> Iterator[Lack]:
    for block in blocks.values():
        choice = guideline.choice(block.id)
        if choice is None:
            yield Lack(Kind.OFFEN, (block.id,), f"Noch nicht entschieden: {block.question}", block.core)
        elif block.option(choice.option) is None:
            yield Lack(Kind.OFFEN, (block.id,), f"Die Option „{choice.option}“ gibt es nicht mehr.", grave=True)


def _values(clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    for one in clauses:
        for parameter in one.parameters:
            if problem := complaint(parameter, one.values[parameter.name]):
                yield Lack(Kind.WERT, (one.block.id,), problem, grave=True)
            elif one.values[parameter.name].strip() == NOT_YET and _is_used(one, parameter):
                title = f"„{parameter.title}“ ist noch nicht eingetragen; so stünde es im Text."
                yield Lack(Kind.WERT, (one.block.id,), title)


def _is_used(one: Numbered, parameter: Parameter) -> bool:
    words = (*one.option.texts.values(), *one.choice.wording.values())
    return any(f"{{{parameter.name}}}" in text for text in words)


def _between(clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    """Find options that exclude, or lack, each other."""
    taken = {f"{one.block.id}.{one.option.key}": one for one in clauses}
    for one in clauses:
        for named, why in one.option.excludes.items():
            if (other := taken.get(named)) is not None:
                title = f"„{one.option.title}“ und „{other.option.title}“ passen nicht zusammen: {why}"
                yield Lack(Kind.WIDERSPRUCH, (one.block.id, other.block.id), title, grave=True)
        for needed in one.option.needs:
            if needed not in taken:
                title = f"„{one.option.title}“ hat ohne {needed} keinen Sinn."
                yield Lack(Kind.VORAUSSETZUNG, (one.block.id, needed.partition(".")[0]), title)


def _without_control(clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    for one in clauses:
        kept = one.block.enforcement in {Enforcement.RUNTIME, Enforcement.WORKFLOW}
        if kept and not one.option.clauses and not one.option.cells:
            title = f"„{one.option.title}“ hält keine Maschine ein: Es bleibt beim Text."
            yield Lack(Kind.OHNE_KONTROLLE, (one.block.id,), title)


def _principles(clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    covered = {principle for one in clauses for principle in one.block.principles}
    for principle in Principle:
        if principle not in covered:
            yield Lack(Kind.GRUNDSATZ, (), f"Zum Grundsatz „{principle.value}“ sagt die Leitlinie nichts.")


def _never(profile: Profile, clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    for clause in profile.clauses:
        if satisfying(clause) is False:
            title = f"Die Bedingung von „{clause.title}“ kann nie zutreffen."
            yield Lack(Kind.LEER, _blocks_of(clauses, clause.name), title, grave=True)


def _covered(profile: Profile, clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    """Find clauses that never decide anything, since a stricter one always stops it before."""
    for clause in profile.clauses:
        stricter = (other for other in profile.clauses if other.effect.strictness < clause.effect.strictness)
        for other in stricter:
            if other.effect in STOPPING and clause.effect in STOPPING and implies(clause, other):
                blocks = _blocks_of(clauses, clause.name) + _blocks_of(clauses, other.name)
                title = f"„{clause.title}“ ({clause.number}) wirkt nie: „{other.title}“ ({other.number}) ist strenger."
                yield Lack(Kind.UEBERDECKT, blocks, title)


def _cases(profile: Profile, clauses: tuple[Numbered, ...]) -> Iterator[Lack]:
    for clause in profile.clauses:
        if not clause.cases:
            title = f"Zu „{clause.title}“ gibt es keinen Fall, der sie prüft."
            yield Lack(Kind.FALL, _blocks_of(clauses, clause.name), title)
    for result in run_cases(profile):
        if not result.passed:
            title = f"Ein Fall von „{result.clause.title}“ geht anders aus als beschrieben: {dict(result.case.facts)}"
            yield Lack(Kind.FALL, _blocks_of(clauses, result.clause.name), title, grave=True)


def _blocks_of(clauses: tuple[Numbered, ...], control: str) -> tuple[str, ...]:
    return tuple(one.block.id for one in clauses if any(clause.name == control for clause in one.option.clauses))


def satisfying(clause: Clause) -> bool | None:
    """Tell whether a condition can hold at all; None where there are too many combinations to look at."""
    return _holds_somewhere((clause,), lambda values: values[0])


def implies(clause: Clause, other: Clause) -> bool:
    """Tell whether `other` always holds where `clause` does."""
    found = _holds_somewhere((clause, other), lambda values: values[0] and not values[1])
    return found is False and satisfying(clause) is True


def _holds_somewhere(clauses: tuple[Clause, ...], wanted: object) -> bool | None:
    compiled = [compile_condition(clause.condition) for clause in clauses]
    names = tuple(dict.fromkeys(name for _test, asked in compiled for name in asked))
    ranges = [_values_of(name, clauses) for name in names]
    if prod(map(len, ranges)) > MOST_COMBINATIONS:
        return None
    assert callable(wanted)  # noqa: S101 - for the type checker
    for values in product(*ranges):
        facts = dict(zip(names, values, strict=True))
        if wanted([test(facts) for test, _asked in compiled]):
            return True
    return False


def _values_of(name: str, clauses: tuple[Clause, ...]) -> tuple[object, ...]:
    """Return the values of a fact that matter: of a number those around what it is compared with."""
    fact = FACTS[name]
    if fact.kind == "ja_nein":
        return (True, False)
    if fact.kind == "auswahl":
        return fact.options
    found = {0, fact.most}
    for clause in clauses:
        for number in _numbers(parse_formula(clause.condition)):
            found |= {value for value in (number - 1, number, number + 1) if 0 <= value <= fact.most}
    return tuple(sorted(found))


def _numbers(tree: object) -> Iterator[int]:
    if isinstance(tree, Number):
        yield int(tree.value)
    elif isinstance(tree, Operation):
        for part in tree.operands:
            yield from _numbers(part)
