"""Units of measure such as `EUR/Monat` or `Monat/EUR`: sums and comparisons need equal ones, products multiply them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leitplanke.core.rules.errors import FormulaError

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")
_LONGEST = 60
_NONE = {"", "1", "Prozent", "Faktor"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Powers of basic units, sorted by name; `free` marks a bare number of a formula, which fits any unit."""

    powers: tuple[tuple[str, int], ...] = ()
    free: bool = False

    def __str__(self) -> str:
        """Return the unit as one writes it."""
        over = "*".join(name for name, power in self.powers for _ in range(power))
        under = "".join(f"/{name}" for name, power in self.powers for _ in range(-power))
        return (over or ("1" if under else "")) + under or "ohne Einheit"


NO_UNIT = Unit()
FREE = Unit(free=True)


def parse_unit(text: str) -> Unit:
    """Read a unit.

    Raises:
        FormulaError: it is none.
    """
    if text in _NONE:
        return NO_UNIT
    if len(text) > _LONGEST:
        raise FormulaError(f"Eine Einheit hat höchstens {_LONGEST} Zeichen, diese hat {len(text)}.")
    powers: dict[str, int] = {}
    for place, part in enumerate(text.split("/")):
        for name in part.split("*"):
            if name == "1" and place == 0:
                continue
            if not _WORD.match(name):
                raise FormulaError(f"„{text}“ ist keine Einheit; möglich ist zum Beispiel EUR/Monat oder Personen.")
            powers[name] = powers.get(name, 0) + (1 if place == 0 else -1)
    return _unit(powers)


def common(one: Unit, other: Unit, doing: str) -> Unit:
    """Return the unit of a sum, comparison or choice of two values.

    Raises:
        FormulaError: the units differ.
    """
    if one.free:
        return other
    if other.free or one == other:
        return one
    raise FormulaError(f"{doing}: „{one}“ und „{other}“ passen nicht zusammen.")


def product(one: Unit, other: Unit, sign: int = 1) -> Unit:
    """Return the unit of a product, or with `sign` -1 of a quotient."""
    if (one.free or other.free) and not one.powers and not other.powers:
        return FREE  # 100 * kinder: the bare number may mean an amount for each child
    powers = dict(one.powers)
    for name, power in other.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return _unit(powers)


def exchanged(unit: Unit, old: str, new: str) -> Unit:
    """Return `unit` with one power of 1/`old` replaced by 1/`new` (EUR/Jahr to EUR/Monat).

    Raises:
        FormulaError: the value is not given per `old`.
    """
    powers = dict(unit.powers)
    if powers.get(old, 0) >= 0:
        raise FormulaError(f"Umgerechnet werden kann nur ein Wert je {old}, dieser ist in „{unit}“.")
    powers[old] += 1
    powers[new] = powers.get(new, 0) - 1
    return _unit(powers)


def _unit(powers: dict[str, int]) -> Unit:
    return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))
