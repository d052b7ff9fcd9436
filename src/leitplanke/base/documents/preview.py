"""A page of a PDF as a picture, so that a person can compare it with the text that was read."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2.raw import FPDFBitmap_BGR

from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH = 1000


def page_png(data: bytes, number: int) -> bytes:
    """Return page `number` (from 1) of a PDF as PNG, `WIDTH` pixels wide.

    Raises:
        ExtractionError: the file is no PDF that can be shown, or has no such page.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        if not 1 <= number <= len(document):
            raise ExtractionError("no_page", f"Das Dokument hat {len(document)} Seiten.")
        page = document[number - 1]
        bitmap = page.render(scale=WIDTH / max(page.get_width(), 1), force_bitmap_format=FPDFBitmap_BGR)
        return png(bitmap.to_numpy()[:, :, ::-1])
    except pypdfium2.PdfiumError:
        raise ExtractionError("broken", "Diese Seite lässt sich nicht darstellen.") from None


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return RGB pixels (height x width x 3) as a PNG file (RFC 2083)."""
    height, width, _channels = pixels.shape
    rows = b"".join(b"\0" + pixels[row].tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
