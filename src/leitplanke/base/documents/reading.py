"""Handle files in a process that cannot harm us."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from leitplanke.base.documents.beleg import Beleg, beleg_from_json
from leitplanke.base.documents.limits import BELEG_WALL_SECONDS, MAX_BYTES, WALL_SECONDS
from leitplanke.base.documents.ocr import find_tesseract
from leitplanke.base.documents.pseudonymising.parts import texts_from_json
from leitplanke.base.documents.transfer import document_from_json, source_to_json
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.base.documents.pseudonymising.parts import Texts
    from leitplanke.core.extraction import Box
    from leitplanke.core.privacy import Edit
    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.documents import Document


def read_document(name: str, data: bytes, source: Source | None = None) -> Document:
    """Extract text and structure of `data` in a subprocess with limits on time, memory and files.

    Raises:
        ExtractionError: the file is broken, encrypted, too large or of no known type; the message says what to do.
    """
    if len(data) > MAX_BYTES:
        raise ExtractionError(
            "too_large",
            f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB. Bitte teilen Sie sie auf.",
        )
    order = {"name": name, "source": source_to_json(source) if source else None}
    return document_from_json(_in_child(order, data)["document"])


def read_beleg(name: str, data: bytes) -> Beleg:
    """Read an evidence document in the limited subprocess: PDF, photo or scan, DOCX; pictures by text recognition.

    Where the text recognition is missing, what it would read stays unread, and a finding says so.

    Raises:
        ExtractionError: the file is broken, encrypted, too large or of no known type; the message says what to do.
    """
    if len(data) > MAX_BYTES:
        raise ExtractionError(
            "too_large",
            f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB. Bitte teilen Sie sie auf.",
        )
    order = {"name": name, "tesseract": find_tesseract()}
    return beleg_from_json(_in_child(order, data, BELEG_WALL_SECONDS)["beleg"])


def count_pages(name: str, data: bytes) -> int:
    """Return how many pages of a file can be drawn, without reading any of them.

    Raises:
        ExtractionError: the file took too much time or memory.
    """
    return int(_in_child({"name": name, "count": True}, data)["pages"])


def read_table(name: str, data: bytes) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text, read in the limited subprocess.

    Raises:
        ExtractionError: the file is broken, too large or of another type; the message says what to do.
    """
    if len(data) > MAX_BYTES:
        raise ExtractionError("too_large", f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB.")
    rows: list[list[str]] = _in_child({"name": name, "rows": True}, data)["rows"]
    return rows


def read_texts(name: str, data: bytes, *, clean: bool) -> Texts:
    """Return the texts of a file that can be pseudonymised, read in the limited subprocess.

    Raises:
        ExtractionError: it cannot be read, or (with `clean`) holds what cannot be looked into.
    """
    if len(data) > MAX_BYTES:
        raise ExtractionError("too_large", f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB.")
    return texts_from_json(_in_child({"name": name, "clean": clean}, data))


def change_texts(
    name: str, data: bytes, edits: Iterable[Iterable[Edit]], *, clean: bool
) -> tuple[bytes, tuple[str, ...]]:
    """Return the file with `edits`, one series for each text of `read_texts`, and what a person should look at.

    Raises:
        ExtractionError: it cannot be read.
    """
    changes = [[astuple(edit) for edit in own] for own in edits]
    answer = _in_child({"name": name, "edits": changes, "clean": clean}, data)
    return base64.b64decode(answer["data"]), tuple(answer["warnings"])


def draw_page(data: bytes, number: int, *, name: str = "seite.pdf", boxes: Iterable[Box] = ()) -> bytes:
    """Return page `number` (from 1) of a PDF or the picture as PNG, drawn in the limited subprocess.

    `boxes` are places to highlight, as fractions of the page; `name` tells pictures from PDF files by its ending.

    Raises:
        ExtractionError: there is no such page, or it cannot be drawn.
    """
    edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return base64.b64decode(_in_child({"name": name, "page": number, "boxes": edges}, data)["png"])


def _in_child(order: dict[str, Any], data: bytes, seconds: float | None = None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="leitplanke-") as folder:
        try:
            finished = subprocess.run(
                [sys.executable, "-I", "-m", "leitplanke.base.documents.child"],
                input=json.dumps(order).encode() + b"\n" + data,
                capture_output=True,
                timeout=seconds or WALL_SECONDS,
                check=False,
                cwd=folder,
                env={"PYTHONUTF8": "1", "TMPDIR": folder, "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired:
            raise ExtractionError(
                "too_slow", "Das Lesen der Datei dauert zu lange. Bitte teilen Sie sie auf oder speichern Sie sie neu."
            ) from None
    if finished.returncode != 0:
        raise ExtractionError(
            "broken",
            "Die Datei konnte nicht gelesen werden: Sie ist beschädigt oder sprengt die Grenzen für Zeit und Speicher. "
            "Bitte speichern Sie sie neu und versuchen Sie es noch einmal.",
        )
    answer: dict[str, Any] = json.loads(finished.stdout)
    if error := answer.get("error"):
        raise ExtractionError(error["code"], error["message"])
    return answer
