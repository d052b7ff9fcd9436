"""Server-sent events, as services stream them and as we do."""

from __future__ import annotations

from collections.abc import Sequence

DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": weiter\n\n"
MAX_EVENT = 4_000_000


class SseError(Exception):
    """The stream of a service is not readable; `code` says why."""

    def __init__(self, code: str) -> None:
        """Say what is wrong."""
        super().__init__(code)
        self.code = code


class SseParser:
    """Takes bytes as they come, cut anywhere, and returns the data of whole events.

    `done` turns true with `[DONE]`; what comes after it is not read.
    """

    def __init__(self, max_event: int = MAX_EVENT) -> None:
        """Begin with nothing."""
        self._max = max_event
        self._rest = b""
        self._data: list[bytes] = []
        self._size = 0
        self.done = False

    def feed(self, piece: bytes) -> list[bytes]:
        """Return the data of the events that `piece` completes.

        Raises:
            SseError: an event is too large.
        """
        if self.done:
            return []
        text = self._rest + piece
        held = b""
        if text.endswith(b"\r"):  # the line feed of CRLF may still come
            text, held = text[:-1], b"\r"
        if b"\r" in text:
            text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = text.split(b"\n")
        self._rest = rest + held
        if len(self._rest) + self._size > self._max:
            raise SseError("antwort_zu_gross")
        return self._events(lines)

    def finish(self) -> list[bytes]:
        """Return the last event of a stream that ends without an empty line."""
        return [] if self.done else self.feed(b"\n\n")

    def _events(self, lines: list[bytes]) -> list[bytes]:
        events = []
        for line in lines:
            if line.startswith(b"data:"):
                value = line[6:] if line[5:6] == b" " else line[5:]
                self._data.append(value)
                self._size += len(value)
                if self._size > self._max:
                    raise SseError("antwort_zu_gross")
            elif not line and self._data:
                event = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
                self._data, self._size = [], 0
                if event.strip() == b"[DONE]":
                    self.done = True
                    break
                events.append(event)
        return events


def encode_events(events: Sequence[bytes]) -> bytes:
    """Return data (a line each) as events, one after the other; nothing of nothing."""
    return b"data: " + b"\n\ndata: ".join(events) + b"\n\n" if events else b""


def encode_event(data: bytes) -> bytes:
    """Return `data` (one line) as an event."""
    return b"data: " + data + b"\n\n"
