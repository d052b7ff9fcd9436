"""The door on the wire: a raw ASGI application that speaks as OpenAI does.

No framework on the hot path: a Django view costs two milliseconds and a thread, this costs tenths of one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings

from leitplanke.apps.gateway.held import held_call
from leitplanke.apps.gateway.keys import PREFIX, hash_of
from leitplanke.apps.gateway.refusing import Refusals
from leitplanke.base.llm.calls import Caller, Kind, Label, Refusal
from leitplanke.base.llm.door import CLOSED, ROLE_ENDED, Door
from leitplanke.base.llm.opened import Opened
from leitplanke.base.llm.runtime import Runtime, runtime
from leitplanke.base.llm.snapshot import KeyView, Snapshot, TownView
from leitplanke.base.llm.wire import Limits, WireError, parse
from leitplanke.core.policy import DataClass, ModelClass

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

KINDS = {
    "/v1/chat/completions": Kind.CHAT, "/v1/completions": Kind.COMPLETION, "/v1/embeddings": Kind.EMBEDDING,
}  # fmt: skip
MODELS, HELD = "/v1/models", "/v1/leitplanke/freigaben/"
MOST_BYTES = Limits().size
BODY_SECONDS = 30.0
JSON, SSE = b"application/json", b"text/event-stream; charset=utf-8"
COMMON = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
NO_KEY = Refusal(
    "zugang_fehlt", "Es fehlt ein gültiger Zugangsschlüssel. Legen Sie einen unter /gateway/zugaenge/ an.", 401
)
UNKNOWN_MODEL = Refusal(
    "modell_nicht_erlaubt", f"Dieses Modell gehört nicht zu Ihrem Zugang. Welche es gibt, sagt {MODELS}.", 404
)
TOO_LARGE = Refusal(
    "anfrage_zu_gross", f"Die Anfrage ist größer als {MOST_BYTES // 1_000_000} MB. Bitte teilen Sie sie.", 413
)
TOO_SLOW = Refusal("anfrage_zu_langsam", "Die Anfrage kam nicht vollständig an. Bitte senden Sie sie erneut.", 408)


class CallerGoneError(Exception):
    """Whoever asked has hung up."""


@dataclass(frozen=True, slots=True)
class _Known:
    snapshot: Snapshot
    key: KeyView


class DoorApp:
    """Answers everything below `/v1`."""

    def __init__(self, house: Callable[[], Runtime] = runtime) -> None:
        """Begin with the first request: the event loop is not there yet."""
        self._house = house
        self._door: Door | None = None
        self._refusals: Refusals | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            await self._answer(scope, receive, send)
        except CallerGoneError:
            return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._door is None or self._refusals is None:
            house = await asyncio.to_thread(self._house)
            await asyncio.to_thread(house.keeper.wait)
            self._door = self._door or house.door_here()
            self._refusals = self._refusals or Refusals(self._door.ledger)
        known = await self._known(scope)
        if isinstance(known, Refusal):
            return await _refuse(send, known if known is CLOSED else self._without_key(scope))
        if (slow := self._refusals.too_often(known.key)) is not None:
            return await _refuse(send, slow)
        if known.key.role_ended:
            return await self._turn_away(send, known.key, ROLE_ENDED)
        return await self._known_answer(scope, known, receive, send)

    async def _known_answer(self, scope: Scope, known: _Known, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        if path == MODELS and method == "GET":
            return await _send_json(send, 200, {"object": "list", "data": _models(known)})
        if path.startswith(f"{MODELS}/") and method == "GET":
            return await _send_json(send, *_one_model(known, path.removeprefix(f"{MODELS}/")))
        if path.startswith(HELD) and method == "GET":
            status, body = await asyncio.to_thread(held_call, known.key, path.removeprefix(HELD).strip("/"))
            return await _send_json(send, status, body)
        kind = KINDS.get(path)
        if kind is None:
            there = ", ".join((*KINDS, MODELS))
            nowhere = Refusal("adresse_unbekannt", f"Diese Adresse gibt es nicht. Es gibt: {there}.", 404)
            return await self._turn_away(send, known.key, nowhere)
        if method != "POST":
            return await self._turn_away(send, known.key, Refusal("methode", "Hier geht nur POST.", 405))
        return await self._call(kind, known.key, receive, send, _pages(scope))

    async def _turn_away(self, send: Send, key: KeyView, refusal: Refusal, field: str = "") -> None:
        """Refuse what never becomes a call, and write that down."""
        assert self._refusals is not None  # noqa: S101 - made before
        self._refusals.of_key(key, refusal.code)
        await _refuse(send, refusal, field)

    def _without_key(self, scope: Scope) -> Refusal:
        """Count a request without a valid key for the town it was sent to."""
        assert self._door is not None  # noqa: S101 - made before
        assert self._refusals is not None  # noqa: S101 - made before
        snapshot, host = self._door.keeper.current(), _host(dict(scope["headers"]))
        towns = snapshot.towns.values() if snapshot else ()
        town = next((town.id for town in towns if host in town.hosts), None)
        return self._refusals.without_key(town, _address(scope)) or NO_KEY

    async def _known(self, scope: Scope) -> _Known | Refusal:
        """Return whose key it is; a key opens only at an address of its own town."""
        assert self._door is not None  # noqa: S101 - made before
        headers = dict(scope["headers"])
        scheme, _blank, secret = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret.startswith(PREFIX):
            return NO_KEY
        assert self._refusals is not None  # noqa: S101 - made before
        keeper, digest, host = self._door.keeper, hash_of(secret), _host(headers)
        known = _key_at(keeper.current(), digest, host)
        if known is NO_KEY and not self._refusals.guesses_too_often(_address(scope)):
            # It may have been made a moment ago. Whoever guesses waits.
            await keeper.next_look()
            known = _key_at(keeper.current(), digest, host)
        return known

    async def _call(self, kind: Kind, key: KeyView, receive: Receive, send: Send, address: str) -> None:
        raw = await _body(receive)
        if isinstance(raw, Refusal):
            return await self._turn_away(send, key, raw)
        try:
            parsed = parse(kind, raw)
        except WireError as error:
            return await self._turn_away(send, key, Refusal(error.code, error.sentence, error.status), error.path)
        assert self._door is not None  # noqa: S101 - made before
        caller = Caller(
            key.mandant_id, key.purpose, staff=True, trigger="fachverfahren" if key.machine else "person",
            key_id=key.id, person_id=key.person_id,
        )  # fmt: skip
        work = asyncio.ensure_future(self._serve(caller, parsed, send, key, address))
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
        finally:
            gone.cancel()

    async def _serve(self, caller: Caller, parsed: Any, send: Send, key: KeyView, address: str) -> None:
        assert self._door is not None  # noqa: S101 - made before
        opened = await self._door.open_call(caller, parsed)
        if isinstance(opened, Refusal):
            assert self._refusals is not None  # noqa: S101 - made before
            self._refusals.by_door(key, opened)
            return await _refuse(send, opened, address=address)
        try:
            return await (_stream(send, opened) if parsed.stream else _whole(send, opened))
        finally:  # also where the caller has gone before the first event
            await asyncio.shield(opened.close())


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("", 0))[0])


def _pages(scope: Scope) -> str:
    """Return where the pages of the town are: the host that the key was found at is one of its own."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return f"{'https' if settings.HTTPS else 'http'}://{host}"


