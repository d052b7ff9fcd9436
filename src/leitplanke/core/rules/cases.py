"""Cases of a Regelwerk: facts with what must come out, run against the rules.

What a case may expect under `erwartet`: a value by its name (`{von, bis}` for one that stays open), and

* `status`, as in `Result.status`;
* `ergebnis`: the outcome that certainly applies, or a list of all that do (`[]` for none);
* `fehlend`: every fact that is still needed, in any order;
* `zeitraeume`: the parts of the Bewilligungszeitraum, each with `ab`, where wanted `bis`, and values;
* `fehler`: words of the message with which the facts are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from leitplanke.core.rules.checking import open_names
from leitplanke.core.rules.errors import RulesError
from leitplanke.core.rules.evaluating import Engine, Result
from leitplanke.core.rules.loading import load
from leitplanke.core.rules.model import Fall, Regelwerk
from leitplanke.core.rules.reading import decimal_or_none

Layered = Callable[[str], Regelwerk]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case and where it differs from what was expected, in German sentences; none where all is well."""

    fall: Fall
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def run_folder(folder: Path | Traversable) -> tuple[CaseResult, ...]:
    """Load the Regelwerk in `folder` and run all its cases, each with its layer.

    Raises:
        RegelwerkError: the Regelwerk cannot be used.
    """
    return run_cases(load(folder), lambda ebene: load(folder, ebene=ebene))


def run_cases(regelwerk: Regelwerk, layered: Layered | None = None) -> tuple[CaseResult, ...]:
    """Run every case of a Regelwerk; `layered` loads it with the layer that a case names."""
    engines = {"": Engine(regelwerk)}
    return tuple(_run(fall, engines, layered) for fall in regelwerk.faelle)


def _run(fall: Fall, engines: dict[str, Engine], layered: Layered | None) -> CaseResult:
    wanted = str(fall.erwartet.get("fehler", ""))
    try:
        engine = _engine(fall, engines, layered)
        result = engine.evaluate(fall.angaben, on=fall.stichtag, **_options(fall))
        differences = [*_differences(fall.erwartet, result), *_periods(fall, engine)]
    except RulesError as error:
        found = wanted and wanted in str(error)
        return CaseResult(fall, () if found else (f"Der Fall lässt sich nicht rechnen: {error}",))
    if wanted:
        differences.append(f"fehler: erwartet wird eine Ablehnung der Angaben mit „{wanted}“, sie wurden angenommen.")
    return CaseResult(fall, tuple(differences))


def _options(fall: Fall) -> dict[str, Any]:
    return {"judgements": fall.urteile, "known_on": fall.known_on, "entwurf": fall.entwurf}


def _engine(fall: Fall, engines: dict[str, Engine], layered: Layered | None) -> Engine:
    if fall.ebene not in engines and layered is not None:
        engines[fall.ebene] = Engine(layered(fall.ebene))
    engine = engines.get(fall.ebene)
    if engine is None:
        raise RulesError(f"Die Ebene „{fall.ebene}“ ist nicht geladen.")
    if missing := open_names(engine.regelwerk):
        raise RulesError(f"Der Fall nennt keine Ebene, die alles füllt; offen sind: {', '.join(missing)}.")
    return engine


_TOLD_APART = frozenset({"status", "ergebnis", "fehlend", "zeitraeume", "fehler", "ab", "bis"})


def _differences(expected: Mapping[str, Any], result: Result) -> Iterator[str]:
    if "status" in expected and expected["status"] != result.status:
        yield f"status: erwartet {expected['status']}, es ist {result.status}."
    if "ergebnis" in expected:
        certain = [outcome.name for outcome, state in result.outcomes if state == "ja"]
        yield from _unequal("ergebnis", _listed(expected["ergebnis"]), certain)
    if "fehlend" in expected:
        yield from _unequal("fehlend", _listed(expected["fehlend"]), list(result.missing_names))
    for name in expected.keys() - _TOLD_APART:
        yield from _value(name, expected[name], result)


def _unequal(what: str, expected: list[str], found: list[str]) -> Iterator[str]:
    if sorted(expected) != sorted(found):
        yield f"{what}: erwartet {', '.join(expected) or 'nichts'}, es ist {', '.join(found) or 'nichts'}."


def _listed(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, Sequence) and not isinstance(value, str) else [str(value)]


def _value(name: str, expected: Any, result: Result) -> Iterator[str]:
    val = result.program.values.get(name)
    if val is None or val.level:
        yield f"{name}: Diesen Wert gibt es an diesem Tag nicht."
        return
    low, high = result.bounds_of(name)
    if isinstance(expected, Mapping):
        if not (_same(expected.get("von"), low) and _same(expected.get("bis"), high)):
            yield f"{name}: erwartet {expected.get('von')} bis {expected.get('bis')}, es ist {low} bis {high}."
    elif not result.settled(name):
        yield f"{name}: erwartet {expected}, offen zwischen {low} und {high}."
    elif not _same(expected, low):
        yield f"{name}: erwartet {expected}, berechnet {low}."


def _same(expected: Any, found: Any) -> bool:
    if isinstance(found, bool):
        return bool(expected == ("ja" if found else "nein"))
    number = decimal_or_none(str(expected))
    return number == decimal_or_none(str(found)) if number is not None else str(expected) == str(found)


def _periods(fall: Fall, engine: Engine) -> Iterator[str]:
    expected = fall.erwartet.get("zeitraeume")
    if not isinstance(expected, Sequence):
        return
    found = engine.periods(fall.angaben, on=fall.stichtag, **_options(fall))
    starts = [str(part.get("ab")) for part in expected]
    if starts != [period.start.isoformat() for period in found]:
        days = ", ".join(period.start.isoformat() for period in found)
        yield f"zeitraeume: erwartet ab {', '.join(starts)}, es sind {days or 'keine'}."
        return
    for part, period in zip(expected, found, strict=True):
        if "bis" in part and part["bis"] != period.until.isoformat():
            yield f"zeitraeume: erwartet bis {part['bis']}, es ist {period.until.isoformat()}."
        yield from (f"ab {part['ab']}: {text}" for text in _differences(part, period.result))
