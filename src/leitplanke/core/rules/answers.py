"""Questions and answers as JSON: what `leitplanke rules run` and other machines read and write, one object per case.

An amount (a unit in EUR) is always a decimal string, also where the law knows whole EUR only ("110"); other numbers
with decimals are decimal strings too, counts JSON integers, days `JJJJ-MM-TT`, options their names, truths JSON truths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from leitplanke.core.rules.errors import FactError, RulesError
from leitplanke.core.rules.evaluating import Engine, Period, Result
from leitplanke.core.rules.influence import plain
from leitplanke.core.rules.proof import Step

MAX_LINE = 4_000_000


def read_question(line: str) -> dict[str, Any]:
    """Read one case; numbers stay exact.

    Raises:
        FactError: it is no JSON object.
    """
    if len(line) > MAX_LINE:
        raise FactError(f"Die Zeile ist länger als {MAX_LINE} Zeichen.")
    try:
        found = json.loads(line, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_once)
    except FactError:
        raise
    except (ValueError, RecursionError):
        raise FactError("Die Zeile ist kein gültiges JSON.") from None
    if not isinstance(found, dict):
        raise FactError("Erwartet wird je Zeile ein JSON-Objekt mit id, date und facts.")
    return found


def answer(engine: Engine, question: Mapping[str, Any], *, entwurf: bool = False) -> dict[str, Any]:
    """Answer one case; what is wrong with it is told in the answer as status `error`."""
    try:
        day, known_on = (
            _day(question, "date"),
            _day(question, "known_on") if question.get("known_on") is not None else None,
        )
        options: dict[str, Any] = {
            "on": day,
            "known_on": known_on,
            "judgements": _named(question, "judgements"),
            "entwurf": entwurf,
        }
        facts = _named(question, "facts")
        periods = engine.periods(facts, **options)
        first = next((period.result for period in periods if period.start == day), None)
        return answer_of(question.get("id"), first or engine.evaluate(facts, **options), periods)
    except (RulesError, RecursionError) as error:
        return failed(question.get("id"), str(error) or "Die Angaben sind zu tief verschachtelt.")


def failed(name: Any, error: str) -> dict[str, Any]:
    """Return the answer to a case that cannot be evaluated."""
    return {
        "id": name, "status": "error", "error": error, "values": {}, "bounds": {}, "assumed": [], "missing": [],
        "judgements": [], "ergebnis": [], "periods": [], "proof": [], "digest": "",
    }  # fmt: skip


def answer_of(name: Any, result: Result, periods: tuple[Period, ...] = ()) -> dict[str, Any]:
    """Return the answer that a result is."""
    return {
        "id": name,
        "status": result.status,
        "values": {key: _as_amount(result, key, value) for key, value in result.values.items()},
        "bounds": {key: [_as_amount(result, key, end) for end in ends] for key, ends in result.bounds.items()},
        "assumed": result.assumed,
        "missing": plain(result.missing),
        "judgements": list(result.judgements),
        "ergebnis": [{"name": outcome.name, "gilt": state} for outcome, state in result.outcomes],
        "periods": [_period(period) for period in periods],
        "proof": [step_of(step) for step in result.proof],
        "digest": result.digest,
    }


def step_of(step: Step) -> dict[str, Any]:
    """Return one step of a proof; `low` and `high` instead of `value` where it is not settled."""
    settled = step.settled
    amount = _is_amount(step.unit)
    ends = {"value": step.value} if settled else {"low": step.low, "high": step.high}
    return {
        "name": step.name,
        "title": step.title,
        "kind": step.kind,
        "norm": step.norm,
        **{key: _text(value) if amount else value for key, value in ends.items()},
        "unit": step.unit,
        "formula": step.formula,
        "inputs": list(step.inputs),
        "ebene": step.about.ebene,
        "item": step.item,
    }


def _period(period: Period) -> dict[str, Any]:
    result = period.result
    targets = [name for name in result.regelwerk.ziel if name in result.program.values]
    open_ones = [name for name in targets if not result.settled(name)]
    return {
        "from": period.start.isoformat(),
        "until": period.until.isoformat(),
        "status": result.status,
        "values": {
            name: _as_amount(result, name, result.value(name)) for name in targets if name not in open_ones
        },
        "bounds": {name: [_as_amount(result, name, end) for end in result.bounds_of(name)] for name in open_ones},
    }  # fmt: skip


def _as_amount(result: Result, name: str, value: Any) -> Any:
    rule = result.regelwerk.regeln.get(name)
    return _text(value) if rule is not None and _is_amount(rule.shape.einheit) else value


def _is_amount(unit: str) -> bool:
    return unit.partition("/")[0] == "EUR"


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day(question: Mapping[str, Any], key: str) -> date:
    text = question.get(key)
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise FactError(f"„{key}“ ist kein Tag; erwartet wird zum Beispiel 2025-01-31.") from None


def _named(question: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = question.get(key)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise FactError(f'„{key}“ muss ein JSON-Objekt sein: {{"name": Wert}}.')
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are all different: of two values for one name, neither is the stated one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FactError(f"In der Zeile steht „{twice[:60]}“ zweimal im selben Objekt; bitte nur einmal angeben.")
    return found


def _refused(text: str) -> NoReturn:
    raise ValueError(text)
