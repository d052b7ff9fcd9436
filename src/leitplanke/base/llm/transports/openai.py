"""Any service that speaks as OpenAI does: vLLM, Ollama, llama.cpp, Mistral, a service of a Land."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from functools import lru_cache

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.base import Target, TransportError
from leitplanke.base.llm.transports.quirks import fitted
from leitplanke.base.llm.wire import SseError, SseParser, error_code
from leitplanke.base.outbound import Client, Destination, OutboundError, Response, Timeouts, destination

PATHS = {Kind.CHAT: "/chat/completions", Kind.COMPLETION: "/completions", Kind.EMBEDDING: "/embeddings"}
MAX_ERROR = 65_536
# How much is read after `[DONE]` so that the connection can be used again.
MAX_TAIL = 4_096
# Reads that go on as they come, so that an answer begins at once; those after them go on with the beat.
AT_ONCE = 8


@lru_cache(maxsize=1_024)
def _destination(address: str, local: bool) -> Destination:  # noqa: FBT001
    return destination(address, local=local)


def destination_of(target: Target) -> Destination:
    """Return where a model is; whoever makes a `Client` lets it reach these of released models.

    Raises:
        OutboundError: the address is none.
    """
    return _destination(target.address, target.local)


class OpenAiTransport:
    """Sends through the one client of the house."""

    def __init__(self, client: Client) -> None:
        """Take the client; whoever made it closes it."""
        self._client = client

    async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> OpenAiUpstream:
        """Send a call and return once the answer begins.

        Raises:
            TransportError: it does not, or the service refuses.
        """
        headers = {"Authorization": f"Bearer {target.secret}"} if target.secret else {}
        # A whole answer begins when it is finished.
        timeouts = Timeouts(target.first if stream else target.total, target.total)
        try:
            where = destination_of(target)
            sent = json.dumps(fitted(target, where.host, kind, body, stream=stream), ensure_ascii=False).encode()
            response = await self._client.post(where, PATHS[kind], sent, headers=headers, timeouts=timeouts)
        except OutboundError as error:
            raise TransportError(error.code, before_first_byte=True) from None
        if response.status >= 400:
            raise await _refused(response)
        return OpenAiUpstream(response, first=target.first)

    async def reachable(self, target: Target, path: str = "/models") -> str:
        """Ask the service at `path` whether it is there; return "" or the code of what is wrong."""
        headers = {"Authorization": f"Bearer {target.secret}"} if target.secret else {}
        try:
            timeouts = Timeouts(target.first, target.first)
            response = await self._client.get(destination_of(target), path, headers=headers, timeouts=timeouts)
        except OutboundError as error:
            return error.code
        response.close()
        return error_code(response.status, None) if response.status >= 400 else ""


class OpenAiUpstream:
    """An answer of such a service."""

    def __init__(self, response: Response, *, first: float) -> None:
        """Begin to read."""
        self._response = response
        self._first = first
        self._pieces: AsyncIterator[bytes] | None = None
        self._parser = SseParser()
        self._begun = False

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self._response.status

    async def whole(self) -> Body:
        """Return the answer as it came.

        Raises:
            TransportError: it breaks off, is too large, too late or no JSON.
        """
        try:
            answer = json.loads(await self._response.read())
        except OutboundError as error:
            raise TransportError(error.code, before_first_byte=True) from None
        except (ValueError, RecursionError):
            raise TransportError("antwort_unlesbar", before_first_byte=True) from None
        if not isinstance(answer, dict):
            raise TransportError("antwort_unlesbar", before_first_byte=True)
        return answer

    async def batches(self) -> AsyncIterator[list[bytes]]:
        """Yield the data of the events that came together.

        Raises:
            TransportError: the stream breaks off, is too late, or is none.
        """
        self._pieces = self._response.pieces(self._first)
        parser, reads = self._parser, 0
        try:
            async for piece in self._pieces:
                if events := parser.feed(piece):
                    self._begun = True
                    yield events
                if parser.done:
                    return
                reads += 1
                if reads > AT_ONCE:
                    self._response.gather()
            if events := parser.finish():
                self._begun = True
                yield events
        except (OutboundError, SseError) as error:
            raise TransportError(error.code, before_first_byte=not self._begun) from None
        if not self._begun:
            raise TransportError("antwort_unlesbar", before_first_byte=True)

    async def close(self) -> None:
        """Let go. A stream that ended keeps its connection for the next call, any other is cut."""
        if self._parser.done and self._pieces is not None:
            await self._response.drain(MAX_TAIL)
        self._response.close()


async def _refused(response: Response) -> TransportError:
    """Return the error for a refusal; what the service wrote is read for its code and then forgotten."""
    try:
        body = json.loads(await response.read(MAX_ERROR))
    except (OutboundError, ValueError, RecursionError):
        body = None
    response.close()
    code = error_code(response.status, body)
    return TransportError(code, before_first_byte=True, retry_after=response.retry_after)
