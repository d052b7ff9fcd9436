"""Steps of the ways through the gateway."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from tests.browser.weg import Weg, confirmed, give
from tests.project.running import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 30
CONTRACT = "Eigenes Gerät im Serverraum, Beschaffung 14/2026."


@contextlib.contextmanager
def scripted_service() -> Iterator[str]:
    """Run an OpenAI-compatible service whose models are scripts; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "leitplanke.base.llm.transports.server", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_aufgezeichnet", timeout=2).close()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


def enter_model(weg: Weg, title: str, name: str, address: str, script: str) -> str:
    """Enter a model in the house and ask for its release; returns its address."""
    weg.open("/gateway/modelle/")
    weg.follow("Modell eintragen")
    values = {
        "titel": title, "kennung": name, "klasse": "lokal", "protokoll": "openai", "endpunkt": address,
        "modellname": script, "vertrag": CONTRACT, "rang": "5",
    }  # fmt: skip
    for field, value in values.items():
        give(weg, field, value)
    for ability in ("streaming", "schema", "werkzeuge"):
        weg.tick(weg.page.locator(f"main input[name='faehigkeiten'][value='{ability}']"))
    weg.press("Speichern")
    weg.press("Freigabe beantragen")
    return weg.visitor.path()


def release_model(weg: Weg, model: str) -> None:
    """Release what somebody else asked for."""
    weg.open(model)
    weg.follow("Zur Freigabe")
    confirmed(weg, "Freigeben")


def block_model(weg: Weg, model: str, reason: str) -> None:
    """Take a model out of use."""
    weg.open(model)
    weg.follow("Sperren")
    give(weg, "grund", reason)
    confirmed(weg, "Sperren")


def use_for(weg: Weg, purpose: str, name: str, tools: str = "") -> None:
    """Let a purpose use a model as well."""
    weg.open(f"/gateway/zwecke/{purpose}/")
    weg.tick(weg.page.locator(f"main input[name='modelle'][value='{name}']"))
    if tools:
        weg.fill(weg.named("werkzeuge"), tools)
    weg.press("Speichern")


def own_key(weg: Weg, purpose: str) -> tuple[str, str]:
    """Make a key of one's own for a program that says which data are allowed; returns its secret and its number."""
    weg.open("/gateway/zugaenge/eigener/")
    give(weg, "zweck", purpose)
    give(weg, "name", "Schreibprogramm")
    weg.tick(weg.page.get_by_role("checkbox", name="Mein Programm zeigt vor der Eingabe, welche Daten erlaubt sind"))
    weg.press("Zugang anlegen")
    secret = re.search(r"lp_[\w-]{20,}", weg.text)
    number = re.search(r"Zugang (\S+)", weg.page.inner_text("h1"))
    assert secret, weg.text
    assert number
    return secret[0], number[1]
