"""Who comes, and what they ask."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from playwright.sync_api import Page

FRAGE = "Darf ich ChatGPT benutzen?"


def people() -> dict[str, str]:
    """Return one person of Musterstadt for each role, by role."""
    town = (resources.files("leitplanke") / "content/musterstadt/mandant.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(town)["personen"]
    return {row["rolle"]: f"{row['vorname']} {row['nachname']}" for row in reversed(rows)}


def ask(page: Page, frage: str) -> None:
    """Ask on the page that is open; the answer is open afterwards."""
    page.locator("textarea[name=frage]").first.fill(frage)
    with page.expect_navigation():
        page.get_by_role("button", name="Fragen").first.click()
    assert "/antwort/" in page.url, page.inner_text("body")
