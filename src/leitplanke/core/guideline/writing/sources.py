"""Documents as sources of an assistant: sentence by sentence quotable, and nothing said twice.

An assistant answers from single sentences. What several documents say alike would compete with itself, so each of them
keeps what only it says; and a clause stands under the question that it answers, since that is how people ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from leitplanke.core.guideline.writing.markdown import markdown
from leitplanke.core.guideline.writing.material import Material
from leitplanke.core.guideline.writing.tree import (
    Document,
    Heading,
    Manner,
    NewPage,
    Node,
    Output,
    Points,
    Signatures,
    Table,
    Text,
)

# What becomes a source, and whom it binds. The other documents say parts of these again, for other readers.
SOURCES: Mapping[Output, str] = {
    Output.LEITLINIE: "Verwaltung und Eigenbetriebe",
    Output.GESCHAEFTSANWEISUNG: "Alle Beschäftigten",
    Output.PRAXISHANDBUCH: "Niemanden; das Handbuch erklärt Leitlinie und Geschäftsanweisung",
}
# Where the table of data stands once, with its explanation.
_TABLES_IN = Output.GESCHAEFTSANWEISUNG
_APPENDIX = "Anlage "
# Instead of the introduction, which speaks of notes and examples that are not there.
_LEAD = (
    "„{title}“, aufbereitet zum Zitieren: die Klauseln im Wortlaut, jede unter ihrer Nummer und der Frage, die sie "
    "beantwortet. Anlagen, Unterschriften und Beispiele stehen im Schriftstück selbst."
)
# Headings that close a document, and what people ask about that.
_ASKED = {
    "Beschluss und Geltung": "Wer hat die Leitlinie beschlossen, und seit wann gilt sie?",
    "Geltung": "Seit wann gilt die Geschäftsanweisung?",
    "Wer macht was": "Wer ist wofür zuständig, und welche Frist gilt?",
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as a source: what it is, its title, whom it binds, and its text as Markdown."""

    kind: Output
    title: str
    binds: str
    text: str


def source_text(document: Document, material: Material) -> SourceText:
    """Return a document of `material` as a source.

    Appendices, signatures and examples stay with the document itself: they are for readers, not for quoting.

    Raises:
        KeyError: a document of this kind becomes no source.
    """
    questions = {one.number: one.block.question for one in material.clauses}
    nodes = tuple(_quotable(document, questions))
    text = markdown(replace(document, nodes=nodes, notes=()))
    return SourceText(document.kind, document.title, SOURCES[document.kind], text)


def _quotable(document: Document, questions: Mapping[str, str]) -> Iterator[Node]:
    for node in document.nodes:
        match node:
            case Heading() if node.text.startswith(_APPENDIX):
                return
            case Heading():
                asked = questions.get(node.number) or _ASKED.get(node.text)
                yield replace(node, text=f"{node.text}: {asked}") if asked else node
            case Table():
                yield from _rows(node) if document.kind is _TABLES_IN else ()
            case Text():
                yield from _said(document, node)
            case Points() if document.kind is Output.PRAXISHANDBUCH:
                continue  # what to leave stands in the instruction
            case NewPage() | Signatures():
                continue
            case _:
                yield node


def _rows(table: Table) -> Iterator[Node]:
    """Say each row of a table as a sentence of its own."""
    if table.caption:
        yield Heading(table.caption, 3)
    yield Points(tuple(_row(table.columns, row) for row in table.rows))


def _row(columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    said = (f"{column}: {cell}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell != "–")
    return f"{row[0]} – {', '.join(said)}."


def _said(document: Document, text: Text) -> Iterator[Node]:
    if text.manner is Manner.LEAD:
        yield Text(_LEAD.format(title=document.title))
        return
    if document.kind is Output.PRAXISHANDBUCH and text.label:
        return  # the rule stands in the instruction, and an example is no rule
    if text.of_table and document.kind is not _TABLES_IN:
        return
    yield replace(text, note=0)
    if text.note:
        yield Text(document.notes[text.note - 1], label="Vorschriften")
