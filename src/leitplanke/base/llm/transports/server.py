r"""The scripts as an OpenAI-compatible service on loopback, for tests and benchmarks.

`python -m leitplanke.base.llm.transports.server --port 9900` is at `http://127.0.0.1:9900/v1`; a model is a script.
`GET /_aufgezeichnet` tells what arrived, `DELETE /_aufgezeichnet` forgets it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import deque
from functools import lru_cache

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.payloads import error_payload, stream_payloads, whole_payload
from leitplanke.base.llm.transports.scripts import MODES, Script, script_for

ROUTES = {"/v1/chat/completions": Kind.CHAT, "/v1/completions": Kind.COMPLETION, "/v1/embeddings": Kind.EMBEDDING}
KEPT = 1_000
LAST = b"0\r\n\r\n"
STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


# Of one connection.
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Recording:
    """What arrived.

    Attributes:
        requests: how many calls.
        cancelled: how many streams the other side left.
        bodies: the last of them, as they came.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.requests = 0
        self.cancelled = 0
        self.bodies: deque[str] = deque(maxlen=KEPT)

    def told(self) -> Body:
        """Return it as JSON."""
        return {"anfragen": self.requests, "abgebrochen": self.cancelled, "koerper": list(self.bodies)}


class ScriptServer:
    """Serves scripts; `start` it, then it is at `port`.

    Attributes:
        connections: how many were opened to it.
    """

    def __init__(self) -> None:
        """Begin with an empty recording."""
        self.recording = Recording()
        self.port = 0
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> None:
        """Listen on loopback."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=8_000_000)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no longer, and let go of every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await asyncio.sleep(0)  # in which the sockets are closed

    async def forever(self) -> None:
        """Serve until the process ends."""
        if self._server is not None:
            await self._server.serve_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether another may follow."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, _version = head.split("\r\n", 1)[0].split(" ")
        raw = await reader.readexactly(_length(head))
        if path == "/_aufgezeichnet":
            if method == "DELETE":
                self.recording = Recording()
            return await _send(writer, 200, self.recording.told())
        if path == "/v1/models":
            data = [{"id": mode, "object": "model", "created": 0, "owned_by": "skript"} for mode in MODES]
            return await _send(writer, 200, {"object": "list", "data": data})
        kind = ROUTES.get(path)
        if kind is None:
            return await _send(writer, 404, error_payload(404, {}))
        self.recording.requests += 1
        self.recording.bodies.append(raw.decode("utf-8", "replace"))
        return await self._answer((reader, writer), kind, json.loads(raw))

    async def _answer(self, streams: Streams, kind: Kind, body: Body) -> bool:
        reader, writer = streams
        model = body["model"]
        script = script_for(model, kind, body)
        if script.status >= 400:
            return await _send(writer, script.status, error_payload(script.status, body))
        if body.get("stream") and kind is not Kind.EMBEDDING:
            return await self._stream(streams, script, kind, body)
        if script.stalls:
            await reader.read()
            return False
        if script.breaks:
            return False
        return await _send(writer, 200, whole_payload(script, kind, model, body))

    async def _stream(self, streams: Streams, script: Script, kind: Kind, body: Body) -> bool:
        reader, writer = streams
        writer.write(STREAM_HEAD)
        try:
            for at, frame in enumerate(_frames(script, kind, body["model"], body.get("n", 1))):
                if at > script.after and script.stalls:
                    await reader.read()  # nothing comes; it ends when the other side leaves
                    raise ConnectionResetError
                if at > script.after and script.breaks:
                    return False
                if script.gap:
                    await asyncio.sleep(script.gap)
                writer.write(frame)
                await writer.drain()
                if writer.is_closing():
                    raise ConnectionResetError
        except ConnectionError:
            self.recording.cancelled += 1
            return False
        writer.write(_frame(b"[DONE]") + LAST)
        await writer.drain()
        return True


@lru_cache(maxsize=64)
def _frames(script: Script, kind: Kind, model: str, n: int) -> tuple[bytes, ...]:
    """Return the events ready to be sent, kept so that a benchmark measures the others and not us."""
    return tuple(_frame(event) for event in stream_payloads(script, kind, model, {"n": n}))


def _frame(event: bytes) -> bytes:
    data = b"data: " + event + b"\n\n"
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _colon, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


async def _send(writer: asyncio.StreamWriter, status: int, body: Body) -> bool:
    raw = json.dumps(body, ensure_ascii=False).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    writer.write(head.encode() + raw)
    await writer.drain()
    return True


async def _main(port: int) -> None:
    server = ScriptServer()
    await server.start(port)
    sys.stdout.write(f"Skripte statt Sprachmodellen: http://127.0.0.1:{server.port}/v1\n")
    sys.stdout.flush()
    await server.forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Skripte statt Sprachmodellen, für Tests und Messungen.")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_main(parser.parse_args().port))
