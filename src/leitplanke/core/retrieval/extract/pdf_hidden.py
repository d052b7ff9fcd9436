"""Text on a PDF page that nobody can see: invisible, tiny, beside the page, covered, or in the colour of its ground."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_raw

_INVISIBLE = (pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_raw.FPDF_TEXTRENDERMODE_CLIP)
_TINY = 2.0
_NEARLY_WHITE = 240
_CONTRAST = 24
_MOST_OBJECTS = 20_000
_MOST_COVERS = 100
_COVERING = (pdfium_raw.FPDF_PAGEOBJ_IMAGE, pdfium_raw.FPDF_PAGEOBJ_PATH, pdfium_raw.FPDF_PAGEOBJ_SHADING)
_SMALLEST_COVER = 20.0  # square points; rules of tables are thinner
Area = tuple[float, float, float, float]
# Why a text cannot be seen, and what is said about it.
REASONS = {
    "tiny": "Winziger Text wurde nicht übernommen ({pages}).",
    "outside": "Text neben der Seite wurde nicht übernommen ({pages}).",
    "white": "Text in der Farbe des Untergrunds wurde nicht übernommen ({pages}).",
    "covered": "Verdeckter Text wurde nicht übernommen ({pages}).",
    "invisible": "Unsichtbarer Text wurde nicht übernommen ({pages}).",
    "scan": "Gescannte Seiten: Der Text stammt aus einer Texterkennung und kann Fehler enthalten ({pages}).",
}


def drop_hidden(page: Any) -> set[str]:
    """Remove hidden text from the page in memory; return the keys of `REASONS` that apply.

    Scanned pages carry the recognised text invisibly over the picture: it stays, and "scan" says so.
    """
    width, height = page.get_size()
    hidden: list[tuple[Any, str]] = []
    pale: list[tuple[Any, Area]] = []
    shown: list[tuple[int, Any]] = []
    covers: list[tuple[int, Area]] = []
    has_picture = False
    for index in range(min(pdfium_raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = pdfium_raw.FPDFPage_GetObject(page.raw, index)
        kind = pdfium_raw.FPDFPageObj_GetType(item)
        if kind in _COVERING and len(covers) < _MOST_COVERS and _area(_bounds(item)) > _SMALLEST_COVER:
            covers.append((index, _bounds(item)))
        if kind == pdfium_raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = _bounds(item)
            has_picture = has_picture or (right - left) * (top - bottom) > width * height / 2
        elif kind == pdfium_raw.FPDF_PAGEOBJ_TEXT:
            reason = _reason(item, width, height)
            if reason:
                hidden.append((item, reason))
            elif _is_pale(item):
                pale.append((item, _bounds(item)))
            else:
                shown.append((index, item))
    hidden += [(item, "covered") for item in _covered(page, shown, covers)]
    hidden += [(item, "white") for item in _unseen(page, pale)]
    return _remove(page, hidden, is_scan=has_picture)


def _remove(page: Any, hidden: list[tuple[Any, str]], *, is_scan: bool) -> set[str]:
    reasons = set()
    for item, reason in hidden:
        if reason == "invisible" and is_scan:
            reasons.add("scan")
            continue
        if pdfium_raw.FPDFPage_RemoveObject(page.raw, item):
            pdfium_raw.FPDFPageObj_Destroy(item)
        reasons.add(reason)
    return reasons


def _bounds(item: Any) -> Area:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, bottom.value, right.value, top.value


def _reason(item: Any, width: float, height: float) -> str:
    """Say why a text cannot be seen, "" where it can as far as its own properties tell."""
    if pdfium_raw.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
        return "invisible"
    left, bottom, right, top = _bounds(item)
    if right <= left or top <= bottom:
        return ""  # blanks
    if right < 0 or top < 0 or left > width or bottom > height:
        return "outside"
    return "tiny" if _size(item) < _TINY else ""


def _size(item: Any) -> float:
    """Return the font size as it appears on the page."""
    size, matrix = ctypes.c_float(), pdfium_raw.FS_MATRIX()
    if not pdfium_raw.FPDFTextObj_GetFontSize(item, size) or not pdfium_raw.FPDFPageObj_GetMatrix(item, matrix):
        return _TINY
    return float(abs(size.value) * max((matrix.c**2 + matrix.d**2) ** 0.5, (matrix.a**2 + matrix.b**2) ** 0.5))


def _is_pale(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _NEARLY_WHITE or alpha.value < 255 - _NEARLY_WHITE


def _unseen(page: Any, pale: list[tuple[Any, Area]]) -> list[Any]:
    """Return those pale texts that show no contrast where they stand."""
    if not pale:
        return []
    picture = page.render(scale=1, grayscale=True).to_numpy()
    found = []
    for item, bounds in pale:
        area = _cut(picture, bounds)
        if area.size == 0 or int(area.max()) - int(area.min()) < _CONTRAST:
            found.append(item)
    return found


def _covered(page: Any, texts: list[tuple[int, Any]], covers: list[tuple[int, Area]]) -> list[Any]:
    """Return the texts under a picture or a filled area that change nothing on the page when they are taken away."""
    suspects = [
        (item, bounds)
        for index, item in texts
        for bounds in [_bounds(item)]
        if any(place > index and _inside(bounds, cover) for place, cover in covers)
    ]
    if not suspects:
        return []
    with_text = page.render(scale=1, grayscale=True).to_numpy().astype(int)
    for item, _bounds_of in suspects:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 0)
    without = page.render(scale=1, grayscale=True).to_numpy().astype(int)
    for item, _bounds_of in suspects:
        pdfium_raw.FPDFPageObj_SetIsActive(item, 1)
    change = abs(with_text - without)
    return [item for item, bounds in suspects if int(_cut(change, bounds).max(initial=0)) < _CONTRAST]


def _inside(area: Area, cover: Area) -> bool:
    """Tell whether most of an area lies within another."""
    width = min(area[2], cover[2]) - max(area[0], cover[0])
    height = min(area[3], cover[3]) - max(area[1], cover[1])
    return width > 0 and height > 0 and width * height > 0.8 * _area(area)


def _area(bounds: Area) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _cut(picture: Any, bounds: Area) -> Any:
    rows, columns = picture.shape[:2]
    left, bottom, right, top = bounds
    return picture[
        max(0, int(rows - top)) : min(rows, int(rows - bottom) + 1),
        max(0, int(left)) : min(columns, int(right) + 1),
    ]
