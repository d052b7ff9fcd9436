"""What all tests share: data beside the project, a town with people, and no network."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("LEITPLANKE_MODE", "test")
os.environ.setdefault("LEITPLANKE_DATA", tempfile.mkdtemp(prefix="leitplanke-test-"))

import pytest
from pytest_socket import socket_allow_hosts

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_runtest_setup() -> None:
    """Let nothing out but to the loopback interface and local sockets (PostgreSQL)."""
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


@pytest.fixture
def mandant(db: None) -> Mandant:
    """Musterstadt, reached as `testserver`."""
    from tests.factories import make_mandant

    return make_mandant("musterstadt", host="testserver")


@pytest.fixture
def other_mandant(db: None) -> Mandant:
    """A neighbour whose rows nobody at Musterstadt may see, reached as `nachbar.localhost`."""
    from tests.factories import make_mandant

    return make_mandant("nachbarstadt", host="nachbar.localhost")
