"""A real Chromium before the real thing: Musterstadt, served by `leitplanke demo --serve` with its worker.

Every page that a test opens is watched: nothing foreign is requested, the console stays quiet.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.project.running import Running, running_musterstadt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-rasterization",  # Debian switches it on, and without a GPU it is slow
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MILLISECONDS = 20_000
# A form that asks while somebody fills it in replaces its own question, or the next page does: htmx reports the abort.
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("Chromium fehlt. Unter Debian: sudo apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Musterstadt, which must not have reached another machine by the end."""
    with running_musterstadt(tmp_path_factory.mktemp("musterstadt")) as running:
        yield running
    assert running.egress() == []
    assert "Traceback" not in running.server_log.read_text(encoding="utf-8")


@dataclass  # Playwright hangs its own attributes on the object, so no slots
class Watch:
    """What went wrong behind the pages."""

    host: str
    muted: bool = False  # while a tool of ours does to the page what a page of ours may not
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.foreign.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self.muted and not message.text.startswith(REPLACED):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def error(self, error: Any) -> None:
        self.complaints.append(str(error))


@dataclass(slots=True)
class Visitor:
    """Somebody before the browser, with cookies of their own."""

    page: Page
    url: str
    watch: Watch

    def open(self, path: str) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def sign_in(self, name: str) -> None:
        """Be one of the made-up people."""
        self.open("/konto/login/")
        self.page.get_by_role("button", name=f"Als {name} anmelden").click()
        self.page.wait_for_url(self.url + "/")

    def path(self) -> str:
        return urlsplit(self.page.url).path

    @contextlib.contextmanager
    def unwatched(self) -> Iterator[None]:
        """Let a tool work on the page without its complaints counting as ours."""
        self.watch.muted = True
        yield
        self.page.evaluate("0")  # what the tool caused has arrived by now
        self.watch.muted = False


@pytest.fixture
def visitor(chromium: Browser, house: Running) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; options are those of a browser context (viewport, color_scheme, ...).

    With `host` they come to another town in the same house.
    """
    made: list[Visitor] = []

    def make(*, host: str = "127.0.0.1", **options: Any) -> Visitor:
        url = house.url.replace("127.0.0.1", host)
        context = chromium.new_context(**{"locale": "de-DE", "viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        page = context.new_page()
        watch = Watch(urlsplit(url).netloc)
        context.on("request", watch.request)
        page.on("console", watch.console)
        page.on("pageerror", watch.error)
        made.append(Visitor(page, url, watch))
        return made[-1]

    yield make
    for visitor in made:
        visitor.page.context.close()
    assert [url for visitor in made for url in visitor.watch.foreign] == []
    assert [line for visitor in made for line in visitor.watch.complaints] == []
