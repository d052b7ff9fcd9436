"""Reads the tools offered to a model and the form in which it shall answer."""

from __future__ import annotations

from typing import Any

from leitplanke.base.llm.wire.model import WireError
from leitplanke.base.llm.wire.reader import (
    Fields,
    Reader,
    flag,
    free,
    identifier,
    one_of,
    record,
    required,
    several,
    text,
    wrong,
)


def read_tools(reader: Reader, value: Any, path: str) -> list[dict[str, Any]]:
    """Read the tools."""
    tools: list[dict[str, Any]] = several(_tool, reader.limits.tools)(reader, value, path)
    return tools


def read_tool_choice(reader: Reader, value: Any, path: str) -> Any:
    """Read which tool the model shall take."""
    if isinstance(value, str):
        return one_of("none", "auto", "required")(reader, value, path)
    fields: Fields = {"type": one_of("function"), "function": _named}
    return required(record(value, reader, path, fields), path, "type", "function")


def read_response_format(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    """Read the form of the answer."""
    fields: Fields = {"type": one_of("text", "json_object", "json_schema"), "json_schema": _json_schema}
    shape = required(record(value, reader, path, fields), path, "type")
    return required(shape, path, "json_schema") if shape["type"] == "json_schema" else shape


def _tool(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"type": one_of("function"), "function": _function}
    return required(record(value, reader, path, fields), path, "type", "function")


def _function(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"name": _name, "description": text, "parameters": free, "strict": flag}
    return required(record(value, reader, path, fields), path, "name")


def _name(reader: Reader, value: Any, path: str) -> Any:
    ref = reader.name(value, path)
    if not value or len(value) > 64:
        raise wrong(path, "ein Name mit 1 bis 64 Zeichen")
    if value in reader.tools:
        raise WireError(
            "name_doppelt", path, f"Das Werkzeug in {path} gibt es schon. Geben Sie ihm einen anderen Namen."
        )
    reader.tools.append(value)
    return ref


def _named(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    return required(record(value, reader, path, {"name": identifier}), path, "name")


def _json_schema(reader: Reader, value: Any, path: str) -> dict[str, Any]:
    fields: Fields = {"name": identifier, "description": text, "schema": free, "strict": flag}
    return required(record(value, reader, path, fields), path, "name")
