"""Neudorf, a small town in the house of Musterstadt: people, one released purpose, a scripted model; no guideline.

How a town gets its people, its register and its models, other ways show; here the verbs of the demo town do it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.project.running import NEUDORF, environment

if TYPE_CHECKING:
    from tests.project.running import Running

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 120
PURPOSE = "assistenz"
OFFICER, HEAD, PROTECTION, COUNCIL, CLERK = "Wanda Krell", "Piet Asmus", "Jule Sand", "Enno Behrens", "Rosa Timm"
ROLES = {
    OFFICER: "ki_beauftragte", HEAD: "leitung", PROTECTION: "datenschutz", COUNCIL: "personalrat",
    CLERK: "sachbearbeitung", "Arne Voigt": "it",
}  # fmt: skip


def mail(name: str) -> str:
    """Return the address of somebody in Neudorf."""
    return f"{name.lower().replace(' ', '.')}@neudorf.example"


def found_neudorf(house: Running) -> None:
    """Let Neudorf be there, in a process of its own as commands are."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.neudorf"], env=environment(house.data, LEITPLANKE_MODE="demo"), cwd=ROOT,
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def town() -> dict[str, Any]:
    """Return Neudorf as the demo town is described."""
    people = [
        {"vorname": name.split()[0], "nachname": name.split()[1], "email": mail(name), "rolle": role, "einheit": "RH",
         "vorsitz": role == "personalrat"}
        for name, role in ROLES.items()
    ]  # fmt: skip
    contact = {"anschrift": "Dorfstraße 1, 12399 Neudorf", "telefon": "(0 30) 23125 400", "zeiten": "Montag 8 bis 12"}
    return {
        "name": "Gemeinde Neudorf", "kurz": "neudorf", "hosts": [NEUDORF], "personen": people,
        "kontakt": {**contact, "email": "rathaus@neudorf.example"},
        "organisationseinheiten": [{"kuerzel": "RH", "name": "Rathaus"}],
    }  # fmt: skip


def register() -> dict[str, Any]:
    """Return its register: the assistant, released."""
    return {
        "einstufend": mail(OFFICER), "datenschutz": mail(PROTECTION), "vorsitz": mail(COUNCIL), "vorgaben": {},
        "eigene": [{"schluessel": PURPOSE, "verantwortlich": mail(HEAD), "tage": 10}], "eintraege": [],
    }  # fmt: skip


def gateway() -> dict[str, Any]:
    """Return its models: a script that needs no network."""
    model = {
        "kennung": "skript", "titel": "Skript im Rathaus", "klasse": "lokal", "protokoll": "skript",
        "modellname": "echo", "rang": 1, "faehigkeiten": ["streaming"], "freigegeben": True,
        "energie": {"active": 0.5, "total": 0.5},
    }  # fmt: skip
    purpose = {"schluessel": PURPOSE, "modelle": ["skript"], "datenklasse": "intern", "werkzeuge": []}
    return {"modelle": [model], "zwecke": [purpose]}


def main() -> None:
    """Found Neudorf in the installation that the environment names."""
    from leitplanke.project.cli.django_setup import setup_django

    setup_django()
    from leitplanke.base.accounts.demo import load_mandant
    from leitplanke.base.accounts.roles import Rolle
    from leitplanke.project.mustergateway import load_gateway
    from leitplanke.project.musterregister import load_register
    from leitplanke.project.musterstadt import demo_actor

    mandant = load_mandant(town())
    assert load_register(mandant, register()) == 1
    load_gateway(mandant, gateway(), demo_actor(mandant, Rolle.IT), demo_actor(mandant, Rolle.KI_BEAUFTRAGTE))


if __name__ == "__main__":
    main()
