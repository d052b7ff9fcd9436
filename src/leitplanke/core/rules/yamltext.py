"""YAML as text with lines: scalars stay text, and nothing in a file can make reading slow or large.

Aliases, tags, several documents, deep nesting and doubled keys are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, Union

import yaml

from leitplanke.core.rules.errors import Finding, RegelwerkError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 3_000_000
MAX_DEPTH = 12
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Text(str):
    """A scalar with the line it stands on; `quoted` tells "" apart from nothing."""

    __slots__ = ("line", "quoted")
    line: int
    quoted: bool


class Mapping(dict[str, "Tree"]):
    """A mapping with the line it begins on and the lines of its keys."""

    __slots__ = ("key_lines", "line")
    line: int
    key_lines: dict[str, int]


class Sequence(list["Tree"]):
    """A sequence with the line it begins on."""

    __slots__ = ("line",)
    line: int


Tree: TypeAlias = Union[Text, Mapping, Sequence]  # noqa: UP007 - the classes refer to it before it exists


def read_yaml(text: str, file: str) -> Mapping:
    """Read one document whose top is a mapping.

    Raises:
        RegelwerkError: it is no YAML that we accept; names file, line and cause.
    """
    if len(text) > MAX_BYTES:
        raise RegelwerkError([Finding(file, 1, f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.")])
    try:
        tree = _Builder(file).document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RegelwerkError([Finding(file, line, f"Kein gültiges YAML: {error.problem}")]) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise RegelwerkError([Finding(file, 1, f"Kein gültiges YAML: {str(error)[:200]}")]) from None
    if not isinstance(tree, Mapping):
        raise RegelwerkError([Finding(file, 1, "Oben werden Abschnitte mit Namen erwartet, zum Beispiel „regeln:“.")])
    return tree


class _Builder:
    """Builds trees from parser events."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._events: Iterator[yaml.Event] = iter(())

    def document(self, events: Iterator[yaml.Event]) -> Tree:
        self._events = events
        found: list[Tree] = []
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                found.append(self._node(event, 0))
            if isinstance(event, yaml.DocumentStartEvent) and found:
                raise self._fault(event, "Mehrere Dokumente in einer Datei sind nicht erlaubt.")
        return found[0] if found else _mapping(1)

    def _node(self, event: yaml.Event, depth: int) -> Tree:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._fault(event, "Verweise (& und *) sind nicht erlaubt; bitte den Wert ausschreiben.")
        if getattr(event, "tag", None):
            raise self._fault(event, "Typangaben (!) sind nicht erlaubt.")
        if depth > MAX_DEPTH:
            raise self._fault(event, f"Mehr als {MAX_DEPTH} Ebenen tief verschachtelt.")
        if isinstance(event, yaml.ScalarEvent):
            scalar = Text(event.value)
            scalar.line, scalar.quoted = _line(event), bool(event.style in {"'", '"'})
            return scalar
        return self._sequence(event, depth) if isinstance(event, yaml.SequenceStartEvent) else self._map(event, depth)

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = Sequence()
        items.line = _line(start)
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, depth + 1))
        return items

    def _map(self, start: yaml.Event, depth: int) -> Mapping:
        result = _mapping(_line(start))
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise self._fault(event, "Ein Schlüssel muss ein einfacher Name sein.")
            if key in result:
                raise self._fault(event, f"Der Schlüssel „{key}“ steht doppelt da.")
            result.key_lines[key] = key.line
            result[key] = self._node(next(self._events), depth + 1)
        return result

    def _fault(self, event: yaml.Event, message: str) -> RegelwerkError:
        return RegelwerkError([Finding(self._file, _line(event), message)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _mapping(line: int) -> Mapping:
    result = Mapping()
    result.line, result.key_lines = line, {}
    return result
