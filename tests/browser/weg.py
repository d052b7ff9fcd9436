"""Somebody on their way through pages in the browser, with every click and keystroke counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.browser.axe import grave_findings, scrolls_sideways

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Visitor

MOST_TABS = 250
PATIENCE_MILLISECONDS = 60_000
ASKING_MILLISECONDS = 300  # a form asks 200 ms after the last change
LARGE, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@dataclass
class Weg:
    """Somebody on their way; counts what they must do with hand and keys.

    Attributes:
        clicks: presses of the pointer, including those that put the cursor into a field.
        keys: characters and keys typed.
        pages: pages that the server sent.
        seen: addresses of pages that were held against axe, without numbers.
    """

    visitor: Visitor
    examine: bool = False
    clicks: int = 0
    keys: int = 0
    pages: int = 0
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Count the pages that come; wait longer than for single pages, since documents are read meanwhile."""
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("response", self._count)

    def _count(self, response: Any) -> None:
        request = response.request
        if request.is_navigation_request() and (response.status < 300 or response.status == 422):
            self.pages += request.resource_type == "document"

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.visitor.page

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("main")

    def open(self, path: str) -> None:
        """Go to an address, as from a bookmark."""
        self.visitor.open(path)
        self.look()

    def look(self) -> None:
        """Hold the page against axe and sideways scrolling, large and small; a page of one kind once only."""
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "…", self.visitor.path())
        if not self.examine or kind in self.seen:
            return
        self.seen.add(kind)
        for size in (LARGE, SMALL):
            self.page.set_viewport_size(size)
            findings = "\n".join(grave_findings(self.visitor))
            assert not findings, f"{self.page.url}\n{findings}"
            assert not scrolls_sideways(self.page), f"{self.page.url}: breiter als {size['width']} px"
        self.page.set_viewport_size(LARGE)

    def leave_by(self, what: Locator) -> None:
        """Press something that leads to another page."""
        with self.page.expect_navigation():
            self.activate(what)
        self.look()

    def activate(self, what: Locator) -> None:
        """Press something."""
        what.click()
        self.clicks += 1

    def fetch(self, form: Locator) -> bytes:
        """Send a form that hands out a file, beside the browser, whose own viewer would load its parts."""
        token = form.locator("[name='csrfmiddlewaretoken']").input_value()
        headers = {"Referer": self.page.url}
        answer = self.page.context.request.post(self.page.url, form={"csrfmiddlewaretoken": token}, headers=headers)
        assert answer.ok, answer.status
        self.clicks += 1
        return answer.body()

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Press a button that leads on."""
        exact = isinstance(name, str)
        self.leave_by(self.page.locator(within).get_by_role("button", name=name, exact=exact).first)

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Follow a link."""
        exact = isinstance(name, str)
        self.leave_by(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)

    def fill(self, what: Locator, text: str) -> None:
        """Type into a field."""
        what.fill(text)
        self.clicks += 1
        self.keys += len(text)

    def tick(self, what: Locator) -> None:
        """Choose an answer."""
        what.check()
        self.clicks += 1

    def choose(self, what: Locator, value: str) -> None:
        """Choose from a list that folds down."""
        what.select_option(value)
        self.clicks += 2

    def unfold(self, what: Locator) -> None:
        """Open what is folded."""
        what.click()
        self.clicks += 1

    def attach(self, what: Locator, files: Sequence[Path]) -> None:
        """Choose files: the button, and the files in the window of the system."""
        what.set_input_files(files)
        self.clicks += 1 + len(files)

    def named(self, name: str) -> Locator:
        """Return the field of the form with this name."""
        return self.page.locator(f"main [name='{name}']").first

    def quiet(self) -> None:
        """Leave the last field and wait until what it asked of the server has come back."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.wait_for_timeout(ASKING_MILLISECONDS)
        for _attempt in range(100):
            if not self.page.locator(".htmx-request").count():
                return
            self.page.wait_for_timeout(50)


class Tastenweg(Weg):
    """Somebody without a pointer: Tab, arrows, Enter and space do it all."""

    def reach(self, condition: str, what: Locator) -> None:
        """Press Tab until the condition holds for the element `what`, with `focus` as what has the focus."""
        test = f"(what) => {{ const focus = document.activeElement; return {condition}; }}"
        for _press in range(MOST_TABS):
            if what.evaluate(test):
                return
            self.press_key("Tab")
        raise AssertionError(f"{self.page.url}: mit der Tabulatortaste nicht erreicht: {what}")

    def press_key(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def activate(self, what: Locator) -> None:
        """Press something."""
        self.reach("focus === what", what)
        self.press_key("Enter")

    def fill(self, what: Locator, text: str) -> None:
        """Type into a field."""
        self.reach("focus === what", what)
        if what.input_value():
            self.press_key("Control+A")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def tick(self, what: Locator) -> None:
        """Choose an answer: arrows move among radio buttons, which share one stop."""
        if what.get_attribute("type") == "checkbox":
            self.reach("focus === what", what)
            self.press_key("Space")
            return
        self.reach("focus.name === what.name", what)
        self.press_key("Space")
        for _press in range(20):
            if what.is_checked():
                return
            self.press_key("ArrowDown")
        raise AssertionError(f"{self.page.url}: nicht gewählt: {what}")

    def choose(self, what: Locator, value: str) -> None:
        """Choose from a list that folds down."""
        self.reach("focus === what", what)
        for _press in range(40):
            if what.input_value() == value:
                return
            self.press_key("ArrowDown")
        raise AssertionError(f"{self.page.url}: nicht in der Liste: {value}")

    def unfold(self, what: Locator) -> None:
        """Open what is folded."""
        self.reach("focus === what", what)
        self.press_key("Enter")

    def attach(self, what: Locator, files: Sequence[Path]) -> None:
        """Choose files; the window of the system is not ours to try."""
        self.reach("focus === what", what)
        what.set_input_files(files)
        self.keys += 1


def give(weg: Weg, name: str, value: str) -> None:
    """Give one answer, whatever kind of field it stands in."""
    what = weg.named(name)
    kind = what.evaluate("field => field.type")
    if kind == "radio":
        weg.tick(weg.page.locator(f"main input[name='{name}'][value='{value}']"))
    elif kind == "select-one":
        weg.choose(what, value)
    else:
        weg.fill(what, value)


def sign_in(
    visitor: Callable[..., Visitor], name: str, *, examine: bool = False, kind: type[Weg] = Weg, **options: Any
) -> Weg:
    """Return somebody of the office before their browser."""
    somebody = visitor(**options)
    somebody.sign_in(name)
    return kind(somebody, examine)


def confirmed(clerk: Weg, button: str | re.Pattern[str]) -> None:
    """Press what only somebody may who has just proved who they are."""
    clerk.press(button)
    if "/bestaetigen/" in clerk.visitor.path():
        clerk.press(re.compile("bestätigen$"))
        clerk.press(button)
