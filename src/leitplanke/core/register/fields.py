"""What an entry of the register says, from `content/register/felder.yaml`: the one list behind forms and exports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import rfc8785
import yaml

from leitplanke.core.rules.model import Words


class Sicht(StrEnum):
    """Who sees a statement; each level sees those before it, too."""

    OEFFENTLICH = "oeffentlich"
    INTERN = "intern"
    VERTRAULICH = "vertraulich"


class Art(StrEnum):
    """What kind of statement it is. `ZEILEN` is a list of lines, `TABELLE` a list of rows with columns."""

    ZEILE = "zeile"
    ABSATZ = "absatz"
    ZEILEN = "zeilen"
    AUSWAHL = "auswahl"
    JANEIN = "janein"
    ZAHL = "zahl"
    TAG = "tag"
    TABELLE = "tabelle"


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Spalte:
    """A column of a table."""

    name: str
    art: Art
    titel: Words


@dataclass(frozen=True, slots=True)
class Feld:
    """A statement of an entry.

    Attributes:
        wesentlich: whether a change of it makes the system another one.
        noetig: before which gate it must be there: `erprobung`, `freigabe`, or "" for never.
        hoechstens: most characters, 0 for no limit of its own.
        standard: its name in the Dutch publication standard 1.0.0, "" where that has none.
    """

    name: str
    gruppe: str
    art: Art
    sicht: Sicht
    titel: Words
    hilfe: Words = NO_WORDS
    wesentlich: bool = False
    noetig: str = ""
    hoechstens: int = 0
    standard: str = ""
    optionen: Mapping[str, Words] | None = None
    spalten: tuple[Spalte, ...] = ()


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Statements that belong together."""

    name: str
    titel: Words
    felder: tuple[Feld, ...]


@dataclass(frozen=True, slots=True)
class Felder:
    """All statements of an entry, in the order in which people read them."""

    gruppen: tuple[Gruppe, ...]

    def __iter__(self) -> Iterator[Feld]:
        """Go through all statements."""
        return (feld for gruppe in self.gruppen for feld in gruppe.felder)

    def __getitem__(self, name: str) -> Feld:
        """Return a statement by name.

        Raises:
            KeyError: there is none.
        """
        for feld in self:
            if feld.name == name:
                return feld
        raise KeyError(name)


MOST_CHARACTERS = 8000
MOST_ROWS = 100
_LEVELS = (Sicht.OEFFENTLICH, Sicht.INTERN, Sicht.VERTRAULICH)


class StatementError(ValueError):
    """A statement is not of its kind; `name` says which, the message what to do, in German."""

    def __init__(self, name: str, message: str) -> None:
        """Keep the name."""
        super().__init__(message)
        self.name = name


@cache
def felder() -> Felder:
    """Return the shipped list of statements."""
    text = (resources.files("leitplanke.content") / "register" / "felder.yaml").read_text(encoding="utf-8")
    # The base loader leaves every scalar text, as everywhere in content.
    return Felder(tuple(_gruppe(row) for row in yaml.load(text, yaml.BaseLoader)["gruppen"]))  # noqa: S506 - text only


def _gruppe(row: Mapping[str, Any]) -> Gruppe:
    return Gruppe(row["name"], _words(row["titel"]), tuple(_feld(row["name"], one) for one in row["felder"]))


def _feld(gruppe: str, row: Mapping[str, Any]) -> Feld:
    optionen = row.get("optionen")
    spalten = row.get("spalten", {})
    return Feld(
        name=row["name"],
        gruppe=gruppe,
        art=Art(row["art"]),
        sicht=Sicht(row["sicht"]),
        titel=_words(row["titel"]),
        hilfe=_words(row["hilfe"]) if "hilfe" in row else Words(),
        wesentlich=row.get("wesentlich") == "ja",
        noetig=row.get("noetig", ""),
        hoechstens=int(row.get("hoechstens", 0)),
        standard=row.get("standard", ""),
        optionen={name: _words(words) for name, words in optionen.items()} if optionen else None,
        spalten=tuple(Spalte(name, Art(column["art"]), _words(column)) for name, column in spalten.items()),
    )


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["de"], row.get("en", ""))


