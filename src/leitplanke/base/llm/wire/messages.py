"""Reads the messages of a conversation."""

from __future__ import annotations

import re
from typing import Any

from leitplanke.base.llm.wire.loading import load_strictly
from leitplanke.base.llm.wire.model import WireError
from leitplanke.base.llm.wire.reader import Fields, Reader, identifier, one_of, record, required, several, text, wrong

# `developer` is what one provider calls `system`; others refuse it.
ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant", "tool": "tool"}
# What clients copy from an answer into the history; nothing of it travels on.
MESSAGE_DROPPED = frozenset({"annotations", "reasoning", "reasoning_content", "id", "timestamp"})
PART_DROPPED = frozenset({"id", "index", "annotations"})
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
_IMAGE = re.compile(r"data:image/(?:png|jpeg|jpg|webp|gif);base64,")
_PDF = re.compile(r"data:application/pdf;base64,")


def read_messages(reader: Reader, value: Any, path: str) -> list[dict[str, Any]]:
    """Read a conversation."""
    if not isinstance(value, list) or not 0 < len(value) <= reader.limits.messages:
        raise wrong(path, f"eine Liste mit 1 bis {reader.limits.messages} Nachrichten")
    messages = [_message(reader, entry, f"{path}[{at}]") for at, entry in enumerate(value)]
    reader.role = ""
    return messages


def _message(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong(path, "ein Objekt")
    role = ROLES.get(value["role"]) if isinstance(value.get("role"), str) else None
    if role is None:
        raise wrong(f"{path}.role", " oder ".join(ROLES))
    reader.role = role
    fields: Fields = {"role": lambda *_: role, "content": _content, "name": identifier}
    if role == "assistant":
        fields |= {name: read for name, read in (("tool_calls", _tool_calls), ("refusal", text)) if value.get(name)}
    if role == "tool":
        fields |= {"tool_call_id": Reader.identity}
    message = record(value, reader, path, fields, drop=_droppable(value, path))
    if role == "assistant" and ("tool_calls" in message or "refusal" in message):
        message.setdefault("content", None)
    needed = ("content", "tool_call_id") if role == "tool" else ("content",)
    return required(message, path, *needed)


def _droppable(value: dict[str, Any], path: str) -> frozenset[str]:
    """Return what is left out of a message: copies from an answer, and old fields that say nothing."""
    for name in ("function_call", "audio"):
        if value.get(name) is not None:
            sentence = f"Das Feld {path}.{name} nimmt Leitplanke nicht an. Nutzen Sie tool_calls und Text."
            raise WireError("feld_unbekannt", f"{path}.{name}", sentence)
    empty = {name for name in ("tool_calls", "refusal") if not value.get(name)}
    return MESSAGE_DROPPED | {"function_call", "audio"} | empty


def _content(reader: Reader, value: Any, path: str) -> Any:
    if isinstance(value, str):
        return reader.text(value, path, json=_is_escaped_json(value))
    if not isinstance(value, list):
        raise wrong(path, "ein Text oder eine Liste von Teilen")
    return [_part(reader, entry, f"{path}[{at}]") for at, entry in enumerate(value)]


def _is_escaped_json(value: str) -> bool:
    """Return whether a text is JSON with escapes, in which names would not be seen as they are."""
    if "\\" not in value or value.lstrip()[:1] not in {"{", "[", '"'}:
        return False
    try:
        load_strictly(value)
    except WireError:
        return False
    return True


def _part(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in PARTS:
        raise wrong(f"{path}.type", " oder ".join(PARTS))
    fields: Fields = {"type": lambda *_: kind, kind: PARTS[kind]}
    return required(record(value, reader, path, fields, drop=PART_DROPPED), path, kind)


def _image(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"url": _image_url, "detail": one_of("auto", "low", "high")}
    return required(record(value, reader, path, fields), path, "url")


def _image_url(reader: Reader, value: Any, path: str) -> str:
    return _data_url(reader, value, path, _IMAGE, "ein Bild als data:image/...;base64, (keine Adresse im Netz)")


def _data_url(reader: Reader, value: Any, path: str, start: re.Pattern[str], expected: str) -> str:
    found = start.match(value) if isinstance(value, str) else None
    if found is None or not _BASE64.fullmatch(value, found.end()):
        raise wrong(path, expected)
    reader.unscannable.append(path)
    return str(value)


def _audio(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"data": _audio_data, "format": one_of("wav", "mp3")}
    return required(record(value, reader, path, fields), path, "data", "format")


def _audio_data(reader: Reader, value: Any, path: str) -> str:
    if not isinstance(value, str) or not _BASE64.fullmatch(value):
        raise wrong(path, "eine Aufnahme in base64")
    reader.unscannable.append(path)
    return value


def _file(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"file_data": _file_data, "filename": text}
    return required(record(value, reader, path, fields), path, "file_data")


def _file_data(reader: Reader, value: Any, path: str) -> str:
    return _data_url(reader, value, path, _PDF, "ein PDF als data:application/pdf;base64,")


def _tool_calls(reader: Reader, value: Any, path: str) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = several(_tool_call, reader.limits.tools)(reader, value, path)
    return calls


def _tool_call(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"id": Reader.identity, "type": one_of("function"), "function": _called}
    call = required(record(value, reader, path, fields, drop=frozenset({"index"})), path, "id", "function")
    return {"type": "function", **call}


def _called(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"name": identifier, "arguments": Reader.json_text}
    return required(record(value, reader, path, fields), path, "name", "arguments")


PARTS: Fields = {"text": text, "refusal": text, "image_url": _image, "input_audio": _audio, "file": _file}
