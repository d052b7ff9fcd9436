"""Every address of the house, with made-up values where a pattern asks for some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES: dict[str, Any] = {
    "IntConverter": 1,
    "BlockConverter": "BB12",
    "SlugConverter": "dienstleistungen",
    "UUIDConverter": "3f6c1c6e-0d6a-4f0e-9b53-1f2c6f7f4a11",
}
OTHERWISE = "wert"


def every_address() -> dict[str, str]:
    """Return one path for each named pattern, by the name it is reversed with."""

    def below(resolver: URLResolver, space: str, outer: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            values = outer | arguments(entry)
            if isinstance(entry, URLResolver):
                yield from below(entry, f"{space}{entry.namespace}:" if entry.namespace else space, values)
            elif entry.name:
                yield f"{space}{entry.name}", reverse(f"{space}{entry.name}", kwargs=values)

    return dict(below(get_resolver(), "", {}))


def arguments(entry: URLPattern | URLResolver) -> dict[str, Any]:
    """Return values for what a pattern asks for, of `path` or of a regular expression."""
    pattern: Any = entry.pattern
    asked = pattern.converters or dict.fromkeys(pattern.regex.groupindex)
    return {name: VALUES.get(type(converter).__name__, OTHERWISE) for name, converter in asked.items()}
