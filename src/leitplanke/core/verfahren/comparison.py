"""Comparison mode: cases of a leading Fachverfahren against the rules, row by row. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from leitplanke.core.rules import Engine, Result, RulesError
from leitplanke.core.rules.model import Ergebnis

_CENTS = Decimal("0.01")


class Finding(StrEnum):
    """What comparing a case came to."""

    GLEICH = "gleich"
    BETRAG = "betrag_anders"
    ERGEBNIS = "ergebnis_anders"
    OFFEN = "nicht_berechenbar"
    OHNE = "ohne_vergleich"
    FEHLER = "fehler"


LABELS: dict[Finding, str] = {
    Finding.GLEICH: "gleich",
    Finding.BETRAG: "anderer Betrag",
    Finding.ERGEBNIS: "anderes Ergebnis",
    Finding.OFFEN: "nicht berechenbar",
    Finding.OHNE: "ohne Vergleichswert",
    Finding.FEHLER: "Zeile fehlerhaft",
}


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in a file: row as a spreadsheet counts it, column, and what to do."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """Return it as a sentence."""
        where = f"Zeile {self.row}" + (f", Spalte „{self.column}“" if self.column else "")
        return f"{where}: {self.message}"


class ComparisonFileError(ValueError):
    """The file as a whole cannot be used; `errors` say where and why."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        """Keep what is wrong."""
        super().__init__(" ".join(str(error) for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class LeadingCase:
    """A case as the leading Fachverfahren holds it.

    Attributes:
        betrag, ergebnis: what it came to there; None and empty where the file does not say.
        errors: what could not be understood; such a case is not computed.
    """

    id: str
    row: int
    stichtag: date
    angaben: Mapping[str, Any]
    urteile: Mapping[str, Any] = field(default_factory=dict)
    betrag: Decimal | None = None
    ergebnis: str = ""
    errors: tuple[CellError, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A case with what the rules say and how that differs.

    Attributes:
        unterschied: amount by the rules less the amount of the leading Fachverfahren.
        fehlend: facts and judgements that are still needed.
        digest: of the result; empty where there is none.
    """

    case: LeadingCase
    finding: Finding
    betrag: Decimal | None = None
    ergebnis: str = ""
    titel: str = ""
    unterschied: Decimal | None = None
    fehlend: tuple[str, ...] = ()
    meldung: str = ""
    digest: str = ""


def compare(engine: Engine, cases: Iterable[LeadingCase]) -> list[Compared]:
    """Return each case with what the rules say, in the order of the file."""
    return [_compared(engine, case) for case in cases]


def counts(found: Iterable[Compared]) -> dict[Finding, int]:
    """Return how often each finding came up; all of them are named."""
    result = dict.fromkeys(Finding, 0)
    for row in found:
        result[row.finding] += 1
    return result


def _compared(engine: Engine, case: LeadingCase) -> Compared:
    if case.errors:
        return Compared(case, Finding.FEHLER, meldung=" ".join(str(error) for error in case.errors))
    try:
        result = engine.evaluate(case.angaben, on=case.stichtag, judgements=case.urteile)
        certain = next((outcome for outcome, state in result.outcomes if state == "ja"), None)
        amount = _amount(result)
    except RulesError as error:
        return Compared(case, Finding.FEHLER, meldung=f"Zeile {case.row}: {error}")
    missing = tuple(dict.fromkeys((*result.missing_names, *result.missing_for_outcome, *result.judgements)))
    if certain is None:
        return _open(case, result, amount, missing)
    return _difference(case, result, certain, amount)


def _difference(case: LeadingCase, result: Result, certain: Ergebnis, amount: Decimal | None) -> Compared:
    same_outcome = not case.ergebnis or _names(case.ergebnis, certain)
    known = case.betrag is not None and amount is not None
    less = amount - case.betrag if amount is not None and case.betrag is not None else None
    text = ""
    if not same_outcome:
        finding, text = Finding.ERGEBNIS, f"Fachverfahren: {case.ergebnis}; Regeln: {certain.titel.de}."
    elif less:
        finding, text = Finding.BETRAG, f"Die Regeln kommen auf {german(less, sign=True)} EUR Unterschied."
    elif known or case.ergebnis:
        finding = Finding.GLEICH
    else:
        finding, text = Finding.OHNE, "Die Datei nennt für diesen Fall weder Betrag noch Ergebnis."
    return Compared(case, finding, amount, certain.name, certain.titel.de, less, (), text, result.digest)


def _open(case: LeadingCase, result: Result, amount: Decimal | None, missing: tuple[str, ...]) -> Compared:
    """Compare what is certain though the outcome is not: the amount, and outcomes that can no longer come about."""
    text = f"Es fehlen: {', '.join(_titles(result, missing))}." if missing else "Das Ergebnis steht noch nicht fest."
    meant = [state for outcome, state in result.outcomes if case.ergebnis and _names(case.ergebnis, outcome)]
    if meant and set(meant) == {"nein"}:
        said = f"Nach den Regeln kommt „{case.ergebnis}“ nicht in Betracht. {text}"
        return Compared(case, Finding.ERGEBNIS, amount, fehlend=missing, meldung=said)
    if set(missing) - set(result.judgements) or amount is None or case.betrag is None:
        return Compared(case, Finding.OFFEN, amount, fehlend=missing, meldung=text)
    less = amount - case.betrag
    said = f"Der Betrag ist vergleichbar, geurteilt hat ein Mensch. {text}"
    finding = Finding.BETRAG if less else Finding.GLEICH
    return Compared(case, finding, amount, unterschied=less, fehlend=missing, meldung=said, digest=result.digest)


def _names(stated: str, outcome: Ergebnis) -> bool:
    """Tell whether words mean this outcome: its name, its kind, or its title."""
    wanted = stated.strip().casefold()
    return wanted in {outcome.name.casefold(), outcome.art.casefold(), outcome.titel.de.casefold()}


def _titles(result: Result, names: Iterable[str]) -> list[str]:
    book = result.regelwerk
    found = []
    for name in names:
        item = book.fact(name) or book.ermessen.get(name)
        found.append(item.titel.de if item else name)
    return found


def _amount(result: Result) -> Decimal | None:
    target = result.regelwerk.ziel[0]
    if not result.settled(target):
        return None
    try:
        return Decimal(str(result.value(target))).quantize(_CENTS)
    except InvalidOperation:
        return None


def german(value: Decimal | None, *, sign: bool = False) -> str:
    """Return an amount as German spreadsheets write it: „-1234,50“; empty for none."""
    if value is None:
        return ""
    return f"{value:{'+' if sign else ''}.2f}".replace(".", ",")
