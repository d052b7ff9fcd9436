"""The client against a real listener on loopback, with a resolver that says what it is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from leitplanke.base.outbound import Client, Destination, OutboundError, Timeouts

pytestmark = pytest.mark.security
QUICK = Timeouts(first=5, total=5)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Listener:
    """Counts connections and answers with what it was given."""

    def __init__(self, answer: bytes, *, hold: bool) -> None:
        self.answer, self.hold = answer, hold
        self.connections = 0
        self.received = b""
        self.closed = asyncio.Event()
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.append(writer)
        self.received += await reader.read(65_536)
        writer.write(self.answer)
        if self.hold:
            await reader.read()
        writer.close()
        self.closed.set()


@asynccontextmanager
async def listening(
    answer: bytes = OK, *, hold: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[Listener, int]]:
    listener = Listener(answer, hold=hold)
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        try:
            yield listener, server.sockets[0].getsockname()[1]
        finally:
            for writer in listener.writers:
                writer.transport.abort()
            await asyncio.sleep(0)


def resolving(*answers: list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    left = list(answers)

    async def resolve(_host: str, _port: int) -> list[str]:
        return left.pop(0)

    return resolve


def local(port: int, host: str = "127.0.0.1", scheme: str = "http") -> Destination:
    return Destination(scheme, host, port, "/v1", local=True)


async def ask(client: Client, target: Destination, timeouts: Timeouts = QUICK) -> bytes:
    try:
        response = await client.post(target, "/chat", b"{}", headers={}, timeouts=timeouts)
        try:
            return await response.read(1_000)
        finally:
            response.close()
    finally:
        await client.close()


def refused(code: str, client: Client, target: Destination, timeouts: Timeouts = QUICK) -> None:
    with pytest.raises(OutboundError, match=code):
        asyncio.run(ask(client, target, timeouts))


def test_a_registered_inner_address_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    async def run() -> None:
        async with listening() as (listener, port):
            assert await ask(Client(lambda _target: True), local(port)) == b"ok"
            assert listener.received.startswith(b"POST /v1/chat HTTP/1.1\r\n")

    asyncio.run(run())


@pytest.mark.parametrize(
    ("code", "client", "change"),
    [
        ("offline", Client(lambda _target: True, offline=True), {}),
        ("nicht_freigegeben", Client(lambda _target: False), {}),
        ("adresse_gesperrt", Client(lambda _target: True), {"local": False}),
        ("adresse_gesperrt", Client(lambda _target: True), {"local": False, "scheme": "https"}),
        (
            "adresse_gesperrt",
            Client(lambda _target: True, resolve=resolving(["127.0.0.1"])),
            {"local": False, "scheme": "https", "host": "localhost"},
        ),
        (
            "adresse_gesperrt",
            Client(lambda _target: True, resolve=resolving(["8.8.8.8", "127.0.0.1"])),
            {"local": False, "scheme": "https", "host": "model.example"},
        ),
        (
            "adresse_gesperrt",
            Client(lambda _target: True, resolve=resolving(["127.0.0.1", "8.8.8.8"])),
            {"host": "model.intern"},
        ),
        ("unerreichbar", Client(lambda _target: True, resolve=resolving([])), {"host": "model.intern"}),
    ],
)
def test_what_may_not_be_reached_sees_no_connection(code: str, client: Client, change: dict[str, object]) -> None:
    async def run() -> None:
        async with listening() as (listener, port):
            parts = {"scheme": "http", "host": "127.0.0.1", "port": port, "path": "/v1", "local": True, **change}
            with pytest.raises(OutboundError, match=code):
                await ask(client, Destination(**parts))  # type: ignore[arg-type]
            assert listener.connections == 0

    asyncio.run(run())


def test_a_name_that_turns_inward_after_the_check_is_of_no_use() -> None:
    """The resolver is asked once for a connection; what it would say next never matters."""

    async def run() -> None:
        async with listening() as (listener, port):
            outward_then_inward = resolving(["192.0.2.1"], ["127.0.0.1"])
            client = Client(lambda _target: True, resolve=outward_then_inward)
            target = Destination("https", "model.example", port, "/v1", local=False)
            for _attempt in range(2):
                with pytest.raises(OutboundError, match="adresse_gesperrt"):
                    await ask(client, target)
            assert listener.connections == 0

    asyncio.run(run())


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("umleitung", b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
        ("antwort_unlesbar", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok"),
        ("antwort_unlesbar", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"),
        ("antwort_unlesbar", b"SMTP ready\r\n\r\n"),
        ("antwort_zu_gross", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"a" * 5_000),
        ("abgebrochen", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\na"),
        ("abgebrochen", b""),
    ],
)
def test_strange_answers_have_a_name(code: str, answer: bytes) -> None:
    async def run() -> None:
        async with listening(answer) as (_listener, port):
            with pytest.raises(OutboundError, match=code):
                await ask(Client(lambda _target: True), local(port))

    asyncio.run(run())


@pytest.mark.parametrize(
    ("code", "answer"),
    [("zeit_anfang", b""), ("zeit_gesamt", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na")],
)
def test_time_is_limited(code: str, answer: bytes) -> None:
    async def run() -> None:
        async with listening(answer, hold=True) as (listener, port):
            with pytest.raises(OutboundError, match=code):
                await ask(Client(lambda _target: True), local(port), Timeouts(first=0.05, total=0.05))
            await asyncio.wait_for(listener.closed.wait(), 5)

    asyncio.run(run())


def test_a_stream_must_begin_in_time_and_may_then_go_on() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    async def read(answer: bytes, first: float, total: float) -> list[bytes]:
        async with listening(answer, hold=True) as (_listener, port):
            client = Client(lambda _target: True)
            response = await client.post(local(port), "/chat", b"{}", headers={}, timeouts=Timeouts(5, total))
            try:
                return [piece async for piece in response.pieces(first)]
            finally:
                response.close()
                await client.close()

    with pytest.raises(OutboundError, match="zeit_anfang"):
        asyncio.run(read(head, first=0.05, total=5))
    with pytest.raises(OutboundError, match="zeit_gesamt"):
        asyncio.run(read(head + b"1\r\na\r\n", first=0.05, total=0.2))


def test_letting_go_cuts_the_connection() -> None:
    async def run() -> None:
        async with listening(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na", hold=True) as (listener, port):
            client = Client(lambda _target: True)
            response = await client.post(local(port), "/chat", b"{}", headers={}, timeouts=QUICK)
            response.close()
            await asyncio.wait_for(listener.closed.wait(), 5)
            await client.close()

    asyncio.run(run())


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(_self_signed(tmp_path))

    async def run() -> None:
        async with listening(tls=tls) as (listener, port):
            with pytest.raises(OutboundError, match="tls"):
                await ask(Client(lambda _target: True), local(port, scheme="https"))
            assert not listener.received

    asyncio.run(run())


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = (
        built.serial_number(1).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file
