"""Kleinau, a small town beside Musterstadt in the same house: founded by command, its people come by invitation."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.browser.weg import Weg, give
from tests.project.running import KLEINAU, leitplanke

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Visitor
    from tests.project.running import Running

PASSWORD = "viele kleine Enten"
FAMILY = {"Petra": "Holm", "Ole": "Brink", "Mia": "Thom", "Ida": "Voss"}


def address(vorname: str) -> str:
    """Return the e-mail address of somebody in Kleinau."""
    return f"{vorname.lower()}@kleinau.example"


def found_town(house: Running) -> None:
    """Found Kleinau, administered by Petra."""
    done = leitplanke(
        "kommune", "--name", "Gemeinde Kleinau", "--kurz", "kleinau", "--host", KLEINAU, "--email", address("Petra"),
        "--vorname", "Petra", "--nachname", FAMILY["Petra"], "--passwort", PASSWORD,
        data=house.data, LEITPLANKE_MODE="demo",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "/register/inbetriebnahme/" in done.stdout


def invite(person: Weg, vorname: str, rolle: str, *, vorsitz: bool = False) -> None:
    """Give somebody a role; they get a mail."""
    person.open("/konto/personen/neu/")
    who = {"vorname": vorname, "nachname": FAMILY[vorname], "email": address(vorname), "rolle": rolle}
    for name, value in who.items():
        give(person, name, value)
    person.choose(person.named("einheit"), person.named("einheit").locator("option").last.get_attribute("value") or "")
    if vorsitz:
        person.tick(person.named("vorsitz"))
    person.press(re.compile("inladen|nlegen"))
    assert "bekommt eine Einladung" in person.text, person.text


def at_home(visitor: Callable[..., Visitor], house: Running, vorname: str) -> Weg:
    """Return somebody of Kleinau who has signed in, with the password they chose if they were invited."""
    somebody = Weg(visitor(host=KLEINAU))
    link = _invitation(house, address(vorname))
    if link:
        somebody.page.goto(link)
        for name in ("password1", "password2"):
            give(somebody, name, PASSWORD)
        somebody.press("Passwort ändern")
    somebody.open("/konto/login/")
    give(somebody, "login", address(vorname))
    give(somebody, "password", PASSWORD)
    somebody.press("Anmelden")
    assert vorname in somebody.text, somebody.text
    return somebody


def _invitation(house: Running, email: str) -> str:
    """Return the link that was mailed; there is no mail server, so mail stays in the outbox."""
    with closing(sqlite3.connect(house.data / "leitplanke.sqlite3")) as outbox:
        rows = outbox.execute("SELECT text FROM notify_nachricht WHERE empfaenger = ?", [email]).fetchall()
    found = re.search(r"http\S+/password/reset/key/\S+", "\n".join(text for (text,) in rows))
    return found[0] if found else ""
