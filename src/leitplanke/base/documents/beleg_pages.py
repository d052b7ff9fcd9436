"""Reading the pages of an evidence document: what people can see counts, and what differs from it is reported."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_raw
from PIL import Image

from leitplanke.base.documents.beleg import Beleg, Lesart
from leitplanke.base.documents.layers import differences
from leitplanke.base.documents.ocr import Recognised, recognise_page
from leitplanke.base.documents.pdf_words import layer_words, seen_words
from leitplanke.base.documents.pictures import (
    PICTURE_SUFFIXES,
    for_recognition,
    is_heic,
    open_picture,
    refuse_heic,
)
from leitplanke.core.extraction import Page, Word, instructions_to_machines, lay_out
from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import Document
from leitplanke.core.retrieval.extract import DEFAULT_LIMITS, ExtractionError, extract
from leitplanke.core.retrieval.extract.filetype import file_type
from leitplanke.core.retrieval.extract.pdf import inspect, open_pdf
from leitplanke.core.retrieval.extract.pdf_hidden import REASONS, drop_hidden

MOST_PAGES = 60
MOST_RECOGNISED = 15
RECOGNITION_SECONDS = 150
_DPI = 300
_MOST_PIXELS = 12_000_000
_SHOWN = 160
_NO_PROGRAM = "Auf diesem Rechner fehlt die Texterkennung (Tesseract). Bitte lesen Sie den Beleg selbst."
_NOT_READ = "{where} konnte nicht automatisch gelesen werden. Bitte lesen Sie selbst."
_UNSURE = "{where}: Die Texterkennung ist unsicher. Bitte prüfen Sie jeden Wert am Bild."


@dataclass
class _Reading:
    """What has been read so far."""

    tesseract: str
    deadline: float
    pages: list[Page] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    hidden: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_text: int = 0
    by_picture: int = 0
    recognised: int = 0
    unchecked: int = 0

    def find(self, finding: str) -> None:
        if finding not in self.findings:
            self.findings.append(finding)

    def recognise(self, picture: Image.Image) -> Recognised | None:
        """Read a picture, None where the program is missing, failed, or time is up."""
        if not self.tesseract or self.recognised >= MOST_RECOGNISED or time.monotonic() > self.deadline:
            return None
        self.recognised += 1
        return recognise_page(picture, self.tesseract)


def read_beleg_here(name: str, data: bytes, tesseract: str) -> Beleg:
    """Read an evidence document in this process; `tesseract` is the program's path, "" where there is none.

    Raises:
        ExtractionError: the file is broken, locked, too large or of no type that is read; the message says what to do.
    """
    suffix = PurePath(name).suffix.lower()
    if is_heic(suffix, data):
        raise refuse_heic()
    reading = _Reading(tesseract, time.monotonic() + RECOGNITION_SECONDS)
    if suffix in PICTURE_SUFFIXES:
        _read_picture(open_picture(suffix, data), reading)
        return _finish(name, reading, 1)
    if suffix != ".pdf":
        document = extract(name, data)
        findings = (*document.findings, *instructions_to_machines(document))
        return Beleg(Document(document.source, document.text, document.blocks, findings), Lesart.TEXT)
    file_type(name, data)
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise ExtractionError("too_large", "Die Datei ist zu groß. Bitte teilen Sie sie auf.")
    return _finish(name, reading, _read_pdf(data, reading))


def _read_picture(picture: Image.Image, reading: _Reading) -> None:
    picture = for_recognition(picture)
    _take_recognised(1, picture, reading.recognise(picture), reading)


def _read_pdf(data: bytes, reading: _Reading) -> int:
    document = open_pdf(data)
    try:
        count = len(document)
        if count > MOST_PAGES:
            message = f"Der Beleg hat {count} Seiten; gelesen werden höchstens {MOST_PAGES}. Bitte teilen Sie ihn auf."
            raise ExtractionError("too_large", message)
        inspect(document, reading.find)
        for index in range(count):
            _read_page(document, index, reading)
    finally:
        document.close()
    for reason, pages in sorted(reading.hidden.items()):
        where = ("Seite " if len(pages) == 1 else "Seiten ") + ", ".join(map(str, pages))
        reading.find(REASONS[reason].format(pages=where))
    if reading.unchecked and reading.tesseract:
        reading.find(f"Bei {reading.unchecked} Seiten wurde der Text nicht mit dem Bild der Seite verglichen.")
    return count


def _read_page(document: Any, index: int, reading: _Reading) -> None:
    number = index + 1
    try:
        page = document.get_page(index)
    except pypdfium2.PdfiumError:
        reading.find(_NOT_READ.format(where=f"Seite {number}"))
        return
    try:
        if pdfium_raw.FPDFPage_CountObjects(page.raw) > DEFAULT_LIMITS.page_objects:
            message = f"Seite {number} besteht aus zu vielen Teilen. Bitte drucken Sie sie neu als PDF."
            raise ExtractionError("too_large", message)
        picture = _draw(page)
        before = layer_words(page)
        reasons = drop_hidden(page)
        after = layer_words(page)
        visible, unseen = seen_words(after, _small(picture))
    finally:
        page.close()
    for reason in reasons | ({"white"} if unseen else set()):
        reading.hidden[reason].append(number)
    _quote_hidden(number, (*_gone(before, after), *unseen), reading)
    _choose(number, picture, visible, reading, is_scan="scan" in reasons)


def _choose(number: int, picture: Image.Image, layer: tuple[Word, ...], reading: _Reading, *, is_scan: bool) -> None:
    """Take the text layer where the picture confirms it, otherwise what is to be seen."""
    recognised = reading.recognise(picture)
    if recognised is None and layer and not is_scan:
        reading.unchecked += 1
        reading.by_text += 1
        reading.pages.append(Page(number, layer, picture.height / picture.width))
        return
    differing = differences(layer, recognised.words, picture, reading.tesseract) if recognised and layer else ()
    for one in differing:
        shown = f"zu sehen ist „{one.shown}“" if one.shown else "zu sehen ist das nicht"
        reading.find(f"Seite {number}: Text und Bild widersprechen sich. Im Text steht „{one.text}“, {shown}.")
    if layer and not is_scan and not differing:
        reading.by_text += 1
        reading.pages.append(Page(number, layer, picture.height / picture.width))
    elif layer or not _is_blank(picture):
        _take_recognised(number, picture, recognised, reading)


def _take_recognised(number: int, picture: Image.Image, recognised: Recognised | None, reading: _Reading) -> None:
    where = f"Seite {number}"
    if recognised is None or not recognised.words:
        reading.find(_NO_PROGRAM if not reading.tesseract else _NOT_READ.format(where=where))
        return
    if recognised.unsure:
        reading.find(_UNSURE.format(where=where))
    reading.by_picture += 1
    reading.pages.append(Page(number, recognised.words, picture.height / picture.width, recognised.skew))


def _finish(name: str, reading: _Reading, count: int) -> Beleg:
    text, blocks, words = lay_out(reading.pages)
    document = Document(Source(document=name, title=name), text, blocks)
    if reading.by_picture:
        reading.find("Der Text stammt aus einer Texterkennung und kann Fehler enthalten.")
    findings = (*reading.findings, *instructions_to_machines(document))
    lesart = {(True, True): Lesart.GEMISCHT, (True, False): Lesart.TEXT, (False, True): Lesart.TEXTERKENNUNG}.get(
        (bool(reading.by_text), bool(reading.by_picture)), Lesart.UNGELESEN
    )
    return Beleg(Document(document.source, text, blocks, findings), lesart, words, count)


def _draw(page: Any) -> Image.Image:
    """Return the page as people see it, in grey, as fine as the limit on pixels allows."""
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return Image.fromarray(page.render(scale=scale, grayscale=True).to_numpy().squeeze()).convert("L")


def _small(picture: Image.Image) -> Any:
    import numpy as np  # noqa: PLC0415 - only pages of PDF files need it

    return np.asarray(picture)


def _is_blank(picture: Image.Image) -> bool:
    low, high = picture.getextrema()
    return float(high) - float(low) < 16  # type: ignore[arg-type]


def _gone(before: tuple[Word, ...], after: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words that hiding removed."""
    left = {(word.text, word.box) for word in after}
    return tuple(word for word in before if (word.text, word.box) not in left)


def _quote_hidden(number: int, words: tuple[Word, ...], reading: _Reading) -> None:
    text = " ".join(word.text for word in words)
    if text:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
        reading.find(f"Seite {number}: Dieser Text ist nicht zu sehen und zählt nicht: „{shown}“.")
