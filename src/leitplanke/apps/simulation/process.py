"""Reckon in a process of its own, which can be watched and stopped at any moment."""

from __future__ import annotations

import json
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from leitplanke.apps.simulation.plan import Plan
from leitplanke.core.rules import Regelwerk

WALL_SECONDS = 1200
LOOK_SECONDS = 0.4
# Told how many cases are done and how many there are; says whether to go on.
Watch = Callable[[int, int], bool]


class CalculationError(Exception):
    """The simulation cannot be reckoned; the message is for people."""

    def __init__(self, message: str, reason: str) -> None:
        """Keep what to say, and the word for the evidence."""
        super().__init__(message)
        self.reason = reason


class StoppedError(Exception):
    """Somebody stopped it."""


def reckon(plan: Plan, regelwerk: Regelwerk, source: Path, target: Path, watch: Watch) -> None:
    """Reckon in the limited process; `watch` is asked a few times each second.

    Raises:
        CalculationError: a table does not fit, or the limits do not suffice.
        StoppedError: `watch` said so.
    """
    order = {"plan": plan.as_json(), "source": str(source), "target": str(target)}
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "leitplanke.apps.simulation.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=target,
        env={"PYTHONUTF8": "1", "TMPDIR": str(target), "HOME": str(target), "MPLCONFIGDIR": str(target)},
    )
    try:
        _send(process, json.dumps(order).encode() + b"\n" + pickle.dumps(replace(regelwerk)))
        _follow(process, watch)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _send(process: subprocess.Popen[bytes], order: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - opened above
    try:
        process.stdin.write(order)
        process.stdin.close()
    except BrokenPipeError:
        raise _broken() from None


def _broken() -> CalculationError:
    return CalculationError(
        "Die Simulation sprengt die Grenzen für Zeit und Speicher, oder die Tabelle ist beschädigt. "
        "Bitte rechnen Sie mit weniger Fällen, oder speichern Sie die Tabelle neu.",
        "grenzen",
    )


def _follow(process: subprocess.Popen[bytes], watch: Watch) -> None:
    """Pass on what the process tells until it has finished."""
    lines: queue.Queue[bytes | None] = queue.Queue()
    threading.Thread(target=_collect, args=(process, lines), daemon=True).start()
    deadline = time.monotonic() + WALL_SECONDS
    done = total = 0
    while time.monotonic() < deadline:
        told, ended = _waiting_lines(lines)
        for line in told:
            if _understood(line):
                return
            done, total = line.get("done", done), line.get("total", total)
        if ended:
            break
        if not watch(done, total):
            raise StoppedError
    raise _broken()


def _understood(line: dict[str, Any]) -> bool:
    """Tell whether this line is the last one."""
    if "error" in line:
        raise CalculationError(line["error"], "angaben")
    if "crash" in line:
        raise RuntimeError(line["crash"])
    return "finished" in line


def _collect(process: subprocess.Popen[bytes], lines: queue.Queue[bytes | None]) -> None:
    assert process.stdout is not None  # noqa: S101 - opened by `reckon`
    try:
        for line in process.stdout:
            lines.put(line)
    except ValueError:  # closed: nobody listens any more
        pass
    lines.put(None)


def _waiting_lines(lines: queue.Queue[bytes | None]) -> tuple[list[dict[str, Any]], bool]:
    """Return what was told within a moment, and whether the process has ended."""
    found: list[dict[str, Any]] = []
    end = time.monotonic() + LOOK_SECONDS
    while (rest := end - time.monotonic()) > 0:
        try:
            line = lines.get(timeout=rest)
        except queue.Empty:
            break
        if line is None:
            return found, True
        found.append(json.loads(line))
        if found[-1].keys() & {"error", "crash", "finished"}:
            break
    return found, False
