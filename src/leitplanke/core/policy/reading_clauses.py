"""Reading clauses from YAML: what profiles and building blocks have in common; every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Any

from leitplanke.core.policy.compiling import compile_condition
from leitplanke.core.policy.facts import FACTS, complaint
from leitplanke.core.policy.model import Case, Clause, Effect
from leitplanke.core.rules import Finding, FormulaError
from leitplanke.core.rules.yamltext import Mapping, Sequence, Text, Tree

UNKNOWN = "unbekannt"
CLAUSE = frozenset({"nummer", "name", "titel", "satz", "text", "wirkung", "wenn", "quelle", "parameter", "faelle"})
_CASE = frozenset({"fakten", "greift", "text"})
# Shorter than what the engine takes as the name of a rule.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TRUTH = {"ja": True, "nein": False, "true": True, "false": False}


class ClauseReader:
    """Reads what a file says and keeps what is wrong with it in `findings`."""

    def __init__(self, file: str) -> None:
        """Read for a file of this name."""
        self.file = file
        self.findings: list[Finding] = []

    def clause(self, row: Tree) -> Clause | None:
        """Return a clause; None where it is none at all."""
        if not isinstance(row, Mapping):
            self.fault(row, "Eine Klausel hat Namen und Werte.")
            return None
        self.known(row, CLAUSE)
        condition, effect = self.text(row, "wenn"), self.text(row, "wirkung")
        try:
            compile_condition(condition)
        except FormulaError as error:
            self.fault(row.get("wenn") or row, str(error))
        if effect not in set(Effect):
            self.fault(
                row.get("wirkung") or row, f"Die Wirkung „{effect}“ gibt es nicht; möglich: {', '.join(Effect)}."
            )
            effect = Effect.BLOCK.value
        name = self.text(row, "name")
        if not NAME.fullmatch(name):
            wanted = "hat höchstens 40 kleine Buchstaben, Ziffern und _, vorn einen Buchstaben"
            self.fault(row.get("name") or row, f"Der Name „{name}“ {wanted}.")
        return Clause(
            self.text(row, "nummer"), name, self.text(row, "titel"), self.text(row, "satz"), Effect(effect),
            condition, self.text(row, "quelle"), self.parameters(row.get("parameter")),
            self.cases(row.get("faelle")), str(row.get("text") or ""),
        )  # fmt: skip

    def parameters(self, tree: Tree | None) -> dict[str, Any]:
        """Return texts and lists of texts by name."""
        if tree is None:
            return {}
        if not isinstance(tree, Mapping):
            self.fault(tree, "„parameter“ hat Namen und Werte.")
            return {}
        found: dict[str, Any] = {}
        for name, value in tree.items():
            if isinstance(value, Text):
                found[name] = str(value)
            elif isinstance(value, Sequence) and all(isinstance(one, Text) for one in value):
                found[name] = [str(one) for one in value]
            else:
                self.fault(value, f"„{name}“ ist ein Text oder eine Liste von Texten.")
        return found

    def cases(self, rows: Tree | None) -> tuple[Case, ...]:
        """Return the cases of a clause."""
        if rows is None:
            return ()
        if not isinstance(rows, Sequence):
            self.fault(rows, "„faelle“ ist eine Liste.")
            return ()
        found = []
        for row in rows:
            facts = row.get("fakten") if isinstance(row, Mapping) else None
            if not isinstance(row, Mapping) or not isinstance(facts, Mapping) or str(row.get("greift")) not in TRUTH:
                self.fault(row, "Ein Fall hat „fakten“ und „greift: ja“ oder „greift: nein“.")
                continue
            self.known(row, _CASE)
            found.append(Case(self.facts(facts), TRUTH[str(row["greift"])], str(row.get("text") or "")))
        return tuple(found)

    def facts(self, tree: Mapping) -> dict[str, Any]:
        """Return facts as their kinds have them."""
        found = {}
        for name, value in tree.items():
            stated = fact_value(name, str(value))
            if problem := complaint(name, stated):
                self.fault(value, problem)
            found[name] = stated
        return found

    def known(self, tree: Mapping, names: AbstractSet[str]) -> None:
        """Find keys that are none of `names`."""
        for name in tree:
            if name not in names:
                line = tree.key_lines.get(name, tree.line)
                allowed = ", ".join(sorted(names))
                self.findings.append(Finding(self.file, line, f"„{name}“ ist hier nicht bekannt; möglich: {allowed}."))

    def text(self, tree: Mapping, name: str) -> str:
        """Return a text that must be there."""
        value = tree.get(name)
        if not isinstance(value, Text) or not value.strip():
            self.fault(tree, f"„{name}“ fehlt.")
            return ""
        return str(value).strip()

    def fault(self, where: Tree, message: str) -> None:
        """Keep what is wrong at a place."""
        self.findings.append(Finding(self.file, where.line, message))


def fact_value(name: str, text: str) -> Any:
    """Return a fact as its kind has it, None for `unbekannt`; text that does not fit stays text for `complaint`."""
    if text == UNKNOWN:
        return None
    kind = FACTS[name].kind if name in FACTS else ""
    if kind == "ja_nein":
        return TRUTH.get(text, text)
    if kind == "zahl":
        return int(text) if text.isascii() and text.isdigit() else text
    return text
