"""Every page that somebody reaches is usable by everybody: axe, light and dark, down to a small phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import grave_findings, scrolls_sideways
from tests.browser.people import FRAGE, ask, people
from tests.browser.walk import Found, kind_of, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Visitor

LARGE, SMALL, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}, {"width": 360, "height": 740}

# Cases differ in what can be done with them, so who works on cases looks at two pages of a kind, everybody else at one.
EXAMPLES = {("sachbearbeitung", "light"): 2}

CONFIRM = "/konto/bestaetigen/"  # nothing links there; acts with effect in law lead there


@pytest.fixture(scope="module")
def examined() -> set[tuple[str, ...]]:
    """What axe has seen in the browser, whoever came: see `new_to_axe`."""
    return set()


def new_to_axe(found: Found, scheme: str, examined: set[tuple[str, ...]]) -> list[dict[str, int]]:
    """Return at which sizes axe is to see the page: large for every make of a view, small once for each view."""
    view = kind_of(found.path)
    sizes = []
    for size, made in ((LARGE, (view, scheme, found.make)), (SMALL, (view, scheme))):
        if made not in examined:
            examined.add(made)
            sizes.append(size)
    return sizes


def problems_of(visitor: Visitor, path: str, with_axe: list[dict[str, int]]) -> list[str]:
    """Open one page and hold it against axe, and against sideways scrolling large and small."""
    visitor.open(path)
    found = []
    for viewport in (LARGE, SMALL):
        visitor.page.set_viewport_size(viewport)
        if viewport in with_axe:
            found += [f"{path} ({viewport['width']} px): {finding}" for finding in grave_findings(visitor)]
        if scrolls_sideways(visitor.page):
            found.append(f"{path}: breiter als {viewport['width']} px")
    visitor.page.set_viewport_size(LARGE)
    return found


def answered(visitor: Visitor) -> str:
    """Ask a question, so that there is an answer to walk to."""
    visitor.open("/wissen/ki-leitlinie/")
    ask(visitor.page, FRAGE)
    return visitor.path()


@pytest.mark.parametrize(
    ("rolle", "scheme"),
    [(rolle, "light") for rolle in (None, *people())] + [(rolle, "dark") for rolle in (None, "ki_beauftragte")],
)
def test_every_page_is_accessible(
    visitor: Callable[..., Visitor], examined: set[tuple[str, ...]], rolle: str | None, scheme: str
) -> None:
    somebody = visitor(color_scheme=scheme)
    if rolle:
        somebody.sign_in(people()[rolle])
    start = ("/", answered(somebody), "/konto/login/") if rolle is None else ("/", answered(somebody), CONFIRM)
    problems: list[str] = []
    walked = []
    for found in pages_of(somebody, start, EXAMPLES.get((rolle, scheme), 1)):
        walked.append(found.path)
        sizes = new_to_axe(found, scheme, examined)
        problems += problems_of(somebody, found.path, sizes) if sizes else []

    assert "\n".join(problems) == ""
    assert len(walked) > 5


def test_start_page_fits_a_phone_and_can_be_used_there(visitor: Callable[..., Visitor]) -> None:
    somebody = visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    somebody.open("/")

    assert not scrolls_sideways(somebody.page)
    small = somebody.page.evaluate(
        "[...document.querySelectorAll('button, select, textarea, input:not([type=hidden])')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
    )
    assert small == []
