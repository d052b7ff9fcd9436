"""What detection returns: spans of personal data, signals of special categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Label(StrEnum):
    """A kind of personal data that has a place in the text."""

    PERSON = "PERSON"
    ADDRESS = "ADDRESS"
    PLZ_ORT = "PLZ_ORT"
    GEBURTSDATUM = "GEBURTSDATUM"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IBAN = "IBAN"
    STEUER_ID = "STEUER_ID"
    STEUERNUMMER = "STEUERNUMMER"
    SVNR = "SVNR"
    KVNR = "KVNR"
    AUSWEIS = "AUSWEIS"
    KFZ = "KFZ"
    AKTENZEICHEN = "AKTENZEICHEN"
    KASSENZEICHEN = "KASSENZEICHEN"
    KUNDENNR = "KUNDENNR"


CHECK_DIGIT_LABELS = frozenset({Label.IBAN, Label.STEUER_ID, Label.SVNR, Label.KVNR, Label.AUSWEIS})


class Category(StrEnum):
    """A kind of data that the law protects more than others (Art. 9, 10 GDPR, § 35 SGB I, § 30 AO)."""

    GESUNDHEIT = "gesundheit"
    RELIGION = "religion"
    GEWERKSCHAFT = "gewerkschaft"
    HERKUNFT = "herkunft"
    SEXUALITAET = "sexualitaet"
    POLITIK = "politik"
    BIOMETRIE_GENETIK = "biometrie_genetik"
    STRAFTATEN = "straftaten"
    SOZIALDATEN = "sozialdaten"
    GEHEIM = "geheim"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Personal data from `start` up to, not including, `end`; both count code points."""

    start: int
    end: int
    label: Label
    score: float


@dataclass(frozen=True, slots=True, order=True)
class Signal:
    """Words that point to a special category; `personal` when the text is about a particular human being."""

    start: int
    end: int
    category: Category
    personal: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What a text holds: spans in order, never overlapping, and signals about the text as a whole.

    `public` is what would be a span too, had the town not declared it public.
    """

    spans: tuple[Span, ...] = ()
    signals: tuple[Signal, ...] = ()
    public: tuple[Span, ...] = ()

    @property
    def categories(self) -> frozenset[Category]:
        """Return the special categories that concern a particular human being."""
        return frozenset(signal.category for signal in self.signals if signal.personal)


class Recogniser(Protocol):
    """Something that proposes spans. They may overlap; the detector decides which one stands."""

    def propose(self, text: str) -> Iterable[Span]:
        """Return proposals for `text`, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class AllowList:
    """What is public in a town, so that it is no finding there.

    Attributes:
        streets: streets as such (`Hauptstraße`) and public addresses (`Rathausplatz 1`).
        names: people in public roles (`Dr. Eva Beispiel`).
        places: towns and districts, with or without postal code (`12345 Musterstadt`).
        others: anything else that is public: telephone numbers, e-mail addresses, accounts of the town.
        bodies: the town and its offices, where their names look like those of people.
    """

    streets: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
    places: frozenset[str] = field(default_factory=frozenset)
    others: frozenset[str] = field(default_factory=frozenset)
    bodies: frozenset[str] = field(default_factory=frozenset)
