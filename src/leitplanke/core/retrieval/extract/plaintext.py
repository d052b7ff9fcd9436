"""Plain text: saved web pages, text taken out of PDFs, and what people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.decoding import decode
from leitplanke.core.retrieval.extract.lines import (
    Line,
    drop_running_heads,
    is_wrapped,
    reflow,
    text_lines,
    usual_width,
)
from leitplanke.core.retrieval.extract.structure import write_paragraphs
from leitplanke.core.retrieval.extract.tidy import repair_typesetting, strip_hidden
from leitplanke.core.retrieval.extract.webnoise import trim_web_page
from leitplanke.core.retrieval.extract.words import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.extract.limits import Limits

_RUNNING_HEADS = "Kopf- und Fußzeilen sowie Seitenzahlen weggelassen: {count} Zeilen."


def read_text(name: str, data: bytes, limits: Limits) -> Document:
    """Read a plain text file."""
    builder = TextBuilder(limits)
    text = repair_typesetting(strip_hidden(decode(data, builder), builder.hidden))
    title = write_lines(builder, text_lines(text))
    return builder.finish(Source(document=name, title=title or name))


def write_lines(builder: TextBuilder, lines: Sequence[Line], *, wrapped: bool = False) -> str:
    """Write lines that know nothing of paragraphs, and return the title found.

    `wrapped` says that lines surely end where the page does; otherwise their lengths tell.
    """
    paged = any(line.page for line in lines)
    if paged:
        lines, dropped = drop_running_heads(lines)
        if dropped:
            builder.find(_RUNNING_HEADS.format(count=dropped))
    if wrapped or is_wrapped(lines):
        lines = _repaired(lines)
    else:
        lines, finding = trim_web_page(lines)
        if finding:
            builder.find(finding)
    return write_paragraphs(builder, lines, paged=paged).first


def _repaired(lines: Sequence[Line]) -> list[Line]:
    vocabulary = Vocabulary(line.text for line in lines)
    return [
        Line(vocabulary.mend(line.text), line.page, line.gap, line.size, line.bold)
        for line in reflow(lines, usual_width(lines), vocabulary)
    ]
