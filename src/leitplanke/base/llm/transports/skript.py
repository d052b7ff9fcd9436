"""The scripted transport: answers inside this process, for a demo without a model and for tests of the door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.base import Target, TransportError
from leitplanke.base.llm.transports.payloads import stream_payloads, whole_payload
from leitplanke.base.llm.transports.scripts import Script, script_for
from leitplanke.base.llm.wire import error_code


class ScriptTransport:
    """Answers by the name of the model.

    Attributes:
        opened: how many calls were opened.
    """

    def __init__(self) -> None:
        """Begin with no call."""
        self.opened = 0

    async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> ScriptUpstream:  # noqa: ARG002
        """Begin an answer.

        Raises:
            TransportError: the script is one that fails.
        """
        self.opened += 1
        script = script_for(target.model, kind, body)
        if script.status >= 400:
            raise TransportError(error_code(script.status, None), before_first_byte=True)
        return ScriptUpstream(script, target, kind, body)


class ScriptUpstream:
    """An answer by script."""

    status = 200

    def __init__(self, script: Script, target: Target, kind: Kind, body: Body) -> None:
        """Begin."""
        self._script = script
        self._target = target
        self._kind = kind
        self._body = body
        self._closed = asyncio.Event()

    async def whole(self) -> Body:
        """Return the answer.

        Raises:
            TransportError: the script stalls or breaks off.
        """
        if self._script.stalls:
            await self._stall(before=True)
        if self._script.breaks:
            raise TransportError("abgebrochen", before_first_byte=True)
        return whole_payload(self._script, self._kind, self._target.model, self._body)

    async def batches(self) -> AsyncIterator[list[bytes]]:
        """Yield the data of each event alone.

        Raises:
            TransportError: the script stalls or breaks off.
        """
        script = self._script
        for at, event in enumerate(stream_payloads(script, self._kind, self._target.model, self._body)):
            if at > script.after and script.stalls:
                await self._stall(before=False)
            if at > script.after and script.breaks:
                raise TransportError("abgebrochen", before_first_byte=False)
            if script.gap:
                await asyncio.sleep(script.gap)
            yield [event]

    async def close(self) -> None:
        """Let go."""
        self._closed.set()

    async def _stall(self, *, before: bool) -> None:
        try:
            async with asyncio.timeout(self._target.total):
                await self._closed.wait()
        except TimeoutError:
            raise TransportError("zeit_gesamt", before_first_byte=before) from None
        raise TransportError("abgebrochen", before_first_byte=before)
