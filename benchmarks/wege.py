"""How much hand work a standard case is: clicks, keystrokes and pages of citizen and clerk, in a real Chromium.

python benchmarks/wege.py

Starts Musterstadt in a folder of its own, applies for Wohngeld with three documents, and decides it: taken up, facts
confirmed, six judgements with reasons, decision, release, delivery; once with a pointer, once by keyboard only.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("LEITPLANKE_MODE", "test")
os.environ.setdefault("LEITPLANKE_DATA", tempfile.mkdtemp(prefix="leitplanke-wege-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")

from playwright.sync_api import sync_playwright

from tests.browser import antrag_wege as wege
from tests.browser.conftest import ARGUMENTS, CHROMIUM_NAMES, TIMEOUT_MILLISECONDS, Visitor, Watch
from tests.project.running import running_musterstadt

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

CLERK = "Dariusz Kowalczyk"
NEEDED = ("mietbescheinigung", "rentenbescheid", "mietvertrag")


@dataclass(frozen=True, slots=True)
class Effort:
    """What one person did for one case; `reasons` are the characters of the reasons, which are theirs to write."""

    who: str
    clicks: int
    keys: int
    reasons: int
    pages: int


def visitors(browser: Browser, url: str) -> Callable[..., Visitor]:
    """Return what opens browsers for new people."""

    def make(**options: object) -> Visitor:
        context = browser.new_context(locale="de-DE", viewport=wege.LARGE, **options)  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        return Visitor(context.new_page(), url, Watch(urlsplit(url).netloc))

    return make


def standard_case(make: Callable[..., Visitor], kind: type[wege.Weg], files: dict[str, Path]) -> tuple[Effort, Effort]:
    """Return what citizen and clerk did from the first page to the delivered Bescheid."""
    citizen = kind(make())
    mine, _code = wege.apply(citizen, kind.__name__, files)
    clerk = wege.sign_in(make, CLERK, kind=kind)
    clerk.clicks = clerk.keys = clerk.pages = 0
    clerk.open("/vorgaenge/")
    clerk.leave_by(clerk.page.locator(f"main a[href*='{mine.split('/')[2]}']").first)
    wege.take_up(clerk)
    wege.decide(clerk)
    clerk.press("Freigeben")
    clerk.press(wege.re.compile("Im Portal zustellen"))
    reasons = sum(len(grund) + len("WG-2026-0001: ") for _wert, grund in wege.URTEILE.values())
    return (
        Effort("antragstellende Person", citizen.clicks, citizen.keys, 0, citizen.pages),
        Effort("Sachbearbeitung", clerk.clicks, clerk.keys - reasons, reasons, clerk.pages),
    )


def main() -> int:
    program = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    folder = Path(tempfile.mkdtemp(prefix="leitplanke-wege-"))
    made = wege.documents(folder)
    files = {art: made[art] for art in NEEDED}
    with sync_playwright() as playwright, running_musterstadt(folder) as house:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        make = visitors(browser, house.url)
        print("| | Klicks | Tasten | davon unvermeidbar: Zeichen der Begründungen | Seiten |\n|---|---|---|---|---|")
        for kind, how in ((wege.Weg, "mit der Maus"), (wege.Tastenweg, "nur mit der Tastatur")):
            for effort in standard_case(make, kind, files):
                keys = effort.keys + effort.reasons
                print(f"| {effort.who}, {how} | {effort.clicks} | {keys} | {effort.reasons} | {effort.pages} |")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
