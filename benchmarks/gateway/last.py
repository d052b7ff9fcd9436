"""Load for a door that speaks as OpenAI does: whole answers and streams, with the times that callers see."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field

import aiohttp

PROMPT = (
    "Sehr geehrte Frau Yıldız, vielen Dank für Ihr Schreiben vom 12. November. Wir haben Ihren Antrag auf einen Stand "
    "auf dem Wochenmarkt geprüft. Bitte reichen Sie bis 15. Dezember die Erklärung Ihres Nachbarn nach (Herr Schmidt, "
    "Lindenstraße 12, 44135 Dortmund). Überweisungen nehmen wir auf DE89 3704 0044 0532 0130 00 entgegen. Bei Fragen "
    "erreichen Sie mich unter 0231 50-12345 oder petra.beispiel@stadt.example. Formuliere den Brief freundlicher und "
    "kürzer, ohne etwas wegzulassen, und beginne mit einem Dank. Mit freundlichen Grüßen, Petra Beispiel, Marktwesen."
)[:600]


@dataclass(slots=True)
class Seen:
    """What callers saw: seconds to the first piece and to the end, pieces, failures."""

    first: list[float] = field(default_factory=list)
    total: list[float] = field(default_factory=list)
    pieces: int = 0
    failed: int = 0


def percentile(values: list[float], share: float) -> float:
    """Return a percentile of values in milliseconds; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


async def load(  # noqa: PLR0913 - what a load is
    url: str, key: str, model: str, *, stream: bool, parallel: int, count: int, apart: float = 0.0
) -> Seen:
    """Send `count` calls, `parallel` at a time, the first of them `apart` seconds one after the other."""
    seen, left = Seen(), iter(range(count))
    body = {"model": model, "stream": stream, "messages": [{"role": "user", "content": PROMPT}], "max_tokens": 4000}
    raw = json.dumps(body).encode()
    first = b"Sehr geehrte Frau"
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=180)
    async with aiohttp.ClientSession(connector=connector, headers=headers, timeout=timeout) as session:

        async def work(place: int) -> None:
            await asyncio.sleep(place * apart)
            for number in left:
                # Another text each time, so that nobody remembers what was found in it.
                own = raw.replace(first, f"Vorgang {number}: Sehr geehrte Frau".encode(), 1)
                await one(session, url, own, seen, stream=stream)

        await asyncio.gather(*(work(place) for place in range(parallel)))
    return seen


async def one(session: aiohttp.ClientSession, url: str, raw: bytes, seen: Seen, *, stream: bool) -> None:
    """Send one call."""
    began = time.perf_counter()
    try:
        async with session.post(url + "/chat/completions", data=raw) as answer:
            if answer.status != 200:
                seen.failed += 1
                await answer.read()
                return
            if not stream:
                await answer.read()
                seen.total.append(time.perf_counter() - began)
                return
            pieces, done = 0, False
            async for line in answer.content:
                if line.startswith(b"data: {"):
                    if not pieces:
                        seen.first.append(time.perf_counter() - began)
                    pieces += 1
                done = done or line.startswith(b"data: [DONE]")
            seen.pieces += pieces
            seen.failed += not done
            seen.total.append(time.perf_counter() - began)
    except (aiohttp.ClientError, TimeoutError):
        seen.failed += 1
