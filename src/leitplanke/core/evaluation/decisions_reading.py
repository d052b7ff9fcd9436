"""Reading decisions: what the plan does not name is dropped, case numbers become salted hashes, oddities are named."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import numpy as np

from leitplanke.core.evaluation.decisions import UNKNOWN, Decisions
from leitplanke.core.evaluation.errors import DecisionsError
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.labels import data_findings
from leitplanke.core.evaluation.plan import Ergebnisart, Fehlerschwere, Outcome, Pruefplan
from leitplanke.core.evaluation.tables import Row, read_table
from leitplanke.core.rules.model import Words

SALT_SIZE = 16
# More would be no groups but people.
MOST_GROUPS = 50
_YES = frozenset({"ja", "j", "yes", "y", "1", "true", "wahr", "x"})
_NO = frozenset({"nein", "n", "no", "0", "false", "falsch"})
_NOTHING = frozenset({"", "-", "–", "?", "k. a.", "k.a.", "na", "n/a", "unbekannt", "nan", "null", "none"})
_AMOUNT = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,6})?")
_SHOWN = 40


def read_decisions(plan: Pruefplan, data: bytes, salt: bytes) -> Decisions:
    """Read a CSV file of decisions.

    Args:
        plan: says which columns hold what.
        data: the file.
        salt: secret bytes by which case numbers become hashes; whoever has them can find a case again.

    Raises:
        DecisionsError: something cannot be understood; holds every fault with its line.
    """
    head, rows = read_table(data)
    missing = [name for name in plan.spalten.all() if name not in head]
    if missing:
        raise DecisionsError([
            f"Zeile 1: Die Spalte „{name}“ fehlt. Vorhanden: {', '.join(head)}. Heißt sie anders, gehört das im Plan "
            "unter „spalten“."
            for name in missing
        ])  # fmt: skip
    dropped = [name for name in head if name and name not in plan.spalten.all()]
    return _decisions(plan, rows, salt, _dropped(dropped))


def decisions_from_rows(plan: Pruefplan, rows: Iterable[Mapping[str, str]], salt: bytes) -> Decisions:
    """Make decisions of rows that were collected elsewhere, with the same columns as a file.

    Raises:
        DecisionsError: something cannot be understood; a "line" is the number of the row.
    """
    numbered = [Row(number, values) for number, values in enumerate(rows, 1)]
    return _decisions(plan, numbered, salt, ())


def _decisions(plan: Pruefplan, rows: Sequence[Row], salt: bytes, findings: Iterable[Finding]) -> Decisions:
    if len(salt) < SALT_SIZE:
        raise ValueError(f"Das Salz braucht mindestens {SALT_SIZE} zufällige Bytes.")
    if not rows:
        raise DecisionsError(["Die Datei enthält keine Fälle."])
    rows, twice = _once(plan, rows)
    reader = _Reader(plan, rows)
    truth, ai, *humans = (reader.column(name, required=name == plan.spalten.ki) for name in _deciders(plan))
    groups, labels = reader.groups()
    severe = reader.severe()
    if reader.faults:
        raise DecisionsError(reader.faults)
    amounts = np.stack([truth, ai, *humans], axis=1) if plan.ergebnis.art == Ergebnisart.BETRAG else None
    codes = [_codes(column) for column in (truth, ai, *humans)]
    made = Decisions(
        cases=tuple(_hashed(row.values[plan.spalten.fall], salt) for row in rows),
        truth=codes[0],
        ai=codes[1],
        humans=np.stack(codes[2:], axis=1),
        severe=severe,
        groups=groups,
        labels=labels,
        amounts=amounts,
    )
    return Decisions(
        made.cases, made.truth, made.ai, made.humans, made.severe, made.groups, made.labels, made.amounts,
        findings=(*findings, *twice, *data_findings(plan, made)),
    )  # fmt: skip


def _deciders(plan: Pruefplan) -> tuple[str, ...]:
    return (plan.spalten.wahrheit, plan.spalten.ki, *dict(plan.spalten.menschen).values())


def _codes(column: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(column), UNKNOWN, column > 0).astype(np.int8)


def _hashed(case: str, salt: bytes) -> str:
    return hmac.new(salt, case.encode(), sha256).hexdigest()[:32]


def _dropped(names: Sequence[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    listed = ", ".join(f"„{name}“" for name in names)
    return (
        Finding(
            "spalten_weggelassen",
            Words(
                f"Diese Spalten stehen nicht im Plan und wurden nicht gelesen: {listed}.",
                f"These columns are not in the plan and were not read: {', '.join(names)}.",
            ),
        ),
    )


def _once(plan: Pruefplan, rows: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """Keep each case once; two rows of one case that differ are a fault."""
    kept: dict[str, Row] = {}
    faults, double = [], 0
    columns = plan.spalten.all()
    for row in rows:
        case = row.values.get(plan.spalten.fall, "")
        if not case:
            faults.append(f"Zeile {row.line}: Die Fallnummer (Spalte „{plan.spalten.fall}“) fehlt.")
        elif (first := kept.setdefault(case, row)) is not row:
            double += 1
            if any(first.values.get(name) != row.values.get(name) for name in columns):
                faults.append(
                    f"Zeile {row.line}: Derselbe Fall steht schon in Zeile {first.line}, mit anderen Werten. Bitte "
                    "klären, welche Zeile gilt."
                )
    if faults:
        raise DecisionsError(faults)
    finding = Finding(
        "doppelte_faelle",
        Words(f"Doppelte Zeilen, nur einmal gezählt: {double}.", f"Repeated rows, counted once: {double}."),
        double,
    )
    return list(kept.values()), [finding] if double else []


class _Reader:
    """Reads columns and collects what cannot be understood."""

    def __init__(self, plan: Pruefplan, rows: Sequence[Row]) -> None:
        self._plan, self._rows = plan, rows
        self.faults: list[str] = []

    def column(self, name: str, *, required: bool) -> np.ndarray:
        """Return decisions of one column as numbers; nan where nothing is stated."""
        outcome = self._plan.ergebnis
        amounts = outcome.art == Ergebnisart.BETRAG
        values = np.full(len(self._rows), np.nan)
        for number, row in enumerate(self._rows):
            text = row.values.get(name, "")
            value = read_amount(text) if amounts else _answer(text, outcome)
            if value is None:
                wanted = "ein Betrag wie 1162,35" if amounts else "ja oder nein"
                self._say(row, name, f"„{text[:_SHOWN]}“ ist nicht verständlich; erwartet wird {wanted}")
            elif np.isnan(value) and required and amounts:
                self._say(
                    row, name, "Der Betrag der KI fehlt; hat sie keinen genannt, gehört der Fall nicht in diese Prüfung"
                )
            else:
                values[number] = value
        return values

    def groups(self) -> tuple[np.ndarray, tuple[tuple[str, ...], ...]]:
        """Return the groups as numbers, and what they are called."""
        columns, labels = [], []
        for name in dict(self._plan.spalten.merkmale).values():
            texts = [row.values.get(name, "") for row in self._rows]
            known = tuple(sorted({text for text in texts if text.casefold() not in _NOTHING}))
            number = {text: place for place, text in enumerate(known)}
            if len(known) > MOST_GROUPS:
                self.faults.append(
                    f"Spalte „{name}“: {len(known)} verschiedene Werte, höchstens {MOST_GROUPS}. Bitte zusammenfassen, "
                    "zum "
                    "Beispiel Altersgruppen statt Geburtsjahren."
                )
            columns.append(np.array([number.get(text, UNKNOWN) for text in texts], dtype=np.int32))
            labels.append(known)
        shape = (len(self._rows), 0)
        return (np.stack(columns, axis=1) if columns else np.zeros(shape, dtype=np.int32)), tuple(labels)

    def severe(self) -> np.ndarray:
        """Return in which cases an error would be severe, by the column of the plan; by kind it is told later."""
        severe = self._plan.schwere_fehler
        found = np.ones(len(self._rows), dtype=np.bool_)
        if severe.art != Fehlerschwere.SPALTE:
            return found
        for number, row in enumerate(self._rows):
            text = row.values.get(severe.spalte, "")
            low = text.casefold()
            weight = 0.0 if low in _NOTHING or low in _NO else 1.0 if low in _YES else read_amount(text)
            if weight is None:
                self._say(
                    row,
                    severe.spalte,
                    f"„{text[:_SHOWN]}“ ist nicht verständlich; erwartet wird ja, nein oder eine Zahl",
                )
            else:
                found[number] = weight >= severe.ab
        return found

    def _say(self, row: Row, column: str, what: str) -> None:
        self.faults.append(f"Zeile {row.line}, Spalte „{column}“: {what}.")


def _answer(text: str, outcome: Outcome) -> float | None:
    low = text.casefold()
    if low in _YES or text in outcome.ja_werte:
        return 1.0
    if low in _NO or text in outcome.nein_werte:
        return 0.0
    return float("nan") if low in _NOTHING else None


def read_amount(text: str) -> float | None:
    """Return an amount in German or plain spelling, nan where the text says that there is none, None for no amount."""
    bare = text.removesuffix("€").removesuffix("EUR").strip()
    if bare.casefold() in _NOTHING:
        return float("nan")
    if _GROUPED.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    return float(bare.replace(",", ".")) if _AMOUNT.fullmatch(bare) else None
