"""Run every test in parts: on SQLite, on PostgreSQL what touches the database, and the journeys in Chromium.

The last line is `N passed, N failed, N skipped` over all runs. In CI a skipped test counts as failed, unless only the
data beside the project (../shared/data) is missing, which a clean clone cannot have.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import programs
from postgres import ClusterError, temporary_cluster

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools"
EXCUSED = "../shared/data"
SHOWN_SLOW = 8
# All parts run at once: the browser waits a good part of its time, and so do tests of processes. The longest goes first
# when processors are short, so that it does not run on alone at the end.
STEPS_BACK = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One call of pytest."""

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    first: bool = False  # when processors are short


@dataclass(slots=True)
class Result:
    """What came of a run; `problems` are failures that are no test's."""

    name: str
    passed: int = 0
    failed: int = 0
    skips: list[str] = field(default_factory=list)
    times: list[tuple[float, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    output: str = ""
    seconds: float = 0.0
    processor_seconds: float = 0.0  # of the tests and all processes they waited for, without the PostgreSQL server

    def unexcused(self) -> list[str]:
        return [reason for reason in self.skips if EXCUSED not in reason]


def execute(run: Run, folder: Path) -> Result:
    """Run pytest and read its report."""
    report, cache = folder / f"{run.name}.xml", folder / f"{run.name}-cache"
    result = Result(run.name)
    # Hundreds of processes load the same modules: compiled once, whatever the environment says of it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    way = [] if run.first else ["nice", "-n", str(STEPS_BACK)]
    options = ["-q", f"--junitxml={report}", "-o", f"cache_dir={cache}", *run.arguments]
    process = subprocess.Popen(
        [*way, sys.executable, "-m", "pytest", *options],
        cwd=ROOT,
        env={**environment, "LEITPLANKE_MODE": "test", **run.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    result.output, result.processor_seconds = finish(process)
    result.seconds = time.monotonic() - started
    count(result, report)
    if process.returncode and not result.failed:
        result.problems.append(f"pytest endete mit {process.returncode}, ohne dass ein Test gescheitert ist")
    return result


def finish(process: subprocess.Popen[str]) -> tuple[str, float]:
    """Return what a process wrote until its end, and the processor seconds of it and of all it waited for."""
    with process:
        written = process.stdout.read() if process.stdout else ""
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return written, used.ru_utime + used.ru_stime


def count(result: Result, report: Path) -> None:
    """Add up the cases of a JUnit report that we ourselves had pytest write."""
    if not report.exists():
        return
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own file
        kinds = {child.tag: child for child in case}
        result.times.append((float(case.get("time", 0)), f"{case.get('classname')}.{case.get('name')}"))
        if "failure" in kinds or "error" in kinds:
            result.failed += 1
        elif "skipped" in kinds:
            place = f"{case.get('classname')}.{case.get('name')}"
            result.skips.append(f"{place}: {kinds['skipped'].get('message', '')}")
        else:
            result.passed += 1


def without(*paths: str) -> tuple[str, ...]:
    """Return what pytest calls all tests but those below `paths`."""
    return ("tests", *(f"--ignore={path}" for path in paths))


def on_postgres(run: Run, folder: Path) -> Result:
    """Run what touches the database on a cluster of its own."""
    programs_folder = programs.postgres_folder()
    if programs_folder is None:
        return Result(run.name, skips=["PostgreSQL: nicht gefunden; kein Test lief auf dieser Datenbank"])
    arguments = ("-p", "database_only", *run.arguments)
    try:
        with temporary_cluster(programs_folder) as address:
            environment = {"LEITPLANKE_DATABASE_URL": address, "PYTHONPATH": str(TOOLS)}
            return execute(Run(run.name, arguments, environment), folder)
    except ClusterError as error:
        return Result(run.name, problems=[f"PostgreSQL startet nicht: {error}"])


# Tables as the models have them, which saves a dozen processor seconds; the project's parts migrate, on both databases.
PLAIN = "--nomigrations"
PROJECT, CORE, BROWSER = "tests/project", "tests/core", "tests/browser"
# Every test is in one part, also that of a folder to come. Chromium stays whole: each Musterstadt has a worker that
# reads it for a minute. `core` knows no database.
PARTS: tuple[tuple[Callable[[Run, Path], Result], Run], ...] = (
    (execute, Run("Chromium", (BROWSER,), first=True)),
    (execute, Run("SQLite", (PLAIN, *without(BROWSER, CORE, PROJECT)))),
    (on_postgres, Run("PostgreSQL", (PLAIN, *without(BROWSER, CORE, PROJECT)))),
    (execute, Run("SQLite-Projekt", (PROJECT,))),
    (on_postgres, Run("PostgreSQL-Projekt", (PROJECT,))),
    (execute, Run("Kern", (CORE,))),
)


def show(result: Result) -> None:
    took = f"{result.seconds:.0f} s, Prozessor {result.processor_seconds:.0f} s"
    print(f"\n===== {result.name} ({took}) =====\n{result.output.rstrip()}", flush=True)
    for problem in result.problems:
        print(f"GESCHEITERT: {problem}", flush=True)
    slowest = sorted(result.times, reverse=True)[:SHOWN_SLOW]
    print("Am längsten: " + "; ".join(f"{name} {seconds:.0f} s" for seconds, name in slowest), flush=True)


def conclude(results: list[Result]) -> int:
    """Print what was left out and the closing line; return the exit code."""
    passed = sum(result.passed for result in results)
    failed = sum(result.failed + len(result.problems) for result in results)
    skipped = sum(len(result.skips) for result in results)
    unexcused = [reason for result in results for reason in result.unexcused()]
    for reason in unexcused:
        print(f"Ausgelassen: {reason}")
    if excused := skipped - len(unexcused):
        print(f"Ausgelassen, weil die Daten neben dem Projekt fehlen ({EXCUSED}): {excused}")
    if unexcused and programs.in_ci():
        print(f"In CI darf nichts ausgelassen werden: {len(unexcused)} Tests zählen als gescheitert.")
        failed, skipped = failed + len(unexcused), skipped - len(unexcused)
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or not passed else 0


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped, too
    print(f"Tests laufen zugleich: {', '.join(run.name for _way, run in PARTS)} ...", flush=True)
    results = []
    with tempfile.TemporaryDirectory(prefix="leitplanke-tests-") as name, ThreadPoolExecutor(len(PARTS)) as pool:
        try:
            for part in as_completed([pool.submit(way, run, Path(name)) for way, run in PARTS]):
                results.append(part.result())
                show(results[-1])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return conclude(results)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
