"""The report of an evaluation on paper."""

from __future__ import annotations

from leitplanke.base.documents.printing.record import (
    Illustration,
    Items,
    Record,
    RecordSection,
    TextTable,
    record_pdf,
)
from leitplanke.core.drafting.brief import Table
from leitplanke.core.evaluation.report import Report
from leitplanke.core.evaluation.report_parts import Block, Picture, Points

_RESULT = ("Ergebnis", "Result")


def evaluation_pdf(report: Report) -> bytes:
    """Return a report as tagged PDF; the same report gives the same bytes.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set.
    """
    return record_pdf(
        Record(
            title=report.title,
            subtitle=report.subtitle,
            datum=report.day,
            highlights=((_RESULT[report.language == "en"], report.sentence),),
            sections=(
                RecordSection("", (Items(tuple(f"{label}: {value}" for label, value in report.facts)),)),
                *(
                    RecordSection(part.heading, tuple(_block(block) for block in part.blocks))
                    for part in report.sections
                ),
            ),
            sprache=report.language,
        )
    )


def _block(block: Block) -> str | Items | Table | Illustration:
    if isinstance(block, str):
        return block
    if isinstance(block, Points):
        return Items(block.items)
    if isinstance(block, Picture):
        return Illustration(block.svg.decode(), block.caption, block.alt)
    return TextTable("", block.caption, block.columns, block.rows)
