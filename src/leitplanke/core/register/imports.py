"""Entries from a table or from the export of another register: read, checked, with the place of each mistake.

Nothing is written here. What comes from outside is an idea; class, release and evaluation never travel along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leitplanke.core.cells import plain_cell
from leitplanke.core.register.exports.canonical import FORMAT
from leitplanke.core.register.exports.words import BETWEEN
from leitplanke.core.register.fields import Art, Feld, Felder, StatementError, checked, felder

NAME, STELLE = "name", "stelle"
MOST_ENTRIES = 2000
LONGEST_NAME = 200
YES, NO = frozenset({"ja", "yes", "true", "wahr", "1", "x"}), frozenset({"nein", "no", "false", "falsch", "0"})


class ImportFileError(ValueError):
    """A file cannot be taken over; the German message says what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake: in which column (its title), what is wrong, what to do."""

    spalte: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that could be taken over.

    Attributes:
        zeile: line of the table, or number in the export, from 1.
        herkunft: of an export: where it comes from, and which version.
        probleme: why it cannot be taken over; `hinweise`: what of it stays behind.
    """

    zeile: int
    name: str
    stelle: str
    angaben: Mapping[str, Any]
    herkunft: str = ""
    probleme: tuple[Problem, ...] = ()
    hinweise: tuple[Problem, ...] = ()

    @property
    def gut(self) -> bool:
        """Whether it can be taken over."""
        return not self.probleme


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read: titles of the columns, and rows."""

    titel: tuple[str, ...]
    zeilen: tuple[tuple[str, ...], ...]
    erste_zeile: int = 2


@dataclass
class _Row:
    said: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def sheet_of(rows: Sequence[Sequence[str]]) -> Sheet:
    """Return a table whose first filled row names the columns.

    Raises:
        ImportFileError: there are no rows, or too many.
    """
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise ImportFileError(
            "Die Tabelle ist leer. In die erste Zeile gehören die Namen der Spalten, darunter je Zeile ein System."
        )
    if len(filled) > MOST_ENTRIES + 1:
        raise ImportFileError(f"Die Tabelle hat mehr als {MOST_ENTRIES} Zeilen. Bitte teilen Sie sie auf.")
    head = tuple(cell.strip().lstrip("\ufeff") for cell in filled[0][1])
    body = tuple(tuple(plain_cell(cell) for cell in row) for row in rows[filled[0][0] :])
    return Sheet(head, body, filled[0][0] + 1)


def proposed_mapping(sheet: Sheet) -> dict[int, str]:
    """Return which column probably holds what: by technical name or title, in German or English."""
    known = {_folded(word): name for name, words in targets().items() for word in (name, *words)}
    found: dict[int, str] = {}
    for column, title in enumerate(sheet.titel):
        name = known.get(_folded(title), "")
        if name and name not in found.values():
            found[column] = name
    return found


def targets() -> dict[str, tuple[str, str]]:
    """Return what a column can hold, with its titles in German and English."""
    head = {NAME: ("Name", "Name"), STELLE: ("Verantwortliche Stelle", "Responsible unit")}
    return head | {one.name: (one.titel.de, one.titel.in_language("en")) for one in felder()}


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.sub(r"[^a-z0-9]", "", plain)


def candidates(sheet: Sheet, mapping: Mapping[int, str]) -> list[Candidate]:
    """Return the entries of a table, each with its mistakes.

    Raises:
        ImportFileError: no column holds the name, or two columns hold the same.
    """
    names = [name for name in mapping.values() if name]
    if NAME not in names:
        raise ImportFileError("Bitte sagen Sie, in welcher Spalte der Name des Systems steht.")
    if len(set(names)) < len(names):
        raise ImportFileError("Zwei Spalten sind derselben Angabe zugeordnet. Bitte ordnen Sie jede nur einmal zu.")
    rows = enumerate(sheet.zeilen, sheet.erste_zeile)
    return [_candidate(number, row, sheet, mapping) for number, row in rows if any(cell.strip() for cell in row)]


def _candidate(number: int, row: Sequence[str], sheet: Sheet, mapping: Mapping[int, str]) -> Candidate:
    cells = {name: (row[at].strip() if at < len(row) else "", sheet.titel[at]) for at, name in mapping.items() if name}
    name, title = cells.pop(NAME)
    stelle = cells.pop(STELLE, ("", ""))[0]
    found = _Row(problems=_name_problems(name, title))
    for statement, (text, column) in cells.items():
        _say(found, felder()[statement], text, column)
    return Candidate(number, name, stelle, found.said, probleme=tuple(found.problems))


def _name_problems(name: str, title: str) -> list[Problem]:
    if not name:
        return [Problem(title, "Hier fehlt der Name des Systems.")]
    if len(name) > LONGEST_NAME:
        return [Problem(title, f"Der Name ist zu lang: höchstens {LONGEST_NAME} Zeichen.")]
    return []


def _say(found: _Row, feld: Feld, text: str, column: str) -> None:
    if not text:
        return
    try:
        found.said |= checked({feld.name: _value(feld, text)})
    except StatementError as error:
        hint = f" Möglich ist: {', '.join(feld.optionen)}." if feld.optionen else ""
        found.problems.append(Problem(column, f"{error}{hint}"))


def _value(feld: Feld, text: str) -> Any:
    match feld.art:
        case Art.TABELLE:
            names = [column.name for column in feld.spalten]
            return [
                dict(zip(names, (cell.strip() for cell in line.split(BETWEEN.strip())), strict=False))
                for line in text.splitlines()
                if line.strip()
            ]
        case Art.AUSWAHL:
            options = feld.optionen or {}
            words = {_folded(word): name for name, one in options.items() for word in (name, one.de, one.en) if word}
            return words.get(_folded(text), text)
        case Art.JANEIN:
            return "ja" if text.casefold() in YES else "nein" if text.casefold() in NO else text
        case Art.TAG:
            return _day(text)
        case _:
            return text


def _day(text: str) -> str:
    for form in ("%d.%m.%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return text


def exported(document: Any) -> list[Candidate]:
    """Return the entries of an export of Leitplanke: one entry, or all of a register.

    Raises:
        ImportFileError: it is no such export, or of a later format.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ImportFileError(
            "Das ist kein Export eines KI-Registers von Leitplanke. "
            "Bitte laden Sie dort „Alle Einträge (JSON)“ herunter."
        )
    if not str(document.get("format_version", "")).startswith("1."):
        raise ImportFileError("Der Export hat ein neueres Format. Bitte bringen Sie zuerst Leitplanke auf den Stand.")
    rows = document.get("eintraege", [document])
    if not isinstance(rows, list) or not rows:
        raise ImportFileError("Der Export enthält keine Einträge.")
    if len(rows) > MOST_ENTRIES:
        raise ImportFileError(f"Der Export hat mehr als {MOST_ENTRIES} Einträge.")
    return [_exported_one(number, row, felder()) for number, row in enumerate(rows, 1)]


