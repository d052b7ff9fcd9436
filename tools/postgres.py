"""A PostgreSQL cluster that lives as long as a block: own folder, own socket, nothing durable."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "leitplanke"
# Nobody mourns a test database: no waiting for the disk.
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"


class ClusterError(RuntimeError):
    """The cluster does not come up; the message carries what PostgreSQL said."""


def _account() -> dict[str, Any]:
    """Return as whom to run: initdb refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], folder: Path, account: dict[str, Any]) -> None:
    # A started server keeps the output open, so that a pipe would never end: a file takes it.
    log = folder / "ausgabe.txt"
    with log.open("ab") as output:
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        result = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
            **account,
        )
    if result.returncode:
        raise ClusterError(log.read_text(errors="replace"))


@contextlib.contextmanager
def temporary_cluster(programs: Path, options: str = OPTIONS) -> Iterator[str]:
    """Start a cluster and give the address of its database; it is stopped and deleted whatever happens.

    Raises:
        ClusterError: it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="leitplanke-pg-"))
    account = _account()
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = folder / "daten"
        _run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                USER,
                "--auth=trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            folder,
            account,
        )
        _run(
            [
                programs / "pg_ctl",
                "-D",
                data,
                "-w",
                "-t",
                "60",
                "-o",
                f"-k {folder} {options}",
                "-l",
                folder / "log",
                "start",
            ],
            folder,
            account,
        )
        try:
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], folder, account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
