"""No request may fill the disk: what is larger than any form of ours is refused while it comes in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.project.body_limit import BodyLimit

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

pytestmark = pytest.mark.security

LIMIT = 1000


class Reader:
    """Reads a body as Django does: to the end, or until the browser is gone."""

    def __init__(self) -> None:
        self.seen = 0

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.seen += len(message["body"])
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"gut"})


def status_of(chunks: list[bytes], headers: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    """Send a body in chunks; return the status of the answer and how many bytes got through."""
    reader, sent = Reader(), list[Any]()
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
        for number, chunk in enumerate(chunks, 1)
    ]

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    asyncio.run(BodyLimit(reader, LIMIT)(scope, receive, send))
    return sent[0]["status"], reader.seen


def test_body_within_the_limit_passes() -> None:
    assert status_of([b"x" * 600, b"x" * 400], [(b"content-length", b"1000")]) == (200, 1000)


def test_announced_size_over_the_limit_is_refused_before_reading() -> None:
    assert status_of([b"x" * 2000], [(b"content-length", b"2000")]) == (413, 0)


def test_body_that_grows_over_the_limit_unannounced_is_cut_off() -> None:
    assert status_of([b"x" * 600] * 5, []) == (413, 600)


def test_size_that_is_no_number_is_refused() -> None:
    assert status_of([b"x"], [(b"content-length", b"viel")]) == (413, 0)
