"""A page of a PDF, or a photo, as a picture, so that a person can compare it with the text that was read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
from pypdfium2.raw import FPDFBitmap_BGR

from leitplanke.base.documents.pictures import PICTURE_SUFFIXES, open_picture
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from leitplanke.core.extraction import Box

WIDTH = 1000
_MOST_HEIGHT = 6000


def page_png(name: str, data: bytes, number: int, boxes: Sequence[Box] = ()) -> bytes:
    """Return page `number` (from 1) of a PDF, or a picture, as PNG, `WIDTH` pixels wide; `boxes` are highlighted.

    Raises:
        ExtractionError: the file is nothing that can be shown, or has no such page.
    """
    suffix = PurePath(name).suffix.lower()
    pixels = _picture(suffix, data, number) if suffix in PICTURE_SUFFIXES else _pdf_page(data, number)
    for box in boxes:
        _highlight(pixels, box)
    return png(pixels)


def page_count(name: str, data: bytes) -> int:
    """Return how many pages of a file can be drawn, without reading them; 0 for what has no pages or is broken."""
    if PurePath(name).suffix.lower() in PICTURE_SUFFIXES:
        return 1
    try:
        return len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return 0


def _pdf_page(data: bytes, number: int) -> NDArray[np.uint8]:
    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= number <= len(document):
            raise ExtractionError("no_page", f"Das Dokument hat {len(document)} Seiten.")
        page = document[number - 1]
        scale = min(WIDTH / max(page.get_width(), 1), _MOST_HEIGHT / max(page.get_height(), 1))
        bitmap = page.render(scale=scale, force_bitmap_format=FPDFBitmap_BGR)
        pixels: NDArray[np.uint8] = bitmap.to_numpy()[:, :, ::-1].copy()
    except pypdfium2.PdfiumError:
        raise ExtractionError("broken", "Diese Seite lässt sich nicht darstellen.") from None
    return pixels


def _picture(suffix: str, data: bytes, number: int) -> NDArray[np.uint8]:
    if number != 1:
        raise ExtractionError("no_page", "Das Bild hat nur eine Seite.")
    picture = open_picture(suffix, data)
    height = min(_MOST_HEIGHT, max(1, round(picture.height * WIDTH / picture.width)))
    return np.array(picture.resize((WIDTH, height)).convert("RGB"))


def _highlight(pixels: NDArray[np.uint8], box: Box) -> None:
    """Lay yellow over a place, so that what stands there stays readable."""
    rows, columns = pixels.shape[:2]
    rim = 3
    top, bottom = max(0, int(box.top * rows) - rim), min(rows, int(box.bottom * rows) + rim)
    left, right = max(0, int(box.left * columns) - rim), min(columns, int(box.right * columns) + rim)
    pixels[top:bottom, left:right, 2] = pixels[top:bottom, left:right, 2] // 3


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return RGB pixels (height x width x 3) as a PNG file (RFC 2083)."""
    height, width, _channels = pixels.shape
    rows = b"".join(b"\0" + pixels[row].tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
