"""A call of a model on this machine goes through the door and is measured; every way out ends its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from leitplanke.base.llm.calling import ask
from leitplanke.base.llm.calls import Answer, Caller, Refusal
from leitplanke.base.llm.entries import Ended
from leitplanke.base.llm.metering import meter_of
from leitplanke.base.llm.meters import CounterError, Gauge
from leitplanke.base.llm.meters.rapl import RaplCounter
from tests.base.llm.meters.test_meters import Machine
from tests.scripted_house import SayingTransport, ScriptedHouse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from leitplanke.base.llm.calls import Body, Kind
    from leitplanke.base.llm.transports import Target
    from leitplanke.base.llm.transports.skript import ScriptUpstream

CALLER = Caller(1, "assistenz", staff=True, facts={"mensch_gibt_frei": True, "richtung_buerger": False})
ASKED = [{"role": "user", "content": "Eins zwei drei."}]
OWN = {"active": 8, "watts": 310, "counters": ["rapl"], "pue_low": 1, "pue_high": 1.2}


class Counter:
    """Draws 36 joules between two looks, until it is told to break."""

    broken = False

    def __init__(self) -> None:
        self.drawn = 0.0

    def joules(self) -> float:
        if self.broken:
            raise CounterError("Der Zähler ist weg.")
        self.drawn += 36
        return self.drawn


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def gauge(counter: Counter) -> Gauge:
    return Gauge({"rapl": lambda: counter})


@pytest.fixture
def house(gauge: Gauge, request: pytest.FixtureRequest) -> Iterator[ScriptedHouse]:
    made = ScriptedHouse(1, "assistenz", getattr(request, "param", "echo"), meter=meter_of(OWN, "lokal", gauge))
    yield made
    made.close()


def test_a_measured_call_says_a_and_what_meters_cannot_see(house: ScriptedHouse, gauge: Gauge) -> None:
    found = ask(CALLER, ASKED, house=house)
    assert isinstance(found, Answer)
    about = found.body["leitplanke"]
    assert (about["energy_wh"], about["energy_method"]) == ([0.01, 0.012], "A")
    assert "Methode A: gemessen" in about["energy_text"]
    assert "netzteil" in about["energy_not_including"]
    assert "energy_note" not in about
    assert house.book.entries[-1].method == "A"
    assert gauge._running == 0


def test_a_counter_that_went_away_is_said_in_the_answer(house: ScriptedHouse, counter: Counter) -> None:
    counter.broken = True
    found = ask(CALLER, ASKED, house=house)
    assert isinstance(found, Answer)
    about = found.body["leitplanke"]
    assert about["energy_method"] == "B"
    assert "nicht lesbar" in about["energy_note"]


def test_what_a_machine_draws_while_the_model_answers_is_the_calls(tmp_path: Path) -> None:
    """Through the door with a fake `/sys/class/powercap`: before and after the call nothing counts."""
    box = Machine(tmp_path / "powercap")
    gauge = Gauge({"rapl": lambda: RaplCounter(box.root)})

    class Drawing(SayingTransport):
        async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> ScriptUpstream:
            box.draw("intel-rapl:0", 72)
            return await super().open(target, kind, body, stream=stream)

    house = ScriptedHouse(1, "assistenz", meter=meter_of(OWN, "lokal", gauge))
    house.transport = Drawing()
    try:
        for _number in range(2):
            box.draw("intel-rapl:1", 5000)
            assert isinstance(ask(CALLER, ASKED, house=house), Answer)
    finally:
        house.close()
    ends = [one for one in house.book.entries if isinstance(one, Ended)]
    assert [(one.wh_low, one.wh_high, one.method) for one in ends] == [(20_000, 24_000, "A")] * 2


@pytest.mark.parametrize("house", ["fehler-400", "bricht-ab"], indirect=True)
def test_a_call_that_fails_leaves_no_share_behind(house: ScriptedHouse, gauge: Gauge) -> None:
    assert isinstance(ask(CALLER, ASKED, house=house), Refusal)
    assert gauge._running == 0
