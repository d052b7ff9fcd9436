"""Writers and sequencer killed at any moment: nothing acknowledged is lost, and the log verifies."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from leitplanke.base.accounts.models import Organisationseinheit

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

PROGRAM = Path(__file__).with_name("crash_process.py")
ROUNDS = 2


def environment(data: Path) -> dict[str, str]:
    """Point other processes to a copy of the SQLite test database, or to the PostgreSQL test database itself."""
    chosen = dict(os.environ, LEITPLANKE_DATA=str(data), DJANGO_SETTINGS_MODULE="leitplanke.project.settings")
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        target = sqlite3.connect(data / "leitplanke.sqlite3")
        connection.connection.backup(target)
        target.close()
        return chosen
    values = connection.settings_dict
    account = ":".join(quote(str(values[key]), safe="") for key in ("USER", "PASSWORD") if values[key])
    place = quote(str(values["HOST"]), safe="") + (f":{values['PORT']}" if values["PORT"] else "")
    return chosen | {"LEITPLANKE_DATABASE_URL": f"postgres://{account}@{place}/{values['NAME']}"}


def start(role: str, variables: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), role, "musterstadt"], env=variables, stdout=subprocess.PIPE, text=True
    )


def killed_round(variables: dict[str, str], chance: random.Random) -> set[str]:
    """Let a writer and a sequencer work, kill both, and return what the writer had acknowledged."""
    running = [start(role, variables) for role in ("write", "sequence")]
    acknowledged = set()
    for process in running:
        assert process.stdout is not None
        acknowledged.add(process.stdout.readline().strip())
    time.sleep(chance.uniform(0.02, 0.5))
    for process in chance.sample(running, len(running)):
        process.kill()
        time.sleep(chance.uniform(0, 0.05))
    for process in running:
        rest, _errors = process.communicate()
        # A line without its end was cut off by the kill.
        acknowledged.update(rest[: rest.rfind("\n") + 1].splitlines())
    return {line for line in acknowledged if " " in line}


@pytest.mark.slow
@pytest.mark.security
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_everything_is_killed(mandant: Mandant, tmp_path: Path) -> None:
    assert settings.MODE == "test"
    Organisationseinheit.objects.for_mandant(mandant).delete()
    variables = environment(tmp_path)
    chance = random.Random(20261123)  # noqa: S311 - chooses moments, not secrets
    acknowledged: set[str] = set()
    for _ in range(ROUNDS):
        acknowledged |= killed_round(variables, chance)
    output, _errors = start("check", variables).communicate()
    state = json.loads(output)

    assert state["finding"] is None
    assert len(acknowledged) >= ROUNDS
    assert acknowledged <= set(state["leaves"])
    # Change and evidence stand or fall together.
    assert state["units"] == len(state["leaves"])
    assert state["entries"] == state["signed"] == state["all"]
    assert state["pending"] == 0
