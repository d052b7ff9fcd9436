"""Canonical JSON (RFC 8785): the same content always gives the same bytes, and so the same hash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

# Numbers stand as text: JSON readers disagree about large and fractional numbers, and a hash must not.
Json: TypeAlias = "str | bool | Sequence[Json] | Mapping[str, Json] | None"


class CanonicalError(ValueError):
    """A value cannot be written canonically; the message names the place."""


def canonical(value: Json) -> bytes:
    """Return the canonical bytes of `value`, made of text, true, false, null, lists and objects.

    Raises:
        CanonicalError: it holds something else, or text that is no valid Unicode.
    """
    _check(value, "")
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
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


def _check(value: object, place: str) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise CanonicalError(f"{place or 'Wurzel'}: Der Schlüssel {key!r} ist kein Text.")
            _check(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            _check(item, f"{place}[{number}]")
    elif isinstance(value, int | float):
        raise CanonicalError(f"{place or 'Wurzel'}: Zahlen stehen als Text, also {str(value)!r} statt {value!r}.")
    else:
        raise CanonicalError(f"{place or 'Wurzel'}: {type(value).__name__} lässt sich nicht aufzeichnen, nur Text.")
