"""What is to be reckoned, as a value: which law against which, which cases, which judgements, which values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from leitplanke.core.rules import Engine
from leitplanke.core.rules.compiling import State
from leitplanke.core.rules.model import Parameter, in_force
from leitplanke.core.rules.numbers import unscaled

if TYPE_CHECKING:
    from leitplanke.core.rules.simulate import Simulation

NOTHING, UNCHANGED, OTHER_DAY, DRAFT = "nichts", "unveraendert", "tag", "entwurf"
CASES = "faelle"
# The files of a result.
RESULT, SUMMARY = "ergebnis", "zusammenfassung.json"


def current_value(parameter: Parameter, law: State) -> str | None:
    """Return a parameter's single value under that law as decimal text, None where it is a table or does not hold."""
    latest = in_force(parameter.werte, law)
    return None if latest is None or latest.scalar is None else str(unscaled(latest.scalar, parameter.shape.stellen))


@dataclass(frozen=True, slots=True)
class Plan:
    """One simulation.

    Attributes:
        day: the relevant day.
        values: the names of the values to compute.
        against: what it is held against: `NOTHING`, the `UNCHANGED` law of the day, that of the `OTHER_DAY`; or
            `DRAFT`, which reckons the draft and holds it against the law in force. Changes count on the new side only.
        changes: parameters set to another value, as decimal text.
        judgements: those that were answered beforehand.
        count, seed: so many made-up cases; 0 where tables were uploaded.
        files: by what they hold (`CASES` or the name of a list) how the person called them.
        digests: the SHA-256 of each.
    """

    day: date
    values: tuple[str, ...]
    against: str = NOTHING
    other_day: date | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, Any] = field(default_factory=dict)
    count: int = 0
    seed: int = 1
    files: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "stichtag": self.day.isoformat(),
            "werte": list(self.values),
            "vergleich": self.against,
            "vergleichstag": self.other_day.isoformat() if self.other_day else None,
            "aenderungen": dict(self.changes),
            "urteile": dict(self.judgements),
            "anzahl": self.count,
            "startwert": self.seed,
            "dateien": dict(self.files),
            "pruefsummen": dict(self.digests),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Plan:
        """Rebuild it."""
        other = values["vergleichstag"]
        return cls(
            day=date.fromisoformat(values["stichtag"]),
            values=tuple(values["werte"]),
            against=values["vergleich"],
            other_day=date.fromisoformat(other) if other else None,
            changes=values["aenderungen"],
            judgements=values["urteile"],
            count=values["anzahl"],
            seed=values["startwert"],
            files=values["dateien"],
            digests=values["pruefsummen"],
        )

    def digest(self, engine: Engine) -> str:
        """SHA-256 over the rules and everything that is asked for: equal digests give equal results."""
        content = {name: value for name, value in self.as_json().items() if name != "dateien"}
        text = json.dumps([engine.regelwerk.digest, content], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def new_law(self) -> State:
        """The law that is asked about."""
        overrides = tuple(sorted((name, Decimal(value)) for name, value in self.changes.items()))
        return State(self.day, entwurf=self.against == DRAFT, overrides=overrides)

    @property
    def old_law(self) -> State | None:
        """The law it is held against."""
        if self.against == NOTHING:
            return None
        return State(self.other_day or self.day) if self.against == OTHER_DAY else State(self.day)

    def simulations(self, engine: Engine) -> dict[str, Simulation]:
        """Return what to run, by the suffix of its columns."""
        # polars costs every process 34 MB, and only the one that reckons needs it
        from leitplanke.core.rules.simulate import Simulation  # noqa: PLC0415
        from leitplanke.core.rules.summary import AGAINST  # noqa: PLC0415

        runs = {"": Simulation(engine, self.new_law, self.values, judgements=self.judgements)}
        if self.old_law is not None:
            runs[AGAINST] = Simulation(engine, self.old_law, self.values, judgements=self.judgements)
        return runs
