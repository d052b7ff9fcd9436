"""Putting the values of a town into wordings and conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def names_in(text: str) -> tuple[str, ...]:
    """Return the parameters that a text names, in their order."""
    return tuple(dict.fromkeys(_PLACE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values where `{name}` stands; a name without a value stays as it is."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)
