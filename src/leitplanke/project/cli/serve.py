"""Run the application: the web server in this process, the worker in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django

RESTART_SECONDS = 2.0
STOP_SECONDS = 10.0


class WorkerKeeper:
    """Keeps a worker process alive and ends it with us."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker and watch it."""
        self._thread.start()

    def _keep(self) -> None:
        while not self._stop.is_set():
            command = [sys.executable, "-m", "leitplanke", "worker", "--with-parent", str(os.getpid())]
            self._process = subprocess.Popen(command)
            self._process.wait()
            if not self._stop.is_set():
                click.echo("Die Hintergrundarbeit wurde beendet und startet neu.", err=True)
                self._stop.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """End the worker, by force if it does not go."""
        self._stop.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def split_address(address: str) -> tuple[str, int]:
    """Return host and port of `HOST:PORT`.

    Raises:
        click.BadParameter: the port is no number.
    """
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.BadParameter(f"Die Adresse {address!r} hat nicht die Form RECHNER:PORT, etwa 127.0.0.1:8000.")
    return host, int(port)


def run_server(address: str, *, with_worker: bool = True, part: str = "application") -> None:
    """Serve until a signal comes."""
    import uvicorn

    host, port = split_address(address)
    keeper = WorkerKeeper()
    if with_worker:
        keeper.start()
    try:
        uvicorn.run(
            f"leitplanke.project.{'gateway' if part == 'gateway' else 'asgi'}:application",
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=5,
            # Only proxies that are named may say whose address a request comes from.
            proxy_headers=bool(trusted := os.environ.get("FORWARDED_ALLOW_IPS", "")),
            forwarded_allow_ips=trusted or None,
        )
    finally:
        keeper.stop()


@click.command(cls=GermanCommand)
@click.option("--address", default="127.0.0.1:8000", show_default="127.0.0.1:8000", help="Rechner und Port.")
@click.option("--ohne-hintergrund", is_flag=True, help="Die Hintergrundarbeit läuft woanders (leitplanke worker).")
@click.option("--only", type=click.Choice(["gateway"]), help="Nur die Tür zu den Modellen (/v1), ohne Seiten.")
def serve(address: str, *, ohne_hintergrund: bool, only: str | None) -> None:
    """Anwendung und Hintergrundarbeit starten.

    \b
    Beispiele:
      leitplanke serve
      leitplanke serve --address 0.0.0.0:8080 --ohne-hintergrund
      leitplanke serve --only gateway --address 127.0.0.1:8001
    """
    setup_django()
    from leitplanke.project.cli.doctor import refuse_unfit_production

    refuse_unfit_production()
    split_address(address)
    click.echo(f"Leitplanke läuft auf http://{address} (Beenden mit Strg+C)")
    run_server(address, with_worker=not ohne_hintergrund and only is None, part=only or "application")


@click.command(cls=GermanCommand)
@click.option("--batch", is_flag=True, help="Nur erledigen, was ansteht, dann enden.")
@click.option("--with-parent", type=int, metavar="PID", hidden=True)
def worker(*, batch: bool, with_parent: int | None) -> None:
    """Nur die Hintergrundarbeit starten: Dokumente lesen, Index aufbauen, E-Mails senden, Nachweise einordnen.

    \b
    Beispiel:
      leitplanke worker
    """
    if with_parent is not None:
        end_with_parent(with_parent)
    setup_django()
    from leitplanke.base.jobs.worker import run_worker

    run_worker(batch=batch)


def end_with_parent(parent: int) -> None:
    """Ask the kernel to end us when the serving process dies, even by kill -9 (Linux only).

    Raises:
        SystemExit: it died before we could ask; nobody would tell us any more.
    """
    import contextlib
    import ctypes

    set_parent_death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(0)
