"""What stands in the navigation: areas hand their entries to the frame at start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import Promise

    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link that people see whose role may do `action`; `place` is "main", "footer" or "konto".

    Who may do `unless` does not see it: they have a page of their own for the same thing. `also` names the public page
    of an area whose addresses lie elsewhere: they are part of the area for those who see the entry.
    """

    label: str | Promise
    url_name: str
    action: str
    order: int
    place: str = "main"
    unless: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry as one page shows it."""

    label: str | Promise
    url: str
    current: bool


_entries: list[NavigationEntry] = []


def add_entries(entries: Iterable[NavigationEntry]) -> None:
    """Add the links of an area."""
    _entries.extend(entries)
    _entries.sort(key=lambda entry: entry.order)


def links(request: HttpRequest, actor: Actor, place: str) -> list[NavigationLink]:
    """Return what `actor` may see at `place`, the current area marked."""
    found = []
    for entry in _entries:
        hidden = entry.unless and actor.may(entry.unless)
        if entry.place == place and actor.may(entry.action) and not hidden:
            url = reverse(entry.url_name)
            areas = (url, reverse(entry.also)) if entry.also else (url,)
            found.append(NavigationLink(entry.label, url, request.path.startswith(areas)))
    return found
