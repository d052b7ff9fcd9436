"""Random but well-typed Regelwerke: facts are fixed, tables too, the rules are drawn."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

OPTIONS = ("x", "y", "z")
DAYS = ("2024-02-29", "2025-01-31", "2025-06-15", "2025-12-31", "2026-03-01", "2030-07-04")
FACTS = """\
angaben:
  i: {typ: Ganzzahl, von: -5, bis: 9, titel: I}
  n: {typ: Zahl, stellen: 2, von: -3, bis: 12.50, titel: N}
  q: {typ: Prozent, stellen: 0, von: 0, bis: 100, titel: Q}
  c: {typ: Wahrheitswert, titel: C}
  art: {typ: Auswahl, optionen: [x, y, z], titel: Art}
  tag: {typ: Datum, von: 2024-01-01, bis: 2031-12-31, titel: Tag}
  v: {typ: Ganzzahl, von: 0, bis: 20, titel: V, annahme: {formel: "max(i, 0) * 2", norm: § 9 ProbeG}}
  personen:
    typ: Liste
    hoechstens: 4
    titel: Personen
    felder:
      x: {typ: Zahl, stellen: 2, von: -2, bis: 9, titel: X}
      d: {typ: Wahrheitswert, titel: D}
      g: {typ: Datum, von: 2024-01-01, bis: 2031-12-31, titel: G}
      m: {typ: Ganzzahl, von: 0, bis: 4, titel: M, annahme: {formel: "2 if d else 0", norm: § 9 ProbeG}}
ermessen:
  e: {typ: Wahrheitswert, titel: E, norm: § 8 ProbeG, frage: E?}
parameter:
  k: {typ: Zahl, stellen: 3, titel: K, norm: § 7 ProbeG, werte: [{ab: 2025-01-01, wert: 1.125}]}
  t:
    typ: Zahl
    stellen: 2
    titel: T
    norm: § 7 ProbeG
    schluessel: [a]
    werte: [{ab: 2025-01-01, wert: {0: 1.5, 1: -2, 2: 7.25, 3: 0}}]
  u:
    typ: Ganzzahl
    titel: U
    norm: § 7 ProbeG
    schluessel: [a, art]
    werte: [{ab: 2025-01-01, wert: {0: {x: 1, y: 5, z: 2}, 1: {x: -3, y: 0, z: 8}}}]
  s:
    typ: Zahl
    titel: S
    norm: § 7 ProbeG
    stufe: ja
    schluessel: [a]
    werte: [{ab: 2025-01-01, wert: {-999999: 1, 0: 2, 3.5: -4, 100: 9}}]
