"""Callers inside the house: what a stream says of itself, how it ends, and that leaving it ends the call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from leitplanke.base.llm.calling import Streamed, ask, stream
from leitplanke.base.llm.calls import Answer, Caller, Refusal
from tests.scripted_house import ScriptedHouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CALLER = Caller(1, "assistenz", staff=True, facts={"mensch_gibt_frei": True, "richtung_buerger": False})
ASKED = [{"role": "user", "content": "Eins zwei drei vier fünf."}]


@pytest.fixture
def house() -> Iterator[Callable[..., ScriptedHouse]]:
    made: list[ScriptedHouse] = []

    def make(script: str, **more: object) -> ScriptedHouse:
        made.append(ScriptedHouse(1, "assistenz", script, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def streaming(house: ScriptedHouse, seconds: float = 10.0) -> Streamed:
    found = stream(CALLER, ASKED, seconds=seconds, house=house)
    assert isinstance(found, Streamed)
    return found


def test_a_stream_comes_whole_with_its_label(house: Callable[..., ScriptedHouse]) -> None:
    with_echo = house("echo")
    found = streaming(with_echo)
    assert "".join(found) == ASKED[0]["content"]
    assert found.failed == ""
    assert (found.label.model, found.label.purpose) == ("klein", "assistenz")
    assert next(found, None) is None
    assert with_echo.book.outcomes() == ["beantwortet"]


@pytest.mark.parametrize(("script", "failed"), [("bricht-ab", "abgebrochen"), ("stockt", "zeit_gesamt")])
def test_a_stream_that_ends_early_says_so(house: Callable[..., ScriptedHouse], script: str, failed: str) -> None:
    found = streaming(house(script))
    assert ASKED[0]["content"].startswith("".join(found))
    assert found.failed == failed


def test_whoever_leaves_a_long_answer_ends_the_call(house: Callable[..., ScriptedHouse]) -> None:
    talking = house("takt-2000")
    found = streaming(talking)
    assert next(found)
    found.close()
    assert next(found, None) is None
    assert talking.book.ended.wait(10)
    assert talking.book.outcomes() == ["abgebrochen"]


def test_whoever_forgets_an_answer_ends_the_call(house: Callable[..., ScriptedHouse]) -> None:
    talking = house("takt-2000")
    assert next(streaming(talking))
    assert talking.book.ended.wait(10)
    assert talking.book.outcomes() == ["abgebrochen"]


def test_time_ends_an_answer(house: Callable[..., ScriptedHouse]) -> None:
    talking = house("takt-2000")
    found = streaming(talking, seconds=0.2)
    assert "".join(found)
    assert found.failed == "zeit"
    assert talking.book.ended.wait(10)


def test_a_purpose_that_nobody_released_is_refused(house: Callable[..., ScriptedHouse]) -> None:
    closed = house("echo", released=False)
    assert isinstance(ask(CALLER, ASKED, house=closed), Refusal)
    assert isinstance(stream(CALLER, ASKED, house=closed), Refusal)
    assert closed.transport.opened == 0
    assert isinstance(ask(CALLER, ASKED, house=house("echo")), Answer)
