"""JSON of a wanted form, made of a text: what a scripted model answers to a schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

DEEPEST = 12
LONGEST_TEXT = 200


def example_of(schema: object, text: str, *, as_text: bool = False) -> Any:
    """Return a value that fits the schema; strings without a list of words are `text`."""
    root = schema if isinstance(schema, Mapping) else {}
    value = _value(root, root, text[:LONGEST_TEXT], 0)
    return json.dumps(value, ensure_ascii=False) if as_text else value


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], text: str, depth: int) -> Any:
    schema = _resolved(schema, root)
    if depth > DEEPEST:
        return None
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    for name in ("anyOf", "oneOf", "allOf"):
        if schema.get(name):
            return _value(schema[name][0], root, text, depth + 1)
    return _typed(schema, root, text, depth)


def _typed(schema: Mapping[str, Any], root: Mapping[str, Any], text: str, depth: int) -> Any:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _value(field, root, text, depth + 1) for name, field in fields.items()}
    if kind == "array":
        count = max(1, schema.get("minItems", 1))
        return [_value(schema.get("items", {}), root, text, depth + 1)] * min(count, 20)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 0)
    if kind == "boolean":
        return False
    if kind == "null":
        return None
    return text[: schema.get("maxLength", LONGEST_TEXT)].ljust(schema.get("minLength", 0), ".")


def _resolved(schema: object, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references inside of the schema, a few of them at most."""
    for _step in range(4):
        if not isinstance(schema, Mapping):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return schema
        found: Any = root
        for part in reference[2:].split("/"):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        schema = found
    return {}
