"""What is known of guidelines elsewhere: facts with their sources, as data (`content/leitlinien/regelwerke.yaml`)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.guideline.model import BlockError
from leitplanke.core.guideline.trees import tree_of
from leitplanke.core.rules import Finding
from leitplanke.core.rules.yamltext import Mapping as YamlMapping
from leitplanke.core.rules.yamltext import Sequence, Text, Tree

_HEAD = {"erhoben", "quellen", "regelwerke"}
_ENTRY = {"schluessel", "name", "ebene", "land", "titel", "art", "stand", "lizenz", "beleg", "quellen", "bekannt"}
_FACT = {"thema", "text", "quelle"}
UNKNOWN = "unbekannt"


class Evidence(enum.StrEnum):
    """How near to the document itself a fact was found."""

    AMTLICH = "amtlich"
    VERBAND = "verband"
    PRESSE = "presse"
    INDIREKT = "indirekt"


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A public page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """What a guideline says about a topic, in our words."""

    topic: str
    text: str
    source: KnownSource


@dataclass(frozen=True, slots=True)
class KnownGuideline:
    """A guideline somewhere else, by the key that `gewaehlt` in building blocks uses.

    Attributes:
        level: `gemeinde`, `stadt`, `kreis`, `land`, `kanton`, `bund` or `verband`.
        as_of: its date as far as it is known, for people.
        licence: under which its text may be used, `UNKNOWN` where nobody said so.
    """

    key: str
    name: str
    level: str
    country: str
    title: str
    kind: str
    as_of: str
    licence: str
    evidence: Evidence
    sources: tuple[KnownSource, ...]
    facts: tuple[KnownFact, ...]


def load_known(file: Path | Traversable) -> dict[str, KnownGuideline]:
    """Read the known guidelines, by key, in their order.

    Raises:
        BlockError: the file cannot be used; every fault with its line.
    """
    return known_from_text(file.read_text(encoding="utf-8-sig"), file.name)


def known_from_text(text: str, file: str) -> dict[str, KnownGuideline]:
    """Read known guidelines from their YAML.

    Raises:
        BlockError: it cannot be used; every fault with its line.
    """
    tree = tree_of(text, file)
    reader = _KnownReader(file)
    known = reader.guidelines(tree)
    if reader.findings:
        raise BlockError(tuple(reader.findings))
    return known


class _KnownReader:
    def __init__(self, file: str) -> None:
        self._file = file
        self._sources: dict[str, KnownSource] = {}
        self.findings: list[Finding] = []

    def guidelines(self, tree: YamlMapping) -> dict[str, KnownGuideline]:
        self._only(tree, _HEAD)
        sources = tree.get("quellen")
        if isinstance(sources, YamlMapping):
            self._sources = {key: self._page(row, sources.line) for key, row in sources.items()}
        known: dict[str, KnownGuideline] = {}
        for row in self._rows(tree, "regelwerke"):
            one = self._guideline(row)
            if one.key in known:
                self._fault(row.line, f"„{one.key}“ steht schon da.")
            known[one.key] = one
        return known

    def _page(self, row: Tree, line: int) -> KnownSource:
        if not isinstance(row, YamlMapping):
            self._fault(line, "Eine Quelle hat „titel“ und „url“.")
            return KnownSource("", "")
        self._only(row, {"titel", "url"})
        url = self._text(row, "url")
        if not url.startswith(("https://", "http://")):
            self._fault(row.line, f"„{url}“ ist keine Adresse.")
        return KnownSource(self._text(row, "titel"), url)

    def _guideline(self, row: YamlMapping) -> KnownGuideline:
        self._only(row, _ENTRY)
        evidence = self._text(row, "beleg")
        if evidence not in set(Evidence):
            self._fault(row.line, f"„beleg: {evidence}“ gibt es nicht; möglich: {', '.join(Evidence)}.")
        listed = row.get("quellen")
        keys = [str(key) for key in listed] if isinstance(listed, Sequence) else []
        if not keys:
            self._fault(row.line, "„quellen“ nennt mindestens eine Quelle.")
        known = Evidence(evidence) if evidence in set(Evidence) else Evidence.INDIREKT
        return KnownGuideline(
            key=self._text(row, "schluessel"), name=self._text(row, "name"), level=self._text(row, "ebene"),
            country=self._text(row, "land"), title=self._text(row, "titel"), kind=self._text(row, "art"),
            as_of=self._text(row, "stand"), licence=self._text(row, "lizenz"), evidence=known,
            sources=tuple(self._source(key, row.line) for key in keys),
            facts=tuple(self._fact(fact) for fact in self._rows(row, "bekannt")),
        )  # fmt: skip

    def _fact(self, row: YamlMapping) -> KnownFact:
        self._only(row, _FACT)
        source = self._source(self._text(row, "quelle"), row.line)
        return KnownFact(self._text(row, "thema"), self._text(row, "text"), source)

    def _source(self, key: str, line: int) -> KnownSource:
        if key not in self._sources:
            self._fault(line, f"Die Quelle „{key}“ steht nicht unter „quellen“.")
        return self._sources.get(key, KnownSource("", ""))

    def _rows(self, tree: YamlMapping, name: str) -> list[YamlMapping]:
        rows = tree.get(name)
        if rows is None:
            return []
        if not isinstance(rows, Sequence) or not all(isinstance(row, YamlMapping) for row in rows):
            self._fault(tree.line, f"„{name}“ ist eine Liste von Einträgen mit Namen und Werten.")
            return []
        return [row for row in rows if isinstance(row, YamlMapping)]

    def _text(self, row: YamlMapping, name: str) -> str:
        value = row.get(name)
        if isinstance(value, Text) and value:
            return str(value)
        self._fault(row.line, f"„{name}“ fehlt.")
        return ""

    def _only(self, row: Mapping[str, Tree], names: set[str]) -> None:
        for name in row.keys() - names:
            line = row.key_lines[name] if isinstance(row, YamlMapping) else 1
            self._fault(line, f"„{name}“ gibt es nicht; möglich: {', '.join(sorted(names))}.")

    def _fault(self, line: int, message: str) -> None:
        self.findings.append(Finding(self._file, line, message))
