"""Accessibility by axe-core, which npm brings for tests only."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

SCRIPT = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = {"serious", "critical"}


@functools.cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def grave_findings(visitor: Visitor) -> list[str]:
    """Return what bars people from using the page, one line each."""
    with visitor.unwatched():
        # Through the debugger, which our Content-Security-Policy does not touch.
        if not visitor.page.evaluate("'axe' in window"):
            visitor.page.evaluate(_script())
        result: dict[str, Any] = visitor.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{finding['id']} ({finding['impact']}): {finding['help']} – {node['html'][:160]}"
        for finding in result["violations"]
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))
