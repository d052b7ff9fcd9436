"""A list of what is public, pasted or from a file: every line is either taken or comes back with what is wrong."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.gateway.declaring import Declared, Present, check, enter_all, present_in
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.base.llm.models import Angabenart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.base.accounts.access import Actor

COLUMNS = ("art", "angabe", "amt", "bis", "grund")
MOST_LINES, MOST_BYTES = 500, 200_000
KINDS = {
    "person": Angabenart.PERSON, "mensch": Angabenart.PERSON, "name": Angabenart.PERSON,
    "anschrift": Angabenart.ANSCHRIFT, "adresse": Angabenart.ANSCHRIFT, "straße": Angabenart.ANSCHRIFT,
    "strasse": Angabenart.ANSCHRIFT, "ort": Angabenart.ORT, "sonstiges": Angabenart.SONSTIGES,
    "telefon": Angabenart.SONSTIGES, "postfach": Angabenart.SONSTIGES, "e-mail": Angabenart.SONSTIGES,
    "email": Angabenart.SONSTIGES, "konto": Angabenart.SONSTIGES, "iban": Angabenart.SONSTIGES,
}  # fmt: skip
DAYS = ("%d.%m.%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line: its number, what stands there, and why it was not taken."""

    number: int
    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a list: how many could be entered and were, what is wrong, and the lines that are left."""

    good: int
    entered: int
    problems: tuple[Problem, ...]
    left: str


def text_of(raw: bytes) -> str:
    """Return the text of a file as spreadsheets write it.

    Raises:
        NotReadyError: it is too large.
    """
    if len(raw) > MOST_BYTES:
        raise NotReadyError(_("Die Datei ist zu groß. Bitte teilen Sie sie."), "datei")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def enter_list(*, actor: Actor, text: str, only_good: bool = False) -> Outcome:
    """Enter the lines of a list: all of them, or, with `only_good`, those that can be. Nothing else is lost.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: there are too many lines, or none.
    """
    actor.require("gateway.public")
    head, lines = _lines(text)
    present, good, problems, left = present_in(actor.mandant), [], [], []
    for number, line in lines:
        try:
            one = _read(line, head)
            check(one, present)
        except NotReadyError as error:
            problems.append(Problem(number, line, str(error)))
            left.append(line)
        else:
            good.append(one)
            present = Present(present.waiting | {one.key}, present.holding)
    if problems and not only_good:
        return Outcome(len(good), 0, tuple(problems), text)
    entered = len(enter_all(actor=actor, entries=good)) if good else 0
    kept = ["; ".join(head), *left] if left and head != COLUMNS else left
    return Outcome(len(good), entered, tuple(problems), "\n".join(kept))


def _lines(text: str) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """Return the columns and the lines with their numbers; the first line may name the columns."""
    lines = [(number, line) for number, line in enumerate(_unended(text), 1) if line.strip(" \t;,")]
    if not lines:
        raise NotReadyError(_("Die Liste ist leer."), "liste")
    head = tuple(cell.lower() for cell in _cells(lines[0][1]))
    if "art" in head and "angabe" in head:
        return head, _not_too_many(lines[1:])
    return COLUMNS, _not_too_many(lines)


def _not_too_many(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    if len(lines) > MOST_LINES:
        text = _("Höchstens %(zahl)d Zeilen auf einmal. Bitte teilen Sie die Liste.")
        raise NotReadyError(text % {"zahl": MOST_LINES}, "liste")
    if not lines:
        raise NotReadyError(_("Die Liste ist leer."), "liste")
    return lines


def _unended(text: str) -> Iterator[str]:
    yield from text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")


def _cells(line: str) -> list[str]:
    """Return the cells of one line, divided as most of it is: by tab, semicolon or comma."""
    mark = next((one for one in ("\t", ";") if one in line), ",")
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])]
    except csv.Error:
        return [line.strip()]


def _read(line: str, head: tuple[str, ...]) -> Declared:
    cells = _cells(line)
    if len(cells) > len(head) and any(cells[len(head) :]):
        raise NotReadyError(_("Hier sind zu viele Spalten. Steht ein Text mit Semikolon in Anführungszeichen?"))
    found = dict(zip(head, cells, strict=False))
    kind = KINDS.get(found.get("art", "").lower())
    if kind is None:
        raise NotReadyError(
            _("Die Art „%(art)s“ gibt es nicht. Möglich sind: person, anschrift, ort, telefon, postfach, konto.")
            % {"art": found.get("art", "")[:40]}
        )
    return Declared(kind.value, found.get("angabe", ""), found.get("grund", ""), found.get("amt", ""),
                    _day(found.get("bis", "")))  # fmt: skip


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise NotReadyError(_("„%(text)s“ ist kein Tag. Zum Beispiel: 31.10.2030") % {"text": text[:40]})
