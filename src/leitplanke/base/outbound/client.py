"""The one HTTP client.

The address that was checked is the one that is connected to: the check stands in the resolver of the connector, so
nobody can change a name between the two. No redirects, no cookies, no proxies from the environment, no packed answers.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from leitplanke.base.outbound.addresses import permitted
from leitplanke.base.outbound.destinations import Destination
from leitplanke.base.outbound.errors import OutboundError

MAX_BODY = 64_000_000
MAX_HEADER = 8_190
CONNECTIONS = 1_000
# Seconds between two looks at an answer that keeps coming; twenty times a second reads as flowing.
BEAT = 0.05

# Says which addresses a name has.
Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds until the first byte of an answer, and until its last."""

    first: float
    total: float


async def resolve_by_system(host: str, port: int) -> list[str]:
    """Ask the system which addresses a name has."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class _GuardedResolver(AbstractResolver):
    """Gives only addresses that may be reached; if one of a name may not, none may."""

    def __init__(self, resolve: Resolve, *, local: bool, plain: bool) -> None:
        self._resolve = resolve
        self._local = local
        self._plain = plain

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve once and check."""
        addresses = await self._resolve(host, port)
        if not addresses:
            raise OSError
        if not all(permitted(address, local=self._local, plain=self._plain) for address in addresses):
            raise OutboundError("adresse_gesperrt")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
            if family in {socket.AF_UNSPEC, socket.AF_INET6 if ":" in address else socket.AF_INET}
        ]

    async def close(self) -> None:
        """Nothing is held."""


class Client:
    """Calls released destinations. It belongs to one event loop; `close` it there."""

    def __init__(
        self,
        allowed: Callable[[Destination], bool],
        *,
        offline: bool = False,
        resolve: Resolve = resolve_by_system,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Begin; `allowed` is asked at each call, so that a model that was blocked is out of reach at once."""
        self._allowed = allowed
        self._offline = offline
        self._resolve = resolve
        self._tls = tls
        self._sessions: dict[tuple[bool, bool], aiohttp.ClientSession] = {}

    async def post(
        self, target: Destination, path: str, body: bytes, *, headers: Mapping[str, str], timeouts: Timeouts
    ) -> Response:
        """Send `body` (JSON) and return when the answer begins.

        Raises:
            OutboundError: nothing was sent, or nothing came back.
        """
        return await self._request("POST", target, path, timeouts, data=body, headers=_sent(headers))

    async def get(self, target: Destination, path: str, *, headers: Mapping[str, str], timeouts: Timeouts) -> Response:
        """Ask for what is at `path`.

        Raises:
            OutboundError: nothing was sent, or nothing came back.
        """
        return await self._request("GET", target, path, timeouts, headers=_sent(headers))

    async def close(self) -> None:
        """Close every connection."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            await session.close()

    async def _request(self, method: str, target: Destination, path: str, timeouts: Timeouts, **sent: Any) -> Response:
        self._check(target)
        deadline = asyncio.get_running_loop().time() + timeouts.total
        try:
            async with asyncio.timeout(min(timeouts.first, timeouts.total)):
                answer = await self._session(target).request(method, target.url(path), allow_redirects=False, **sent)
        except TimeoutError:
            raise OutboundError("zeit_anfang") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise OutboundError(_code(error)) from None
        response = Response(answer, deadline)
        if 300 <= answer.status < 400:
            response.close()
            raise OutboundError("umleitung")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            raise OutboundError("antwort_unlesbar")
        return response

    def _check(self, target: Destination) -> None:
        if self._offline:
            raise OutboundError("offline")
        if not self._allowed(target):
            raise OutboundError("nicht_freigegeben")
        if target.plain and not target.local:
            raise OutboundError("adresse_gesperrt")
        if _literal(target.host) and not permitted(target.host, local=target.local, plain=target.plain):
            raise OutboundError("adresse_gesperrt")

    def _session(self, target: Destination) -> aiohttp.ClientSession:
        key = (target.local, target.plain)
        session = self._sessions.get(key)
        if session is None:
            session = self._sessions[key] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=_GuardedResolver(self._resolve, local=target.local, plain=target.plain),
                    ssl=self._tls or True,
                    limit=CONNECTIONS,
                    ttl_dns_cache=60,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,
                auto_decompress=False,
                requote_redirect_url=False,
                max_line_size=MAX_HEADER,
                max_field_size=MAX_HEADER,
            )
        return session