regeln:
"""


@dataclass
class Draft:
    """A stream of choices; the same seed writes the same Regelwerk."""

    chance: random.Random

    def __post_init__(self) -> None:
        """Begin with the facts as the only names."""
        self.state = self.chance.getstate()
        self.numbers, self.truths, self.days = ["i", "n", "q", "v", "k"], ["c", "e"], ["tag", "stichtag"]
        self.fields = {"number": ["x", "m"], "truth": ["d"], "day": ["g"]}
        self.prefix: str | None = None

    def one(self, *choices: Callable[[], str]) -> str:
        return self.chance.choice(choices)()

    def number(self, depth: int) -> str:
        """Write a number without unit."""
        if depth <= 0 or self.chance.random() < 0.15:
            leaf = self._names("number", self.numbers)
            return self.chance.choice([*leaf, *leaf, "2", "0.5", "-3", "0"])
        sub, truth = partial(self.number, depth - 1), partial(self.truth, depth - 1)
        return self.one(
            lambda: f"({sub()} + {sub()})",
            lambda: f"({sub()} - {sub()})",
            lambda: f"({sub()} * {sub()})",
            lambda: f"({sub()} / {self.chance.choice(['2', '3', '0.7', '12', 'k'])})",
            lambda: f"({sub()} / max(1, {sub()}))",
            lambda: f"min({sub()}, {sub()})",
            lambda: f"max({sub()}, {sub()}, {sub()})",
            lambda: f"abs({sub()})",
            lambda: f"-({sub()})",
            lambda: f"clamp({sub()}, -2, 5)",
            lambda: f"round({sub()}, {self.chance.randint(0, 3)}, '{self._mode()}')",
            lambda: f"({sub()} if {truth()} else {sub()})",
            lambda: f"t[{self.whole(depth - 1, 0, 3)}]",
            lambda: f"u[{self.whole(depth - 1, 0, 1)}, art]",
            lambda: f"s[round({sub()}, 1)]",
            lambda: f"monat({self.day(depth - 1)})",
            lambda: f"(jahr({self.day(depth - 1)}) - 2025)",
            lambda: self._gathered(depth) if self.prefix is None else sub(),
        )

    def whole(self, depth: int, low: int, high: int) -> str:
        """Write a whole number between two bounds."""
        return self.one(
            lambda: f"clamp(round({self.number(depth)}, 0, '{self._mode()}'), {low}, {high})",
            lambda: str(self.chance.randint(low, high)),
            lambda: f"clamp(i, {low}, {high})",
        )

    def truth(self, depth: int) -> str:
        """Write a condition."""
        if depth <= 0 or self.chance.random() < 0.15:
            return self.chance.choice([*self._names("truth", self.truths), "True", "(art == 'y')"])
        sub, number = partial(self.truth, depth - 1), partial(self.number, depth - 1)
        day = partial(self.day, depth - 1)
        return self.one(
            lambda: f"({sub()} and {sub()})",
            lambda: f"({sub()} or {sub()})",
            lambda: f"(not {sub()})",
            lambda: f"({number()} {self.chance.choice(['<', '<=', '>', '>=', '==', '!='])} {number()})",
            lambda: f"(0 <= {number()} < 4)",
            lambda: f"({day()} {self.chance.choice(['<', '>=', '=='])} {day()})",
            lambda: f"({day()} >= '2025-06-15')",
            lambda: (
                f"({self._between()}({day()}, {day()}) {self.chance.choice(['<', '>='])} {self.chance.randint(-9, 40)})"
            ),
            lambda: f"(art {self.chance.choice(['<', '>=', '!='])} '{self.chance.choice(OPTIONS)}')",
            lambda: "(art in ('x', 'z'))",
            lambda: f"({sub()} == {sub()})",
            lambda: self._any_all(depth) if self.prefix is None else sub(),
        )

    def day(self, depth: int) -> str:
        """Write a day."""
        if depth <= 0 or self.chance.random() < 0.3:
            return self.chance.choice(self._names("day", self.days))
        sub = partial(self.day, depth - 1)
        return self.one(
            lambda: f"plus_monate({sub()}, {self.whole(depth - 2, -14, 14)})",
            lambda: f"plus_tage({sub()}, {self.whole(depth - 2, -40, 40)})",
            lambda: f"monatserster({sub()})",
            lambda: f"min({sub()}, {sub()})",
            lambda: f"max({sub()}, {sub()})",
            lambda: f"({sub()} if {self.truth(depth - 1)} else {sub()})",
        )

    def option(self, depth: int) -> str:
        """Write an option."""
        return self.one(
            lambda: f"('x' if {self.truth(depth)} else art)",
            lambda: "max(art, 'y')",
            lambda: f"min('z' if {self.truth(depth)} else 'x', art)",
        )

    def in_item(self, write: Callable[[], str], prefix: str) -> str:
        """Write something about an item; `prefix` names it in aggregates, and is empty in rules per item."""
        self.prefix = prefix
        try:
            return write()
        finally:
            self.prefix = None

    def _names(self, kind: str, of_case: list[str]) -> list[str]:
        if self.prefix is None:
            return of_case
        fields = [f"{self.prefix}{name}" for name in self.fields[kind]]
        return [*of_case, *fields, *fields]

    def _mode(self) -> str:
        return self.chance.choice(["halb_auf", "auf", "ab", "halb_gerade"])

    def _between(self) -> str:
        return self.chance.choice(["tage_zwischen", "monate_zwischen", "jahre_zwischen"])

    def _condition(self, depth: int) -> str:
        return f" if {self.in_item(lambda: self.truth(depth - 1), 'p.')}" if self.chance.random() < 0.6 else ""

    def _gathered(self, depth: int) -> str:
        if self.chance.random() < 0.3:
            return f"count(p for p in personen{self._condition(depth)})"
        element = self.in_item(lambda: f"round({self.number(depth - 1)}, 2, '{self._mode()}')", "p.")
        return f"sum({element} for p in personen{self._condition(depth)})"

    def _any_all(self, depth: int) -> str:
        element = self.in_item(lambda: self.truth(depth - 1), "p.")
        return f"{self.chance.choice(['any', 'all'])}({element} for p in personen{self._condition(depth)})"


def _line(name: str, typ: str, formula: str, more: str = "") -> str:
    about = f"typ: {typ}, titel: R, norm: § 1 ProbeG, rundung: § 2 ProbeG, hinweis: ja{more}"
    return f'  {name}: {{{about}, formel: "{formula}"}}\n'


def written(draft: Draft) -> str:
    """Write the Regelwerk of a draft."""
    draft.chance.setstate(draft.state)
    draft.numbers, draft.truths, draft.days = ["i", "n", "q", "v", "k"], ["c", "e"], ["tag", "stichtag"]
    draft.fields = {"number": ["x", "m"], "truth": ["d"], "day": ["g"]}
    lines = [FACTS]
    lines.append(_line("y", "Zahl", draft.in_item(lambda: f"round({draft.number(2)}, 2)", ""), ", je: personen"))
    draft.fields["number"].append("y")
    lines.append(_line("w", "Wahrheitswert", draft.in_item(lambda: draft.truth(2), ""), ", je: personen"))
    draft.fields["truth"].append("w")
    for place in range(3):
        lines.append(_line(f"r{place}", "Zahl", draft.number(3)))
        draft.numbers.append(f"r{place}")
        lines.append(_line(f"b{place}", "Wahrheitswert", draft.truth(3)))
        draft.truths.append(f"b{place}")
    lines.extend((_line("o", "Auswahl", draft.option(2), ", optionen: [x, y, z]"), _line("a", "Datum", draft.day(3))))
    used = "count(p for p in personen if p.y > 0 and p.w and p.d and p.g > stichtag and p.m > 0 and p.x > 0)"
    everything = f"i + n + q + v + {used} + k + t[0] + u[0, art] + s[i]"
    everything += " + (1 if c and e and art == 'x' and tag > stichtag else 0)"
    lines.append(_line("alles", "Zahl", everything))
    return "".join(lines)
