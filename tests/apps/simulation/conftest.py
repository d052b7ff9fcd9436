"""Simulations of made-up Wohngeld, reckoned in the test's own process where the limited one is not the point."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.apps.simulation import process, services
from leitplanke.apps.simulation.computing import compute
from leitplanke.apps.simulation.plan import DRAFT, Plan
from leitplanke.apps.simulation.process import CalculationError, StoppedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.rules import FactError
from leitplanke.project.environment import Paths
from tests.factories import make_actor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leitplanke.apps.simulation.models import Simulationslauf
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

DAY = date(2027, 1, 1)
WOHNGELD = "wohngeld_monat"
CASES = "id;mietenstufe;haushaltsmitglieder;bruttokaltmiete_monat;gesamteinkommen_monat\n"
NEW = "/simulationen/neu/?regelwerk=wohngeld:&am=01.01.2027"
FIELDS = {"bevoelkerung": "erfunden", "anzahl": "200", "startwert": "3", "vergleich": "nichts", "werte": [WOHNGELD]}


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    settings.PATHS = Paths(tmp_path)


def reckon_here(plan: Plan, regelwerk: Any, source: Path, target: Path, watch: process.Watch) -> None:
    """Do what the limited process does."""

    def progress(done: int, total: int) -> None:
        if not watch(done, total):
            raise StoppedError

    try:
        compute(plan, regelwerk, source, target, progress)
    except FactError as error:
        raise CalculationError(str(error), "angaben") from None


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "reckon", reckon_here)


def started(actor: Actor, plan: Plan | None = None, **more: Any) -> Simulationslauf:
    """Start a simulation; the task queue runs at once in tests, so it has ended when this returns."""
    law = services.Law("wohngeld", "", engine_for(actor.mandant, "wohngeld", ""))
    asked = plan or Plan(DAY, (WOHNGELD,), against=DRAFT, count=300, seed=7)
    lauf = services.start_simulation(
        actor=actor, law=law, plan=asked, **({"uploads": {}, "bezeichnung": "Entwurf 2027"} | more)
    )
    lauf.refresh_from_db()
    return lauf


@pytest.fixture
def analyst(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.SACHBEARBEITUNG)


@pytest.fixture
def sign_in(client: Any, mandant: Mandant) -> Callable[[Rolle], Actor]:
    """Sign somebody new in with a role."""

    def enter(rolle: Rolle) -> Actor:
        actor = make_actor(mandant, rolle)
        client.force_login(actor.person)
        return actor

    return enter
