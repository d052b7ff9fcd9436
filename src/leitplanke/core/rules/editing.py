"""Changing a file of a Regelwerk as text: only what is meant changes, comments and order stay as they are.

What comes out is a whole file again, for `load_texts` to load and check.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml

from leitplanke.core.rules.errors import RulesError

SECTIONS = ("angaben", "parameter", "regeln", "ermessen")
# Texts for people; everything else of an entry decides what comes out.
WORDS = ("titel", "frage", "hilfe", "norm", "erlaeuterung")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # as in yamltext: both read the same grammar
Cells: TypeAlias = str | Mapping[str, str] | Mapping[str, Mapping[str, str]]


class EditingError(RulesError):
    """The file is not built so that this can be changed; the text is German and made for people."""


@dataclass(frozen=True, slots=True)
class NewValue:
    """A dated value to add: one cell, or the rows of a table by key."""

    ab: date
    wert: Cells
    quelle: str
    bis: date | None = None
    status: str = "in_kraft"
    bekannt_seit: date | None = None

    def written(self) -> str:
        """Return the value as one entry of `werte`."""
        parts = [f"ab: {self.ab.isoformat()}"]
        parts += [f"bis: {self.bis.isoformat()}"] if self.bis else []
        parts += [f"status: {self.status}"] if self.status != "in_kraft" else []
        parts += [f"bekannt_seit: {self.bekannt_seit.isoformat()}"] if self.bekannt_seit else []
        parts += [f"quelle: {_quoted(self.quelle)}", f"wert: {_cells(self.wert)}"]
        return "{" + ", ".join(parts) + "}"


def texts_of(text: str, name: str) -> dict[str, str]:
    """Return the texts for people of an entry by their path: `titel.de`, `norm`."""
    return {path: node.value for path, node in _words(text, name)}


def with_texts(text: str, name: str, changed: Mapping[str, str]) -> str:
    """Return the file with some texts of an entry replaced.

    Raises:
        EditingError: the entry has no such text.
    """
    nodes = dict(_words(text, name))
    if missing := changed.keys() - nodes.keys():
        raise EditingError(f"„{name}“ hat keinen Text „{min(missing)}“.")
    pieces = [(nodes[path], value) for path, value in changed.items() if nodes[path].value != value]
    for node, value in sorted(pieces, key=lambda piece: -piece[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        old = text[start:end]
        text = text[:start] + _quoted(value) + old[len(old.rstrip()) :] + text[end:]
    return text


def with_value(text: str, name: str, value: NewValue) -> str:
    """Return the file with a dated value added to a parameter; of two that hold, the later one counts.

    Raises:
        EditingError: the file has no values of that parameter to add to.
    """
    node = _at(_composed(text), "parameter", name, "werte")
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise EditingError(f"„{name}“ hat in dieser Datei keine „werte“, zu denen etwas hinzukommen kann.")
    last = node.value[-1]
    if node.flow_style:
        return f"{text[: last.end_mark.index]}, {value.written()}{text[last.end_mark.index :]}"
    place = last.end_mark.index
    before = text[:place].rstrip()
    indent = " " * node.start_mark.column
    return f"{before}\n{indent}- {value.written()}\n{text[len(before) :].lstrip(chr(10))}"


def _words(text: str, name: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    root = _composed(text)
    for section in SECTIONS:
        for path in WORDS:
            node = _at(root, section, name, path)
            if isinstance(node, yaml.ScalarNode):
                yield path, node
            elif isinstance(node, yaml.MappingNode):
                yield from ((f"{path}.{k.value}", v) for k, v in node.value if isinstance(v, yaml.ScalarNode))


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise EditingError(f"Die Datei ist kein gültiges YAML: {error}") from None


def _at(node: yaml.Node | None, *path: str) -> yaml.Node | None:
    for key in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for found, value in node.value if found.value == key), None)
    return node


def _quoted(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)


def _cells(value: Cells) -> str:
    if isinstance(value, str):
        return value
    rows = (f"{key}: {_cells(cell)}" for key, cell in value.items())
    return "{" + ", ".join(rows) + "}"


def changed_lines(before: str, after: str) -> Sequence[tuple[str, str]]:
    """Return the lines that differ with some around them: `+`, `-`, a space, or `…` where lines are left out."""
    found: list[tuple[str, str]] = []
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2):
        if line.startswith(("---", "+++")):
            continue
        found.append(("…", "") if line.startswith("@@") else (line[:1], line[1:]))
    return found[1:] if found[:1] == [("…", "")] else found
