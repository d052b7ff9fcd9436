"""Footnotes in a Word file, for which python-docx has no verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SMALL = '<w:rPr><w:sz w:val="17"/></w:rPr>'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
# The lines between text and notes come first; Word expects them under these numbers.
_LINES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def add_notes(document: Any, notes: Sequence[str]) -> None:
    """Give a document its footnotes, the first under number 1; each is shown where `refer_to` names it."""
    if not notes:
        return
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="20"/></w:pPr><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r>{_SMALL}<w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f"{head}<w:footnotes {nsdecls('w')}>{_LINES}{body}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def refer_to(paragraph: Any, number: int) -> None:
    """Show a footnote at the end of a paragraph."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)  # noqa: SLF001 - python-docx has no verb for footnotes
