"""The ledger where the database hangs or fails: nobody waits for ever, and no end is lost."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm import ledger as ledgers
from leitplanke.base.llm.budget import Amount
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.ledger import Ledger, LedgerError, write_batch
from leitplanke.base.llm.models import Aufruf, Ausgang

if TYPE_CHECKING:
    from collections.abc import Sequence


class Database:
    """Takes batches of entries, hangs or fails."""

    def __init__(self) -> None:
        self.free, self.asked = threading.Event(), threading.Event()
        self.free.set()
        self.error: Exception | None = None
        self.written: list[Any] = []

    def take(self, entries: Sequence[Any]) -> list[Exception | None]:
        self.asked.set()
        self.free.wait(10)
        if self.error is not None:
            return [self.error] * len(entries)
        self.written += entries
        return [None] * len(entries)


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    made = Database()
    monkeypatch.setattr(ledgers, "write_batch", made.take)
    monkeypatch.setattr(ledgers, "prepare_connection", lambda: None)
    monkeypatch.setattr(ledgers, "OWED_SECONDS", 0.01)
    return made


def ended(outcome: Ausgang = Ausgang.BEANTWORTET, call: uuid.UUID | None = None, **changes: Any) -> Ended:
    plain = Ended(call or uuid.uuid4(), 1, outcome, timezone.now(), None, "m", None, Amount(), 1, 1, True, 0, 0, "D", 1)
    return replace(plain, **changes)


def begun() -> Begun:
    return Begun(uuid.uuid4(), 1, "assistenz", "chat", timezone.now(), "p/1")


def until(written: list[Any], count: int) -> None:
    end = time.monotonic() + 5
    while len(written) < count and time.monotonic() < end:
        time.sleep(0.002)


def test_who_waits_for_a_database_that_hangs_is_told_and_the_end_is_written_later(database: Database) -> None:
    book = Ledger(seconds=0.02)
    database.free.clear()
    first, second = ended(Ausgang.GESTOERT, reason="abgebrochen"), ended()

    async def work() -> list[Any]:
        one = asyncio.ensure_future(book.write(first))
        await asyncio.to_thread(database.asked.wait, 10)  # the thread hangs with the first, the second waits behind it
        return await asyncio.gather(one, book.write(second), return_exceptions=True)

    assert [type(error) for error in asyncio.run(work())] == [LedgerError, LedgerError]
    database.free.set()
    until(database.written, 2)
    # Whoever asked was told not to use the answer, and so it is recorded.
    assert [(one.call_id, one.outcome, one.reason) for one in database.written] == [
        (first.call_id, Ausgang.GESTOERT, "abgebrochen"), (second.call_id, Ausgang.GESTOERT, "protokoll_gestoert"),
    ]  # fmt: skip


def test_ends_that_fail_are_owed_until_the_database_takes_them_and_beginnings_are_not(database: Database) -> None:
    book = Ledger()
    database.error = OperationalError("locked")

    async def work() -> list[Any]:
        return await asyncio.gather(book.write(begun()), book.write(ended()), return_exceptions=True)

    assert [type(error) for error in asyncio.run(work())] == [LedgerError, LedgerError]
    assert database.written == []
    database.error = None
    until(database.written, 1)
    assert [(one.outcome, one.reason) for one in database.written] == [(Ausgang.GESTOERT, "protokoll_gestoert")]


def test_the_door_closes_at_once_where_too_much_waits(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "MOST_WAITING", 2)
    book = Ledger(seconds=5)
    database.free.clear()

    async def work() -> float:
        waiting = [asyncio.ensure_future(book.write(begun())) for _ in range(4)]
        began = time.monotonic()
        done, _pending = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert {type(one.exception()) for one in done} == {LedgerError}
        database.free.set()
        await asyncio.wait(waiting)
        return time.monotonic() - began

    assert asyncio.run(work()) < 2


@pytest.mark.django_db
def test_an_end_without_a_beginning_leaves_nothing(mandant: Mandant) -> None:
    one = replace(begun(), mandant_id=mandant.pk)
    lost = ended(Ausgang.GESTOERT, mandant_id=mandant.pk, if_begun=True)
    here = replace(lost, call_id=one.call_id)
    assert write_batch([lost, one, here]) == [None, None, None]
    assert [row.ausgang for row in Aufruf.objects.for_mandant(mandant)] == ["gestoert"]
    codes = Leaf.objects.for_mandant(mandant).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["llm.begonnen", "llm.beendet"]
