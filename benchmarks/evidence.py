"""Evidence: how many changes a second leave their entry, how fast entries get positions, how fast a log is checked.

    python benchmarks/evidence.py [--database sqlite|postgresql] [--seconds 5] [--writers 4] [--json FILE]

A change is a row of an office table and its entry. `einzeln` commits every change by itself; `je 20` commits twenty
changes together, as an import or a night's run does. Both with as many processes at once as --writers says, each on its
own connection, with our settings (SQLite: WAL, synchronous=NORMAL; PostgreSQL: its durable defaults). `mit Einordner`
has the sequencer work beside them every second, as in operation. An error is any exception in a writer, above all
"database is locked". Processor time is our own process's: on a busy machine it says more than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
from postgres import temporary_cluster  # noqa: E402 - lies in tools
from programs import postgres_folder  # noqa: E402

BATCH = 20
DURABLE = "-c listen_addresses='' -c max_connections=50"
TOWN = "messstadt"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="nur diese Datenbank")
    parser.add_argument("--seconds", type=float, default=5.0, help="Dauer einer Messung")
    parser.add_argument("--writers", type=int, default=4, help="Prozesse, die zugleich schreiben")
    parser.add_argument("--json", type=Path, help="Ergebnis als JSON in diese Datei")
    parser.add_argument("--role", choices=sorted(ROLES), help=argparse.SUPPRESS)
    parser.add_argument("--batch", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--start", type=float, default=0.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.role:
        with declared_code():
            print(json.dumps(ROLES[options.role](options)))
        return 0
    results = [measure(name, options) for name in ("sqlite", "postgresql") if options.database in (None, name)]
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2), "utf-8")
    return 1 if any(result["errors"] or not result["valid"] for result in results) else 0


def measure(database: str, options: argparse.Namespace) -> dict[str, Any]:
    """Run all measurements on a fresh database and print them."""
    with tempfile.TemporaryDirectory() as folder, address_of(database) as address:
        os.environ.update(LEITPLANKE_MODE="test", LEITPLANKE_DATA=folder, LEITPLANKE_DATABASE_URL=address)
        os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
        run("prepare", options)
        print(f"\n{database}, {options.writers} Schreibende, {os.cpu_count()} Kerne")
        result: dict[str, Any] = {"database": database, "writers": options.writers, "errors": 0}
        # Without the sequencer last, so that it has something to do afterwards.
        for batch, beside in ((1, True), (BATCH, True), (1, False), (BATCH, False)):
            rate, cpu, errors = write(options, batch, beside=beside)
            name = f"{'einzeln' if batch == 1 else f'je {batch}'}{' mit Einordner' if beside else ''}"
            print(f"  {name:24} {rate:8.0f} Vorgänge mit Nachweis/s   {cpu:5.0f} µs CPU   Fehler: {errors}", flush=True)
            result[name] = {"per_second": round(rate), "cpu_microseconds": round(cpu)}
            result["errors"] += errors
        result |= run("sequence", options) | run("verify", options)
        for title, key in (("Einordnen", "sequenced"), ("Prüfen", "verified")):
            rate, cpu = result[f"{key}_per_second"], result[f"{key}_per_cpu_second"]
            print(f"  {title:24} {rate:8.0f} Einträge/s ({cpu} je Sekunde CPU)")
        print(f"  Protokoll gültig: {'ja' if result['valid'] else 'NEIN'}", flush=True)
    return result


def write(options: argparse.Namespace, batch: int, *, beside: bool) -> tuple[float, float, int]:
    """Have all writers write at once; return changes per second, processor microseconds per change, and errors."""
    start = time.time() + 4  # by then all have loaded Django
    processes = [launch("write", options, batch, start) for _ in range(options.writers)]
    if beside:
        processes.append(launch("tick", options, batch, start))
    reports = [finished(process) for process in processes]
    writers = reports[: options.writers]
    rate = sum(report["changes"] / report["seconds"] for report in writers)
    cpu = sum(report["cpu"] for report in writers) / max(1, sum(report["changes"] for report in writers)) * 1e6
    return rate, cpu, sum(report["errors"] for report in reports)


def launch(role: str, options: argparse.Namespace, batch: int = 1, start: float = 0.0) -> subprocess.Popen[str]:
    arguments = ["--role", role, "--batch", str(batch), "--start", str(start), "--seconds", str(options.seconds)]
    return subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _errors = process.communicate()
    if process.returncode:
        raise SystemExit(f"Ein Prozess der Messung brach ab (Rückgabe {process.returncode}).")
    report: dict[str, Any] = json.loads(output.splitlines()[-1])
    return report


def run(role: str, options: argparse.Namespace) -> dict[str, Any]:
    return finished(launch(role, options))


@contextmanager
def address_of(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    folder = postgres_folder()
    if folder is None:
        raise SystemExit("PostgreSQL fehlt. Unter Debian: apt-get install postgresql (oder --database sqlite)")
    with temporary_cluster(folder, DURABLE) as address:
        yield address


@contextmanager
def declared_code() -> Iterator[None]:
    import django

    django.setup()
    from leitplanke.base.evidence.codes import REGISTRY, EvidenceCode

    with REGISTRY.extended([EvidenceCode("bench.changed", "Messung", ("nr", "ergebnis"))]):
        yield


def town() -> Any:
    from leitplanke.base.accounts.models import Mandant

    return Mandant.objects.get(kurz=TOWN)


def role_prepare(_options: argparse.Namespace) -> dict[str, Any]:
    from django.core.management import call_command

    from leitplanke.base.accounts.models import Mandant

    call_command("migrate", verbosity=0)
    Mandant.objects.create(name="Messstadt", kurz=TOWN)
    return {}


def role_write(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import DatabaseError

    mandant, changes, errors = town(), 0, 0
    change(mandant, 1, "warm")
    time.sleep(max(0.0, options.start - time.time()))
    started, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - started < options.seconds:
        try:
            change(mandant, options.batch, f"{os.getpid()}-{changes}")
        except DatabaseError as error:
            print(f"Fehler: {error}", file=sys.stderr)
            errors += 1
        else:
            changes += options.batch
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return {"changes": changes, "errors": errors, "seconds": seconds, "cpu": cpu}


def change(mandant: Any, batch: int, name: str) -> None:
    """Change something `batch` times, each with its evidence, in one transaction."""
    from django.db import transaction

    from leitplanke.base.accounts.models import Organisationseinheit
    from leitplanke.base.evidence.services import record

    with transaction.atomic():
        for number in range(batch):
            unit = Organisationseinheit(mandant=mandant, kuerzel=f"{os.getpid()}-{name}-{number}"[-30:], name="Amt")
            unit.save(force_insert=True)
            record("bench.changed", mandant=mandant, subject=unit, data={"nr": str(number), "ergebnis": "bewilligt"})


def role_tick(options: argparse.Namespace) -> dict[str, Any]:
    from leitplanke.base.evidence.sequencer import sequence_all

    time.sleep(max(0.0, options.start - time.time()))
    end = time.time() + options.seconds
    while time.time() < end:
        sequence_all()
        time.sleep(1.0)
    return {"errors": 0}


def role_sequence(_options: argparse.Namespace) -> dict[str, Any]:
    from leitplanke.base.evidence.sequencer import sequence_pending

    started, cpu = time.perf_counter(), time.process_time()
    done = sequence_pending(town(), checkpoint_seconds=1)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    sequence_pending(town(), checkpoint_seconds=0)
    return {
        "sequenced": done.placed,
        "sequenced_per_second": round(done.placed / seconds),
        "sequenced_per_cpu_second": round(done.placed / cpu),
    }


def role_verify(_options: argparse.Namespace) -> dict[str, Any]:
    from leitplanke.base.evidence.verification import verify

    cpu = time.process_time()
    report = verify(town())
    cpu = time.process_time() - cpu
    if report.finding:
        print(report.finding.message, file=sys.stderr)
    return {
        "valid": report.ok,
        "entries": report.entries,
        "checkpoints": report.checkpoints,
        "verified_per_second": round(report.entries / report.seconds),
        "verified_per_cpu_second": round(report.entries / cpu),
    }


ROLES = {
    "prepare": role_prepare,
    "write": role_write,
    "tick": role_tick,
    "sequence": role_sequence,
    "verify": role_verify,
}

if __name__ == "__main__":
    sys.exit(main())
