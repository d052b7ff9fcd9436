"""What building blocks of a guideline are: a question to the town, options with words and controls."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from leitplanke.core.policy import Cell, Clause, DataClass, ModelClass
from leitplanke.core.rules import Finding


class Enforcement(enum.StrEnum):
    """How far a machine can keep what a block says."""

    RUNTIME = "runtime"
    WORKFLOW = "workflow"
    EVIDENCE = "evidence"
    TEXT = "text"


class Audience(enum.StrEnum):
    """Whom a wording is for."""

    RAT = "rat"
    BESCHAEFTIGTE = "beschaeftigte"
    EINFACH = "einfach"


class Area(enum.StrEnum):
    """Chapters of a guideline, in their order."""

    RAHMEN = "rahmen"
    GRUNDSAETZE = "grundsaetze"
    WERKZEUGE = "werkzeuge"
    DATEN = "daten"
    ERGEBNIS = "ergebnis"
    ORGANISATION = "organisation"
    KOMPETENZ = "kompetenz"
    NACHHALTIGKEIT = "nachhaltigkeit"


class Principle(enum.StrEnum):
    """The eight principles of the Code of Conduct "Demokratische KI" (D64, 2025)."""

    ABWAEGUNG = "abwaegung"
    MENSCHENZENTRIERUNG = "menschenzentrierung"
    TRANSPARENZ = "transparenz"
    TEILHABE = "teilhabe"
    DISKRIMINIERUNGSKRITIK = "diskriminierungskritik"
    VERANTWORTUNG = "verantwortung"
    KOMPETENZEN = "kompetenzen"
    NACHHALTIGKEIT = "nachhaltigkeit"


class Place(enum.StrEnum):
    """Where in the house a control is kept."""

    GATEWAY = "gateway"
    WISSEN = "wissen"
    ANTRAG = "antrag"
    REGISTER = "register"
    LEITLINIE = "leitlinie"


class Example(enum.StrEnum):
    """Profiles a town can start from."""

    STRENG = "streng"
    AUSGEWOGEN = "ausgewogen"
    OFFEN = "offen"


class BlockError(ValueError):
    """Building blocks cannot be used; `findings` name file, line and what to do."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep all that was found."""
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Law:
    """A norm that a block rests on; `checked` where somebody has read it there (`url`)."""

    norm: str
    about: str
    checked: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a town fills in.

    Attributes:
        kind: `zahl`, `text`, `auswahl` or `datum`.
        usual: the value to begin with.
        unit: of a `zahl`, for people.
        least: of a `zahl`.
        most: of a `zahl`.
        values: of an `auswahl`, with the word for people.
    """

    name: str
    title: str
    kind: str
    usual: str
    unit: str = ""
    least: int = 0
    most: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer of the town.

    Attributes:
        consequences: what it means, in plain words: what it brings and what it costs.
        texts: our wording by audience; `{name}` stands for a parameter.
        clauses: controls; their number is empty, the guideline counts.
        cells: cells of the table of data against models that it sets; where options meet, the strictest holds.
        needs: options of other blocks ("BB24.nein") without which it makes no sense.
        excludes: options of other blocks that contradict it, with the reason.
    """

    key: str
    title: str
    consequences: str
    texts: Mapping[Audience, str]
    clauses: tuple[Clause, ...] = ()
    cells: Mapping[tuple[DataClass, ModelClass], Cell] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    excludes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A building block.

    Attributes:
        core: whether the short interview of a small town asks it.
        about: what it is about, for somebody who has never thought of it.
        enforced: what the house does to keep it, in words.
        places: where controls of it are kept.
        missing: what is not kept by a machine, in words; "" where nothing is missing.
        chosen: who chose which option, by key in the list of guidelines (`leitlinien.json`).
        usual: option to begin with.
        examples: option per example profile.
    """

    id: str
    name: str
    title: str
    area: Area
    core: bool
    question: str
    about: str
    enforcement: Enforcement
    enforced: str
    places: tuple[Place, ...]
    missing: str
    principles: tuple[Principle, ...]
    dortmund: tuple[str, ...]
    laws: tuple[Law, ...]
    parameters: tuple[Parameter, ...]
    options: tuple[Option, ...]
    chosen: Mapping[str, str]
    usual: str
    examples: Mapping[Example, str]

    def option(self, key: str) -> Option | None:
        """Return an option."""
        return next((option for option in self.options if option.key == key), None)

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)
