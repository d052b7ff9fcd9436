"""Entering trainings by list: a CSV file as personnel offices have it, all of it or nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.acknowledging import record_training
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.people import employees_of

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterable, Iterator

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Person

COLUMNS = ("email", "schulung", "am", "gueltig_bis")
MOST_BYTES, MOST_ROWS = 500_000, 5_000
DAYS = ("%Y-%m-%d", "%d.%m.%Y")


class ListError(ValueError):
    """A list cannot be taken; `problems` say for people what is wrong in which line."""

    def __init__(self, problems: list[str]) -> None:
        """Keep what is wrong."""
        super().__init__(problems[0])
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ListedTraining:
    """A row of the list; `line` is where it stands in the file."""

    line: int
    email: str
    title: str
    day: date
    until: date | None


def read_list(raw: bytes) -> list[ListedTraining]:
    """Return the lines of a CSV file with the columns e-mail, training, day and, if any, until when it counts.

    Raises:
        ListError: it is no such file, or a line is not as it should be.
    """
    if len(raw) > MOST_BYTES:
        raise ListError([_("Die Datei ist zu groß. Bitte teilen Sie sie.")])
    text = _decoded(raw)
    delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
    try:
        # Old programs end lines by CR alone, which the reader does not take; NUL is never text.
        lines = csv.reader(
            io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")), delimiter=delimiter
        )
        rows = list(_filled(lines))
    except csv.Error:
        raise ListError([_("Die Datei lässt sich nicht als Tabelle lesen. Bitte speichern Sie sie als CSV.")]) from None
    if not rows or [cell.strip().lower() for cell in rows[0][1]][:3] != list(COLUMNS[:3]):
        raise ListError(
            [_("In der ersten Zeile müssen diese Spalten stehen: %(spalten)s") % {"spalten": "; ".join(COLUMNS)}]
        )
    if len(rows) - 1 > MOST_ROWS:
        raise ListError([_("Das sind zu viele Zeilen. Bitte teilen Sie die Datei.")])
    found, problems = [], []
    for number, row in rows[1:]:
        try:
            found.append(_listed(number, [cell.strip() for cell in row]))
        except ValueError:
            problems.append(
                _("Zeile %(zeile)d: E-Mail, Schulung und Tag (TT.MM.JJJJ) werden gebraucht.") % {"zeile": number}
            )
    if problems:
        raise ListError(problems)
    return found


def record_list(*, actor: Actor, rows: Iterable[ListedTraining]) -> int:
    """Enter the trainings of a list, all or none; returns how many.

    Raises:
        NotPermittedError: `actor` may not.
        ListError: somebody does not work here, or a day does not fit.
    """
    actor.require("leitlinie.record_training")
    people: dict[str, Person] = {person.email.lower(): person for person in employees_of(actor.mandant)}
    problems: list[str] = []
    count = 0
    with transaction.atomic():
        for row in rows:
            person = people.get(row.email.lower())
            if person is None:
                problems.append(_("Zeile %(zeile)d: Diese Adresse hat hier niemand.") % {"zeile": row.line})
                continue
            try:
                record_training(actor=actor, person=person, title=row.title, day=row.day, until=row.until)
            except WrongStateError as error:
                problems.append(_("Zeile %(zeile)d: %(grund)s") % {"zeile": row.line, "grund": error})
            count += 1
        if problems:
            transaction.set_rollback(True)
            raise ListError(problems)
    return count


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _filled(lines: CsvReader) -> Iterator[tuple[int, list[str]]]:
    """Return each row that says something with the line at which it begins."""
    begins = 1
    for row in lines:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = lines.line_num + 1


def _listed(line: int, row: list[str]) -> ListedTraining:
    email, title, day, *rest = row
    if "@" not in email or not title or len(title) > 200:
        raise ValueError(row)
    until = rest[0] if rest else ""
    return ListedTraining(line, email, title, _day(day), _day(until) if until else None)


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ValueError(text)
