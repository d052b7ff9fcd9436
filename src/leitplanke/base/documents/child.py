"""The limited process that reads one file: `python -m leitplanke.base.documents.child NAME < data > json`.

It never imports Django, sees no environment of ours and ends after one file.
"""

from __future__ import annotations

import json
import sys

from leitplanke.base.documents.limits import restrict_process
from leitplanke.base.documents.transfer import document_to_json, source_from_json
from leitplanke.core.retrieval.extract import ExtractionError, extract


def main() -> None:
    """Read the file on standard input, write its document or what is wrong with it to standard output."""
    header = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    restrict_process()
    source = source_from_json(header["source"]) if header["source"] else None
    try:
        answer = {"document": document_to_json(extract(header["name"], data, source=source))}
    except ExtractionError as error:
        answer = {"error": {"code": error.code, "message": error.message}}
    except MemoryError:
        answer = {
            "error": {"code": "too_large", "message": "Die Datei braucht zu viel Speicher. Bitte teilen Sie sie auf."}
        }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
