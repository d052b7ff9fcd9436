"""Counters of this machine: what is read, what is shared, and what is said where nothing can be read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from leitplanke.base.llm.metering import meter_of
from leitplanke.base.llm.meters import CounterError, Gauge
from leitplanke.base.llm.meters.nvml import NvmlCounter
from leitplanke.base.llm.meters.rapl import RaplCounter
from leitplanke.core.energy import Method

RANGE = 262_143_328_850


class Machine:
    """A fake `/sys/class/powercap` with two packages, memory, and zones that must not be counted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        zones = {
            "intel-rapl:0": "package-0", "intel-rapl:0:0": "core", "intel-rapl:0:1": "dram",
            "intel-rapl:1": "package-1", "intel-rapl:2": "psys", "intel-rapl-mmio:0": "package-0",
        }  # fmt: skip
        for zone, name in zones.items():
            folder = root / zone
            folder.mkdir(parents=True)
            (folder / "name").write_text(f"{name}\n")
            (folder / "max_energy_range_uj").write_text(f"{RANGE}\n")
            (folder / "energy_uj").write_text("5000000\n")
        (root / "intel-rapl").mkdir()

    def draw(self, zone: str, joules: float) -> None:
        file = self.root / zone / "energy_uj"
        file.write_text(str((int(file.read_text()) + round(joules * 1e6)) % RANGE))


@pytest.fixture
def box(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "powercap")


def test_packages_and_memory_count_and_their_parts_do_not(box: Machine) -> None:
    counter = RaplCounter(box.root)
    for zone in ("intel-rapl:0:0", "intel-rapl:2", "intel-rapl-mmio:0"):
        box.draw(zone, 1000)
    for zone in ("intel-rapl:0", "intel-rapl:0:1", "intel-rapl:1"):
        box.draw(zone, 7)
    assert counter.joules() == pytest.approx(21)


def test_a_counter_that_goes_over_its_end_goes_on(box: Machine) -> None:
    counter = RaplCounter(box.root)
    box.draw("intel-rapl:0", 262_140)
    assert counter.joules() == pytest.approx(262_140)
    box.draw("intel-rapl:0", 100)
    assert counter.joules() == pytest.approx(262_240, abs=0.01)


def test_what_cannot_be_read_is_named_with_what_to_do(box: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CounterError, match=r"keinen RAPL-Zähler.*virtuellen Maschinen.*Leistung"):
        RaplCounter(box.root / "fehlt")
    (box.root / "intel-rapl:1/energy_uj").write_text("viel")
    with pytest.raises(CounterError, match="intel-rapl:1/energy_uj lässt sich nicht lesen"):
        RaplCounter(box.root)
    (box.root / "intel-rapl:1/energy_uj").unlink()
    with pytest.raises(CounterError, match="energy_uj fehlt"):
        RaplCounter(box.root)

    def refuse(self: Path, **_options: object) -> str:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(CounterError, match=r"intel-rapl:0/name ist für diesen Dienst nicht lesbar.*Leserecht"):
        RaplCounter(box.root)


class NvmlError(Exception):
    pass


def nvml(*millijoules: int) -> Any:
    """Stand in for `pynvml`: a card for each number; below 0 it does not count."""
    cards = list(millijoules)

    def drawn(card: int) -> int:
        if cards[card] < 0:
            raise NvmlError("Not Supported")
        return cards[card]

    return SimpleNamespace(
        NVMLError=NvmlError, nvmlInit=lambda: None, nvmlDeviceGetCount=lambda: len(cards), cards=cards,
        nvmlDeviceGetHandleByIndex=lambda index: index, nvmlDeviceGetTotalEnergyConsumption=drawn,
    )  # fmt: skip


def test_cards_are_added_and_a_driver_that_began_anew_is_said() -> None:
    library = nvml(1000, 2000)
    counter = NvmlCounter(library)
    before = counter.joules()
    library.cards[:] = [4000, 2500]
    assert counter.joules() - before == pytest.approx(3.5)
    library.cards[:] = [10, 20]
    with pytest.raises(CounterError, match="neu geladen"):
        counter.joules()


@pytest.mark.parametrize(("library", "words"), [(nvml(), "keine Grafikkarte"), (nvml(5, -1), "Not Supported")])
def test_cards_without_counter_are_said(library: Any, words: str) -> None:
    with pytest.raises(CounterError, match=words):
        NvmlCounter(library)


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_calls_at_once_share_what_the_machine_drew_and_waiting_is_nobodys(box: Machine) -> None:
    time = Time()
    gauge = Gauge({"rapl": lambda: RaplCounter(box.root)}, time)
    names = frozenset({"rapl"})
    assert gauge.problem(names) == ""
    box.draw("intel-rapl:0", 500)  # before anybody called
    one = gauge.begin(names)
    time.now = 2.0
    box.draw("intel-rapl:0", 100)
    other = gauge.begin(names)
    time.now = 6.0
    box.draw("intel-rapl:1", 80)
    first = one.end()
    box.draw("intel-rapl:0", 30)
    second = other.end()
    assert first is not None
    assert second is not None
    assert (first.joules, first.seconds) == (pytest.approx(140), pytest.approx(4))
    assert (second.joules, second.seconds) == (pytest.approx(70), pytest.approx(2))
    assert one.end() is None


OWN = {"active": 8, "watts": 310, "counters": ["rapl"], "pue_low": 1, "pue_high": 1.5}


def test_a_model_in_the_house_is_measured_and_one_elsewhere_never(box: Machine) -> None:
    gauge = Gauge({"rapl": lambda: RaplCounter(box.root)})
    meter = meter_of(OWN, "lokal", gauge)
    share = meter.begin()
    box.draw("intel-rapl:0", 3600)
    energy = meter(10, 10, 1.0, share)
    assert (energy.low_uwh, energy.high_uwh, energy.method) == (1_000_000, 1_500_000, Method.MEASURED)
    assert not energy.unmetered
    elsewhere = meter_of(OWN, "eu", gauge)
    assert elsewhere(10, 10, 1.0, elsewhere.begin()).method is Method.POWER


def test_without_a_readable_counter_another_method_steps_in_and_says_so(box: Machine) -> None:
    gauge = Gauge({"rapl": lambda: RaplCounter(box.root / "fehlt")})
    meter = meter_of(OWN, "lokal", gauge)
    energy = meter(10, 10, 1.0, meter.begin())
    assert "keinen RAPL-Zähler" in meter.problem
    assert (energy.method, energy.unmetered) == (Method.POWER, True)


def test_a_counter_that_breaks_during_a_call_measures_nothing_until_it_is_back(box: Machine) -> None:
    gauge = Gauge({"rapl": lambda: RaplCounter(box.root)})
    meter = meter_of(OWN, "lokal", gauge)
    shares = [meter.begin(), meter.begin()]
    file = box.root / "intel-rapl:0/energy_uj"
    file.write_text("")
    assert meter(10, 10, 1.0, shares[0]).unmetered
    shares.append(meter.begin())
    file.write_text("9000000")
    assert meter_of(OWN, "lokal", gauge).problem == ""
    assert all(meter(10, 10, 1.0, share).unmetered for share in shares[1:])
    share = meter.begin()
    box.draw("intel-rapl:0", 36)
    assert meter(10, 10, 1.0, share).method is Method.MEASURED
