"""The one way to Typst: a template of ours, and data as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pypdfium2
import typst

TEMPLATES = Path(__file__).parent / "vorlagen"
MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000


class PrintError(Exception):
    """A document could not be set; the German message says what to do."""


class TooLongError(PrintError):
    """A document has more pages than anybody would print."""

    def __init__(self) -> None:
        """Say what the limit is."""
        super().__init__(
            f"Das Dokument hat mehr als {MAX_PAGES} Seiten. Bitte kürzen oder in mehrere Dokumente teilen."
        )


def typeset(template: str, values: Mapping[str, Any], day: date) -> bytes:
    """Return the PDF/UA-1 file that `template` makes of `values`, the same bytes for the same values.

    Raises:
        TooLongError: it would have more than `MAX_PAGES` pages.
        PrintError: Typst refused it.
    """
    data = json.dumps(values, ensure_ascii=False)
    if len(data) > MAX_CHARACTERS:
        raise TooLongError
    try:
        made = typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"d": data},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(datetime.combine(day, time(12), UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise PrintError("Das Dokument ließ sich nicht setzen. Bitte dem Betrieb melden.") from error
    if not isinstance(made, bytes):
        raise PrintError("Das Dokument ließ sich nicht setzen. Bitte dem Betrieb melden.")
    if _pages(made) > MAX_PAGES:
        raise TooLongError
    return made


def _pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


@cache
def _fonts() -> typst.Fonts:
    # Only these and the fonts inside Typst: a letter must look the same on each machine.
    # The fonts of matplotlib, found without loading it: that would take longer than setting most letters.
    spec = find_spec("matplotlib")
    assert spec is not None  # noqa: S101 - it is a package of ours
    assert spec.submodule_search_locations is not None  # noqa: S101 - it is a folder
    folder = str(Path(spec.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
