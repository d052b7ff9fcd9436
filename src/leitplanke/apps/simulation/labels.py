"""What people call the parts of a plan, kept with it: a Regelwerk may be called otherwise tomorrow."""

from __future__ import annotations

from typing import Any

from leitplanke.apps.simulation.plan import Plan, current_value
from leitplanke.core.rules import Engine
from leitplanke.core.rules.model import Shape


def labels_of(plan: Plan, engine: Engine) -> dict[str, Any]:
    """Return what people call things, as it was when this was reckoned."""
    regelwerk = engine.regelwerk
    facts = {"dezile": regelwerk.simulation.dezile, "gruppen": regelwerk.simulation.gruppen}
    found = {key: angabe for key, name in facts.items() if (angabe := regelwerk.fact(name))}
    return {
        "regelwerk": _words(regelwerk.titel),
        "ebene": list(regelwerk.ebenen.values())[-1] if len(regelwerk.ebenen) > 1 else "",
        "bezeichnungen": {name: _called(regelwerk.regeln[name]) for name in plan.values if name in regelwerk.regeln},
        "einteilung": {key: _called(angabe) for key, angabe in found.items()},
        "parameter": {
            name: _called(regelwerk.parameter[name])
            | {"norm": regelwerk.parameter[name].norm, "vorher": current_value(regelwerk.parameter[name], plan.new_law)}
            for name in plan.changes
        },
        "ermessen": {
            name: {"titel": _words(rule.titel), "optionen": {o: _words(w) for o, w in rule.shape.labels.items()}}
            for name, rule in regelwerk.ermessen.items()
        },
    }


def _words(words: Any) -> dict[str, str]:
    return {"de": words.de, "en": words.en}


def _called(entry: Any) -> dict[str, Any]:
    shape: Shape = entry.shape
    return {"titel": _words(entry.titel), "einheit": shape.einheit, "art": shape.kind.value, "stellen": shape.stellen}
