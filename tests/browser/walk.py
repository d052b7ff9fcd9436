"""Walk the pages that somebody can reach by links, one or two of each kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Visitor

# Not pages: they end the session, or show or hand out a file.
LEFT_OUT = {
    "account_logout",
    "wissen:original",
    "antrag:unterlage_seite",
    "regelwerk:bild",
    "evidence:proof",
    "evidence:checkpoint",
    "evidence:keys",
    "mfa_download_recovery_codes",
    "register:aushang",
    "register:csv",
    "register:feed",
    "register:api_eintrag",
    "register:api_export",
    "register:api_katalog",
    "register:api_openapi",
}


def kind_of(path: str) -> str:
    """Return the name of the view behind a path; empty where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def links_on(visitor: Visitor) -> list[str]:
    """Return the addresses of our own that the page links to."""
    found: list[str] = visitor.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    ours = (urlsplit(link) for link in found if link.startswith(visitor.url))
    return [f"{parts.path}?{parts.query}" if parts.query else parts.path for parts in ours]


def opened(visitor: Visitor, path: str) -> bool:
    """Open a page; False where the address hands out a file instead."""
    try:
        visitor.open(path)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return True


def pages_of(visitor: Visitor, start: tuple[str, ...], examples: int) -> Iterator[str]:
    """Open page after page, `examples` of each kind; the visitor is on the page that was yielded last."""
    waiting, known, seen = list(start), set(start), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if not kind or kind in LEFT_OUT or seen[kind] >= examples:
            continue
        seen[kind] += 1
        if not opened(visitor, path):
            continue
        yield path
        for link in links_on(visitor):
            if link not in known:
                known.add(link)
                waiting.append(link)
