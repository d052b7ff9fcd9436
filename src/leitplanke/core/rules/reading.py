"""Reading the files of a Regelwerk: scalars are typed here, and every fault is told with file, line and cause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self

from leitplanke.core.rules.errors import Finding, RulesError
from leitplanke.core.rules.formula import Expr, parse_formula
from leitplanke.core.rules.model import Geltung, Place, Status, Words
from leitplanke.core.rules.numbers import day_of, scaled
from leitplanke.core.rules.yamltext import Mapping as Node
from leitplanke.core.rules.yamltext import Sequence, Text, Tree

NAME = re.compile(r"[a-z][a-z0-9_]{0,60}\Z")
RESERVED = frozenset({"stichtag", "min", "max", "round", "sum", "count", "any", "all", "clamp", "abs"})
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?\Z")


class Findings:
    """Collects faults, so that an expert sees all of them at once."""

    def __init__(self) -> None:
        """Begin without any."""
        self.found: list[Finding] = []

    def add(self, place: Place, message: str) -> None:
        """Note one fault."""
        self.found.append(Finding(place.file, place.line, message))

    @contextmanager
    def catching(self, place: Place, what: str) -> Iterator[None]:
        """Turn an error of ours into a finding at `place`."""
        try:
            yield
        except RulesError as error:
            self.add(place, f"{what}: {error}")


class Entry:
    """One mapping of a file, read key by key; what nobody asked for is a fault."""

    def __init__(self, node: Tree, what: str, file: str, ebene: str, findings: Findings) -> None:
        """Read `node`; `what` names it in messages."""
        self.what = what
        self.findings = findings
        self._file, self._ebene = file, ebene
        self._node = node if isinstance(node, Node) else None
        self._asked: set[str] = set()
        self.place = Place(file, getattr(node, "line", 1), ebene)
        if self._node is None:
            findings.add(self.place, f"{what}: Erwartet werden benannte Werte, einer je Zeile.")

    def __enter__(self) -> Self:
        """Begin reading."""
        return self

    def __exit__(self, *_: object) -> None:
        """Report keys that nobody asked for."""
        for key in (self._node or {}).keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self.findings.add(self.at(key), f"{self.what}: „{key}“ gibt es hier nicht. Möglich: {known}.")

    def at(self, key: str) -> Place:
        """Return where `key` stands."""
        line = self._node.key_lines.get(key, self._node.line) if self._node is not None else self.place.line
        return Place(self._file, line, self._ebene)

    def has(self, key: str) -> bool:
        """Tell whether `key` is there."""
        self._asked.add(key)
        return self._node is not None and key in self._node

    def tree(self, key: str) -> Tree | None:
        """Return what stands under `key`."""
        return self._node.get(key) if self.has(key) and self._node is not None else None

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without `default` it must be there."""
        found = self.tree(key)
        if isinstance(found, Text) and (found or found.quoted or default is not None):
            return str(found)
        if found is not None:
            self.findings.add(self.at(key), f"{self.what}: „{key}“ muss ein Text sein.")
        elif default is None:
            self.findings.add(self.place, f"{self.what}: „{key}“ fehlt.")
        return default or ""

    def words(self, key: str, default: str | None = None) -> Words:
        """Return a text in German, or in German and English as `{de: …, en: …}`."""
        found = self.tree(key)
        if isinstance(found, Node):
            with Entry(found, f"{self.what}, {key}", self._file, self._ebene, self.findings) as entry:
                return Words(entry.text("de"), entry.text("en", ""))
        return Words(self.text(key, default))

    def truth(self, key: str) -> bool:
        """Return ja as True, nein or nothing as False; other spellings are refused."""
        found = self.tree(key)
        if found is not None and found not in {"ja", "nein"}:
            self.findings.add(self.at(key), f"{self.what}: „{key}“ ist „ja“ oder „nein“, nicht „{found}“.")
        return found == "ja"

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = self.tree(key)
        if found is None:
            return ()
        if not isinstance(found, Sequence) or not all(isinstance(item, Text) for item in found):
            self.findings.add(self.at(key), f"{self.what}: „{key}“ muss eine Liste von Texten sein: [a, b].")
            return ()
        return tuple(str(item) for item in found)

    def chosen(self, key: str, options: tuple[str, ...], default: str | None = None) -> str:
        """Return one of `options`."""
        found = self.text(key, default)
        if found not in options and (found or default is None):
            self.findings.add(self.at(key), f"{self.what}: „{key}“ ist „{found}“, möglich sind: {', '.join(options)}.")
        return found

    def day(self, key: str, default: date) -> date:
        """Return a day."""
        found = self.text(key, "")
        if found:
            with self.findings.catching(self.at(key), f"{self.what}, {key}"):
                return day_of(found)
        return default

    def count(self, key: str, default: int) -> int:
        """Return a whole number of 0 or more."""
        found = self.text(key, str(default))
        if not found.isascii() or not found.isdigit() or len(found) > 9:
            self.findings.add(self.at(key), f"{self.what}: „{key}“ muss eine ganze Zahl sein, nicht „{found}“.")
            return default
        return int(found)

    def number(self, key: str, stellen: int) -> int | None:
        """Return a number as a whole number of 10 ** -`stellen`; None where it is missing."""
        if not self.has(key):
            return None
        return self.exact(self.text(key), stellen, self.at(key), f"{self.what}, {key}")

    def exact(self, text: str, stellen: int, place: Place, what: str) -> int | None:
        """Read one number of a file."""
        if not _NUMBER.match(text):
            self.findings.add(place, f"{what}: „{text}“ ist keine Zahl; Beispiel: 1162.35.")
            return None
        with self.findings.catching(place, what):
            return scaled(Decimal(text), stellen, "Zahl")
        return None

    def formula(self, key: str) -> tuple[Expr, str] | None:
        """Return a formula and its text."""
        text = self.text(key)
        if not text:
            return None
        with self.findings.catching(self.at(key), self.what):
            return parse_formula(text), text
        return None

    def geltung(self, default_ab: date = date.min) -> Geltung:
        """Return when this holds."""
        status = self.chosen("status", tuple(Status), Status.IN_KRAFT)
        with self.findings.catching(self.place, self.what):
            return Geltung(
                self.day("ab", default_ab),
                self.day("bis", date.max),
                Status(status) if status in tuple(Status) else Status.IN_KRAFT,
                self.day("bekannt_seit", date.min),
                self.text("quelle", ""),
            )
        return Geltung()

    def named(self, key: str) -> Iterator[tuple[str, Tree]]:
        """Yield the named entries under `key`; a name that no formula could use is a fault."""
        found = self.tree(key)
        if found is not None and not isinstance(found, Node):
            self.findings.add(self.at(key), f"{self.what}: „{key}“ enthält benannte Einträge.")
        name_lines = found.key_lines if isinstance(found, Node) else {}
        for name, node in found.items() if isinstance(found, Node) else ():
            place = Place(self._file, name_lines[name], self._ebene)
            if not NAME.match(name) or name in RESERVED:
                self.findings.add(
                    place,
                    f"„{name}“ taugt nicht als Name: klein geschrieben, a bis z, Ziffern und _, kein Wort der Formeln.",
                )
                continue
            yield name, node

    def each(self, key: str, what: str) -> Iterator[Entry]:
        """Yield the entries of a list of mappings."""
        found = self.tree(key)
        if found is not None and not isinstance(found, Sequence):
            self.findings.add(self.at(key), f"{self.what}: „{key}“ muss eine Liste sein (Zeilen mit „-“).")
        for node in found if isinstance(found, Sequence) else ():
            yield self.entry(node, what)

    def entry(self, node: Tree, what: str) -> Entry:
        """Read another mapping of the same file."""
        entry = Entry(node, what, self._file, self._ebene, self.findings)
        entry.place = Place(self._file, getattr(node, "line", self.place.line), self._ebene)
        return entry


def plain(node: Tree) -> object:
    """Return a tree as ordinary data; scalars stay text."""
    if isinstance(node, Node):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, Sequence) else str(node)


def decimal_or_none(text: str) -> Decimal | None:
    """Return the number a text is, None where it is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


Reader = Callable[[Entry, str], object]
Named = Mapping[str, object]
