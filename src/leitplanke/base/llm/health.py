"""Whether models are there, asked in the background. A question carries the access code of the service, no more.

The worker asks; what it finds stands beside the model. Where that changes, every door hears of it as of any other
change, and asks a model that does not answer last.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from leitplanke.base.llm.local import local_service
from leitplanke.base.llm.models import Modell, Modellstand
from leitplanke.base.llm.snapshot import bump
from leitplanke.base.llm.targets import target_of
from leitplanke.base.llm.transports import Target
from leitplanke.base.llm.transports.attempts import AILING
from leitplanke.base.llm.transports.openai import OpenAiTransport, destination_of
from leitplanke.base.outbound import Client, OutboundError

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)
WHY = "Geprüft wird für alle Kommunen des Hauses."
SECONDS = 10.0
AT_ONCE = 8
PATH_UNKNOWN = "modell_unbekannt"
# Returns "" or the code of what is wrong.
Ask = Callable[[Target, str], Awaitable[str]]
_busy = threading.Lock()


def is_fresh(row: Modell) -> bool:
    """Tell whether the last check of a model still says something."""
    fresh = timedelta(seconds=3 * settings.MODEL_CHECK_SECONDS + SECONDS)
    return row.geprueft_am is not None and timezone.now() - row.geprueft_am <= fresh


def ailing(row: Modell) -> str:
    """Return the code of why a model does not answer, as far as a fresh check says so; "" else."""
    # A service that does not know the path of the check is there all the same.
    known = row.zuletzt_fehler in AILING - {PATH_UNKNOWN}
    return row.zuletzt_fehler if known and is_fresh(row) else ""


def check_in_background() -> None:
    """Check all models in a thread of its own; not while the last check still runs."""
    if not _released().exclude(protokoll="skript").exists() or not _busy.acquire(blocking=False):
        return
    threading.Thread(target=_check_and_let_go, name="modelle-pruefen", daemon=True).start()


def _check_and_let_go() -> None:
    try:
        check_models()
    except Exception:
        logger.exception("Die Prüfung der Modelle misslang")
    finally:
        connection.close()
        _busy.release()


def check_models(ask: Ask | None = None) -> int:
    """Ask every released model whether it is there and write that down; return how many do not answer."""
    rows = [row for row in _released() if row.protokoll != "skript"]
    found = asyncio.run(_ask_all(rows, ask))
    now, changed = timezone.now(), False
    with transaction.atomic():
        for row, code in zip(rows, found, strict=True):
            before = ailing(row)
            row.geprueft_am, row.zuletzt_fehler = now, code
            values = {"geprueft_am": now, "zuletzt_fehler": code}
            if not code:
                values["zuletzt_erreicht_am"] = now
            Modell.objects.for_mandant(row.mandant_id).filter(pk=row.pk).update(**values)
            changed |= ailing(row) != before
        if changed:
            bump()
    return sum(map(bool, found))


def _released() -> QuerySet[Modell]:
    return Modell.objects.unscoped(WHY).filter(stand=Modellstand.FREIGEGEBEN)


async def _ask_all(rows: list[Modell], ask: Ask | None) -> list[str]:
    targets = [target_of(row) for row in rows]
    known = {place for target in targets if (place := _place(target)) is not None}
    client = Client(lambda place: place in known, offline=settings.OFFLINE)
    at_once = asyncio.Semaphore(AT_ONCE)
    over_wire = ask or OpenAiTransport(client).reachable

    async def one(row: Modell, target: Target) -> str:
        if target.protocol == "lokal":
            return local_service().lacking()
        async with at_once:
            return await over_wire(replace(target, first=min(target.first, SECONDS)), row.pruefpfad)

    try:
        return await asyncio.gather(*(one(row, target) for row, target in zip(rows, targets, strict=True)))
    finally:
        await client.close()


def _place(target: Target) -> object:
    try:
        return destination_of(target)
    except OutboundError:
        return None
