"""The real thing for tests: Musterstadt loaded by `leitplanke demo`, served by `leitplanke serve` with its worker."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GUARD = Path(__file__).resolve().parent / "egress_guard"
REGELWERKE = Path(__file__).resolve().parent.parent / "regelwerke"
EGRESS_LOG = "egress.txt"
START_SECONDS = 300  # a machine that runs other tests beside it is slow
KLEINAU = "kleinau.localhost"  # a town that a test may found in the same house
NEUDORF, ALTDORF = "neudorf.localhost", "altdorf.localhost"  # others, founded by small_towns.py


@dataclass(frozen=True, slots=True)
class Running:
    """A running house: its address, its data, and the list of attempts to leave it."""

    url: str
    data: Path
    egress_log: Path
    server_log: Path

    def egress(self) -> list[str]:
        """Return every attempt to reach another machine so far."""
        return self.egress_log.read_text(encoding="utf-8").splitlines() if self.egress_log.exists() else []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a fresh installation: nothing of ours but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEITPLANKE_", "DJANGO_"))}
    return {**kept, "LEITPLANKE_DATA": str(data), "PYTHONIOENCODING": "utf-8", **more}


def leitplanke(*arguments: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in an installation of its own."""
    return subprocess.run(
        [sys.executable, "-m", "leitplanke", *arguments],
        env=environment(data, **more),
        cwd=data,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def guarded(data: Path) -> dict[str, str]:
    """Return what has every attempt to leave this machine written down."""
    return {"PYTHONPATH": str(GUARD), "EGRESS_LOG": str(data / EGRESS_LOG)}


@contextlib.contextmanager
def running_musterstadt(data: Path) -> Iterator[Running]:
    """Load Musterstadt into `data` unless it is there, serve it, and stop it at the end."""
    port = free_port()
    running = Running(f"http://127.0.0.1:{port}", data, data / EGRESS_LOG, data / "server.txt")
    hosts = f"127.0.0.1,localhost,{KLEINAU},{NEUDORF},{ALTDORF}"
    watched = environment(
        data,
        LEITPLANKE_MODE="demo",
        LEITPLANKE_REGELWERKE=str(REGELWERKE),
        LEITPLANKE_HOSTS=hosts,
        # Embedding all of Musterstadt would take the processor from the browser for minutes; other tests search by it.
        LEITPLANKE_BEDEUTUNGSSUCHE="nein",
        **guarded(data),
    )
    with running.server_log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "leitplanke", "demo", "--serve", "--address", f"127.0.0.1:{port}"],
            env=watched,
            cwd=data,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_up(running, process)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_up(running: Running, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(running.url, timeout=10).close()  # noqa: S310 - our own address
            return
        time.sleep(0.2)
    raise AssertionError(f"Leitplanke kam nicht hoch:\n{running.server_log.read_text(encoding='utf-8')}")
