"""What a Regelwerk consists of, as read from its files and before any date is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from leitplanke.core.rules.formula import Expr


class Kind(StrEnum):
    """What an Angabe, a rule or a judgement is."""

    GANZZAHL = "Ganzzahl"
    ZAHL = "Zahl"
    BETRAG = "Betrag"
    PROZENT = "Prozent"
    DATUM = "Datum"
    WAHRHEITSWERT = "Wahrheitswert"
    AUSWAHL = "Auswahl"
    TEXT = "Text"
    LISTE = "Liste"


NUMBERS = frozenset({Kind.GANZZAHL, Kind.ZAHL, Kind.BETRAG, Kind.PROZENT})


class Auslegung(StrEnum):
    """What a rule rests on: the law itself, a final guideline on how to read it, or only the draft of one."""

    GESETZ = "gesetz"
    LEITLINIE = "leitlinie"
    ENTWURF = "entwurf"


class Status(StrEnum):
    """How far a value of law has come."""

    IN_KRAFT = "in_kraft"
    VERABSCHIEDET = "verabschiedet"
    ENTWURF = "entwurf"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file and line, and the layer it belongs to (Bund, Land or Satzung by name)."""

    file: str = ""
    line: int = 0
    ebene: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in German and, where written, in English."""

    de: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in `language`, German where it is missing."""
        return self.en if language == "en" and self.en else self.de


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of a value and what it may be.

    Attributes:
        kind: see `Kind`.
        low, high: bounds of the stored whole number (see `stellen`); days as ordinals, options as places.
        stellen: decimals; a Betrag of 12.50 with two is stored as 1250. Prozent are stored as hundredths: 15 % with
            one decimal is 150, worth 0.150.
        einheit: unit of measure as written.
        optionen: the options of an Auswahl in order, the mildest first where order means something.
        labels: what people read for each option.
    """

    kind: Kind
    low: int = 0
    high: int = 0
    stellen: int = 0
    einheit: str = ""
    optionen: tuple[str, ...] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)

    @property
    def scale(self) -> int:
        """Decimals of the value as it enters formulas."""
        return self.stellen + (2 if self.kind is Kind.PROZENT else 0)


@dataclass(frozen=True, slots=True)
class Angabe:
    """A fact that somebody states: of a case, or with `je` of each item of a list."""

    name: str
    shape: Shape
    titel: Words
    frage: Words
    hilfe: Words = Words()
    norm: str = ""
    je: str = ""
    hoechstens: int = 0
    felder: tuple[Angabe, ...] = ()
    nachweise: tuple[str, ...] = ()
    schutz: str = "keiner"
    annahme: Expr | None = None
    annahme_text: str = ""
    annahme_norm: str = ""
    annahme_heisst: Words = Words()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Geltung:
    """When something holds and since when it is known."""

    ab: date = date.min
    bis: date = date.max
    status: Status = Status.IN_KRAFT
    bekannt_seit: date = date.min
    quelle: str = ""

    def holds(self, on: date, known_on: date | None, *, entwurf: bool) -> bool:
        """Tell whether it holds on the day `on` by what is known on `known_on`; drafts only where asked for."""
        known = known_on is None or self.bekannt_seit <= known_on
        return self.ab <= on <= self.bis and known and (entwurf or self.status is not Status.ENTWURF)


@dataclass(frozen=True, slots=True)
class Wert:
    """One dated value of a parameter: a number, or a table.

    Attributes:
        scalar: the value as a whole number of the declared decimals, None for a table.
        keys: by key the first and last whole number (`schluessel`), or the thresholds (`stufe`).
        cells: the table row by row, as whole numbers.
    """

    geltung: Geltung
    scalar: int | None = None
    keys: tuple[tuple[int, ...], ...] = ()
    cells: tuple[int, ...] = ()
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value or table of law."""

    name: str
    titel: Words
    shape: Shape
    norm: str
    schluessel: tuple[str, ...] = ()
    stufe: bool = False
    werte: tuple[Wert, ...] = ()
    offen: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Fassung:
    """One dated variant of a rule; `auslegung` and `rechtsstand` are empty where the Regelwerk does not say."""

    geltung: Geltung
    formel: Expr
    text: str
    norm: str = ""
    place: Place = Place()
    auslegung: Auslegung | None = None
    rechtsstand: str = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """A named value that follows from others by law; a `pruefung` that is false shows that facts contradict."""

    name: str
    titel: Words
    shape: Shape
    norm: str
    fassungen: tuple[Fassung, ...]
    erlaeuterung: Words = Words()
    je: str = ""
    eingebbar: Angabe | None = None
    hinweis: bool = False
    pruefung: bool = False
    offen: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Ermessen:
    """A judgement that only a person may make."""

    name: str
    titel: Words
    shape: Shape
    norm: str
    frage: Words
    kriterien: tuple[str, ...] = ()
    indikatoren: tuple[str, ...] = ()
    rechtsbegriff: bool = False
    wenn: Expr | None = None
    wenn_text: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """An outcome, when it applies, and what it means for the letter."""

    name: str
    titel: Words
    wenn: Expr
    wenn_text: str
    norm: str
    art: str
    tenor: Words
    gruende: Words = Words()
    rechtsbehelf: str = ""
    wirkung: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Fall:
    """A case with its source and what must come out."""

    name: str
    quelle: str
    stichtag: date
    angaben: Mapping[str, object]
    erwartet: Mapping[str, object]
    urteile: Mapping[str, object] = field(default_factory=dict)
    known_on: date | None = None
    entwurf: bool = False
    ebene: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Verteilung:
    """How the made-up people of a simulation state one fact, as data.

    Attributes:
        gewichte: shares of single values.
        von, bis: otherwise a value drawn evenly between these whole numbers.
        je, plus: what each unit of another fact above 1 adds.
    """

    gewichte: tuple[tuple[int, int], ...] = ()
    von: int = 0
    bis: int = 0
    je: str = ""
    plus: int = 0


