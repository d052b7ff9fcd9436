"""Budgets: calls that run at once never pass a limit together, of whichever kind it is."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.base.llm.budget import Amount, Budgets, periods
from leitplanke.base.llm.calls import Caller, Kind, Refusal
from leitplanke.base.llm.expecting import expected_of
from leitplanke.base.llm.snapshot import KeyView, Limit
from leitplanke.base.llm.wire import Parsed, parse
from tests.apps.gateway.door_in_memory import UNLIMITED, Setup, model, purpose

DAY = date(2026, 11, 28)
KINDS = {"calls_day": "calls", "tokens_day": "tokens", "eur_month": "eur", "wh_month": "wh"}


def key(limit: Limit) -> KeyView:
    return KeyView(7, "Z-1", 1, "assistenz", True, None, frozenset(), DAY, limit)


def question(**more: Any) -> Parsed:
    body = {"model": "auto", "messages": [{"role": "user", "content": "Hallo"}], "stream": True, **more}
    return parse(Kind.CHAT, json.dumps(body).encode())


@pytest.mark.parametrize("kind", KINDS)
def test_calls_at_once_share_what_is_left_of_every_kind_of_budget(kind: str) -> None:
    asked, used = question(), purpose(model(1, "takt"))
    most = expected_of(asked, used.models, 256)
    limit = 2 * getattr(most, KINDS[kind]) + getattr(most, KINDS[kind]) // 2
    setup = Setup(used, limit=replace(UNLIMITED, **{kind: limit}))
    caller = Caller(1, "assistenz", staff=True, key_id=7)

    async def work() -> list[Any]:
        found = await asyncio.gather(*(setup.door.open_call(caller, asked) for _ in range(5)))
        for one in found:
            if not isinstance(one, Refusal):
                await one.close()
        return found

    found = asyncio.run(work())
    refused = [one for one in found if isinstance(one, Refusal)]
    assert len(refused) == 3
    assert {(one.code, one.status, one.retry_after) for one in refused} == {("budget_belegt", 429, 10)}
    assert setup.transport.opened == 2
    assert getattr(setup.door.budgets._used[7, periods(setup.book.entries[0].at.date())[0]], KINDS[kind]) <= limit
    assert setup.nothing_is_left()


def test_what_is_expected_is_the_most_that_any_model_of_the_call_takes() -> None:
    small, dear = model(1, max_output=64), model(2, price_out=50)
    one, both = (expected_of(question(), models, 256) for models in ([small], [small, dear]))
    assert (one.calls, both.calls) == (1, 1)
    assert both.tokens - one.tokens == 256 - 64
    assert both.eur > 50 * 256 > one.eur
    assert expected_of(question(n=3), [small], 256).tokens > 3 * 64
    assert both.wh > one.wh > 0


CALL = st.tuples(st.integers(1, 60), st.floats(0, 1), st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(CALL, max_size=30), st.integers(0, 200))
def test_in_any_order_only_a_call_alone_goes_over_and_only_by_its_own_rest(
    calls: list[tuple[int, float, bool]], limit: int
) -> None:
    budgets, view = Budgets(lambda _day: {}), key(replace(UNLIMITED, tokens_day=limit))
    running: list[tuple[Amount, Amount]] = []
    used = worst = 0
    for most, part, ends in calls:
        expected = Amount(1, most)
        if budgets.reserve(view, DAY, expected):
            worst = max(worst, most if not running else 0)
            running.append((expected, Amount(1, int(most * part))))
        if ends and running:
            expected, amount = running.pop(0)
            used += amount.tokens
            budgets.settle(view, DAY, expected, amount)
    total = used + sum(amount.tokens for _expected, amount in running)
    assert total <= limit + worst
    for expected, amount in running:
        budgets.settle(view, DAY, expected, amount)
    assert budgets._reserved == {}
