"""What others demand of a guideline: Dortmund's three principles, duties of the AI Act, five documents.

Each demand names the decisions that meet it, as `BB45.oeffentlich`, or `BB45` where any decision does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.guideline.deciding import Numbered
from leitplanke.core.guideline.model import Block, BlockError
from leitplanke.core.guideline.trees import tree_of
from leitplanke.core.rules import Finding
from leitplanke.core.rules.yamltext import Mapping as YamlMapping
from leitplanke.core.rules.yamltext import Sequence, Text

_HEAD = {"dortmund", "ki_verordnung", "dokumente"}
_SOURCE = {"schluessel", "titel", "herausgeber", "stand", "url", "worum", "forderungen"}
_DEMAND = {"text", "norm", "ab", "geprueft", "erfuellt"}


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that is demanded, in our words.

    Attributes:
        met: decisions that meet it; any of them does.
        norm: where it stands, for duties of law.
        since: the day since which it applies, as ISO date; "" where that is not said.
        checked: whether somebody has read it there.
    """

    text: str
    met: tuple[str, ...]
    norm: str = ""
    since: str = ""
    checked: bool = False

    @property
    def blocks(self) -> tuple[str, ...]:
        """The building blocks that it is about."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self.met))

    def is_met_by(self, one: Numbered) -> bool:
        """Tell whether a decision meets it."""
        return one.block.id in self.met or f"{one.block.id}.{one.option.key}" in self.met


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its demands; `about` says in a sentence what it is, `url` may be empty."""

    key: str
    title: str
    publisher: str
    as_of: str
    url: str
    about: str
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What a guideline is held against; `dortmund` says what each of the three principles means."""

    dortmund: Mapping[str, str]
    ai_act: Source
    documents: tuple[Source, ...]


def unmet(demands: Iterable[Demand], clauses: Iterable[Numbered]) -> list[Demand]:
    """Return the demands that no clause meets."""
    decided = tuple(clauses)
    return [demand for demand in demands if not any(demand.is_met_by(one) for one in decided)]


def load_sources(file: Path | Traversable, blocks: Mapping[str, Block]) -> Sources:
    """Read the demands.

    Raises:
        BlockError: the file cannot be used, or names a decision that does not exist; every fault with its line.
    """
    return sources_from_text(file.read_text(encoding="utf-8-sig"), file.name, blocks)


def sources_from_text(text: str, file: str, blocks: Mapping[str, Block]) -> Sources:
    """Read the demands from their YAML.

    Raises:
        BlockError: it cannot be used; every fault with its line.
    """
    tree = tree_of(text, file)
    reader = _Reader(file, blocks)
    found = reader.sources(tree)
    if reader.findings:
        raise BlockError(tuple(reader.findings))
    return found


class _Reader:
    def __init__(self, file: str, blocks: Mapping[str, Block]) -> None:
        self._file = file
        self._decisions = {f"{block.id}.{option.key}" for block in blocks.values() for option in block.options}
        self._decisions |= blocks.keys()
        self.findings: list[Finding] = []

    def sources(self, tree: YamlMapping) -> Sources:
        self._only(tree, _HEAD)
        return Sources(
            {name: str(said) for name, said in self._part(tree, "dortmund").items()},
            self._source(self._part(tree, "ki_verordnung")),
            tuple(self._source(row) for row in self._rows(tree, "dokumente")),
        )

    def _source(self, row: YamlMapping) -> Source:
        self._only(row, _SOURCE)
        return Source(
            self._text(row, "schluessel"), self._text(row, "titel"), self._text(row, "herausgeber"),
            self._text(row, "stand"), str(row.get("url", "")), self._text(row, "worum"),
            tuple(self._demand(one) for one in self._rows(row, "forderungen")),
        )  # fmt: skip

    def _demand(self, row: YamlMapping) -> Demand:
        self._only(row, _DEMAND)
        met = row.get("erfuellt")
        names = tuple(str(name) for name in met) if isinstance(met, Sequence) else ()
        if not names:
            self._fault(row.line, "„erfuellt“ nennt mindestens eine Entscheidung.")
        for name in names:
            if name not in self._decisions:
                self._fault(row.line, f"Die Entscheidung „{name}“ gibt es nicht.")
        return Demand(
            self._text(row, "text"), names, str(row.get("norm", "")), str(row.get("ab", "")),
            str(row.get("geprueft", "nein")) == "ja",
        )  # fmt: skip

    def _part(self, tree: YamlMapping, name: str) -> YamlMapping:
        part = tree.get(name)
        if isinstance(part, YamlMapping):
            return part
        raise BlockError((Finding(self._file, tree.line, f"„{name}“ fehlt."),))

    def _rows(self, tree: YamlMapping, name: str) -> list[YamlMapping]:
        rows = tree.get(name)
        if isinstance(rows, Sequence):
            return [row for row in rows if isinstance(row, YamlMapping)]
        self._fault(tree.line, f"„{name}“ fehlt.")
        return []

    def _text(self, row: YamlMapping, name: str) -> str:
        value = row.get(name)
        if isinstance(value, Text) and value:
            return str(value)
        self._fault(row.line, f"„{name}“ fehlt.")
        return ""

    def _only(self, row: YamlMapping, names: set[str]) -> None:
        for name in row.keys() - names:
            self._fault(row.key_lines[name], f"„{name}“ gibt es nicht; möglich: {', '.join(sorted(names))}.")

    def _fault(self, line: int, message: str) -> None:
        self.findings.append(Finding(self._file, line, message))
