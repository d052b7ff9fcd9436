"""Facts of a case, as people and files state them, and the whole numbers they become.

A fact is known, unknown (also when it is absent), refused, or contested between values. What the law presumes stands in
the Regelwerk, not in the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from leitplanke.core.rules.errors import FactError, listed
from leitplanke.core.rules.graph import Program, Val
from leitplanke.core.rules.model import NUMBERS, Kind, Regelwerk, Shape
from leitplanke.core.rules.numbers import divided, scaled, unscaled
from leitplanke.core.rules.spans import Span

_PLACES = 10
_SHOWN = 60  # characters of a wrong value that a message repeats
STATUSES = ("known", "unknown", "refused", "contested")
_YES, _NO = {True, "ja", "true"}, {False, "nein", "false"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a case says of one input: its span, None where it says nothing; and the values it is contested between."""

    span: Span | None
    status: str = "known"
    values: tuple[int, ...] = ()


UNKNOWN = Stated(None, "unknown")


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one case by input; `items` holds the lists that are stated, item by item."""

    stated: Mapping[str, Stated]
    items: Mapping[str, Sequence[Mapping[str, Stated]]]


def read_case(regelwerk: Regelwerk, program: Program, facts: Mapping[str, Any], judgements: Mapping[str, Any]) -> Case:
    """Understand the facts and judgements of a case.

    Raises:
        FactError: something is stated that cannot be; names the fact, what was stated and what is possible.
    """
    stated: dict[str, Stated] = {}
    items: dict[str, list[Mapping[str, Stated]]] = {}
    for name, raw in facts.items():
        angabe = regelwerk.fact(name)
        if angabe is None:
            raise FactError(f"Die Angabe „{_short(name)}“ kennt dieses Regelwerk nicht.")
        if angabe.shape.kind is Kind.LISTE:
            found = _items(regelwerk, program, name, raw)
            if found is not None:
                items[name] = found
        elif name in program.inputs:
            stated[name] = read_fact(angabe.shape, raw, name)
    for name, raw in judgements.items():
        if name not in regelwerk.ermessen:
            raise FactError(f"Über „{_short(name)}“ ist in diesem Regelwerk nicht zu urteilen.")
        made = read_fact(regelwerk.ermessen[name].shape, raw, name)
        stated[name] = made if made.status == "known" else Stated(None, made.status)  # contested: not made yet
    return Case(stated, items)


def _items(regelwerk: Regelwerk, program: Program, name: str, raw: Any) -> list[Mapping[str, Stated]] | None:
    if raw is None or (isinstance(raw, Mapping) and raw.get("status") in ("unknown", "refused")):
        return None
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise FactError(f"„{name}“ muss eine Liste sein.")
    most = regelwerk.angaben[name].hoechstens
    if len(raw) > most:
        raise FactError(f"„{name}“ hat {len(raw)} Einträge, möglich sind {most}.")
    fields = {key.removeprefix(f"{name}."): item.shape for key, item in program.inputs.items() if item.level == name}
    result: list[Mapping[str, Stated]] = []
    for place, entry in enumerate(raw, 1):
        if not isinstance(entry, Mapping):
            raise FactError(f"„{name}“, Eintrag {place}: Erwartet werden benannte Felder.")
        if unknown := entry.keys() - fields.keys():
            known = {part.name for part in regelwerk.angaben[name].felder}
            if extra := unknown - known:
                raise FactError(f"„{name}“, Eintrag {place}: Das Feld „{_short(min(extra))}“ gibt es nicht.")
        row = {key: read_fact(fields[key], entry[key], f"{name}[{place}].{key}") for key in entry if key in fields}
        result.append(row)
    return result


def read_fact(shape: Shape, raw: Any, name: str) -> Stated:
    """Understand one stated fact.

    Raises:
        FactError: it does not fit its Angabe.
    """
    if raw is None:
        return UNKNOWN
    if isinstance(raw, int) and raw.bit_length() > 200:
        raise FactError(f"{name}: Die Zahl ist zu groß.")
    if isinstance(raw, Mapping):
        status = raw.get("status", "known")
        if status not in STATUSES:
            raise FactError(
                f"{name}: Den Zustand „{_short(status)}“ gibt es nicht; möglich sind {', '.join(STATUSES)}."
            )
        if status == "known" and not isinstance(raw.get("value"), Mapping):
            return read_fact(shape, raw.get("value"), name)
        if status in ("unknown", "refused"):
            return Stated(None, status)
        stated = raw.get("values") or ()
        if status == "known" or not isinstance(stated, list | tuple):
            raise FactError(f"{name}: Hinter „value“ steht ein einzelner Wert, hinter „values“ eine Liste.")
        values = tuple(encode(shape, value, name) for value in stated)
        return Stated((min(values), max(values)), status, values) if values else UNKNOWN
    value = encode(shape, raw, name)
    return Stated((value, value))


def encode(shape: Shape, raw: Any, name: str) -> int:
    """Return the whole number that stands for a value.

    Raises:
        FactError: it is none of that kind, or out of bounds.
    """
    if shape.kind is Kind.WAHRHEITSWERT:
        if isinstance(raw, bool | str) and raw in _YES | _NO:
            return int(raw in _YES)
        raise FactError(f"{name}: „{_short(raw)}“ ist weder ja noch nein.")
    if shape.kind is Kind.AUSWAHL:
        if raw not in shape.optionen:
            raise FactError(f"{name}: „{_short(raw)}“ ist keine der Möglichkeiten: {listed(shape.optionen)}.")
        return shape.optionen.index(raw)
    if shape.kind is Kind.TEXT:
        return int(bool(raw))
    value = _day(raw, name) if shape.kind is Kind.DATUM else scaled(_decimal(raw, name), shape.stellen, name)
    if not shape.low <= value <= shape.high:
        raise FactError(
            f"{name}: {shown(shape, value)} liegt nicht zwischen {shown(shape, shape.low)} "
            f"und {shown(shape, shape.high)}."
        )
    return value


def shown(shape: Shape, value: int) -> str:
    """Return a stored whole number as one would state it."""
    return str(plain_value(shape, value))


def plain_value(shape: Shape, value: int) -> Any:
    """Return what a stored whole number stands for, fit for JSON: text for amounts and days, bool, int, option."""
    if shape.kind is Kind.WAHRHEITSWERT:
        return bool(value)
    if shape.kind is Kind.AUSWAHL:
        return shape.optionen[value]
    if shape.kind is Kind.DATUM:
        return date.fromordinal(value).isoformat()
    if shape.kind is Kind.GANZZAHL:
        return int(value)
    return str(unscaled(value, shape.stellen))


def exact(val: Val, number: int, under: int = 1) -> Fraction:
    """Return the exact number a slot stands for."""
    return Fraction(number, val.over * 10**val.scale * under)


def as_text(val: Val, number: int, under: int, shape: Shape) -> Any:
    """Return what a slot stands for, fit for JSON: counts as such, others as decimal text of at most ten places."""
    scale = val.scale - (2 if shape.kind is Kind.PROZENT else 0)
    if scale < 0:
        number, scale = number * 10**-scale, 0
    by = val.over * under
    if by != 1 or scale > _PLACES:
        number, scale = divided(number * 10**_PLACES, by * 10**scale, "halb_auf"), _PLACES
    if shape.kind is Kind.GANZZAHL:
        return number // 10**scale
    if scale < shape.stellen:
        number, scale = number * 10 ** (shape.stellen - scale), shape.stellen
    if not scale:
        return str(number)
    digits = str(abs(number)).rjust(scale + 1, "0")
    least = len(digits) - scale + shape.stellen
    shown = digits[:least] + digits[least:].rstrip("0")
    whole, part = shown[: len(digits) - scale], shown[len(digits) - scale :]
    return f"{'-' if number < 0 else ''}{whole}.{part}" if part else f"{'-' if number < 0 else ''}{whole}"


def is_number(shape: Shape) -> bool:
    """Tell whether values of that shape are numbers."""
    return shape.kind in NUMBERS


def _short(raw: Any) -> str:
    """Return what somebody stated, fit for a message."""
    text = str(raw)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _decimal(raw: Any, name: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise FactError(f"{name}: „{_short(raw)}“ ist keine Zahl.")
    text = repr(raw) if isinstance(raw, float) else str(raw).strip()
    try:
        value = Decimal(text) if len(text) <= 40 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise FactError(f"{name}: „{text[:40]}“ ist keine Zahl; Beispiel: 1162.35.")
    return value


def _day(raw: Any, name: str) -> int:
    if isinstance(raw, date):
        return raw.toordinal()
    try:
        return date.fromisoformat(str(raw)).toordinal()
    except ValueError:
        raise FactError(f"{name}: „{_short(raw)}“ ist kein Tag; Beispiel: 2025-01-31.") from None
