"""A served house with models that are scripts, in a process of its own: the real thing for tests of the wire."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.project.running import environment, free_port, leitplanke

if TYPE_CHECKING:
    from collections.abc import Iterator

PREPARE = Path(__file__).resolve().parent / "prepare_house.py"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class House:
    """A running door: its address, its keys by name, and where the scripted service writes down what reached it."""

    url: str
    keys: dict[str, str]
    data: Path
    service: str
    process: subprocess.Popen[bytes]
    upstream: subprocess.Popen[bytes]
    log: Path

    def recorded(self) -> dict[str, Any]:
        """Return what reached the service since it was last forgotten."""
        with urllib.request.urlopen(f"{self.service}/_aufgezeichnet", timeout=10) as answer:  # noqa: S310 - loopback
            found: dict[str, Any] = json.load(answer)
        return found

    def forget(self) -> None:
        """Have the service forget."""
        request = urllib.request.Request(f"{self.service}/_aufgezeichnet", method="DELETE")  # noqa: S310 - loopback
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310

    def ask(self, body: Any, key: str = "fern", path: str = "/chat/completions") -> tuple[int, dict[str, Any]]:
        """Send a body as it is; return status and answer."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._answer(urllib.request.Request(self.url + path, data=raw, headers=self._headers(key)))  # noqa: S310

    def fetch(self, path: str, key: str) -> tuple[int, dict[str, Any]]:
        """Fetch what is at an address; return status and answer."""
        return self._answer(urllib.request.Request(self.url + path, headers=self._headers(key)))  # noqa: S310

    def _headers(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys.get(key, key)}", "Content-Type": "application/json"}

    def _answer(self, request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        with contextlib.closing(sqlite3.connect(self.data / "leitplanke.sqlite3", timeout=30)) as connection:
            return list(connection.execute(statement))


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - loopback
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


@contextlib.contextmanager
def running_house(data: Path) -> Iterator[House]:
    """Found a town with purposes and keys in `data`, and serve its door alone."""
    port, service_port = free_port(), free_port()
    service = f"http://127.0.0.1:{service_port}"
    assert leitplanke("migrate", data=data).returncode == 0
    env = {**environment(data), "LEITPLANKE_MODE": "demo", "PYTHONPATH": os.pathsep.join(sys.path)}
    prepared = subprocess.run(
        [sys.executable, str(PREPARE), f"{service}/v1"], env=env, capture_output=True, text=True, check=False
    )
    assert prepared.returncode == 0, prepared.stderr
    log = data / "server.txt"
    upstream = subprocess.Popen(
        [sys.executable, "-m", "leitplanke.base.llm.transports.server", "--port", str(service_port)],
        stdout=subprocess.DEVNULL,
    )
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "leitplanke", "serve", "--only", "gateway", "--address", f"127.0.0.1:{port}"],
            env=env, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            _wait(f"{service}/_aufgezeichnet", upstream, log)
            _wait(f"http://127.0.0.1:{port}/v1/models", server, log)
            keys = json.loads(prepared.stdout)
            yield House(f"http://127.0.0.1:{port}/v1", keys, data, service, server, upstream, log)
        finally:
            for process in (server, upstream):
                process.terminate()
                process.wait(10)
