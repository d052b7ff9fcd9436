"""The text layer of a PDF page as words with their places, apart from what nobody can see."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium_raw

from leitplanke.core.extraction import Box, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GRID = 100_000
_MOST_CHARS = 60_000
_HYPHENS = "\x02\ufffe\u00ad"
_CONTRAST = 24


def layer_words(page: Any) -> tuple[Word, ...]:
    """Return the words of the text layer in the order of the file."""
    textpage = page.get_textpage()
    try:
        return tuple(_words(page, textpage.raw))
    finally:
        textpage.close()


def seen_words(words: tuple[Word, ...], picture: NDArray[np.uint8]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return the words that show on the picture of the page, and those that do not."""
    seen = tuple(word for word in words if _shows(word.box, picture))
    shown = set(map(id, seen))
    return seen, tuple(word for word in words if id(word) not in shown)


def _words(page: Any, raw: Any) -> Iterator[Word]:
    text, box = "", None
    for char, place in _chars(page, raw):
        apart = box is not None and place is not None and _is_apart(box, place)
        if text and (char.isspace() or not char or apart):
            if box is not None:
                yield Word(text, box)
            text, box = "", None
        if char and not char.isspace():
            text += char
            box = place if box is None else _joined(box, place)
    if text and box is not None:
        yield Word(text, box)


def _chars(page: Any, raw: Any) -> Iterator[tuple[str, Box | None]]:
    rect = pdfium_raw.FS_RECTF()
    for index in range(min(pdfium_raw.FPDFText_CountChars(raw), _MOST_CHARS)):
        code = pdfium_raw.FPDFText_GetUnicode(raw, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if char in _HYPHENS:
            char = "-"
        has_place = pdfium_raw.FPDFText_GetLooseCharBox(raw, index, rect)
        place = _place(page, rect) if has_place and rect.right > rect.left else None
        yield ("" if char and not char.isprintable() and not char.isspace() else char), place


def _place(page: Any, rect: Any) -> Box:
    """Return a rectangle of the page as fractions of it, whichever way the page is turned."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, top in ((rect.left, rect.top), (rect.right, rect.bottom)):
        pdfium_raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, left, top, x, y)
        corners.append((x.value / _GRID, y.value / _GRID))
    (one_x, one_y), (other_x, other_y) = corners
    return Box(min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y))


def _is_apart(box: Box, place: Box) -> bool:
    height = max(box.bottom - box.top, 1e-6)
    middle = (place.top + place.bottom) / 2
    return place.left < box.left - height or place.left > box.right + height or not box.top <= middle <= box.bottom


def _joined(box: Box, place: Box | None) -> Box:
    if place is None:
        return box
    return Box(
        min(box.left, place.left), min(box.top, place.top), max(box.right, place.right), max(box.bottom, place.bottom)
    )


def _shows(box: Box, picture: NDArray[np.uint8]) -> bool:
    rows, columns = picture.shape[:2]
    area = picture[
        max(0, int(box.top * rows)) : min(rows, int(box.bottom * rows) + 1),
        max(0, int(box.left * columns)) : min(columns, int(box.right * columns) + 1),
    ]
    return area.size > 0 and int(area.max()) - int(area.min()) >= _CONTRAST
