"""What all tests share: data beside the project, a town with people, and no network."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Before pytest-django looks: its own option would read the settings, and with them the data folder, ahead of this file.
os.environ["LEITPLANKE_MODE"] = "test"
os.environ["LEITPLANKE_DATA"] = tempfile.mkdtemp(prefix="leitplanke-test-")
os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
os.environ["LEITPLANKE_REGELWERKE"] = str(Path(__file__).resolve().parent / "regelwerke")
atexit.register(shutil.rmtree, os.environ["LEITPLANKE_DATA"], ignore_errors=True)

import django  # noqa: E402 - the environment comes first

django.setup()

import pytest  # noqa: E402
from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402
from django.utils import translation  # noqa: E402
from pytest_socket import socket_allow_hosts  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leitplanke.base.accounts.models import Mandant

# The same procedure with little work: at full strength a password costs a fifth of a processor second, and passwords of
# tests protect nobody. Served houses, which are processes of their own, hash at full strength.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_finish() -> None:
    """Spare the collector what was imported and collected, which lives to the end: a tenth of the time else."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup() -> None:
    """Begin in German, whatever was read before; let nothing out but to loopback and local sockets (PostgreSQL)."""
    translation.activate("de")
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Return a folder of the real data beside the project; without it the test is skipped."""

    def folder(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.exists():
            pytest.skip(f"Die Daten {name!r} liegen nicht neben dem Projekt (../shared/data).")
        return path

    return folder


@pytest.fixture(scope="session", autouse=True)
def _database_may_be_emptied_between_tests() -> Iterator[None]:
    """Lift the triggers on evidence while `flush` empties a test database; what follows it puts them back."""
    from django.core.management.commands.flush import Command
    from django.db import connections

    from leitplanke.base.evidence.guards import remove_guards

    empty = Command.handle

    def lifted(command: Command, **options: Any) -> None:
        remove_guards(connections[options["database"]])
        empty(command, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", lifted)
        yield


@pytest.fixture
def mandant(db: None) -> Mandant:
    """Musterstadt, reached as `testserver`; no checkpoint of an earlier test's town is left."""
    from django.conf import settings

    from tests.factories import make_mandant

    shutil.rmtree(settings.PATHS.data / "pruefpunkte", ignore_errors=True)
    return make_mandant("musterstadt", host="testserver")


@pytest.fixture
def other_mandant(db: None) -> Mandant:
    """A neighbour whose rows nobody at Musterstadt may see, reached as `nachbar.localhost`."""
    from tests.factories import make_mandant

    return make_mandant("nachbarstadt", host="nachbar.localhost")
