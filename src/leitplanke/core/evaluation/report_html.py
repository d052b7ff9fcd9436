"""The report as one HTML page: nothing is loaded from elsewhere, and there is no script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from leitplanke.core.evaluation.report import Report
from leitplanke.core.evaluation.report_parts import Block, Picture, Points, ReportTable

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.55 system-ui, sans-serif; color: #16202a; background: #fff; margin: 0; overflow-wrap: anywhere; }
table { overflow-wrap: normal; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
.unter { margin: 0 0 1.5rem; color: #45525e; }
.ergebnis { border: 2px solid; border-left-width: .6rem; padding: 1rem 1.25rem; font-size: 1.2rem; }
.bestanden { border-color: #1d6b3a; }
.nicht_bestanden { border-color: #8a1f1f; }
.unzureichend { border-color: #8a5a00; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem 1.5rem; }
dt { color: #45525e; font-size: .9rem; } dd { margin: 0; font-weight: 600; }
.tabelle { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid #c6ced5; }
figure { margin: 1rem 0; } figcaption { font-weight: 600; } figure img { max-width: 100%; height: auto; }
@media print { .tabelle { overflow: visible; } h2, figcaption, caption { break-after: avoid; } }
"""


def report_html(report: Report) -> str:
    """Return the report as a page of its own."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    title = f"{report.title} – {report.subtitle}"
    yield "<!doctype html>"
    yield f'<html lang="{escape(report.language)}">'
    yield f'<head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Whoever puts the page on a server serves no script and no foreign address with it.
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<style>{_STYLE}</style></head>"
    yield "<body><main>"
    yield f"<h1>{escape(report.title)}</h1>"
    yield f'<p class="unter">{escape(report.subtitle)}</p>'
    yield f'<p class="ergebnis {report.verdict.value}"><strong>{escape(report.sentence)}</strong></p>'
    yield "<dl>"
    for label, value in report.facts:
        yield f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>"
    yield "</dl>"
    for section in report.sections:
        yield f"<section><h2>{escape(section.heading)}</h2>"
        for block in section.blocks:
            yield from _block(block)
        yield "</section>"
    yield "</main></body></html>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, str):
        yield f"<p>{escape(block)}</p>"
    elif isinstance(block, Points):
        yield f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
    elif isinstance(block, Picture):
        source = f"data:image/svg+xml;base64,{b64encode(block.svg).decode()}"
        yield f"<figure><figcaption>{escape(block.caption)}</figcaption>"
        yield f'<img src="{source}" alt="{escape(block.alt)}"></figure>'
    else:
        yield from _table(block)


def _table(table: ReportTable) -> Iterator[str]:
    # Reachable by keyboard, because on a narrow screen it scrolls.
    yield f'<div class="tabelle" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
    yield f"<table><caption>{escape(table.caption)}</caption>"
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for first, *rest in table.rows:
        yield f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
    yield "</tbody></table></div>"
