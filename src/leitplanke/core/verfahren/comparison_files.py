"""Files of comparison mode: CSV (semicolon, German numbers and days, UTF-8 or Windows-1252) and JSON, in and out."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from leitplanke.core.cells import safe_cell
from leitplanke.core.rules import FactError, Regelwerk
from leitplanke.core.rules.facts import read_fact
from leitplanke.core.rules.model import NUMBERS, Kind, Shape
from leitplanke.core.verfahren.comparison import (
    LABELS,
    CellError,
    Compared,
    ComparisonFileError,
    LeadingCase,
    german,
)
from leitplanke.core.verfahren.facts import PathError, assembled, parts_of

ID, DAY, AMOUNT, OUTCOME, JUDGED = "id", "stichtag", "fv_betrag", "fv_ergebnis", "urteil."
MOST_CASES = 100_000
MOST_CHARACTERS = 60  # of a wrong value that a message repeats
OUT_COLUMNS = (
    "id", "befund", "regeln_betrag", "fv_betrag", "unterschied", "regeln_ergebnis", "fv_ergebnis", "fehlend", "meldung",
    "pruefsumme",
)  # fmt: skip
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YES, _NO = {"ja", "j", "true", "wahr", "1", "x"}, {"nein", "n", "false", "falsch", "0"}


def read_cases(regelwerk: Regelwerk, data: bytes, default_day: date) -> list[LeadingCase]:
    """Read a file; JSON is known by its first character. A row that cannot be understood carries its errors.

    Raises:
        ComparisonFileError: the file as a whole cannot be used; says where and what to do.
    """
    text = decoded(data)
    reader = _json_cases if text.lstrip()[:1] in {"[", "{"} else _csv_cases
    cases = list(reader(regelwerk, text, default_day))
    if not cases:
        raise ComparisonFileError([CellError(1, "", "Die Datei enthält keine Fälle.")])
    return _once(cases)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without mark, or in Windows-1252.

    Raises:
        ComparisonFileError: it is neither.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ComparisonFileError([CellError(1, "", "Die Datei ist kein Text. Bitte speichern Sie sie als CSV in UTF-8.")])


def _once(cases: list[LeadingCase]) -> list[LeadingCase]:
    if len(cases) > MOST_CASES:
        raise ComparisonFileError(
            [CellError(1, "", f"Die Datei hat mehr als {MOST_CASES} Fälle. Bitte teilen Sie sie.")]
        )
    seen: dict[str, int] = {}
    for case in cases:
        first = seen.setdefault(case.id, case.row)
        if first != case.row:
            text = f"Die Kennung „{case.id[:MOST_CHARACTERS]}“ steht schon in Zeile {first}."
            raise ComparisonFileError([CellError(case.row, ID, text)])
    return cases


def _csv_cases(regelwerk: Regelwerk, text: str, default_day: date) -> Iterator[LeadingCase]:
    first = text.split("\n", 1)[0]
    delimiter = ";" if ";" in first or "," not in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        _check_header(regelwerk, header)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield _csv_case(regelwerk, header, cells, rows.line_num, default_day)
    except csv.Error as error:
        raise ComparisonFileError([CellError(rows.line_num, "", f"Die Zeile ist nicht lesbar ({error}).")]) from None


def _check_header(regelwerk: Regelwerk, header: Sequence[str]) -> None:
    errors = []
    if ID not in header:
        errors.append(CellError(1, ID, "Die Spalte fehlt. Sie gibt jedem Fall seine Kennung."))
    errors += [
        CellError(1, name, "Die Spalte steht zweimal da.")
        for name in sorted({n for n in header if header.count(n) > 1})
    ]
    for name in header:
        if name not in {ID, DAY, AMOUNT, OUTCOME} and _shape_of(regelwerk, name) is None:
            near = difflib.get_close_matches(name, _known(regelwerk), 1)
            hint = f" Gemeint ist vielleicht „{near[0]}“." if near else ""
            errors.append(CellError(1, name[:MOST_CHARACTERS], f"Diese Angabe kennt das Verfahren nicht.{hint}"))
    if errors:
        raise ComparisonFileError(errors)


def _known(regelwerk: Regelwerk) -> list[str]:
    fields = [f"{name}[1].{part.name}" for name, item in regelwerk.angaben.items() for part in item.felder]
    plain = [name for name, item in regelwerk.angaben.items() if not item.felder]
    return [ID, DAY, AMOUNT, OUTCOME, *plain, *fields, *(f"{JUDGED}{name}" for name in regelwerk.ermessen)]


def _shape_of(regelwerk: Regelwerk, column: str) -> Shape | None:
    """Return what a column holds; None where it names nothing."""
    if column.startswith(JUDGED):
        ermessen = regelwerk.ermessen.get(column.removeprefix(JUDGED))
        return ermessen.shape if ermessen else None
    if "[" not in column:
        found = regelwerk.fact(column)
        return found.shape if found is not None and not found.felder else None
    try:
        name, _place, part = parts_of(column)
    except PathError:
        return None
    angabe = regelwerk.angaben.get(name)
    return next((item.shape for item in angabe.felder if item.name == part), None) if angabe else None


def _csv_case(regelwerk: Regelwerk, header: Sequence[str], cells: Sequence[str], row: int, day: date) -> LeadingCase:
    errors: list[CellError] = []
    if len(cells) > len(header):
        errors.append(CellError(row, "", f"Die Zeile hat {len(cells)} Felder, die Kopfzeile {len(header)}."))
    stated = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
    values: dict[str, Any] = {}
    for column, cell in stated.items():
        try:
            values[column] = _value(regelwerk, column, cell)
        except FactError as error:
            errors.append(CellError(row, column, str(error)))
    if ID not in stated:
        errors.append(CellError(row, ID, "Die Kennung fehlt."))
    return _case(regelwerk, stated.get(ID, f"Zeile {row}"), row, values, day=day, errors=errors)


def _value(regelwerk: Regelwerk, column: str, cell: str) -> Any:
    if column in {ID, OUTCOME}:
        return cell
    if column == DAY:
        return _day(cell)
    if column == AMOUNT:
        return _amount(cell)
    shape = _shape_of(regelwerk, column)
    assert shape is not None  # noqa: S101 - the header was checked
    value = plain(shape, cell)
    read_fact(shape, value, column)
    return value


def plain(shape: Shape, cell: str) -> Any:
    """Return a cell as the engine takes it: German numbers, days, yes and no, options by name.

    Raises:
        FactError: it is none of that kind; says what is possible.
    """
    if shape.kind is Kind.DATUM:
        return _day(cell).isoformat()
    if shape.kind is Kind.WAHRHEITSWERT:
        word = cell.casefold()
        if word in _YES | _NO:
            return word in _YES
        raise FactError(f"„{cell[:MOST_CHARACTERS]}“ ist weder ja noch nein.")
    if shape.kind in NUMBERS:
        return _number(cell)
    return cell


def _number(cell: str) -> str:
    text = cell.replace("\u00a0", "").replace(" ", "").replace("\u202f", "").removesuffix("EUR").removesuffix("€")
    text = text.replace("\u2212", "-")
    if "," in text or _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise FactError(f"„{cell[:MOST_CHARACTERS]}“ ist keine Zahl. Beispiel: 1.234,50.") from None
    if not number.is_finite():
        raise FactError(f"„{cell[:MOST_CHARACTERS]}“ ist keine Zahl. Beispiel: 1.234,50.")
    return f"{number:f}"


def _amount(cell: str) -> Decimal:
    amount = Decimal(_number(cell))
    if abs(amount) >= 10**12:
        raise FactError("Der Betrag ist zu groß.")
    return amount.quantize(Decimal("0.01"))


def _day(cell: str) -> date:
    match = _GERMAN_DAY.fullmatch(cell)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(cell)
    except ValueError:
        raise FactError(f"„{cell[:MOST_CHARACTERS]}“ ist kein Tag. Beispiel: 31.12.2026.") from None


def _case(  # noqa: PLR0913 - what a row is made of
    regelwerk: Regelwerk, name: str, row: int, values: Mapping[str, Any], *, day: date, errors: list[CellError]
) -> LeadingCase:
    facts = {key: value for key, value in values.items() if key not in {ID, DAY, AMOUNT, OUTCOME}}
    judged = {key.removeprefix(JUDGED): facts.pop(key) for key in list(facts) if key.startswith(JUDGED)}
    lengths: dict[str, int] = {}
    for path in facts:
        if "[" in path:
            listed, place, _field = parts_of(path)
            lengths[listed] = max(lengths.get(listed, 0), place)
    lists = frozenset(key for key, item in regelwerk.angaben.items() if item.felder)
    return LeadingCase(
        name,
        row,
        values.get(DAY, day),
        assembled({**lengths, **facts}, lists),
        judged,
        values.get(AMOUNT),
        str(values.get(OUTCOME, "")),
        tuple(errors),
    )


def _json_cases(_regelwerk: Regelwerk, text: str, default_day: date) -> Iterator[LeadingCase]:
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ComparisonFileError([CellError(line, "", "Die Datei ist kein gültiges JSON.")]) from None
    rows = found.get("faelle") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise ComparisonFileError([CellError(1, "faelle", "Erwartet wird eine Liste von Fällen.")])
    for number, row in enumerate(rows, 1):
        yield _json_case(row, number, default_day)


def _json_case(row: Any, number: int, default_day: date) -> LeadingCase:
    if not isinstance(row, dict):
        error = CellError(number, "", "Erwartet wird ein Objekt mit id und angaben.")
        return LeadingCase(f"Fall {number}", number, default_day, {}, errors=(error,))
    errors: list[CellError] = []
    leading = _part(row, "fachverfahren", number, errors)
    day, amount = default_day, None
    try:
        day = _day(str(row[DAY])) if row.get(DAY) else default_day
    except FactError as error:
        errors.append(CellError(number, DAY, str(error)))
    try:
        amount = _amount(str(leading["betrag"])) if leading.get("betrag") is not None else None
    except FactError as error:
        errors.append(CellError(number, "fachverfahren.betrag", str(error)))
    if row.get(ID) in (None, ""):
        errors.append(CellError(number, ID, "Die Kennung fehlt."))
    angaben, urteile = _part(row, "angaben", number, errors), _part(row, "urteile", number, errors)
    outcome = str(leading.get("ergebnis") or "")
    return LeadingCase(
        str(row.get(ID) or f"Fall {number}"), number, day, angaben, urteile, amount, outcome, tuple(errors)
    )


def _part(row: Mapping[str, Any], name: str, number: int, errors: list[CellError]) -> dict[str, Any]:
    found = row.get(name) or {}
    if isinstance(found, dict):
        return found
    errors.append(CellError(number, name, "Erwartet werden benannte Werte."))
    return {}


def as_csv(found: Iterable[Compared]) -> str:
    """Return the result for spreadsheets: semicolon, decimal comma, and nothing that a program takes for a formula."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(OUT_COLUMNS)
    for row in found:
        words = (row.case.id, LABELS[row.finding], row.titel, row.case.ergebnis, ", ".join(row.fehlend), row.meldung)
        name, finding, outcome, other, missing, text = (safe_cell(word) for word in words)
        amounts = (german(row.betrag), german(row.case.betrag), german(row.unterschied))
        writer.writerow((name, finding, *amounts, outcome, other, missing, text, row.digest))
    return target.getvalue()


def as_json(found: Iterable[Compared]) -> str:
    """Return the result for machines; amounts as decimal text."""
    rows = [
        {
            "id": row.case.id,
            "befund": row.finding.value,
            "stichtag": row.case.stichtag.isoformat(),
            "regeln": {"betrag": _text(row.betrag), "ergebnis": row.ergebnis or None},
            "fachverfahren": {"betrag": _text(row.case.betrag), "ergebnis": row.case.ergebnis or None},
            "unterschied": _text(row.unterschied),
            "fehlend": list(row.fehlend),
            "meldung": row.meldung,
            "pruefsumme": row.digest,
        }
        for row in found
    ]
    return json.dumps({"format": "leitplanke-vergleich/1", "faelle": rows}, ensure_ascii=False, indent=2) + "\n"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
