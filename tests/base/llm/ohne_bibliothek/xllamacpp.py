"""In place of the library: the same names, and scripts instead of a model; for tests on machines without one."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from leitplanke.base.llm.transports.server import ScriptServer


class CommonParams:
    """Takes what is set."""

    def __init__(self) -> None:
        self.model = SimpleNamespace(path="")


class Server:
    """Serves scripts once it is made, and writes beside the file what it was given."""

    def __init__(self, parameters: Any) -> None:
        file = Path(parameters.model.path)
        if file.read_text() == "kaputt":
            raise RuntimeError
        print("ein Wort der Bibliothek", flush=True)  # noqa: T201 - as the real one does
        given = {**vars(parameters), "model": file.name, "umgebung": sorted(os.environ)}
        file.with_suffix(".json").write_text(json.dumps(given))
        self._server, ready = ScriptServer(), threading.Event()
        loop = asyncio.new_event_loop()

        async def start() -> None:
            await self._server.start()
            ready.set()

        self._task = loop.create_task(start())
        threading.Thread(target=loop.run_forever, daemon=True).start()
        ready.wait(10)

    @property
    def listening_address(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"
