"""A model from a file on this machine, for those who have none else: the extra `[lokal]` (xllamacpp, MIT).

It runs in a process of its own, so that a fault in its library ends no door, and speaks as OpenAI does on loopback.
The process starts with the first call and ends with this one. Off unless `LEITPLANKE_LOKALES_MODELL` names a file.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import secrets
import subprocess
import sys
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports import Target, TransportError, Upstream
from leitplanke.base.llm.transports.openai import OpenAiTransport, destination_of
from leitplanke.base.outbound import Client

# Tokens that a call may hold, answer included; more costs memory at once.
CONTEXT = 8192
SENTENCES = {
    "lokal_aus": "Für dieses Modell ist keine Datei eingestellt (LEITPLANKE_LOKALES_MODELL). Bitte fragen Sie die IT.",
    "lokal_datei_fehlt": "Die Datei dieses Modells ist nicht da oder nicht lesbar. Bitte fragen Sie die IT.",
    "lokal_extra_fehlt": "Für Modelle auf diesem Rechner fehlt das Zusatzpaket [lokal]. Bitte fragen Sie die IT.",
    "lokal_startet_nicht": "Das Modell auf diesem Rechner startet nicht. Bitte fragen Sie die IT.",
}


class LocalError(RuntimeError):
    """It cannot run; `args[0]` is a key of `SENTENCES`."""


class LocalService:
    """The process with the model; one for this process, for every thread."""

    def __init__(self, file: str) -> None:
        """Take the file; nothing starts yet."""
        self._file = file
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._reached = ("", "")

    def lacking(self) -> str:
        """Return the code of what is missing before it could start; "" where nothing is."""
        if not self._file:
            return "lokal_aus"
        if not os.access(self._file, os.R_OK) or not Path(self._file).is_file():
            return "lokal_datei_fehlt"
        return "" if importlib.util.find_spec("xllamacpp") else "lokal_extra_fehlt"

    def reached(self) -> tuple[str, str]:
        """Return address and key, and start the process first where it does not run; that takes seconds.

        Raises:
            LocalError: it cannot run.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._reached

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        if lacking := self.lacking():
            raise LocalError(lacking)
        self._end()
        # No secret of the house goes along.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LEITPLANKE_")}
        self._process = process = subprocess.Popen(
            [sys.executable, "-m", "leitplanke.base.llm.transports.lokal_dienst"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=inherited,
        )  # fmt: skip
        assert process.stdin is not None  # noqa: S101 - a pipe
        assert process.stdout is not None  # noqa: S101 - a pipe
        secret = secrets.token_urlsafe(32)
        try:
            asked = {"datei": str(Path(self._file).resolve()), "kontext": CONTEXT, "schluessel": secret}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            told = {}
        if "adresse" not in told:
            self._end()
            raise LocalError(told.get("fehler", "lokal_startet_nicht"))
        self._reached = (told["adresse"], secret)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


@cache
def local_service() -> LocalService:
    """Return the service of this process."""
    return LocalService(settings.LOCAL_MODEL)


class LocalTransport:
    """Reaches the model of this machine. It belongs to one event loop."""

    def __init__(self, service: LocalService | None = None) -> None:
        """Take the service, that of this process if none is given."""
        self._service = service or local_service()
        self._address = ""
        # Loopback to a process of ours is no connection to outside, so `OFFLINE` does not forbid it.
        self._inner = OpenAiTransport(Client(lambda place: place == destination_of(self._target())))

    async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> Upstream:
        """Send a call and return once the answer begins.

        Raises:
            TransportError: the model cannot run, is not there in time, or does not answer.
        """
        try:
            async with asyncio.timeout(target.first):
                self._address, secret = await asyncio.to_thread(self._service.reached)
        except TimeoutError:
            raise TransportError("zeit_anfang", before_first_byte=True) from None
        except LocalError as error:
            raise TransportError(str(error), before_first_byte=True) from None
        there = replace(target, address=self._address, local=True, secret=secret)
        return await self._inner.open(there, kind, body, stream=stream)

    def _target(self) -> Target:
        return Target("lokal", self._address, "", "lokal", local=True)
