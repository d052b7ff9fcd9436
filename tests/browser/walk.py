"""Walk the pages that somebody can reach by links, one or two of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser

from tests.browser.balance import unbalanced

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
    "leitlinie:ausgabe_datei",
    "leitlinie:dokument",
    "leitlinie:einlesung_original",
    "leitlinie:export",
    "leitlinie:export_oeffentlich",
    "leitlinie:vergleich_csv",
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


@dataclass(frozen=True, slots=True)
class Found:
    """A page as the server sends it: its address, the links of our own on it, and of which components it is made.

    Two pages of one view made alike need be opened in the browser once only.
    """

    path: str
    links: tuple[str, ...]
    make: str


def fetched(visitor: Visitor, path: str) -> Found | None:
    """Fetch a page with the cookies of the browser, without opening it there; None where it is a file."""
    answer = visitor.page.context.request.get(visitor.url + path)
    assert answer.status == 200, f"{path}: {answer.status}"
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return None
    html = answer.text()
    assert unbalanced(html) == [], path
    tree = LexborHTMLParser(html)
    address = urlsplit(answer.url)
    links = []
    for link in tree.css("a[href]"):
        parts = urlsplit(urljoin(answer.url, link.attributes["href"] or ""))
        if parts.netloc == address.netloc:
            links.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return Found(address.path, tuple(links), _make(tree))


def _make(tree: LexborHTMLParser) -> str:
    parts = set()
    for node in tree.css("body *"):
        above = node.parent.attributes.get("class") if node.parent is not None else ""
        parts.add(f"{above}>{node.tag}.{node.attributes.get('class')}{node.attributes.get('type', '')}")
    return ",".join(sorted(parts))


def pages_of(visitor: Visitor, start: tuple[str, ...], examples: int) -> Iterator[Found]:
    """Walk page after page, `examples` of each kind."""
    waiting, known, seen = list(start), set(start), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if not kind or kind in LEFT_OUT or seen[kind] >= examples:
            continue
        seen[kind] += 1
        found = fetched(visitor, path)
        if found is None:
            continue
        yield found
        waiting += [link for link in dict.fromkeys(found.links) if link not in known]
        known |= set(found.links)
