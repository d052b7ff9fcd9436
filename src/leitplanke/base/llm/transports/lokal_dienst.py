"""A process of its own that serves one model from a file, on loopback and with a key that only its parent knows.

It reads one line of JSON from its input (`datei`, `kontext`, `schluessel`), answers with one (`adresse`, or `fehler`
with a code of `base.llm.local`), and ends with its parent, when its input does. What the library prints goes nowhere,
since it may repeat what was asked.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def serve(asked: dict[str, Any]) -> tuple[Any, dict[str, str]]:
    """Start the model; return what must be kept while it serves, and the answer for the parent."""
    try:
        import xllamacpp  # noqa: PLC0415 - an extra, and the only place that needs it
    except ImportError:
        return None, {"fehler": "lokal_extra_fehlt"}
    parameters = xllamacpp.CommonParams()
    parameters.model.path = asked["datei"]
    parameters.n_ctx = asked["kontext"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [asked["schluessel"]]
    # Nothing but the calls: no pages, no look at what others asked.
    parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = parameters.endpoint_metrics = False
    try:
        server = xllamacpp.Server(parameters)
    except (RuntimeError, ValueError, OSError):
        return None, {"fehler": "lokal_startet_nicht"}
    return server, {"adresse": f"{server.listening_address}/v1"}


def main() -> None:
    """Serve until the input ends."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    _server, told = serve(json.loads(sys.stdin.readline()))
    answer.write(json.dumps(told) + "\n")
    answer.flush()
    if "adresse" in told:
        sys.stdin.read()
    os._exit(0)  # a model in the middle of a word is no reason to wait


if __name__ == "__main__":
    main()