def _host(headers: Mapping[bytes, bytes]) -> str:
    return headers.get(b"host", b"").decode("latin-1").rsplit(":", 1)[0].lower()


async def _whole(send: Send, opened: Opened) -> None:
    answer = await opened.whole()
    if isinstance(answer, Refusal):
        await _refuse(send, answer)
        return
    usage = answer.usage
    energy = "-".join(usage.wh).encode()
    headers = [*_label_headers(answer.label), (b"x-leitplanke-energie-wh", energy)]
    await _send_json(send, 200, answer.body, headers)


async def _stream(send: Send, opened: Opened) -> None:
    headers = [(b"content-type", SSE), *COMMON, (b"x-accel-buffering", b"no"), *_label_headers(opened.label)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    events = opened.events()
    try:
        async for event in events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
    finally:
        await events.aclose()  # type: ignore[attr-defined]
    await send({"type": "http.response.body", "body": b""})


async def _body(receive: Receive) -> bytes | Refusal:
    pieces, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise CallerGoneError
                piece = message.get("body", b"")
                size += len(piece)
                if size > MOST_BYTES:
                    return TOO_LARGE
                pieces.append(piece)
                if not message.get("more_body"):
                    return b"".join(pieces)
    except TimeoutError:
        return TOO_SLOW


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _models(known: _Known) -> list[dict[str, Any]]:
    """Return the models of a key, `auto` first, each with the data it may have by the table of the guideline."""
    town = known.snapshot.towns[known.key.mandant_id]
    purpose = town.purposes.get(known.key.purpose)
    models = purpose.models if purpose else ()
    allowed = [model for model in models if not known.key.models or model.id in known.key.models]
    places = {"auto": [model.model_class for model in allowed]} | {model.name: [model.model_class] for model in allowed}
    return [
        {"id": name, "object": "model", "created": 0, "owned_by": "leitplanke", "leitplanke": {"data": _data(town, at)}}
        for name, at in places.items()
    ]


def _data(town: TownView, places: list[str]) -> dict[str, str]:
    table = town.policy.profile.table
    return {data.value: table.mildest(data, [ModelClass(place) for place in places]).value for data in DataClass}


def _one_model(known: _Known, name: str) -> tuple[int, dict[str, Any]]:
    """Return HTTP status and one of the models of a key."""
    found = next((model for model in _models(known) if model["id"] == unquote(name)), None)
    return (200, found) if found else (404, {"error": {**_error(UNKNOWN_MODEL), "param": "model"}})


# There are as many sentences as the guidelines of the towns have for it.
_quoted = lru_cache(maxsize=256)(quote)


def _label_headers(label: Label) -> list[tuple[bytes, bytes]]:
    said = {
        "x-leitplanke-ki": "ja", "x-leitplanke-modell": label.model, "x-leitplanke-ort": label.model_class,
        "x-leitplanke-zweck": label.purpose, "x-leitplanke-klauseln": " ".join(label.clauses),
        "x-leitplanke-hinweis": _quoted(label.sentence), "x-leitplanke-aufruf": label.call_id,
    }  # fmt: skip
    return [(name.encode(), value.encode("ascii", "replace")) for name, value in said.items()]


def _key_at(snapshot: Snapshot | None, digest: bytes, host: str) -> _Known | Refusal:
    if snapshot is None:
        return CLOSED
    key = snapshot.keys.get(digest)
    town = snapshot.towns.get(key.mandant_id) if key else None
    if key is None or town is None or host not in town.hosts:
        return NO_KEY
    return _Known(snapshot, key)


async def _refuse(send: Send, refusal: Refusal, field: str = "", address: str = "") -> None:
    """Send a refusal; `address` is where the pages of the town are."""
    headers = [(b"retry-after", str(refusal.retry_after).encode())] if refusal.retry_after else []
    if (
        refusal.status == 502 and not refusal.retry_after
    ):  # clients of OpenAI ask again by themselves; here that helps nobody
        headers.append((b"x-should-retry", b"false"))
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await _send_json(send, refusal.status, {"error": _error(refusal, field, address)}, headers)


def _error(refusal: Refusal, field: str = "", address: str = "") -> dict[str, Any]:
    return {
        "message": refusal.sentence, "type": "leitplanke", "code": refusal.code, "param": field or None,
        "clause": refusal.clause or None, "clause_title": refusal.clause_title or None,
        "clause_url": address + refusal.clause_url if refusal.clause_url else None,
        "call": refusal.call_id or None,
    }  # fmt: skip


async def _send_json(
    send: Send, status: int, body: dict[str, Any], headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    length = (b"content-length", str(len(raw)).encode())
    start = [(b"content-type", JSON), length, *COMMON, *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": raw})
