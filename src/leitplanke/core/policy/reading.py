"""Reading a profile: one YAML file, every fault with its line."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from leitplanke.core.policy.compiling import compile_condition
from leitplanke.core.policy.deciding import TABLE
from leitplanke.core.policy.facts import FACTS, complaint
from leitplanke.core.policy.model import (
    Case,
    Cell,
    Clause,
    DataClass,
    DataTable,
    Effect,
    ModelClass,
    Profile,
    ProfileError,
)
from leitplanke.core.rules import Finding, FormulaError
from leitplanke.core.rules.errors import RegelwerkError
from leitplanke.core.rules.yamltext import Mapping, Sequence, Text, Tree, read_yaml

FILE = "profil.yaml"
UNKNOWN = "unbekannt"
_HEAD = {"id", "titel", "version", "grundlage"}
_TABLE = {"nummer", "titel", "quelle", "gesperrt", "nur_pseudonymisiert", "zellen"}
_CLAUSE = {"nummer", "name", "titel", "satz", "text", "wirkung", "wenn", "quelle", "parameter", "faelle"}
_CELLS = [cell.value for cell in Cell]
_CASE = {"fakten", "greift", "text"}
# Shorter than what the engine takes as the name of a rule.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TRUTH = {"ja": True, "nein": False, "true": True, "false": False}


def load_profile(path: Path | Traversable) -> Profile:
    """Load a profile from its file, or from the folder that holds `profil.yaml`.

    Raises:
        ProfileError: it cannot be used.
    """
    file = path / FILE if path.is_dir() else path
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "kein UTF-8"
        raise ProfileError((Finding(str(file), 1, f"Die Datei ist nicht lesbar: {reason}."),)) from None
    return profile_from_text(text, file.name)


def profile_from_text(text: str, file: str = FILE) -> Profile:
    """Read a profile from its text.

    Raises:
        ProfileError: it cannot be used; every fault with its line.
    """
    try:
        tree = read_yaml(text, file)
    except RegelwerkError as error:
        raise ProfileError(error.findings) from None
    reader = _Reader(file)
    profile = reader.profile(tree)
    if reader.findings or profile is None:
        raise ProfileError(tuple(reader.findings))
    return profile


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def profile(self, tree: Mapping) -> Profile | None:
        self._known(tree, {"profil", "tabelle", "klauseln"})
        head, table, rows = (tree.get(name) for name in ("profil", "tabelle", "klauseln"))
        if not isinstance(head, Mapping) or not isinstance(table, Mapping) or not isinstance(rows, Sequence):
            self._fault(tree, "Es braucht die Abschnitte „profil“, „tabelle“ und „klauseln“.")
            return None
        self._known(head, _HEAD)
        read = self._table(table)
        clauses = [(clause, row) for row in rows if (clause := self._clause(row)) is not None]
        if not clauses:
            self._fault(rows, "Ein Profil hat mindestens eine Klausel.")
        self._unique([(clause.name, row) for clause, row in clauses], TABLE)
        self._unique([(clause.number, row) for clause, row in clauses], read.number)
        return Profile(
            self._text(head, "id"), self._text(head, "titel"), self._text(head, "version"), read,
            tuple(clause for clause, _row in clauses), str(head.get("grundlage") or ""),
        )  # fmt: skip

    def _unique(self, values: list[tuple[str, Tree]], taken: str) -> None:
        """Find what occurs twice, or is the table's."""
        seen = {taken}
        for value, row in values:
            if value in seen:
                self._fault(row, f"„{value}“ gibt es schon; jede Klausel braucht eine eigene Nummer und einen Namen.")
            seen.add(value)

    def _table(self, tree: Mapping) -> DataTable:
        self._known(tree, _TABLE)
        rows = tree.get("zellen")
        if not isinstance(rows, Mapping):
            self._fault(tree, "In „tabelle“ fehlen die „zellen“.")
            rows = Mapping()
        cells: dict[DataClass, dict[ModelClass, Cell]] = {}
        for data in DataClass:
            row = rows.get(data.value)
            cells[data] = {}
            for model in ModelClass:
                value = str(row.get(model.value)) if isinstance(row, Mapping) else ""
                if value not in _CELLS:
                    expected = ", ".join(_CELLS)
                    self._fault(row or tree, f"Zelle {data.value}/{model.value}: erwartet {expected}, nicht „{value}“.")
                    value = Cell.GESPERRT.value
                cells[data][model] = Cell(value)
            if isinstance(row, Mapping):
                self._known(row, set(ModelClass))
        return DataTable(
            cells, self._text(tree, "nummer"), self._text(tree, "titel"), self._text(tree, "quelle"),
            self._text(tree, "gesperrt"), self._text(tree, "nur_pseudonymisiert"),
        )  # fmt: skip

    def _clause(self, row: Tree) -> Clause | None:
        if not isinstance(row, Mapping):
            self._fault(row, "Eine Klausel hat Namen und Werte.")
            return None
        self._known(row, _CLAUSE)
        condition, effect = self._text(row, "wenn"), self._text(row, "wirkung")
        try:
            compile_condition(condition)
        except FormulaError as error:
            self._fault(row.get("wenn") or row, str(error))
        if effect not in set(Effect):
            self._fault(
                row.get("wirkung") or row, f"Die Wirkung „{effect}“ gibt es nicht; möglich: {', '.join(Effect)}."
            )
            effect = Effect.BLOCK.value
        name = self._text(row, "name")
        if not _NAME.fullmatch(name):
            wanted = "hat höchstens 40 kleine Buchstaben, Ziffern und _, vorn einen Buchstaben"
            self._fault(row.get("name") or row, f"Der Name „{name}“ {wanted}.")
        return Clause(
            self._text(row, "nummer"), name, self._text(row, "titel"), self._text(row, "satz"), Effect(effect),
            condition, self._text(row, "quelle"), self._parameters(row.get("parameter")),
            self._cases(row.get("faelle")), str(row.get("text") or ""),
        )  # fmt: skip

    def _parameters(self, tree: Tree | None) -> dict[str, Any]:
        if tree is None:
            return {}
        if not isinstance(tree, Mapping):
            self._fault(tree, "„parameter“ hat Namen und Werte.")
            return {}
        found: dict[str, Any] = {}
        for name, value in tree.items():
            if isinstance(value, Text):
                found[name] = str(value)
            elif isinstance(value, Sequence) and all(isinstance(one, Text) for one in value):
                found[name] = [str(one) for one in value]
            else:
                self._fault(value, f"„{name}“ ist ein Text oder eine Liste von Texten.")
        return found

    def _cases(self, rows: Tree | None) -> tuple[Case, ...]:
        if rows is None:
            return ()
        if not isinstance(rows, Sequence):
            self._fault(rows, "„faelle“ ist eine Liste.")
            return ()
        found = []
        for row in rows:
            facts = row.get("fakten") if isinstance(row, Mapping) else None
            if not isinstance(row, Mapping) or not isinstance(facts, Mapping) or str(row.get("greift")) not in _TRUTH:
                self._fault(row, "Ein Fall hat „fakten“ und „greift: ja“ oder „greift: nein“.")
                continue
            self._known(row, _CASE)
            found.append(Case(self._facts(facts), _TRUTH[str(row["greift"])], str(row.get("text") or "")))
        return tuple(found)

    def _facts(self, tree: Mapping) -> dict[str, Any]:
        found = {}
        for name, value in tree.items():
            stated = fact_value(name, str(value))
            if problem := complaint(name, stated):
                self._fault(value, problem)
            found[name] = stated
        return found

    def _known(self, tree: Mapping, names: set[str]) -> None:
        for name in tree:
            if name not in names:
                line = tree.key_lines.get(name, tree.line)
                allowed = ", ".join(sorted(names))
                self.findings.append(Finding(self._file, line, f"„{name}“ ist hier nicht bekannt; möglich: {allowed}."))

    def _text(self, tree: Mapping, name: str) -> str:
        value = tree.get(name)
        if not isinstance(value, Text) or not value.strip():
            self._fault(tree, f"„{name}“ fehlt.")
            return ""
        return str(value).strip()

    def _fault(self, where: Tree, message: str) -> None:
        self.findings.append(Finding(self._file, where.line, message))


def fact_value(name: str, text: str) -> Any:
    """Return a fact as its kind has it, None for `unbekannt`; text that does not fit stays text for `complaint`."""
    if text == UNKNOWN:
        return None
    kind = FACTS[name].kind if name in FACTS else ""
    if kind == "ja_nein":
        return _TRUTH.get(text, text)
    if kind == "zahl":
        return int(text) if text.isascii() and text.isdigit() else text
    return text
