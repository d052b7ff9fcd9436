"""Reads a request against an allow-list: what is not on it is refused by name."""

from __future__ import annotations

import re
from typing import Any

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.wire.fields import ACCEPTED, CHECKED_AND_DROPPED, DROPPED, NEEDED, REFUSED
from leitplanke.base.llm.wire.loading import load_strictly
from leitplanke.base.llm.wire.model import Limits, Parsed, WireError
from leitplanke.base.llm.wire.reader import Reader, required, unknown, wrong

LIMITS = Limits()
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}")


def parse(kind: Kind, raw: bytes, limits: Limits = LIMITS) -> Parsed:
    """Read the body of a request in full.

    Raises:
        WireError: it is not taken; the error names the field and what to do.
    """
    if len(raw) > limits.size:
        sentence = f"Die Anfrage ist größer als {limits.size // 1000} kB. Kürzen oder teilen Sie sie."
        raise WireError("anfrage_zu_gross", "", sentence, 413)
    value = load_strictly(raw)
    if not isinstance(value, dict):
        raise WireError("json_ungueltig", "", "Die Anfrage muss ein JSON-Objekt sein.")
    reader = Reader(limits)
    shape, dropped = _fields(kind, value, reader)
    required(shape, "", NEEDED[kind])
    if not shape.get("tools", True):  # an empty list says the same as none, and some services refuse it
        del shape["tools"]
    return Parsed(
        kind=kind,
        model=_model(value),
        stream=shape.pop("stream", False),
        include_usage=shape.pop("stream_options", {}).get("include_usage", False),
        max_output=_max_output(shape),
        n=_count(shape, limits),
        base64=shape.pop("encoding_format", "float") == "base64",
        slots=tuple(reader.slots),
        unscannable=tuple(reader.unscannable),
        tools=tuple(reader.tools),
        dropped=tuple(dropped),
        metadata=_metadata(value.get("metadata")),
        shape=shape,
    )


def _fields(kind: Kind, value: Body, reader: Reader) -> tuple[Body, list[str]]:
    accepted = ACCEPTED[kind]
    shape: Body = {}
    dropped = []
    for name, entry in value.items():
        if name == "model":
            continue
        if name in accepted:
            if entry is not None:
                shape[name] = accepted[name](reader, entry, name)
        elif name in DROPPED or name in CHECKED_AND_DROPPED:
            if entry is not None and name in CHECKED_AND_DROPPED:
                CHECKED_AND_DROPPED[name](reader, entry, name)
            dropped.append(name)
        elif name not in REFUSED:
            raise unknown("", name)
        elif entry is not None and entry != {}:
            sentence = f"Das Feld {name} nimmt Leitplanke nicht an. {REFUSED[name]}"
            raise WireError("feld_unbekannt", name, sentence)
    return shape, dropped


def _model(value: Body) -> str:
    model = value.get("model")
    if model is None:
        raise WireError("feld_fehlt", "model", "Das Feld model fehlt. Nennen Sie die Kennung eines Modells.")
    if not isinstance(model, str) or not _MODEL.fullmatch(model):
        raise wrong("model", "die Kennung eines Modells")
    return model


def _max_output(shape: Body) -> int | None:
    asked = [shape.pop(name) for name in ("max_tokens", "max_completion_tokens") if name in shape]
    return min(asked) if asked else None


def _count(shape: Body, limits: Limits) -> int:
    count: int = shape.get("n", 1)
    if count > limits.n:
        raise WireError("zu_viele_antworten", "n", f"Das Feld n darf höchstens {limits.n} sein.", 422)
    if count == 1:
        shape.pop("n", None)  # some services refuse even a 1
    return count


def _metadata(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: entry for name, entry in value.items() if isinstance(entry, str)}
