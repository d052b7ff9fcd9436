"""The register as a table (CSV): opens in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from leitplanke.core.cells import safe_cell
from leitplanke.core.register.exports.record import Registereintrag
from leitplanke.core.register.exports.words import said
from leitplanke.core.register.fields import Sicht, felder

HEAD = (
    "kennung", "kuerzel", "name", "behoerde", "stelle", "stand", "stand_seit", "art", "klasse", "hausklasse", "fassung",
    "veroeffentlicht_am", "sha256", "adresse",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"


def columns() -> list[str]:
    """Return the names of the columns: the head, then every public statement."""
    return [*HEAD, *(feld.name for feld in felder() if feld.sicht is Sicht.OEFFENTLICH)]


def csv_lines(entries: Iterable[Registereintrag]) -> Iterator[str]:
    """Return the table line by line: UTF-8 with mark, semicolons, as German spreadsheets expect it."""
    yield BYTE_ORDER_MARK + _line(columns())
    for entry in entries:
        yield _line(_cells(entry))


def _cells(entry: Registereintrag) -> list[str]:
    found = entry.einordnung
    published = entry.fassung.veroeffentlicht_am
    head = [
        entry.kennung, entry.kuerzel, entry.name, entry.behoerde.name, entry.stelle, entry.stand.value,
        entry.stand_seit.isoformat(), entry.art, found.klasse if found else "", found.hausklasse if found else "",
        str(entry.fassung.nummer), published.isoformat() if published else "", entry.fassung.sha256, entry.adresse,
    ]  # fmt: skip
    return head + [said(entry.angaben, name) for name in columns()[len(HEAD) :]]


def _line(cells: Iterable[str]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(cell) for cell in cells])
    return target.getvalue()
