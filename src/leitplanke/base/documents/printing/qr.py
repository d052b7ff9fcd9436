"""QR codes as SVG, drawn by one path: for pages and for paper."""

from __future__ import annotations

from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as the standard wants


def qr_svg(text: str) -> str:
    """Return a QR code of a text (an address) as SVG; black on white also on dark pages, or cameras fail."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET
    path = "".join(_runs(row, number) for number, row in enumerate(rows, QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: list[bool], number: int) -> str:
    parts, at = [], QUIET
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            parts.append(f"M{at} {number}h{length}v1h-{length}z")
        at += length
    return "".join(parts)
