"""Whatever breaks between any two steps of the door: nothing leaves that should not, and what is written is true."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from leitplanke.base.llm import door as doors
from leitplanke.base.llm import ledger as ledgers
from leitplanke.base.llm.ledger import Ledger
from tests.apps.gateway.breaking import SCENES, WAIT, Database, Served, Steps, stepping


@pytest.fixture(autouse=True)
def _memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ledgers, "prepare_connection", lambda: None)
    monkeypatch.setattr(doors, "LOOK_SECONDS", 0.002)
    return


def served(scene: str, ledger: Ledger, steps: Steps, *, at: int = -1, fault: str = "") -> Served:
    """Serve one call with a broken step or a broken database, and check what always holds."""
    database = Database()
    database.at, database.fault = at, fault

    async def work() -> Served:
        one = Served(scene, database, ledger, steps)
        with stepping(one), pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledgers, "write_batch", database.take)
            await one.run()
        return one

    found = asyncio.run(work())
    found.check()
    return found


@pytest.mark.parametrize("fault", ["ausnahme", "zeit", "weg"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_failure_between_any_two_steps_forwards_nothing_it_should_not_and_leaves_a_true_end(
    scene: str, fault: str
) -> None:
    ledger = Ledger()
    whole = served(scene, ledger, Steps())
    assert whole.delivered
    threads = threading.active_count()
    for at in range(len(whole.steps.names)):
        served(scene, ledger, Steps(at, fault))
    assert threading.active_count() == threads


@pytest.mark.parametrize("fault", ["haengt", "fehler"])
@pytest.mark.parametrize("scene", SCENES)
def test_a_database_that_hangs_or_fails_at_any_entry_loses_no_end(scene: str, fault: str) -> None:
    batches = served(scene, Ledger(), Steps()).database.batches
    assert batches >= 2
    ledger = Ledger(seconds=WAIT)
    for at in range(batches):
        served(scene, ledger, Steps(), at=at, fault=fault)
