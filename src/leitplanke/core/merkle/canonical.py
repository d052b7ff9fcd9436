"""Canonical JSON (RFC 8785): the same content always gives the same bytes, and so the same hash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

# Numbers stand as text: JSON readers disagree about large and fractional numbers, and a hash must not.
Json: TypeAlias = "str | bool | Sequence[Json] | Mapping[str, Json] | None"


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


class CanonicalError(ValueError):
    """A value cannot be written canonically; the message names the place."""


def canonical(value: Json) -> bytes:
    """Return the canonical bytes of `value`, made of text, true, false, null, lists and objects.

    Raises:
        CanonicalError: it holds something else, or text that is no valid Unicode.
    """
    ascii_keys = _check(value, "")
    try:
        # RFC 8785 sorts keys by UTF-16; for ASCII that is Python's own order, and its JSON writer ten times as fast.
        return _WRITER.encode(value).encode() if ascii_keys else rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise CanonicalError(f"Der Text lässt sich nicht als UTF-8 schreiben: {error}") from error


def read_canonical(data: bytes) -> Json:
    """Read JSON that must be canonical, so that nobody can hide a second meaning in it.

    Raises:
        CanonicalError: it is no JSON, or not the canonical form of its content.
    """
    try:
        value: Json = json.loads(data)
    except ValueError as error:
        raise CanonicalError(f"Kein gültiges JSON: {error}") from error
    if canonical(value) != data:
        raise CanonicalError("Das JSON steht nicht in der kanonischen Form (RFC 8785).")
    return value


def _check(value: object, place: str) -> bool:
    """Refuse what has no canonical form; tell whether all keys are ASCII."""
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, dict):
        ascii_keys = True
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError(f"{place or 'Wurzel'}: Der Schlüssel {key!r} ist kein Text.")
            ascii_keys = _check(item, f"{place}.{key}" if place else key) and key.isascii() and ascii_keys
        return ascii_keys
    if isinstance(value, list | tuple):
        checked = [_check(item, f"{place}[{number}]") for number, item in enumerate(value)]
        return all(checked)
    if isinstance(value, int | float):
        raise CanonicalError(f"{place or 'Wurzel'}: Zahlen stehen als Text, also {str(value)!r} statt {value!r}.")
    raise CanonicalError(f"{place or 'Wurzel'}: {type(value).__name__} lässt sich nicht aufzeichnen, nur Text.")
