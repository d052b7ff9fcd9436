"""A worker ends with the server that started it, however early and however hard that one dies."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.project.running import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Nur Linux meldet den Tod des Elternprozesses.")
SECONDS = 60  # an orphan would wait for work forever
START = "worker = subprocess.Popen([sys.executable, '-m', 'leitplanke', 'worker', '--with-parent', str(os.getpid())])"
DIE = "os.kill(os.getpid(), signal.SIGKILL)"
UNTIL_AT_WORK = "while '_sqlite3' not in open(f'/proc/{worker.pid}/maps').read(): assert worker.poll() is None"


@pytest.fixture
def data(migrated: Path, tmp_path: Path) -> Path:
    """Return an installation in which a worker finds its tables."""
    return Path(shutil.copytree(migrated, tmp_path, dirs_exist_ok=True))


@pytest.fixture
def started(data: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """Start a parent that starts a worker; both hold the pipe open as long as they live."""
    code = f"import os, signal, subprocess, sys\n{START}\n{request.param}"
    parent = subprocess.Popen(
        [sys.executable, "-c", code], env=environment(data), cwd=data, start_new_session=True, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    yield parent
    with contextlib.suppress(ProcessLookupError):
        os.killpg(parent.pid, signal.SIGKILL)
    parent.wait()
    if parent.stdout is not None:
        parent.stdout.close()


@pytest.mark.parametrize(
    "started",
    [DIE, f"{UNTIL_AT_WORK}\n{DIE}"],
    ids=["killed before the worker can ask for a notice", "killed while the worker is at work"],
    indirect=True,
)
def test_worker_does_not_outlive_a_server_that_is_killed(started: subprocess.Popen[str]) -> None:
    output, _ = started.communicate(timeout=SECONDS)
    assert started.returncode == -signal.SIGKILL
    assert "Traceback" not in output
