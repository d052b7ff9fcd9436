"""PDF files: lines with their look, page by page; what is on the page but not to be seen is left out and reported."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.lines import Line
from leitplanke.core.retrieval.extract.pdf_hidden import REASONS, drop_hidden
from leitplanke.core.retrieval.extract.plaintext import write_lines
from leitplanke.core.retrieval.extract.tidy import one_line, repair_typesetting, strip_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.extract.limits import Limits

_LOCKED = (
    "Die PDF-Datei ist mit einem Kennwort geschützt. Bitte heben Sie den Schutz auf und laden Sie sie noch einmal."
)
_BROKEN = "Die PDF-Datei ist beschädigt und lässt sich nicht öffnen. Bitte erzeugen oder laden Sie sie noch einmal."
_SCAN = (
    "Die PDF-Datei enthält nur Bilder, keinen Text (vermutlich ein Scan). "
    "Bitte lassen Sie vorher eine Texterkennung (OCR) darüberlaufen."
)
_ERR_PASSWORD = 4
# Line breaks; where a line ends in a hyphen the library puts a sign of its own in place of hyphen and break.
_BREAK = re.compile("([\x02\ufffe])(?:\r\n|\r|\n)?|(\u00ad)?(?:\r\n|\r|\n)")
_BOLD = 600
_GAP = 1.35
_PAGES_NAMED = 5
_TEXT_NOTES = frozenset({pdfium_raw.FPDF_ANNOT_TEXT, pdfium_raw.FPDF_ANNOT_FREETEXT, pdfium_raw.FPDF_ANNOT_POPUP})


def read_pdf(name: str, data: bytes, limits: Limits) -> Document:
    """Read a PDF file."""
    builder = TextBuilder(limits)
    document = open_pdf(data)
    try:
        count = len(document)
        if count > limits.pages:
            message = (
                f"Die PDF-Datei hat {count} Seiten; gelesen werden höchstens {limits.pages}. Bitte teilen Sie sie."
            )
            raise ExtractionError("too_large", message)
        inspect(document, builder.find)
        hidden: defaultdict[str, list[int]] = defaultdict(list)
        measured = [line for page in range(count) for line in _page_lines(document, page, builder, hidden, limits)]
    finally:
        document.close()
    if not measured:
        raise ExtractionError("scan", _SCAN)
    for reason, pages in sorted(hidden.items()):
        builder.find(REASONS[reason].format(pages=_page_list(pages)))
    title = write_lines(builder, _with_gaps(measured), wrapped=True)
    return builder.finish(Source(document=name, title=title or name))


def open_pdf(data: bytes) -> Any:
    """Open a PDF file.

    Raises:
        ExtractionError: it is locked or broken.
    """
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _ERR_PASSWORD or "password" in str(error).lower():
            raise ExtractionError("encrypted", _LOCKED) from error
        raise ExtractionError("broken", _BROKEN) from error


def inspect(document: Any, find: Callable[[str], None]) -> None:
    """Report what the file carries besides its pages; none of it is run or opened."""
    raw = document.raw
    if pdfium_raw.FPDFDoc_GetJavaScriptActionCount(raw) > 0:
        find("Die PDF-Datei enthält JavaScript; es wurde nicht ausgeführt.")
    if pdfium_raw.FPDFDoc_GetAttachmentCount(raw) > 0:
        find("Die PDF-Datei enthält eingebettete Dateien; sie wurden nicht geöffnet.")
    if pdfium_raw.FPDF_GetFormType(raw) in (pdfium_raw.FORMTYPE_XFA_FULL, pdfium_raw.FORMTYPE_XFA_FOREGROUND):
        find("Die PDF-Datei enthält ein XFA-Formular; nur der Text der Seiten wurde gelesen.")


def _page_list(pages: list[int]) -> str:
    """Name the pages, a few of many."""
    if len(pages) == 1:
        return f"Seite {pages[0]}"
    shown = ", ".join(map(str, pages[:_PAGES_NAMED]))
    more = len(pages) - _PAGES_NAMED
    return f"Seiten {shown} und {more} weitere" if more > 0 else f"Seiten {shown}"


def _page_lines(
    document: Any, index: int, builder: TextBuilder, hidden: defaultdict[str, list[int]], limits: Limits
) -> Iterator[tuple[Line, float]]:
    """Yield the lines of a page with the height of their baselines."""
    try:
        page = document.get_page(index)
    except pdfium.PdfiumError:
        builder.find(f"Seite {index + 1} ist beschädigt und wurde nicht gelesen.")
        return
    try:
        if pdfium_raw.FPDFPage_CountObjects(page.raw) > limits.page_objects:
            message = (
                f"Seite {index + 1} der PDF-Datei besteht aus zu vielen Teilen. Bitte drucken Sie sie neu als PDF."
            )
            raise ExtractionError("too_large", message)
        for reason in drop_hidden(page):
            hidden[reason].append(index + 1)
        _report_notes(page, builder)
        textpage = page.get_textpage()
        try:
            yield from _measured(textpage, index + 1, builder)
        finally:
            textpage.close()
    finally:
        page.close()


def _report_notes(page: Any, builder: TextBuilder) -> None:
    for index in range(min(pdfium_raw.FPDFPage_GetAnnotCount(page.raw), 500)):
        note = pdfium_raw.FPDFPage_GetAnnot(page.raw, index)
        if note and pdfium_raw.FPDFAnnot_GetSubtype(note) in _TEXT_NOTES:
            builder.find("Anmerkungen in der PDF-Datei wurden nicht übernommen.")
        if note:
            pdfium_raw.FPDFPage_CloseAnnot(note)


def _measured(textpage: Any, page: int, builder: TextBuilder) -> Iterator[tuple[Line, float]]:
    text = textpage.get_text_range()
    position = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        raw = text[position:end]
        hyphen = "-" if match and (match[1] or match[2]) else ""
        clean = one_line(repair_typesetting(strip_hidden(raw, builder.hidden)))
        if clean:
            lead = len(raw) - len(raw.lstrip())
            yield _look(textpage, Line(clean + hyphen, page=page), position + lead, len(raw.strip()))
        position = match.end() if match else end


def _look(textpage: Any, line: Line, start: int, length: int) -> tuple[Line, float]:
    """Add font size and weight to a line, sampled at three characters; return it with the height of its baseline."""
    raw = textpage.raw
    samples = [
        pdfium_raw.FPDFText_GetCharIndexFromTextIndex(raw, start + int(length * part)) for part in (0, 0.25, 0.5, 0.75)
    ]
    if min(samples) < 0:
        return line, 0.0
    box = pdfium_raw.FS_RECTF()
    sizes = []
    for index in samples[1:]:
        pdfium_raw.FPDFText_GetLooseCharBox(raw, index, box)
        sizes.append(abs(box.top - box.bottom))
    known = [size for size in sizes if size > 0]
    bold = pdfium_raw.FPDFText_GetFontWeight(raw, samples[2]) >= _BOLD
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_raw.FPDFText_GetCharOrigin(raw, samples[0], x, y)
    return replace(line, size=round(median(known), 1) if known else 0.0, bold=bold), y.value


def _with_gaps(measured: list[tuple[Line, float]]) -> list[Line]:
    """Mark lines that stand further below their neighbour than lines of one paragraph do.

    Their distance is the lower quartile, not the middle: where paragraphs have two lines, every second step is a gap.
    """
    steps = [
        above[1] - below[1]
        for above, below in pairwise(measured)
        if above[0].page == below[0].page and above[1] > below[1]
    ]
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0
    lines = [measured[0][0]]
    for (above, height_above), (below, height) in pairwise(measured):
        step = height_above - height
        apart = step > _GAP * max(usual, min(above.size, below.size)) or step < -usual
        gap = above.page == below.page and apart
        lines.append(replace(below, gap=gap))
    return lines