def visible(statements: Mapping[str, Any], sicht: Sicht) -> dict[str, Any]:
    """Return the statements that somebody with this view may see, in the order of the list, without empty ones."""
    levels = _LEVELS[: _LEVELS.index(sicht) + 1]
    shown = (feld.name for feld in felder() if feld.sicht in levels)
    return {name: statements[name] for name in shown if not empty(statements.get(name))}


def missing(statements: Mapping[str, Any], gate: str) -> tuple[Feld, ...]:
    """Return what must still be said before a gate (`erprobung` or `freigabe`)."""
    due = {"erprobung"} if gate == "erprobung" else {"erprobung", "freigabe"}
    return tuple(feld for feld in felder() if feld.noetig in due and empty(statements.get(feld.name)))


def empty(value: object) -> bool:
    """Tell whether nothing is said; „nein“ is something."""
    return value is None or value in ("", [])


def digest(statements: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all statements in one spelling."""
    return _sha256({name: value for name, value in statements.items() if not empty(value)})


def essential_digest(statements: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what makes the system what it is: equal digests, same system."""
    return _sha256({feld.name: statements[feld.name] for feld in _essential(statements)})


def _essential(statements: Mapping[str, Any]) -> Iterator[Feld]:
    return (feld for feld in felder() if feld.wesentlich and not empty(statements.get(feld.name)))


def essential_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Feld, ...]:
    """Return the substantial statements in which two versions differ."""
    return tuple(f for f in felder() if f.wesentlich and (before.get(f.name) or "") != (after.get(f.name) or ""))


def _sha256(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(values))).hexdigest()


def checked(statements: Mapping[str, Any]) -> dict[str, Any]:
    """Return statements in their one form: texts trimmed, numbers and days as text, empty ones left out.

    Raises:
        StatementError: one is not known, or not of its kind.
    """
    result = {}
    for name, value in statements.items():
        try:
            feld = felder()[name]
        except KeyError:
            raise StatementError(name, f"Die Angabe „{name}“ gibt es nicht.") from None
        found = _checked(feld, value)
        if not empty(found):
            result[name] = found
    return result


def _checked(feld: Feld, value: Any) -> Any:
    if value is None:
        return None
    if feld.art is Art.TABELLE:
        return _rows(feld, value)
    if feld.art is Art.ZEILEN:
        lines = value if isinstance(value, list) else str(value).splitlines()
        return [line for raw in lines[:MOST_ROWS] if (line := str(raw).strip())]
    text = ("ja" if value else "nein") if isinstance(value, bool) else str(value).strip()
    return _single(feld.name, feld, feld.art, text)


def _single(name: str, feld: Feld, art: Art, text: str) -> str:
    limit = feld.hoechstens or MOST_CHARACTERS
    if len(text) > limit:
        raise StatementError(name, f"„{feld.titel.de}“ ist zu lang: höchstens {limit} Zeichen.")
    if not text:
        return text
    if art is Art.AUSWAHL and text not in (feld.optionen or {}):
        raise StatementError(name, f"„{feld.titel.de}“: „{text[:40]}“ steht nicht zur Auswahl.")
    if art is Art.JANEIN and text not in {"ja", "nein"}:
        raise StatementError(name, f"„{feld.titel.de}“: Bitte „ja“ oder „nein“.")
    if art is Art.ZAHL:
        return _number(name, feld, text)
    if art is Art.TAG:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise StatementError(name, f"„{feld.titel.de}“: Bitte ein Datum, das es gibt.") from None
    return text


def _number(name: str, feld: Feld, text: str) -> str:
    plain = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**12:
        raise StatementError(name, f"„{feld.titel.de}“: „{text[:40]}“ ist keine Zahl.")
    return format(number.normalize(), "f")


def _rows(feld: Feld, value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise StatementError(feld.name, f"„{feld.titel.de}“ ist eine Tabelle.")
    if len(value) > MOST_ROWS:
        raise StatementError(feld.name, f"„{feld.titel.de}“: höchstens {MOST_ROWS} Zeilen.")
    rows = []
    for row in value:
        cells = {s.name: _single(feld.name, feld, s.art, str(row.get(s.name) or "").strip()) for s in feld.spalten}
        kept = {name: cell for name, cell in cells.items() if cell}
        if kept:
            rows.append(kept)
    return rows
