"""Nothing leaves this machine: by watching the running house, and by reading which modules could."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import leitplanke
from tests.project.running import environment, guarded, running_musterstadt

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.security
SOURCE = Path(leitplanke.__file__).resolve().parent

NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "paramiko",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc",
}
# Modules that may reach the network, with what for.
DECLARED = {
    "base/notify/tasks.py": {"smtplib"},  # tells temporary from lasting errors of the mail host
    "base/outbound/client.py": {"aiohttp", "socket", "ssl"},  # the one client: calls released models
    "project/cli/doctor.py": {"smtplib"},  # tells whether the mail host answers
}


def imported_modules(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def network_imports() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        for name in imported_modules(file):
            hits = {module for module in NETWORK if name == module or name.startswith(f"{module}.")}
            if hits:
                found.setdefault(str(file.relative_to(SOURCE)), set()).update(hits)
    return found


def test_only_declared_modules_can_reach_the_network() -> None:
    assert network_imports() == DECLARED


@pytest.mark.slow
def test_running_house_reaches_nothing_beyond_this_machine(musterstadt: Path, tmp_path: Path) -> None:
    shutil.copytree(musterstadt, tmp_path, dirs_exist_ok=True)
    with running_musterstadt(tmp_path) as house:
        for path in ("/", "/wissen/", "/wissen/ki-leitlinie/", "/konto/login/", "/static/leitplanke/icon.svg"):
            with urllib.request.urlopen(house.url + path, timeout=60) as answer:  # noqa: S310 - our own address
                assert answer.status == 200, path

    assert house.egress() == []


def test_guard_notices_an_attempt(tmp_path: Path) -> None:
    log = tmp_path / "egress.txt"
    code = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 9), timeout=0.01)\nexcept OSError:\n pass\n"
    subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path, **guarded(tmp_path)),
        timeout=30,
        check=True,
    )

    assert "192.0.2.1" in log.read_text()
