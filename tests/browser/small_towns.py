"""Two small towns in the house of Musterstadt, whose people are there from the start.

Neudorf has a released purpose and a scripted model, but no guideline. Altdorf has one that holds, and everybody has
signed the next, in which one clause is another. How a town comes to all that, other ways show: here verbs do it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.project.running import ALTDORF, NEUDORF, environment

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from tests.project.running import Running

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 120
PURPOSE = "assistenz"
OFFICER, HEAD, PROTECTION, COUNCIL, CLERK = "Wanda Krell", "Piet Asmus", "Jule Sand", "Enno Behrens", "Rosa Timm"
ROLES = {
    OFFICER: "ki_beauftragte", HEAD: "leitung", PROTECTION: "datenschutz", COUNCIL: "personalrat",
    CLERK: "sachbearbeitung", "Arne Voigt": "it",
}  # fmt: skip
TITLE = "KI-Leitlinie der Gemeinde Altdorf"
HELD_DAYS, DAYS_TO_SIGN = 10, 14


def found_small_towns(house: Running) -> None:
    """Let both be there, in a process of its own as commands are."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.small_towns"],
        env=environment(house.data, LEITPLANKE_MODE="demo"), cwd=ROOT,
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def mail(name: str, kurz: str = "neudorf") -> str:
    """Return the address of somebody."""
    return f"{name.lower().replace(' ', '.')}@{kurz}.example"


def town(name: str, host: str) -> dict[str, Any]:
    """Return a town as the demo town is described."""
    kurz = name.lower()
    people = [
        {"vorname": who.split()[0], "nachname": who.split()[1], "email": mail(who, kurz), "rolle": role,
         "einheit": "RH", "vorsitz": role == "personalrat"}
        for who, role in ROLES.items()
    ]  # fmt: skip
    return {
        "name": f"Gemeinde {name}", "kurz": kurz, "hosts": [host], "personen": people,
        "kontakt": {"anschrift": "Dorfstraße 1", "telefon": "(0 30) 23125 400", "zeiten": "Montag 8 bis 12 Uhr",
                    "email": f"rathaus@{kurz}.example"},
        "organisationseinheiten": [{"kuerzel": "RH", "name": "Rathaus"}],
    }  # fmt: skip


def register() -> dict[str, Any]:
    """Return the register of Neudorf: the assistant, released."""
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
    return {"modelle": [model], "zwecke": [purpose], "oeffentlich": []}


def main() -> None:
    """Found both in the installation that the environment names."""
    from leitplanke.project.cli.django_setup import setup_django

    setup_django()
    from leitplanke.base.accounts.demo import load_mandant
    from leitplanke.base.accounts.roles import Rolle
    from leitplanke.project.mustergateway import load_gateway
    from leitplanke.project.musterregister import load_register
    from leitplanke.project.musterstadt import demo_actor

    neudorf = load_mandant(town("Neudorf", NEUDORF))
    load_register(neudorf, register())
    load_gateway(neudorf, gateway(), demo_actor(neudorf, Rolle.IT), demo_actor(neudorf, Rolle.KI_BEAUFTRAGTE))
    write_guidelines(load_mandant(town("Altdorf", ALTDORF)))


def write_guidelines(mandant: Mandant) -> None:
    """Adopt a guideline, have it read, and have the next one signed: training takes 90 minutes there, not 60."""
    from django.utils import timezone

    from leitplanke.apps.leitlinie.acknowledging import acknowledge
    from leitplanke.apps.leitlinie.adopting import Adoption, adopt_version
    from leitplanke.base.accounts.roles import Rolle
    from leitplanke.core.guideline import Choice, Example
    from leitplanke.project.musterstadt import demo_actor
    from tests.adopting import choices_of, held_since

    training = Choice("BB52", "schulung", {"gueltig_monate": "24", "nachholen_tage": "30", "dauer": "60"})
    first = _signed(mandant, choices_of(Example.AUSGEWOGEN, training))
    today = timezone.localdate()
    head = demo_actor(mandant, Rolle.LEITUNG)
    adopt_version(actor=head, version_id=first.pk, adoption=Adoption("Der Rat", today, today))
    held_since(first, HELD_DAYS)
    acknowledge(actor=demo_actor(mandant, Rolle.SACHBEARBEITUNG), version_id=first.pk)
    longer = Choice("BB52", "schulung", {**training.values, "dauer": "90"})
    _signed(mandant, choices_of(Example.AUSGEWOGEN, longer))


def _signed(mandant: Mandant, choices: list[Any]) -> Any:
    from django.utils import timezone

    from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
    from leitplanke.apps.leitlinie.models import Herkunft, Stelle, Votum
    from leitplanke.apps.leitlinie.submitting import sign_version, submit_version
    from leitplanke.base.accounts.roles import Rolle
    from leitplanke.project.musterstadt import demo_actor

    officer, offices = demo_actor(mandant, Rolle.KI_BEAUFTRAGTE), (Stelle.DATENSCHUTZ, Stelle.PERSONALRAT)
    beginning = Beginning(TITLE, Herkunft.BEISPIEL, choices=choices, looked_at=True)
    version = begin_version(actor=officer, beginning=beginning)
    until = timezone.localdate() + timedelta(days=DAYS_TO_SIGN)
    submit_version(actor=officer, version_id=version.pk, offices=offices, until=until)
    for office in offices:
        signing = demo_actor(mandant, Rolle(office.value))
        sign_version(actor=signing, version_id=version.pk, office=office, verdict=Votum.ZUGESTIMMT)
    return version


if __name__ == "__main__":
    main()
