"""Facts of a case value by value: `personen[1].bruttoeinkommen_jahr`, and as the engine takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_ITEM = re.compile(r"(?P<name>[a-z0-9_]+)\[(?P<place>[1-9]\d{0,2})\]\.(?P<field>[a-z0-9_]+)")


class PathError(ValueError):
    """A path names nothing that a case can hold."""


def flattened(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts value by value; a list is its length under its own name and each field of each item.

    >>> flattened({"miete": "400", "personen": [{"alter": 30}]})
    {'miete': '400', 'personen': 1, 'personen[1].alter': 30}
    """
    return dict(_flat(facts))


def _flat(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        if isinstance(value, Sequence) and not isinstance(value, str):
            yield name, len(value)
            for place, item in enumerate(value, 1):
                for field, cell in item.items():
                    yield f"{name}[{place}].{field}", cell
        else:
            yield name, value


def assembled(values: Mapping[str, Any], lists: frozenset[str]) -> dict[str, Any]:
    """Return facts as `Engine.evaluate` takes them from single values; the reverse of `flattened`.

    Args:
        values: by path; of `lists` the length stands under their own name.
        lists: which facts of the Regelwerk are lists.

    Raises:
        PathError: a path is malformed, or names an item beyond the length of its list.
    """
    facts: dict[str, Any] = {}
    for path, value in values.items():
        if "[" not in path:
            facts[path] = [{} for _ in range(value)] if path in lists and isinstance(value, int) else value
    for path, value in values.items():
        if "[" in path:
            name, place, field = parts_of(path)
            rows = facts.get(name)
            if not isinstance(rows, list):
                continue  # the list as a whole was declared unknown or refused since
            if place > len(rows):
                raise PathError(f"„{path}“: Die Liste hat nur {len(rows)} Einträge.")
            rows[place - 1][field] = value
    return facts


def parts_of(path: str) -> tuple[str, int, str]:
    """Return list, place from 1, and field of the path of a list item.

    Raises:
        PathError: it is none.
    """
    match = _ITEM.fullmatch(path)
    if match is None:
        raise PathError(f"„{path}“ ist keine Stelle in einer Liste; Beispiel: personen[1].alter.")
    return match["name"], int(match["place"]), match["field"]
