"""Nothing but `base.outbound` opens connections; import-linter watches packages, this watches the standard library."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from leitplanke.project import environment

pytestmark = pytest.mark.security
SOURCE = Path(__file__).resolve().parents[3] / "src" / "leitplanke"
CLIENTS = {"urllib.request", "http.client", "ftplib", "smtplib", "telnetlib", "xmlrpc.client", "websockets"}
CONNECTING = {"open_connection", "create_connection", "open_unix_connection", "urlopen"}
# Asking the system for addresses and ports, and names of errors of the mail server that Django speaks to.
KNOWN = {
    "base/outbound/client.py": {"socket"},
    "base/notify/tasks.py": {"smtplib"},
    "project/cli/doctor.py": {"smtplib"},
}


def connecting(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names} & {*CLIENTS, "socket"}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)} & {*CLIENTS, "socket"}
        elif isinstance(node, ast.Attribute) and node.attr in CONNECTING:
            found.add(node.attr)
    return found


def test_nothing_else_connects() -> None:
    found = {
        file.relative_to(SOURCE).as_posix(): names
        for file in SOURCE.rglob("*.py")
        if (names := connecting(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert found == KNOWN


def test_the_check_sees_every_way_to_write_it() -> None:
    tree = ast.parse("from urllib import request\nimport http.client\nasyncio.open_connection()\nfrom socket import x")
    assert connecting(tree) == {"urllib.request", "http.client", "open_connection", "socket"}


def test_offline_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITPLANKE_SMTP_HOST", "mail.example")
    environment.contradict("LEITPLANKE_OFFLINE", False, "LEITPLANKE_SMTP_HOST")
    with pytest.raises(ImproperlyConfigured, match="LEITPLANKE_SMTP_HOST widersprechen sich"):
        environment.contradict("LEITPLANKE_OFFLINE", True, "LEITPLANKE_SMTP_HOST")
