"""The limited process that handles one file: `python -m leitplanke.base.documents.child < order > answer`.

The order is a line of JSON followed by the file's bytes; the answer is JSON. The process never imports Django, sees no
environment of ours and ends after one file.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from leitplanke.base.documents.limits import restrict_process
from leitplanke.base.documents.transfer import document_to_json, source_from_json
from leitplanke.core.retrieval.extract import ExtractionError, extract

# What an order needs is loaded with it (PLC0415): loading all of it takes longer than reading most files.


def carry_out(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Do what the order says: read, change, count pages, or draw one."""
    if "page" in order or "count" in order:
        return _pages(order, data)
    if "rows" in order:
        from leitplanke.base.documents.tables import table_rows  # noqa: PLC0415

        return {"rows": table_rows(order["name"], data)}
    if "clean" in order:
        return _for_pseudonyms(order, data)
    if "tesseract" in order:
        from leitplanke.base.documents.beleg import beleg_to_json  # noqa: PLC0415
        from leitplanke.base.documents.beleg_pages import read_beleg_here  # noqa: PLC0415

        return {"beleg": beleg_to_json(read_beleg_here(order["name"], data, order["tesseract"]))}
    source = source_from_json(order["source"]) if order["source"] else None
    return {"document": document_to_json(extract(order["name"], data, source=source))}


def _pages(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    from leitplanke.base.documents.preview import page_count, page_png  # noqa: PLC0415
    from leitplanke.core.extraction import Box  # noqa: PLC0415

    if "count" in order:
        return {"pages": page_count(order["name"], data)}
    boxes = [Box(*edges) for edges in order["boxes"]]
    return {"png": base64.b64encode(page_png(order["name"], data, order["page"], boxes)).decode()}


def _for_pseudonyms(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    from leitplanke.base.documents.pseudonymising.formats import read_texts_here, write_texts_here  # noqa: PLC0415

    if "edits" in order:
        return write_texts_here(order["name"], data, order["edits"], clean=order["clean"])
    return read_texts_here(order["name"], data, clean=order["clean"])


def main() -> None:
    """Take the order, work within limits, answer with the result or what is wrong with the file."""
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    restrict_process()
    try:
        answer = carry_out(order, data)
    except ExtractionError as error:
        answer = {"error": {"code": error.code, "message": error.message}}
    except MemoryError:
        message = "Die Datei braucht zu viel Speicher. Bitte teilen Sie sie auf."
        answer = {"error": {"code": "too_large", "message": message}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
