"""A document as HTML: headings in order, tables with headers, footnotes with a way back; everything escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from leitplanke.core.guideline.writing.tree import (
    Document,
    Heading,
    Manner,
    NewPage,
    Node,
    Points,
    Signatures,
    Table,
    Terms,
    Text,
)

_STYLE = """
body { font: 1.05rem/1.6 system-ui, sans-serif; color: #1b2730; background: #fff; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, h4 { color: #1d3f5e; line-height: 1.25; margin: 2em 0 .6em; text-wrap: balance; }
h1 { margin-top: 0; } h3, h4 { font-size: 1.1rem; }
.lead { font-size: 1.15rem; } .small { font-size: .95rem; color: #4d5761; }
.marked, .draft { border-left: .25rem solid #1d3f5e; background: #f2f5f7; padding: .75rem 1rem; }
.table { overflow-x: auto; margin: 1.5rem 0; } table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; color: #1d3f5e; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
  border-bottom: 1px solid #b9c2ca; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #1d3f5e; } tbody th { font-weight: normal; }
dt { font-weight: bold; margin-top: 1rem; } dd { margin: .2rem 0 0; }
a { color: #1d3f5e; } a:focus-visible { outline: 3px solid #1d3f5e; outline-offset: 2px; }
.sign { margin-top: 3.5rem; border-top: 1px solid #5c6670; padding-top: .4rem; max-width: 24rem; }
@media print { body { max-width: none; } h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } }
""".strip()


def html_page(document: Document) -> str:
    """Return a whole page that needs nothing else."""
    title = f"{document.title} · {document.author}"
    return (
        f'<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{html_body(document)}\n</main>\n</body>\n</html>\n"
    )


def html_body(document: Document, *, top: int = 1) -> str:
    """Return what goes into a page of somebody else, whose next heading is of level `top`."""
    parts = [
        f"<h{top}>{escape(document.title)}</h{top}>",
        f'<p class="small">{escape(document.author)} · {escape(document.subtitle)}</p>',
    ]
    if document.draft:
        parts.append(f'<p class="draft"><strong>{escape(document.draft)}</strong></p>')
    parts += [part for node in document.nodes for part in _node(node, top)]
    if document.notes:
        parts += _notes(document.notes, min(top + 1, 6))
    return "\n".join(parts)


def _node(node: Node, top: int) -> Iterator[str]:
    match node:
        case Heading():
            level = min(node.level + top - 1, 6)
            yield f"<h{level}>{escape(node.words)}</h{level}>"
        case Text():
            yield _paragraph(node)
        case Points():
            yield from _points(node)
        case Terms():
            yield "<dl>"
            yield from (f"<dt>{escape(name)}</dt>\n<dd>{escape(said)}</dd>" for name, said in node.pairs)
            yield "</dl>"
        case Table():
            yield from _table(node)
        case Signatures():
            yield from (f'<p class="sign">Ort, Datum, Unterschrift<br>{escape(who)}</p>' for who in node.who)
        case NewPage():
            return


def _paragraph(text: Text) -> str:
    kind = "" if text.manner is Manner.PLAIN else f' class="{text.manner.value}"'
    colon = "" if text.label.endswith(")") else ":"
    label = f"<strong>{escape(text.label)}{colon}</strong> " if text.label else ""
    return f"<p{kind}>{label}{escape(text.text)}{_reference(text.note)}</p>"


def _reference(note: int) -> str:
    if not note:
        return ""
    return f'<sup><a id="b{note}" href="#a{note}" aria-label="Anmerkung {note}">{note}</a></sup>'


def _notes(notes: tuple[str, ...], level: int) -> Iterator[str]:
    yield f"<h{level}>Anmerkungen</h{level}>\n<ol>"
    for number, note in enumerate(notes, 1):
        back = f'<a href="#b{number}" aria-label="Zurück zur Anmerkung {number} im Text">↩</a>'
        yield f'<li id="a{number}">{escape(note)} {back}</li>'
    yield "</ol>"


def _points(points: Points) -> Iterator[str]:
    if points.label:
        yield f"<p><strong>{escape(points.label)}:</strong></p>"
    tag = "ol" if points.ordered else "ul"
    yield f"<{tag}>"
    yield from (f"<li>{escape(item)}</li>" for item in points.items)
    yield f"</{tag}>"


def _table(table: Table) -> Iterator[str]:
    name = escape(table.caption or "Tabelle")
    # A wide table scrolls by itself, also by keyboard.
    yield f'<div class="table" role="region" tabindex="0" aria-label="{name}">\n<table>'
    if table.caption:
        yield f"<caption>{name}</caption>"
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody>\n</table>\n</div>"
