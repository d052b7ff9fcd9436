"""A decision of the guideline beside CEL and casbin: the same 60 clauses, the same facts, measured in turns.

python benchmarks/policy_vergleich.py [--aufrufe 2000]

Leitplanke and CEL name every clause that applies. Casbin names the one that decided; it is asked for that alone, which
is less. Everything is compiled beforehand. Before anything is measured, the decisions on four situations and on 300
random sets of facts are compared. Unknown facts, proof and three-valued logic, which only Leitplanke has, are left out:
every fact is known. One CEL expression for all clauses together is no faster than one for each (tried).
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from dataclasses import replace
from importlib import resources
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from leitplanke.core.guideline import Example, example_guideline, load_blocks, profile_of
from leitplanke.core.policy import FACTS, Policy, Profile, load_profile
from leitplanke.core.policy.cases import quiet
from leitplanke.core.policy.model import STOPPING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CLAUSES, LIMIT_US, ROUNDS, MIXED = 60, 50, 20, 300
SITUATIONS: dict[str, dict[str, Any]] = {
    "üblicher Aufruf": quiet(),
    "Personenbezogenes, Modell in der EU": {**quiet(), "datenklasse": "personenbezogen", "modellklasse": "eu"},
    "ein Werkzeug will schreiben": {**quiet(), "schritt": "werkzeugaufruf", "werkzeug_schreibt": True},
    "Freigabe ohne Einstufung": {**quiet(), "schritt": "freigabe", "risiko_eingestuft": False},
}
MODEL = """
[request_definition]
r = facts
[policy_definition]
p = rule, eft
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = eval(p.rule)
"""
# The table of data against models is no clause and has no counterpart there: it is left open.
OPEN_TABLE = "offen"


def cases() -> dict[str, list[dict[str, Any]]]:
    """Return the situations, and random sets of facts, the same in every run."""
    dice = random.Random(7)  # noqa: S311 - no secret

    def value(name: str) -> Any:
        fact = FACTS[name]
        if fact.options:
            return dice.choice(fact.options)
        return dice.randint(0, fact.most) if fact.kind == "zahl" else dice.random() < 0.5

    mixed = [{name: value(name) for name in FACTS} for _number in range(MIXED)]
    return {title: [facts] for title, facts in SITUATIONS.items()} | {"300 zufällige Angaben": mixed}


def profile_of_sixty() -> Profile:
    """Return the example `ausgewogen` with its first sixty clauses and an open table."""
    content = resources.files("leitplanke.content") / "leitlinien"
    blocks, table = load_blocks(content / "bausteine"), load_profile(content / "standard").table
    profile = profile_of(example_guideline(blocks, Example.AUSGEWOGEN), blocks, table)
    cells = {data: {model: type(cell)(OPEN_TABLE) for model, cell in row.items()} for data, row in table.cells.items()}
    return replace(profile, clauses=profile.clauses[:CLAUSES], table=replace(table, cells=cells))


def ours(profile: Profile) -> Callable[[Mapping[str, Any]], set[str]]:
    """Return what names the clauses that apply."""
    policy = Policy(profile)
    return lambda facts: {one.name for one in policy.decide(facts).applied}


def cel(profile: Profile) -> Callable[[Mapping[str, Any]], set[str]]:
    """Return the same by CEL: one compiled program per clause."""
    import cel as library

    words = {"and": "&&", "or": "||", "not": "!"}
    programs = [
        (clause.name, library.compile(re.sub(r"\b(and|or|not)\b", lambda word: words[word[0]], clause.condition)))
        for clause in profile.clauses
    ]

    def decide(facts: Mapping[str, Any]) -> set[str]:
        context = library.Context(variables=dict(facts))
        return {name for name, program in programs if program.execute(context)}

    return decide


def casbin(profile: Profile) -> Callable[[Mapping[str, Any]], bool]:
    """Return whether a clause stops it by casbin: a rule per stopping clause, evaluated over the request."""
    import casbin as library

    model = library.Model()
    model.load_model_from_text(MODEL)
    enforcer = library.Enforcer(model)
    names = re.compile(r'"[^"]*"|\b(?!and\b|or\b|not\b)[a-z_]+\b')
    for clause in profile.clauses:
        if clause.effect in STOPPING:
            rule = names.sub(
                lambda word: word[0] if word[0].startswith('"') else f"r.facts.{word[0]}", clause.condition
            )
            enforcer.add_policy(rule.replace('"', "'"), "deny")
    return lambda facts: not enforcer.enforce(SimpleNamespace(**facts))


def compare(profile: Profile, deciders: Mapping[str, Callable[[Mapping[str, Any]], Any]]) -> set[str]:
    """Fail where one of them says something else; return which clauses applied at least once."""
    stopping = {clause.name for clause in profile.clauses if clause.effect in STOPPING}
    seen: set[str] = set()
    for title, sets in cases().items():
        for facts in sets:
            expected = deciders["Leitplanke"](facts)
            seen |= expected
            for name, decide in deciders.items():
                found = decide(facts)
                right = found == expected if isinstance(found, set) else found == bool(expected & stopping)
                if not right:
                    raise SystemExit(f"{name} entscheidet bei „{title}“ anders: {found}, Leitplanke: {expected}")
    return seen


def measure(deciders: Mapping[str, Callable[[Mapping[str, Any]], Any]], calls: int) -> dict[tuple[str, str], float]:
    """Return the median CPU time per decision in microseconds, by library and situation, measured in turns."""
    times: dict[tuple[str, str], list[float]] = {}
    for turn in range(ROUNDS):
        for title, sets in cases().items():
            for name, decide in deciders.items():
                batch = max(calls // ROUNDS // (50 if name == "casbin" else 1), 2)
                asked = [sets[(place + turn * batch) % len(sets)] for place in range(batch)]
                start = time.process_time_ns()
                for facts in asked:
                    decide(facts)
                times.setdefault((name, title), []).append((time.process_time_ns() - start) / batch / 1000)
    return {key: statistics.median(found) for key, found in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aufrufe", type=int, default=20_000, help="Entscheidungen je Zeile")
    calls = parser.parse_args().aufrufe
    profile = profile_of_sixty()
    deciders: dict[str, Callable[[Mapping[str, Any]], Any]] = {"Leitplanke": ours(profile)}
    for name, make in (("CEL", cel), ("casbin", casbin)):
        try:
            deciders[name] = make(profile)
        except ImportError:
            print(f"{name} fehlt; einrichten mit: .venv/bin/python -m pip install -r requirements/dev.txt")
    seen = compare(profile, deciders)
    print(f"Gleich entschieden: {sum(map(len, cases().values()))} Fälle, {len(seen)} der Klauseln griffen darin.")
    found = measure(deciders, calls)
    print(f"{len(profile.clauses)} Klauseln; Mikrosekunden Rechenzeit je Entscheidung, Median")
    print(f"  {'':38}" + "".join(f"{name:>12}" for name in deciders))
    for title in cases():
        print(f"  {title:38}" + "".join(f"{found[name, title]:12.1f}" for name in deciders))
    worst = max(found["Leitplanke", title] for title in cases())
    print(f"Höchster Wert von Leitplanke {worst:.1f}; verlangt sind höchstens {LIMIT_US}.")
    return 0 if worst <= LIMIT_US else 1


if __name__ == "__main__":
    raise SystemExit(main())
