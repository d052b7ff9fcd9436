"""What a scanner and a telephone make of a page: crooked, noisy, grey; and a page whose text tells another story."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from io import BytesIO

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_raw
from PIL import Image, ImageFilter

from leitplanke.base.documents.pdf_words import layer_words
from leitplanke.core.extraction import Word

_SCAN_DPI, _PHOTO_DPI = 200, 210
_PAPER, _TABLE = 244, 96
_A4 = 595.0, 842.0
# What PDFium writes anew each time: the identifier of the file and the moment it was made.
_NOT_CONSTANT = re.compile(rb"((?:/ID\[|\]?>)?<|/CreationDate\(D:)([0-9A-F]{32}(?=>)|\d{14})")
_ORIENTATION, _TURNED = 0x0112, 6  # EXIF: the picture lies on its left side


def scan(pdf: bytes, seed: int) -> bytes:
    """Return the first page as an office scanner gives it: a PDF of one picture."""
    return _picture_pdf(_scanned(pdf, seed))


def photo(pdf: bytes, seed: int) -> bytes:
    """Return the first page as photographed on a table: a JPEG that only its EXIF data turns upright."""
    chance = np.random.default_rng(seed)
    page = _first_page(pdf, _PHOTO_DPI)
    width, height = page.size
    ground = Image.new("L", (width + 160, height + 160), _TABLE)
    ground.paste(page, (80, 80))
    tilted = ground.rotate(float(chance.uniform(-1.2, 1.2)), Image.Resampling.BICUBIC, fillcolor=_TABLE)
    shade = np.linspace(1.0, float(chance.uniform(0.72, 0.85)), tilted.width)[None, :]
    pixels = np.asarray(tilted) * shade + chance.normal(0, 3, (tilted.height, tilted.width))
    lying = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    buffer = BytesIO()
    lying.convert("RGB").save(buffer, "JPEG", quality=82, exif=exif)
    return buffer.getvalue()


def with_other_text(pdf: bytes, seed: int, replaced: Mapping[str, str]) -> bytes:
    """Return a scan with an invisible text layer in which some words are others than in the picture."""
    source = pypdfium2.PdfDocument(pdf)
    words = layer_words(source[0])
    source.close()
    return _picture_pdf(_scanned(pdf, seed), [Word(replaced.get(word.text, word.text), word.box) for word in words])


def _scanned(pdf: bytes, seed: int) -> bytes:
    chance = np.random.default_rng(seed)
    page = _first_page(pdf, _SCAN_DPI).rotate(
        float(chance.uniform(-0.8, 0.8)), Image.Resampling.BICUBIC, fillcolor=_PAPER
    )
    blurred = page.filter(ImageFilter.GaussianBlur(0.6))
    pixels = np.asarray(blurred) * (_PAPER / 255) + chance.normal(0, 5, (page.height, page.width))
    buffer = BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=62)
    return buffer.getvalue()


def _first_page(pdf: bytes, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return picture


def _picture_pdf(jpeg: bytes, words: list[Word] | None = None) -> bytes:
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*_A4)
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(BytesIO(jpeg))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(*_A4))
    page.insert_obj(picture)
    for word in words or ():
        _write_invisibly(document, page, word)
    page.gen_content()
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    return _NOT_CONSTANT.sub(lambda match: match[1] + b"0" * len(match[2]), buffer.getvalue())


def _write_invisibly(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, word: Word) -> None:
    width, height = _A4
    size = (word.box.bottom - word.box.top) * height * 0.8
    item = pdfium_raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", size)
    text = (word.text + "\0").encode("utf-16-le")
    pdfium_raw.FPDFText_SetText(item, ctypes.cast(ctypes.create_string_buffer(text), pdfium_raw.FPDF_WIDESTRING))
    pdfium_raw.FPDFTextObj_SetTextRenderMode(item, pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    pdfium_raw.FPDFPageObj_Transform(
        item, 1, 0, 0, 1, word.box.left * width, height * (1 - word.box.bottom) + size * 0.2
    )
    pdfium_raw.FPDFPage_InsertObject(page.raw, item)
