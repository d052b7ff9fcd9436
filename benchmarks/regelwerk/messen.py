"""Measuring: the clock, processor time and memory, always the best of several runs. Standard library only."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOLDER = ROOT / "var" / "benchmarks"


def best(function: Callable[[], Any], *, times: int = 5, calls: int = 1) -> dict[str, float]:
    """Return seconds by the clock (`s`) and of the processor (`cpu`) per call, each the least of `times` runs."""
    clock, cpu = [], []
    for _ in range(times):
        started, used = time.perf_counter(), time.process_time()
        for _ in range(calls):
            function()
        clock.append((time.perf_counter() - started) / calls)
        cpu.append((time.process_time() - used) / calls)
    return {"s": min(clock), "cpu": min(cpu)}


def peak_mb() -> int:
    """Return the greatest memory this process has had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 if sys.platform != "darwin" else 1024**2))


def load() -> float:
    """Return how many processes wanted to run in the last minute."""
    return round(os.getloadavg()[0], 1)


def machine() -> str:
    """Return on what is measured."""
    return f"{os.cpu_count()} Kerne, Python {platform.python_version()}, {platform.machine()}"


def in_process(
    python: Path | str, script: str, *arguments: object, env: dict[str, str] | None = None
) -> dict[str, Any]:
    """Run a script of this folder by itself and return what it prints last, as data."""
    started = time.perf_counter()
    done = subprocess.run(
        [str(python), str(HERE / script), *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **(env or {})},
    )  # fmt: skip
    if done.returncode:
        return {"fehler": (done.stderr.strip() or done.stdout.strip() or "kein Text").splitlines()[-1][:200]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found | {"prozess_s": time.perf_counter() - started}


def told(seconds: float | None) -> str:
    """Return a time as people read it."""
    if seconds is None:
        return "–"
    for factor, unit in ((1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 1000:
            return f"{seconds * factor:.3g} {unit}".replace(".", ",")
    return f"{seconds:.3g} s".replace(".", ",")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def written(found: dict[str, Any], file: Path | None) -> None:
    """Write the figures as JSON where a file is asked for."""
    if file:
        file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
