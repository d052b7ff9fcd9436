"""Figures of many systems and months from a table: CSV as spreadsheets write it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from leitplanke.apps.register.figures import HERKUNFT, Figure, FigureError, Month
from leitplanke.apps.register.models import Messgroesse
from leitplanke.base.interview.reading import decimal_of

COLUMNS = {
    "energie_kwh": Messgroesse.ENERGIE,
    "kosten_eur": Messgroesse.KOSTEN,
    "anfragen": Messgroesse.ANFRAGEN,
    "ueberstimmt": Messgroesse.UEBERSTIMMT,
}
HEAD = ("system", "monat", *COLUMNS, "herkunft")
MOST_LINES, MOST_BYTES = 5000, 2 * 1024**2
_MONTH = re.compile(r"(?:(\d{1,2})[./](\d{4})|(\d{4})-(\d{1,2})(?:-01)?)")


def month_of(text: str) -> date | None:
    """Return the first day of the month somebody typed: „03.2026“, „3/2026“ or „2026-03“."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        return None
    month, year = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, month, 1) if 1 <= month <= 12 and 2000 <= year <= 2150 else None


def stored(name: Messgroesse, wert: Decimal) -> Decimal:
    """Return a figure as it is kept: people say kWh, the table keeps Wh."""
    return wert * 1000 if name is Messgroesse.ENERGIE else wert


def read_table(content: bytes) -> list[Month]:
    """Return the months of a table with the columns of `HEAD`; an empty cell says nothing.

    Raises:
        FigureError: names every line that cannot be read, and why.
    """
    text = _text(content)
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    head = [name.strip().lower() for name in rows.fieldnames or ()]
    if missing := [name for name in ("system", "monat", "herkunft") if name not in head]:
        raise FigureError(_("Diese Spalten fehlen: %(spalten)s.") % {"spalten": ", ".join(missing)})
    rows.fieldnames = head
    found, errors = [], []
    for number, row in enumerate(rows, 2):
        if number > MOST_LINES + 1:
            raise FigureError(_("Höchstens %(zahl)s Zeilen auf einmal.") % {"zahl": MOST_LINES})
        try:
            found.append(_month(row))
        except FigureError as error:
            errors.append(_("Zeile %(zeile)s: %(was)s") % {"zeile": number, "was": error})
    if errors:
        raise FigureError(" ".join(errors[:10]))
    if not found:
        raise FigureError(_("Die Datei hat keine Zeilen."))
    return found


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FigureError(_("Die Datei ist zu groß (höchstens 2 MB)."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FigureError(_("Die Datei ist keine Tabelle. Speichern Sie sie als CSV."))


def _month(row: dict[str, str | None]) -> Month:
    cell = {name: (value or "").strip() for name, value in row.items() if name and isinstance(value, str | None)}
    monat = month_of(cell.get("monat", ""))
    if monat is None:
        raise FigureError(_("„%(text)s“ ist kein Monat. Zum Beispiel: 03.2026.") % {"text": cell.get("monat", "")})
    herkunft = cell.get("herkunft", "").lower().replace("ä", "ae")
    if herkunft not in HERKUNFT:
        raise FigureError(_("Herkunft ist gemessen, rechnung oder geschaetzt."))
    figures = {}
    for column, name in COLUMNS.items():
        if text := cell.get(column, ""):
            wert = decimal_of(text)
            if wert is None:
                raise FigureError(_("„%(text)s“ ist keine Zahl.") % {"text": text})
            figures[name.value] = Figure(stored(name, wert), herkunft)
    return Month(cell.get("system", ""), monat, figures)
