"""A plan of an evaluation: written before data are seen, with a hash that shows it was not changed afterwards."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from leitplanke.core.merkle import Json, canonical
from leitplanke.core.rules.model import Words

LEAST_CASES = 50
LEAST_GROUP = 10


class Wahrheitsquelle(StrEnum):
    """How the truth was found that AI and people are measured against."""

    ZWEITPRUEFUNG_VERDECKT = "zweitpruefung_verdeckt"
    ZWEITPRUEFUNG_OFFEN = "zweitpruefung_offen"
    SPAETERER_AUSGANG = "spaeterer_ausgang"
    MENSCHLICHE_ENTSCHEIDUNG = "menschliche_entscheidung"


class Ergebnisart(StrEnum):
    """What is decided in each case."""

    JA_NEIN = "ja_nein"
    BETRAG = "betrag"


class Fehlerschwere(StrEnum):
    """Which errors count as severe."""

    NEIN_STATT_JA = "nein_statt_ja"
    JA_STATT_NEIN = "ja_statt_nein"
    JEDER = "jeder"
    SPALTE = "spalte"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision says.

    Attributes:
        ja: what yes means, in words ("Der Antrag ist vollständig"); for amounts: that something is due.
        ja_werte, nein_werte: further spellings in the file, beside ja, nein, 1, 0 and the like.
        toleranz: up to this distance an amount counts as right.
        abstand: by how much the mean error of the AI may be larger than that of people, in `einheit`.
    """

    art: Ergebnisart
    ja: Words
    ja_werte: tuple[str, ...] = ()
    nein_werte: tuple[str, ...] = ()
    einheit: str = ""
    toleranz: float = 0.0
    abstand: float = 0.0


@dataclass(frozen=True, slots=True)
class SevereErrors:
    """Which errors are severe: by kind, or by the weight in a column, from `ab` on."""

    art: Fehlerschwere
    beschreibung: Words
    spalte: str = ""
    ab: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the AI must keep to.

    Attributes:
        abstand: by how much the share of right decisions may fall behind that of people, all cases together.
        abstand_gruppe: the same within each group.
        ausgleich: by how much the gap between groups (equalised odds) may be larger than among people.
        schwere_fehler: the largest share of severe errors, compared with its upper bound.
    """

    abstand: float
    abstand_gruppe: float
    ausgleich: float
    schwere_fehler: float


@dataclass(frozen=True, slots=True)
class Design:
    """How sure the statement must be, and how many cases are planned; `uneinigkeit` is the discordance expected."""

    alpha: float
    power: float
    anzahl: int
    uneinigkeit: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns in the file of decisions, by what they hold."""

    fall: str
    ki: str
    wahrheit: str
    menschen: tuple[tuple[str, str], ...]
    merkmale: tuple[tuple[str, str], ...]
    gewicht: str = ""

    def all(self) -> tuple[str, ...]:
        """Return every column that is read."""
        names = [self.fall, self.ki, self.wahrheit, *dict(self.menschen).values(), *dict(self.merkmale).values()]
        return (*names, *([self.gewicht] if self.gewicht else ()))


@dataclass(frozen=True, slots=True)
class Pruefplan:
    """What is asked, against which truth, with which limits; `menschen` names the raters, `vergleich` those compared.

    The AI must hold against each person in `vergleich`.
    """

    titel: Words
    frage: Words
    system: str
    fassung: str
    stelle: str
    tag: date
    gueltig_monate: int
    wahrheit: Wahrheitsquelle
    wahrheit_wie: Words
    ergebnis: Outcome
    menschen: tuple[tuple[str, Words], ...]
    vergleich: tuple[str, ...]
    merkmale: tuple[tuple[str, Words], ...]
    mindestzahl: int
    schwere_fehler: SevereErrors
    grenzen: Limits
    statistik: Design
    spalten: Columns
    eintrag: str = ""

    def human(self, name: str) -> Words:
        """Return how a rater is called."""
        return dict(self.menschen)[name]

    def attribute(self, name: str) -> Words:
        """Return how a group attribute is called."""
        return dict(self.merkmale)[name]

    def valid_until(self, evaluated_on: date) -> date:
        """Return the last day on which a result of `evaluated_on` may be relied on."""
        months = evaluated_on.month - 1 + self.gueltig_monate
        year, month = evaluated_on.year + months // 12, months % 12 + 1
        return date(year, month, min(evaluated_on.day, calendar.monthrange(year, month)[1]))


def plan_data(plan: Pruefplan) -> Json:
    """Return the plan as data of text only, as it is hashed and stored in evidence."""
    return _plain({name: getattr(plan, name) for name in plan.__slots__})


def plan_hash(plan: Pruefplan) -> str:
    """Return the hash of the plan (SHA-256 over RFC 8785 JSON): equal exactly if the content is equal."""
    return sha256(canonical(plan_data(plan))).hexdigest()


def _plain(value: Any) -> Json:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, (str, bool)):
        return str(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return {name: _plain(getattr(value, name)) for name in value.__slots__}
