"""Typed access to a YAML file of procedural law; every fault is kept with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from leitplanke.core.rules.yamltext import Mapping, Sequence, Text, Tree
from leitplanke.core.verfahrensrecht.model import Dauer, Einheit

Choice = TypeVar("Choice", bound=StrEnum)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAUER = re.compile(r"(\d{1,4}) (Tage?|Wochen?|Monate?|Jahre?)")
_UNITS = {"Tag": Einheit.TAG, "Woc": Einheit.WOCHE, "Mon": Einheit.MONAT, "Jah": Einheit.JAHR}
NO_DAY = date(1, 1, 1)
NO_DAUER = Dauer(1, Einheit.TAG)


class Findings:
    """Faults of one file."""

    def __init__(self, file: str) -> None:
        """Start without a fault."""
        self.file = file
        self.all: list[str] = []

    def add(self, line: int, message: str) -> None:
        """Keep a fault."""
        self.all.append(f"{self.file}:{line}: {message}")


class Entry:
    """A mapping whose keys are asked for by type; what nobody asked for is a fault in the end."""

    def __init__(self, tree: Mapping, findings: Findings) -> None:
        """Read `tree`, telling faults to `findings`."""
        self._tree = tree
        self._findings = findings
        self._asked: set[str] = set()

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self._tree.line

    def fault(self, message: str, key: str = "") -> None:
        """Keep a fault at a key or at the entry."""
        self._findings.add(self._tree.key_lines.get(key, self._tree.line), message)

    def has(self, key: str) -> bool:
        """Tell whether the key is there."""
        return key in self._tree

    def text(self, key: str, *, optional: bool = False) -> str:
        """Return a text on one line; missing is a fault unless `optional`."""
        value = self._get(key, optional=optional)
        if value is None:
            return ""
        if not isinstance(value, Text):
            self.fault(f"„{key}“ muss ein Text sein.", key)
            return ""
        return " ".join(value.split())

    def flag(self, key: str) -> bool:
        """Return `ja` or `nein`; missing is `nein`."""
        value = self.text(key, optional=True)
        if value not in {"", "ja", "nein"}:
            self.fault(f"„{key}“ ist „{value}“. Erlaubt: ja, nein.", key)
        return value == "ja"

    def number(self, key: str) -> int:
        """Return a whole number; missing is 0."""
        value = self.text(key, optional=True)
        if value and not value.isdigit():
            self.fault(f"„{key}“ ist „{value}“. Erwartet wird eine ganze Zahl.", key)
            return 0
        return int(value or 0)

    def day(self, key: str, *, optional: bool = False) -> date | None:
        """Return a day written as JJJJ-MM-TT."""
        value = self.text(key, optional=optional)
        if not value:
            return None
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fault(f"„{key}“ ist „{value}“. Erwartet wird ein Tag wie 2025-01-01.", key)
        return None

    def dauer(self, key: str) -> Dauer:
        """Return a duration such as „1 Monat“."""
        value = self.text(key)
        match = _DAUER.fullmatch(value)
        if not match or match[1] == "0":
            if value:
                self.fault(f"„{key}“ ist „{value}“. Erwartet wird eine Dauer wie „1 Monat“ oder „14 Tage“.", key)
            return NO_DAUER
        return Dauer(int(match[1]), _UNITS[match[2][:3]])

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return one of the values of an enumeration."""
        value = self.text(key)
        for option in kind:
            if option.value == value:
                return option
        if value:
            self.fault(f"„{key}“ ist „{value}“. Erlaubt: {', '.join(option.value for option in kind)}.", key)
        return next(iter(kind))

    def one_of(self, key: str, options: tuple[str, ...]) -> str:
        """Return one of a few words."""
        value = self.text(key)
        if value and value not in options:
            self.fault(f"„{key}“ ist „{value}“. Erlaubt: {', '.join(options)}.", key)
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._get(key, optional=optional)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or not all(isinstance(item, Text) for item in value):
            self.fault(f"„{key}“ muss eine Liste von Texten sein.", key)
            return ()
        return tuple(" ".join(str(item).split()) for item in value)

    def entry(self, key: str) -> Entry:
        """Return a mapping below."""
        value = self._get(key, optional=False)
        if isinstance(value, Mapping):
            return Entry(value, self._findings)
        if value is not None:
            self.fault(f"„{key}“ muss Schlüssel mit Werten haben.", key)
        empty = Mapping()
        empty.line, empty.key_lines = self._tree.line, {}
        return Entry(empty, Findings(""))

    def entries(self, key: str, *, optional: bool = False) -> Iterator[Entry]:
        """Return the mappings of a list."""
        value = self._get(key, optional=optional)
        if value is None:
            return
        if not isinstance(value, Sequence) or not all(isinstance(item, Mapping) for item in value):
            self.fault(f"„{key}“ muss eine Liste von Einträgen sein.", key)
            return
        for item in value:
            assert isinstance(item, Mapping)  # noqa: S101 - looked at above
            yield Entry(item, self._findings)

    def table(self, key: str) -> dict[str, str]:
        """Return a mapping of names to texts."""
        below = self.entry(key)
        return {name: below.text(name) for name in below._tree}  # noqa: SLF001 - the same class

    def done(self) -> None:
        """Keep a fault for every key that nobody asked for."""
        for key in self._tree:
            if key not in self._asked:
                self.fault(f"„{key}“ ist unbekannt. Erlaubt: {', '.join(sorted(self._asked))}.", key)

    def _get(self, key: str, *, optional: bool) -> Tree | None:
        self._asked.add(key)
        value = self._tree.get(key)
        missing = value is None or (isinstance(value, Text) and not value and not value.quoted)
        if missing and not optional:
            self.fault(f"Es fehlt „{key}“.")
        return None if missing else value
