"""Refuses what is larger than any form of ours while it comes in, before it fills the disk.

Django checks sizes only after the whole body lies in a temporary file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Passes requests on whose body has at most `limit` bytes; the others get 413."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """Wrap `app`."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, counting what comes in: an announced size may be missing."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._announces_too_much(scope):
            await self._refuse(scope, receive, send)
            return
        seen, cut = 0, False

        async def counted() -> Message:
            nonlocal seen, cut
            message = await receive()
            seen += len(message.get("body", b""))
            cut = cut or seen > self.limit
            return {"type": "http.disconnect"} if cut else message

        await self.app(scope, counted, send)
        if cut:
            await self._refuse(scope, receive, send)

    def _announces_too_much(self, scope: Scope) -> bool:
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        return not announced.isdigit() or len(announced) > 18 or int(announced) > self.limit

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        text = f"Das ist zu groß: Zusammen sind höchstens {self.limit // 1024**2} MB möglich. Bitte teilen Sie auf."
        await PlainTextResponse(text, 413, {"Connection": "close"})(scope, receive, send)