def _exported_one(number: int, row: Any, known: Felder) -> Candidate:
    if not isinstance(row, dict) or not isinstance(row.get("angaben"), dict):
        return Candidate(number, "", "", {}, probleme=(Problem("angaben", "Hier stehen keine Angaben."),))
    name = str(row.get("name", "")).strip()
    found = _Row(problems=_name_problems(name, "name"))
    names = {feld.name for feld in known}
    for statement, value in row["angaben"].items():
        if statement not in names:
            # A later version of the format may say more; the rest is still worth having.
            found.notes.append(Problem(str(statement), "Diese Angabe kennt dieses Register nicht. Sie bleibt weg."))
            continue
        try:
            found.said |= checked({statement: value})
        except StatementError as error:
            found.problems.append(Problem(str(statement), str(error)))
    return Candidate(number, name, "", found.said, _origin(row), tuple(found.problems), tuple(found.notes))


def _origin(row: Mapping[str, Any]) -> str:
    office, version = row.get("behoerde"), row.get("fassung")
    who = str(office.get("name", "")) if isinstance(office, dict) else ""
    which = f"Fassung {version.get('nummer')}" if isinstance(version, dict) else ""
    parts = (who, which, str(row.get("adresse", "")))
    return ", ".join(part[:200] for part in parts if part)
