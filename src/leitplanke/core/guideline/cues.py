"""Cues: by which words one sees what a passage is about, as data (`content/leitlinien/stichworte.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.guideline.model import Block, BlockError
from leitplanke.core.guideline.trees import tree_of
from leitplanke.core.rules import Finding
from leitplanke.core.rules.yamltext import Mapping as YamlMapping
from leitplanke.core.rules.yamltext import Sequence, Text, Tree

_STAR = r"[\w:*-]*"
_TOPIC = "thema"
_KEYS = {"stark", "schwach", "gegen", "optionen"}


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that stand together: each of `needs` has to be there, none of `bars` may.

    Attributes:
        text: as people wrote it.
    """

    text: str
    needs: tuple[re.Pattern[str], ...]
    bars: tuple[re.Pattern[str], ...] = ()

    def found(self, text: str) -> bool:
        """Tell whether `text`, in small letters, holds it."""
        return self.needed_in(text) and not any(bar.search(text) for bar in self.bars)

    def needed_in(self, text: str) -> bool:
        """Tell whether `text`, in small letters, has all it needs, whatever bars it in a part of it."""
        return all(need.search(text) for need in self.needs)


@dataclass(frozen=True, slots=True)
class BlockCues:
    """The cues of a block.

    Attributes:
        strong: each suffices.
        weak: count only together with others.
        against: where one is found, none of the others counts.
        options: which answer a sentence suggests.
    """

    strong: tuple[Cue, ...] = ()
    weak: tuple[Cue, ...] = ()
    against: tuple[Cue, ...] = ()
    options: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues: those by which a text speaks of AI at all, and those of each block."""

    topic: tuple[Cue, ...]
    blocks: Mapping[str, BlockCues]


def load_cues(file: Path | Traversable, blocks: Mapping[str, Block]) -> Cues:
    """Read cues from a file.

    Raises:
        BlockError: as `cues_from_text`.
    """
    return cues_from_text(file.read_text(encoding="utf-8-sig"), file.name, blocks)


def cues_from_text(text: str, file: str, blocks: Mapping[str, Block]) -> Cues:
    """Read cues from their YAML.

    Raises:
        BlockError: they cannot be used, or name blocks or options that do not exist; every fault with its line.
    """
    tree = tree_of(text, file)
    reader = _CueReader(file, blocks)
    topic = reader.cues(tree.get(_TOPIC), tree.line)
    if not topic:
        reader.fault(tree.line, f"„{_TOPIC}“ fehlt: Woran sieht man, dass ein Text von KI spricht?")
    cues = {block: reader.block(block, row, tree.line) for block, row in tree.items() if block != _TOPIC}
    missing = [block for block in blocks if block not in cues]
    if missing:
        reader.fault(1, f"Für {', '.join(missing)} stehen keine Stichworte da.")
    if reader.findings:
        raise BlockError(tuple(reader.findings))
    return Cues(topic, cues)


class _CueReader:
    def __init__(self, file: str, blocks: Mapping[str, Block]) -> None:
        self._file, self._blocks = file, blocks
        self.findings: list[Finding] = []

    def fault(self, line: int, message: str) -> None:
        self.findings.append(Finding(self._file, line, message))

    def block(self, name: str, row: Tree, line: int) -> BlockCues:
        block = self._blocks.get(name)
        if block is None or not isinstance(row, YamlMapping):
            self.fault(getattr(row, "line", line), f"„{name}“ ist kein Baustein mit Stichworten.")
            return BlockCues()
        for key in row.keys() - _KEYS:
            self.fault(row.line, f"„{key}“ gibt es nicht; möglich: {', '.join(sorted(_KEYS))}.")
        if not row.get("stark"):
            self.fault(row.line, f"{name} braucht ein Stichwort unter „stark“.")
        strong, weak, against = (self.cues(row.get(key), row.line) for key in ("stark", "schwach", "gegen"))
        return BlockCues(strong, weak, against, self._options(block, row.get("optionen"), row.line))

    def _options(self, block: Block, tree: Tree | None, line: int) -> dict[str, tuple[Cue, ...]]:
        if tree is None:
            return {}
        if not isinstance(tree, YamlMapping):
            self.fault(line, "„optionen“ nennt je Schlüssel einer Option ihre Stichworte.")
            return {}
        for key in tree:
            if block.option(key) is None:
                self.fault(tree.line, f"{block.id} hat keine Option „{key}“.")
        return {key: self.cues(rows, tree.line) for key, rows in tree.items()}

    def cues(self, rows: Tree | None, line: int) -> tuple[Cue, ...]:
        if rows is None:
            return ()
        if not isinstance(rows, Sequence) or not all(isinstance(row, Text) for row in rows):
            self.fault(line, "Stichworte sind eine Liste von Texten.")
            return ()
        return tuple(cue for row in rows if isinstance(row, Text) and (cue := self._cue(str(row), row.line)))

    def _cue(self, text: str, line: int) -> Cue | None:
        wanted, *barred = (part.strip() for part in text.split("!"))
        parts = [part.strip() for part in wanted.split("+")]
        if not all((*parts, *barred)):
            self.fault(line, f"Das Stichwort „{text}“ hat eine Lücke.")
            return None
        return Cue(text, tuple(map(_pattern, parts)), tuple(map(_pattern, barred)))


def _pattern(part: str) -> re.Pattern[str]:
    """Return the pattern of "a / b*": one of several phrases, each a row of whole words."""
    phrases = (phrase.split() for phrase in re.split(r"(?:^|\s)/(?:\s|$)", part))
    written = "|".join(r"\s+".join(_word(word) for word in phrase) for phrase in phrases if phrase)
    return re.compile(rf"(?<!\w)(?:{written})(?![\w])")


def _word(word: str) -> str:
    return re.escape(word.lower()).replace(r"\*", _STAR)