class _AsOf(Protocol):
    """Which law is asked for; see `compiling.State`."""

    @property
    def on(self) -> date: ...
    @property
    def known_on(self) -> date | None: ...
    @property
    def entwurf(self) -> bool: ...


Dated = TypeVar("Dated", Wert, Fassung)


def in_force(dated: Iterable[Dated], law: _AsOf) -> Dated | None:
    """Return what holds under that law; where several do the latest, of one day the one known latest."""
    holding = [item for item in dated if item.geltung.holds(law.on, law.known_on, entwurf=law.entwurf)]
    return max(holding, key=lambda item: (item.geltung.ab, item.geltung.bekannt_seit), default=None)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a simulation shows: deciles of one value, groups of another; and how its made-up people are."""

    dezile: str = ""
    gruppen: str = ""
    bevoelkerung: Mapping[str, Verteilung] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Regelwerk:
    """A rule set: everything that was read, by name.

    Attributes:
        ziel: the values it is about.
        auswahl_ergebnis: whether the first outcome that applies counts (`erstes`), or all that apply (`alle`).
        zeitraum_monate: length of the Bewilligungszeitraum that is split at changes of law; 0 where there is none.
        ebenen: titles of the layers that were laid over each other, from the top.
        digest: SHA-256 over all files.
        rechtsstand: the state of the law that rules follow where they do not name another.
        compiled: programs by state of the law, made once.
    """

    name: str
    titel: Words
    beschreibung: Words
    gesetz: str
    ziel: tuple[str, ...]
    gilt_ab: date
    auswahl_ergebnis: str
    zeitraum_monate: int
    zeitraum_norm: str
    angaben: Mapping[str, Angabe]
    parameter: Mapping[str, Parameter]
    regeln: Mapping[str, Regel]
    ermessen: Mapping[str, Ermessen]
    ergebnisse: tuple[Ergebnis, ...]
    faelle: tuple[Fall, ...]
    ebenen: Mapping[str, str]
    digest: str
    version: str = ""
    grenzen: tuple[str, ...] = ()
    simulation: Simulation = Simulation()
    rechtsstand: str = ""
    compiled: dict[object, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    def fact(self, name: str) -> Angabe | None:
        """Return the Angabe of that name, also one that replaces a rule."""
        rule = self.regeln.get(name)
        return self.angaben.get(name) or (rule.eingebbar if rule else None)

    def change_days(self) -> tuple[date, ...]:
        """Return every day on which a value or rule begins, or the day after it ends, from `gilt_ab` on, drafts too."""
        spans = [wert.geltung for p in self.parameter.values() for wert in p.werte]
        spans += [variant.geltung for rule in self.regeln.values() for variant in rule.fassungen]
        days = {span.ab for span in spans}
        days |= {date.fromordinal(span.bis.toordinal() + 1) for span in spans if span.bis < date.max}
        return tuple(sorted({self.gilt_ab} | {day for day in days if day > self.gilt_ab}))
