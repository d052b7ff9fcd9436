"""A guideline as a file that towns pass on: written, and read again with every fault and its line.

The format is described in `docs/reference/leitlinie-format.md`. A file holds decisions, reasons and wording, no person
and no history. It comes from strangers: YAML without references and types, short texts, known names only.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from leitplanke.core.guideline.deciding import Choice, Guideline, complaints
from leitplanke.core.guideline.model import Audience, Block, BlockError
from leitplanke.core.guideline.trees import tree_of
from leitplanke.core.rules import Finding
from leitplanke.core.rules.yamltext import Mapping as YamlMapping
from leitplanke.core.rules.yamltext import Sequence, Text, Tree

FORMAT = "leitplanke-leitlinie/1"
MAX_BYTES = 500_000
MOST_CLAUSES, MOST_FINDINGS = 200, 50
_HEAD = {"format": 40, "id": 80, "titel": 200, "kommune": 120, "fassung": 20, "lizenz": 60}
_CLAUSE = {"baustein": 8, "option": 60, "grund": 4_000, "quelle": 300, "lizenz": 60}
_LONGEST_WORDING, _LONGEST_VALUE = 6_000, 400
_NEEDED = {"format", "id", "titel", "kommune", "fassung", "klauseln", "baustein", "option"}
# They let a text read otherwise than it is.
_MISLEADING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Passed:
    """A guideline as passed on; `licence` is that of the town's own words, "" where nobody said so."""

    guideline: Guideline
    licence: str


def guideline_yaml(passed: Passed) -> str:
    """Return a guideline as YAML."""
    return str(yaml.safe_dump(_tree(passed), allow_unicode=True, sort_keys=False, width=100))


def guideline_json(passed: Passed) -> str:
    """Return a guideline as JSON."""
    return json.dumps(_tree(passed), ensure_ascii=False, indent=2) + "\n"


def _tree(passed: Passed) -> dict[str, Any]:
    own = passed.guideline
    head = {"format": FORMAT, "id": own.id, "titel": own.title, "kommune": own.town, "fassung": own.version}
    licence = {"lizenz": passed.licence} if passed.licence else {}
    return head | licence | {"klauseln": [_clause_tree(choice) for choice in own.choices]}


def _clause_tree(choice: Choice) -> dict[str, Any]:
    told = {
        "werte": dict(choice.values), "grund": choice.reason, "quelle": choice.source, "lizenz": choice.licence,
        "wortlaut": {audience.value: words for audience, words in choice.wording.items()},
    }  # fmt: skip
    return {"baustein": choice.block, "option": choice.option} | {name: value for name, value in told.items() if value}


def passed_from_text(text: str, file: str, blocks: Mapping[str, Block]) -> Passed:
    """Read a guideline that somebody passed on, YAML or JSON.

    Raises:
        BlockError: it cannot be used; every fault with its line and what to do.
    """
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise BlockError((Finding(file, 1, f"Die Datei ist größer als {MAX_BYTES // 1000} KB."),))
    tree = tree_of(text, file)
    reader = _Reader(file, blocks)
    passed = reader.passed(tree)
    if reader.findings:
        raise BlockError(tuple(reader.findings[:MOST_FINDINGS]))
    return passed


