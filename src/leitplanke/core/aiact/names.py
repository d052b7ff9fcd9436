"""Facts under the names that others use, understood as those of the Regelwerk.

What is not understood counts as unknown, never as no.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from typing import Any

from leitplanke.core.rules.model import Angabe, Kind, Regelwerk

_YES = frozenset({"true", "ja", "yes", "j", "y", "1", "wahr"})
_NO = frozenset({"false", "nein", "no", "n", "0", "falsch"})
_OPEN = frozenset({"", "unknown", "unbekannt", "unklar", "unclear", "null", "none_known", "?", "tbd", "offen"})
_BETWEEN = re.compile(r"[\s\-./]+")
_EITHER = {"status": "contested", "values": [False, True]}  # open, and not to be presumed either


@dataclass(frozen=True, slots=True)
class Understood:
    """The facts of one system as the engine takes them.

    Attributes:
        facts: by name of the Regelwerk.
        strange: what was stated and not understood, as people wrote it.
    """

    facts: Mapping[str, Any]
    strange: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """Which other names stand for facts and values; of several that fit the first counts.

    Attributes:
        facts: by name of a fact, patterns of other names.
        values: by fact and value, patterns of other values.
        strict: by fact, patterns of values that nothing milder than the strictest may catch.
        strictest: by fact, the values that are strictest.
        idle: patterns of facts that change nothing, such as a human in the loop.
    """

    regelwerk: Regelwerk
    facts: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, Sequence[str]]]
    strict: Mapping[str, Sequence[str]]
    strictest: Mapping[str, frozenset[str]]
    idle: Sequence[str]

    def understand(self, stated: Mapping[str, object]) -> Understood:
        """Return the facts with their own names and values."""
        facts: dict[str, Any] = {}
        strange: list[str] = []
        own = self.regelwerk.angaben
        for raw_name, raw in stated.items():
            name = raw_name if raw_name in own else self._fact_of(_normal(raw_name))
            if name is None:
                if not any(pattern.match(_normal(raw_name)) for pattern in self._idle_patterns):
                    strange.append(str(raw_name))
                continue
            value, understood = self._value(own[name], raw)
            if not understood:
                strange.append(f"{raw_name}: {raw}")
            facts[name] = _stricter(facts[name], value) if name in facts else value
        return Understood({name: value for name, value in facts.items() if value is not None}, tuple(strange))

    def _fact_of(self, name: str) -> str | None:
        if name in self.regelwerk.angaben:
            return name
        return next((fact for fact, pattern in self._fact_patterns if pattern.match(name)), None)

    def _value(self, angabe: Angabe, raw: Any) -> tuple[Any, bool]:
        """Return a value as the engine takes it, None for unknown, and whether it was understood."""
        truth = angabe.shape.kind is Kind.WAHRHEITSWERT
        if truth and isinstance(raw, bool):
            return raw, True
        if isinstance(raw, dict):
            return self._value(angabe, raw.get("values") if raw.get("status") == "contested" else raw.get("value"))
        if isinstance(raw, list | tuple):
            return self._contested(angabe, raw)
        unknown = _EITHER if angabe.annahme is not None else None
        if raw is None or _normal(raw) in _OPEN:
            return unknown, True
        found = _truth(raw) if truth else self._option(angabe, _normal(raw))
        return (unknown, False) if found is None else (found, True)

    def _contested(self, angabe: Angabe, raw: Sequence[Any]) -> tuple[Any, bool]:
        found = [self._value(angabe, item) for item in raw]
        understood = bool(found) and all(ok for _, ok in found)
        values = [value for value, _ in found]
        if not values or any(value is None or isinstance(value, Mapping) for value in values):
            return (_EITHER if angabe.annahme is not None else None), understood or not raw
        return (values[0] if len(set(values)) == 1 else {"status": "contested", "values": values}), understood

    def _option(self, angabe: Angabe, text: str) -> str | None:
        if text in angabe.shape.optionen:
            return text
        found = next((value for value, rule in self._value_patterns.get(angabe.name, ()) if rule.match(text)), None)
        strict = any(rule.match(text) for rule in self._strict_patterns.get(angabe.name, ()))
        return None if strict and found not in self.strictest.get(angabe.name, ()) else found

    @cached_property
    def _fact_patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(fact, _compiled(pattern)) for fact, patterns in self.facts.items() for pattern in patterns]

    @cached_property
    def _value_patterns(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        return {
            fact: [(value, _compiled(pattern)) for value, patterns in values.items() for pattern in patterns]
            for fact, values in self.values.items()
        }

    @cached_property
    def _idle_patterns(self) -> list[re.Pattern[str]]:
        return [_compiled(pattern) for pattern in self.idle]

    @cached_property
    def _strict_patterns(self) -> dict[str, list[re.Pattern[str]]]:
        return {fact: [_compiled(pattern) for pattern in patterns] for fact, patterns in self.strict.items()}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))


def _normal(raw: object) -> str:
    """Return a name or value in the spelling of the Regelwerk."""
    text = str(raw).strip().lower()
    return text if text.isidentifier() else _BETWEEN.sub("_", text)


def _truth(raw: Any) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = _normal(raw)
    return True if text in _YES else False if text in _NO else None


def _stricter(one: Any, other: Any) -> Any:
    """Return what two statements on one fact come to: what is true stays so, what differs is open."""
    if one is True or other is True:
        return True
    return one if one == other else _EITHER if isinstance(one, bool) or isinstance(other, bool) else None
