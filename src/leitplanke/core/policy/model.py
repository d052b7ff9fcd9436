"""What a profile is: a table of data against models, and clauses with a condition and an effect."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leitplanke.core.rules import Finding


class DataClass(enum.StrEnum):
    """How much protection data needs; later ones need more."""

    OEFFENTLICH = "oeffentlich"
    INTERN = "intern"
    PERSONENBEZOGEN = "personenbezogen"
    BESONDERE_KATEGORIE = "besondere_kategorie"
    SOZIALDATEN = "sozialdaten"
    GEHEIM = "geheim"


class ModelClass(enum.StrEnum):
    """Where a model runs; later ones are further away."""

    LOKAL = "lokal"
    EIGENES_RECHENZENTRUM = "eigenes_rechenzentrum"
    DEUTSCHER_VERTRAG = "deutscher_vertrag"
    EU = "eu"
    DRITTLAND = "drittland"


class Cell(enum.StrEnum):
    """What may happen to data of one class at models of one class."""

    OFFEN = "offen"
    NUR_PSEUDONYMISIERT = "nur_pseudonymisiert"
    GESPERRT = "gesperrt"


_MILDEST = tuple(Cell)


class Effect(enum.StrEnum):
    """What a clause does, the strictest first."""

    BLOCK = "block"
    REQUIRE_APPROVAL = "require_approval"
    REQUIRE_TRAINING = "require_training"
    REQUIRE_ACKNOWLEDGEMENT = "require_acknowledgement"
    REROUTE_LOCAL = "reroute_local"
    PSEUDONYMISE = "pseudonymise"
    BUDGET = "budget"
    LABEL = "label"
    WARN = "warn"
    LOG = "log"
    ALLOW = "allow"

    @property
    def strictness(self) -> int:
        """Rank; 0 is the strictest."""
        return _STRICTNESS[self]


_STRICTNESS = {effect: rank for rank, effect in enumerate(Effect)}
_PROTECTION = {data: rank for rank, data in enumerate(DataClass)}
# Effects after which nothing is forwarded before a person has done something.
STOPPING = frozenset({
    Effect.BLOCK, Effect.REQUIRE_APPROVAL, Effect.REQUIRE_TRAINING, Effect.REQUIRE_ACKNOWLEDGEMENT
})  # fmt: skip


def worse(one: DataClass, other: DataClass) -> DataClass:
    """Return the one of two classes that needs more protection."""
    return one if _PROTECTION[one] >= _PROTECTION[other] else other


class ProfileError(ValueError):
    """A profile cannot be used; `findings` name file, line and what to do."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep all that was found."""
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a clause: facts, and whether it applies."""

    facts: Mapping[str, Any]
    applies: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a guideline that the machine keeps.

    Attributes:
        number: as the guideline counts it ("3.2").
        name: for machines, unique in the profile.
        sentence: what people read when it stops or changes something: what, why, and what to do instead.
        condition: a formula of `core.rules` over the declared facts.
        source: where the thought comes from (title, place, url), as data.
        parameters: of the effect.
        text: the clause as the guideline words it; may be empty.
    """

    number: str
    name: str
    title: str
    sentence: str
    effect: Effect
    condition: str
    source: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class DataTable:
    """Data classes against model classes, and the clause that says so."""

    cells: Mapping[DataClass, Mapping[ModelClass, Cell]]
    number: str
    title: str
    source: str
    closed: str
    masked: str

    def cell(self, data: DataClass, model: ModelClass) -> Cell:
        """Return what may happen."""
        return self.cells[data][model]

    def mildest(self, data: DataClass, models: Iterable[ModelClass]) -> Cell:
        """Return what may happen where one of several models is taken; nothing where there is none."""
        return min((self.cell(data, model) for model in models), key=_MILDEST.index, default=Cell.GESPERRT)


@dataclass(frozen=True, slots=True)
class Profile:
    """A town's guideline as far as machines keep it."""

    id: str
    title: str
    version: str
    table: DataTable
    clauses: tuple[Clause, ...]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A clause that applies to some facts; `certain` is False where it does only because a fact is unknown."""

    effect: Effect
    number: str
    name: str
    title: str
    sentence: str
    source: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for some facts: the strictest effect, every clause that applies (strictest first), missing facts."""

    effect: Effect
    applied: tuple[Applied, ...]
    missing: tuple[str, ...]

    def first(self, effect: Effect) -> Applied | None:
        """Return the first clause with an effect."""
        return next((one for one in self.applied if one.effect is effect), None)

    def has(self, effect: Effect) -> bool:
        """Tell whether a clause with this effect applies."""
        return self.first(effect) is not None

    @property
    def stops(self) -> Applied | None:
        """The strictest clause that stops it; None where it may go on.

        Of equally strict ones the first that certainly applies: what people read is a reason rather than a guess.
        """
        if not self.applied or self.effect not in STOPPING:
            return None
        strictest = [one for one in self.applied if one.effect is self.effect]
        return next((one for one in strictest if one.certain), strictest[0])

    @property
    def blocked(self) -> bool:
        """Whether a clause refuses it altogether."""
        return self.has(Effect.BLOCK)

    @property
    def approval(self) -> Applied | None:
        """The clause for which a person has to release it first."""
        return self.first(Effect.REQUIRE_APPROVAL)

    @property
    def reroute_local(self) -> bool:
        """Whether only local models may be asked. Choose one, then decide again: the class of the model has changed."""
        return self.has(Effect.REROUTE_LOCAL)

    @property
    def pseudonymise(self) -> bool:
        """Whether placeholders must take the place of personal data."""
        return self.has(Effect.PSEUDONYMISE)

    @property
    def labels(self) -> tuple[Applied, ...]:
        """The clauses that ask for a label."""
        return tuple(one for one in self.applied if one.effect is Effect.LABEL)

    @property
    def warnings(self) -> tuple[Applied, ...]:
        """The clauses whose sentence people should read although it goes on."""
        return tuple(one for one in self.applied if one.effect is Effect.WARN)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of all clauses that apply."""
        return tuple(one.number for one in self.applied)