class Response:
    """An answer that has begun.

    Attributes:
        status: of HTTP.
        retry_after: seconds after which the other side wants to be asked again; 0 where it does not say.
    """

    def __init__(self, answer: aiohttp.ClientResponse, deadline: float) -> None:
        """Begin to read, up to `deadline` (time of the loop)."""
        self._answer = answer
        # One timer for the whole answer: a timeout around each piece would cost more than reading it.
        self._timer = asyncio.get_running_loop().call_at(deadline, self._expire, "zeit_gesamt")
        self._expired = ""
        self.status = answer.status
        retry = answer.headers.get("Retry-After", "")
        self.retry_after = min(int(retry), 86_400) if retry.isascii() and retry.isdigit() and len(retry) < 9 else 0

    async def read(self, most: int = MAX_BODY) -> bytes:
        """Return the whole body.

        Raises:
            OutboundError: it is too large, too late, or breaks off.
        """
        pieces = []
        size = 0
        async for piece in self.pieces():
            size += len(piece)
            if size > most:
                self.close()
                raise OutboundError("antwort_zu_gross")
            pieces.append(piece)
        return b"".join(pieces)

    async def pieces(self, first: float | None = None) -> AsyncIterator[bytes]:
        """Yield the body as it comes; `first` seconds at most until its first byte.

        Raises:
            OutboundError: it is too late, or breaks off.
        """
        content = self._answer.content
        beginning = None
        if first is not None:
            beginning = asyncio.get_running_loop().call_later(first, self._expire, "zeit_anfang")
        try:
            while piece := await content.readany():
                if beginning is not None:
                    beginning.cancel()
                    beginning = None
                yield piece
        except (aiohttp.ClientError, OSError):
            self.close()
            raise OutboundError(self._expired or "abgebrochen") from None
        finally:
            if beginning is not None:
                beginning.cancel()
        self._timer.cancel()

    def gather(self) -> None:
        """Have nothing more come before the next beat, the same for all answers: it collects where it costs nothing.

        To wake up for every piece of every answer costs several times what passing it on does.
        """
        connection = self._answer.connection
        transport = connection.transport if connection is not None else None
        if transport is None or transport.is_closing():  # all of it has come
            return
        transport.pause_reading()
        loop = asyncio.get_running_loop()
        loop.call_later(BEAT - loop.time() % BEAT, _go_on, transport)

    def _expire(self, code: str) -> None:
        """Wake whoever reads: time is up."""
        self._expired = code
        self._answer.content.set_exception(TimeoutError())

    async def drain(self, most: int, seconds: float = 0.5) -> None:
        """Read the end of a body of which nothing more matters, so that its connection can be used again."""
        try:
            async with asyncio.timeout(seconds):
                await self._answer.content.read(most)
        except (aiohttp.ClientError, OSError):
            return

    def close(self) -> None:
        """Let go: a whole answer frees its connection, one that is not read to its end cuts it."""
        self._timer.cancel()
        self._answer.close()


def _go_on(transport: asyncio.ReadTransport) -> None:
    if not transport.is_closing():
        transport.resume_reading()


def _sent(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        "Accept-Encoding": "identity",
        "Content-Type": "application/json",
        "User-Agent": "Leitplanke",
        **headers,
    }


@lru_cache(maxsize=1024)
def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _code(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "tls"
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError | ConnectionResetError):
        return "abgebrochen"
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return "antwort_unlesbar"
    return "unerreichbar"
