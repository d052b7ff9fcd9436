"""Reading a profile: one YAML file, every fault with its line."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.policy.deciding import TABLE
from leitplanke.core.policy.model import (
    Cell,
    DataClass,
    DataTable,
    ModelClass,
    Profile,
    ProfileError,
)
from leitplanke.core.policy.reading_clauses import ClauseReader
from leitplanke.core.rules import Finding
from leitplanke.core.rules.errors import RegelwerkError
from leitplanke.core.rules.yamltext import Mapping, Sequence, Tree, read_yaml

FILE = "profil.yaml"
_HEAD = {"id", "titel", "version", "grundlage"}
_TABLE = {"nummer", "titel", "quelle", "gesperrt", "nur_pseudonymisiert", "zellen"}
_CELLS = [cell.value for cell in Cell]


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


class _Reader(ClauseReader):
    def profile(self, tree: Mapping) -> Profile | None:
        self.known(tree, {"profil", "tabelle", "klauseln"})
        head, table, rows = (tree.get(name) for name in ("profil", "tabelle", "klauseln"))
        if not isinstance(head, Mapping) or not isinstance(table, Mapping) or not isinstance(rows, Sequence):
            self.fault(tree, "Es braucht die Abschnitte „profil“, „tabelle“ und „klauseln“.")
            return None
        self.known(head, _HEAD)
        read = self._table(table)
        clauses = [(clause, row) for row in rows if (clause := self.clause(row)) is not None]
        if not clauses:
            self.fault(rows, "Ein Profil hat mindestens eine Klausel.")
        self._unique([(clause.name, row) for clause, row in clauses], TABLE)
        self._unique([(clause.number, row) for clause, row in clauses], read.number)
        return Profile(
            self.text(head, "id"), self.text(head, "titel"), self.text(head, "version"), read,
            tuple(clause for clause, _row in clauses), str(head.get("grundlage") or ""),
        )  # fmt: skip

    def _unique(self, values: list[tuple[str, Tree]], taken: str) -> None:
        """Find what occurs twice, or is the table's."""
        seen = {taken}
        for value, row in values:
            if value in seen:
                self.fault(row, f"„{value}“ gibt es schon; jede Klausel braucht eine eigene Nummer und einen Namen.")
            seen.add(value)

    def _table(self, tree: Mapping) -> DataTable:
        self.known(tree, _TABLE)
        rows = tree.get("zellen")
        if not isinstance(rows, Mapping):
            self.fault(tree, "In „tabelle“ fehlen die „zellen“.")
            rows = Mapping()
        cells: dict[DataClass, dict[ModelClass, Cell]] = {}
        for data in DataClass:
            row = rows.get(data.value)
            cells[data] = {}
            for model in ModelClass:
                value = str(row.get(model.value)) if isinstance(row, Mapping) else ""
                if value not in _CELLS:
                    expected = ", ".join(_CELLS)
                    self.fault(row or tree, f"Zelle {data.value}/{model.value}: erwartet {expected}, nicht „{value}“.")
                    value = Cell.GESPERRT.value
                cells[data][model] = Cell(value)
            if isinstance(row, Mapping):
                self.known(row, set(ModelClass))
        return DataTable(
            cells, self.text(tree, "nummer"), self.text(tree, "titel"), self.text(tree, "quelle"),
            self.text(tree, "gesperrt"), self.text(tree, "nur_pseudonymisiert"),
        )  # fmt: skip