class _Reader:
    def __init__(self, file: str, blocks: Mapping[str, Block]) -> None:
        self._file, self._blocks = file, blocks
        self.findings: list[Finding] = []

    def passed(self, tree: YamlMapping) -> Passed:
        self._only(tree, {*_HEAD, "klauseln"})
        head = {name: self._text(tree, name, longest) for name, longest in _HEAD.items()}
        if head["format"] and head["format"] != FORMAT:
            self._fault(tree.key_lines["format"], f"„format“ muss „{FORMAT}“ sein; andere Fassungen lesen wir nicht.")
        rows = tree.get("klauseln")
        choices: dict[str, Choice] = {}
        if not isinstance(rows, Sequence) or not rows:
            self._fault(tree.line, "„klauseln“ fehlt: eine Liste mit mindestens einer Klausel.")
        elif len(rows) > MOST_CLAUSES:
            self._fault(rows.line, f"Mehr als {MOST_CLAUSES} Klauseln. So viele Bausteine gibt es nicht.")
        else:
            for row in rows:
                self._clause(row, rows.line, choices)
        guideline = Guideline(head["id"], head["titel"], head["kommune"], head["fassung"], tuple(choices.values()))
        return Passed(guideline, head["lizenz"])

    def _clause(self, row: Tree, line: int, choices: dict[str, Choice]) -> None:
        if not isinstance(row, YamlMapping):
            self._fault(getattr(row, "line", line), "Eine Klausel hat „baustein“ und „option“.")
            return
        self._only(row, {*_CLAUSE, "werte", "wortlaut"})
        own = {name: self._text(row, name, longest) for name, longest in _CLAUSE.items()}
        values = self._texts(row, "werte", _LONGEST_VALUE)
        words = self._texts(row, "wortlaut", _LONGEST_WORDING)
        for name in words.keys() - set(Audience):
            self._fault(row.line, f"„wortlaut“ kennt „{name[:40]}“ nicht; möglich: {', '.join(Audience)}.")
        if own["baustein"] in choices:
            self._fault(row.line, f"{own['baustein']} steht schon weiter oben; bitte eine der Klauseln streichen.")
        if self._known(row, own["baustein"], own["option"], values):
            wording = {Audience(name): text for name, text in words.items() if name in set(Audience)}
            choices[own["baustein"]] = Choice(
                own["baustein"], own["option"], values, own["grund"], own["quelle"], own["lizenz"], wording
            )

    def _known(self, row: YamlMapping, name: str, option: str, values: Mapping[str, str]) -> bool:
        block = self._blocks.get(name)
        if not name or not option:
            return False
        if block is None:
            line = row.key_lines["baustein"]
            self._fault(line, f"Den Baustein „{name}“ gibt es hier nicht; bitte die Klausel streichen.")
            return False
        if block.option(option) is None:
            possible = ", ".join(one.key for one in block.options)
            self._fault(row.key_lines["option"], f"{name} hat keine Option „{option}“; möglich: {possible}.")
            return False
        for problem in complaints(block, values).values():
            self._fault(row.line, f"{name}: {problem}")
        return True

    def _texts(self, row: YamlMapping, name: str, longest: int) -> dict[str, str]:
        tree = row.get(name)
        if tree is None:
            return {}
        if not isinstance(tree, YamlMapping):
            self._fault(row.key_lines[name], f"„{name}“ besteht aus Namen mit je einem Text.")
            return {}
        return {key: self._text(tree, key, longest) for key in tree}

    def _text(self, row: YamlMapping, name: str, longest: int) -> str:
        value = row.get(name)
        if value is None:
            if name in _NEEDED:
                self._fault(row.line, f"„{name}“ fehlt.")
            return ""
        if not isinstance(value, Text):
            self._fault(row.key_lines[name], f"„{name[:40]}“ ist ein Text, keine Liste.")
            return ""
        if len(value) > longest:
            self._fault(value.line, f"„{name[:40]}“ ist länger als {longest} Zeichen; bitte kürzen.")
            return ""
        if any(_hidden(char) for char in value):
            self._fault(value.line, f"„{name[:40]}“ enthält unsichtbare Steuerzeichen; bitte den Text neu eintippen.")
            return ""
        if name in _NEEDED and not value.strip():
            self._fault(value.line, f"„{name}“ ist leer.")
        return str(value).strip()

    def _only(self, row: YamlMapping, names: set[str]) -> None:
        for name in row.keys() - names:
            self._fault(row.key_lines[name], f"„{name[:40]}“ gibt es nicht; möglich: {', '.join(sorted(names))}.")

    def _fault(self, line: int, message: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(self._file, line, message))


def _hidden(char: str) -> bool:
    return char in _MISLEADING or (unicodedata.category(char) in {"Cc", "Cs", "Cn"} and char not in "\n\t")
