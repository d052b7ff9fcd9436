"""Putting the text of a document together, block by block, with exact offsets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import Block, BlockKind, Document
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.limits import DEFAULT_LIMITS, Limits
from leitplanke.core.retrieval.extract.tidy import describe_hidden, one_line, repair_typesetting, strip_hidden

_TIGHT = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document the next block lies; the fields are those of `Block`."""

    section: str = ""
    section_title: str = ""
    absatz: str = ""
    page: int = 0
    headings: tuple[str, ...] = ()
    annex: bool = False


class TextBuilder:
    """Collects blocks; every text passes through the same cleaning, so offsets never move afterwards."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        """Start an empty document."""
        self.place = Place()
        self.findings: list[str] = []
        self.hidden: Counter[str] = Counter()
        self._limits = limits
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def move(self, **changes: object) -> None:
        """Change fields of the current place."""
        self.place = replace(self.place, **changes)  # type: ignore[arg-type]

    def find(self, finding: str) -> None:
        """Note something for the person who releases the source, once."""
        if finding not in self.findings:
            self.findings.append(finding)

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append a block at the current place; a text without visible characters is left out."""
        text = one_line(repair_typesetting(strip_hidden(text, self.hidden)))
        if not text:
            return
        gap = self._gap(kind)
        start = self._length + len(gap)
        self._length = start + len(text)
        if self._length > self._limits.text_chars:
            message = f"Der Text ist länger als {self._limits.text_chars:,} Zeichen. Bitte teilen Sie das Dokument."
            raise ExtractionError("too_large", message.replace(",", "."))
        self._parts += (gap, text)
        place = self.place
        self._blocks.append(
            Block(
                start=start,
                end=self._length,
                kind=kind,
                level=level,
                section=place.section,
                section_title=place.section_title,
                absatz=place.absatz,
                page=place.page,
                headings=place.headings,
                annex=place.annex,
            )
        )

    def _gap(self, kind: BlockKind) -> str:
        if not self._blocks:
            return ""
        return "\n" if kind in _TIGHT and self._blocks[-1].kind is not BlockKind.HEADING else "\n\n"

    def finish(self, source: Source) -> Document:
        """Return the document; an empty one is an error, because nobody could cite it."""
        if not any(block.kind is not BlockKind.HEADING for block in self._blocks):
            message = "In der Datei steht kein lesbarer Text. Bitte prüfen Sie, ob es die richtige Datei ist."
            raise ExtractionError("no_text" if self._blocks else "empty", message)
        findings = (*self.findings, *describe_hidden(self.hidden))
        return Document(source=source, text="".join(self._parts), blocks=tuple(self._blocks), findings=findings)
