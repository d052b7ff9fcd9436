"""Why a decision is as it is: the same clauses as a Regelwerk, run by the engine of `core.rules`, with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from leitplanke.core.policy.compiling import compile_condition
from leitplanke.core.policy.deciding import Policy
from leitplanke.core.policy.facts import FACTS, Fact
from leitplanke.core.policy.model import DataClass, Decision, ModelClass, Profile
from leitplanke.core.rules import Engine, load_texts

_SINCE, _ON = date(2000, 1, 1), date(2026, 1, 1)  # clauses hold as a whole; the date of a profile is its adoption


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with its proof; `steps` are fit for JSON."""

    decision: Decision
    steps: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return effect, clauses and proof."""
        return {
            "effect": self.decision.effect.value,
            "clauses": [
                {
                    "number": one.number, "name": one.name, "title": one.title, "effect": one.effect.value,
                    "sentence": one.sentence, "source": one.source, "certain": one.certain,
                    "parameters": dict(one.parameters),
                }
                for one in self.decision.applied
            ],
            "missing": list(self.decision.missing),
            "proof": list(self.steps),
        }  # fmt: skip


def explain(policy: Policy, facts: Mapping[str, Any]) -> Explanation:
    """Decide, and prove it.

    Raises:
        FactError: a fact is not declared, or not of its kind.
    """
    decision = policy.decide(facts)
    if not policy.profile.clauses:
        return Explanation(decision, _table_step(policy.profile, facts))
    engine = engine_of(policy.profile)
    result = engine.evaluate(_stated(facts, engine.regelwerk.angaben), on=_ON)
    steps = [
        {
            "name": step.name, "title": step.title, "kind": step.kind, "norm": step.norm, "value": step.value,
            **({"formula": step.about.formula} if step.about.formula else {}),
        }
        for step in result.proof
    ]  # fmt: skip
    return Explanation(decision, (*steps, *_table_step(policy.profile, facts)))


def engine_of(profile: Profile) -> Engine:
    """Return the engine over the clauses of a profile: rule `k_NAME` is true where the clause applies."""
    clauses = tuple((one.name, one.title, one.number, one.condition) for one in profile.clauses)
    return _engine(profile.version, clauses)


@lru_cache(maxsize=16)
def _engine(version: str, clauses: tuple[tuple[str, str, str, str], ...]) -> Engine:
    rules = {
        f"k_{name}": {
            "typ": "Wahrheitswert", "titel": {"de": title}, "norm": f"Klausel {number}", "formel": condition,
        }
        for name, title, number, condition in clauses
    }  # fmt: skip
    head = {
        "name": "profil", "titel": {"de": "Profil"}, "beschreibung": {"de": "Klauseln einer Leitlinie."},
        "gesetz": "Leitlinie",
        "version": version, "gilt_ab": _SINCE.isoformat(), "ziel": list(rules), "ergebnis": "alle",
    }  # fmt: skip
    used = (name for *_clause, condition in clauses for name in compile_condition(condition)[1])
    texts = {
        "regelwerk.yaml": {"regelwerk": head},
        "angaben.yaml": {"angaben": {name: _angabe(FACTS[name]) for name in dict.fromkeys(used)}},
        "regeln.yaml": {"regeln": rules},
    }
    return Engine(load_texts({name: yaml.safe_dump(tree, allow_unicode=True) for name, tree in texts.items()}))


def _angabe(fact: Fact) -> dict[str, Any]:
    common = {"titel": {"de": fact.meaning}, "norm": "Leitlinie", "schutz": "keiner"}
    if fact.kind == "ja_nein":
        return {"typ": "Wahrheitswert", **common}
    if fact.kind == "zahl":
        return {"typ": "Ganzzahl", "von": 0, "bis": fact.most, **common}
    return {"typ": "Auswahl", "optionen": {str(one): {"de": str(one)} for one in fact.options}, **common}


def _stated(facts: Mapping[str, Any], used: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in facts.items() if value is not None and name in used}
    return {name: str(value) if FACTS[name].kind == "auswahl" else value for name, value in known.items()}


def _table_step(profile: Profile, facts: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    if facts.get("schritt") not in {None, "modellaufruf"}:
        return ()
    table = profile.table
    data, model = (facts.get(name) or FACTS[name].worst for name in ("datenklasse", "modellklasse"))
    cell = table.cell(DataClass(data), ModelClass(model))
    return ({
        "name": "tabelle", "title": table.title, "kind": "tabelle", "norm": f"Klausel {table.number}",
        "value": cell.value, "formula": f"{data} x {model}",
    },)  # fmt: skip
