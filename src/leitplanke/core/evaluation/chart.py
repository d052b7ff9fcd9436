"""After release: how often people overrule the AI, on a control chart that tells chance from change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from leitplanke.core.evaluation.wording import both, percent
from leitplanke.core.rules.model import Words

SIGMAS = 3.0
# Cumulative sum in standard deviations: drifts of about one are found after some eight periods, false alarms are rare.
SLACK, ALARM = 0.5, 5.0
LEAST_PERIODS = 5


@dataclass(frozen=True, slots=True)
class Overrides:
    """One period: how many proposals people saw, and how many they overruled."""

    period: str
    cases: int
    overruled: int


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period on the chart.

    Attributes:
        rate: share overruled; nan without cases.
        low, high: what chance explains in this period.
        rising, falling: cumulative sums of deviations upwards and downwards.
        signal: "", hoch, niedrig, steigend or fallend.
    """

    period: str
    cases: int
    overruled: int
    rate: float
    low: float
    high: float
    rising: float
    falling: float
    signal: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """All periods against the centre; `sentence` says what to do."""

    centre: float
    points: tuple[ChartPoint, ...]
    sentence: Words

    @property
    def signals(self) -> tuple[ChartPoint, ...]:
        """The periods that chance does not explain."""
        return tuple(point for point in self.points if point.signal)


def control_chart(counts: Sequence[Overrides], *, expected: float | None = None) -> ControlChart:
    """Return a p-chart with limits of three standard deviations, and a CUSUM for slow drifts.

    Args:
        counts: one entry per period, oldest first.
        expected: the share overruled at release; where missing, that of the first five periods.

    Raises:
        ValueError: more were overruled than seen.
    """
    if any(not 0 <= item.overruled <= item.cases for item in counts):
        raise ValueError("Es können nicht mehr Vorschläge geändert worden sein, als es gab.")
    centre = expected if expected is not None else _share(counts[:LEAST_PERIODS])
    points: list[ChartPoint] = []
    rising = falling = 0.0
    for item in counts:
        point = _point(item, centre, rising, falling)
        points.append(point)
        # After an alarm somebody looks; the sum begins anew.
        rising = 0.0 if point.signal == "steigend" else point.rising
        falling = 0.0 if point.signal == "fallend" else point.falling
    return ControlChart(centre, tuple(points), _sentence(points, centre))


def _share(counts: Sequence[Overrides]) -> float:
    cases = sum(item.cases for item in counts)
    return sum(item.overruled for item in counts) / cases if cases else math.nan


def _point(item: Overrides, centre: float, rising: float, falling: float) -> ChartPoint:
    if item.cases == 0 or math.isnan(centre):
        nothing = math.nan
        return ChartPoint(item.period, item.cases, item.overruled, nothing, nothing, nothing, rising, falling, "")
    rate = item.overruled / item.cases
    # With a centre of 0 or 1 one case would be infinitely far away; half a case stands for what is not known.
    firm = min(max(centre, 0.5 / (item.cases + 1)), 1 - 0.5 / (item.cases + 1))
    spread = math.sqrt(firm * (1 - firm) / item.cases)
    low, high = max(centre - SIGMAS * spread, 0.0), min(centre + SIGMAS * spread, 1.0)
    away = (rate - centre) / spread
    rising, falling = max(0.0, rising + away - SLACK), max(0.0, falling - away - SLACK)
    signal = (
        "hoch" if rate > high else "niedrig" if rate < low else "steigend" if rising > ALARM
        else "fallend" if falling > ALARM else ""
    )  # fmt: skip
    return ChartPoint(item.period, item.cases, item.overruled, rate, low, high, rising, falling, signal)


def _sentence(points: Sequence[ChartPoint], centre: float) -> Words:
    last = next((point for point in reversed(points) if point.signal), None)
    if math.isnan(centre):
        return Words("Es gibt noch keine Fälle.", "There are no cases yet.")
    if last is None:
        return both(
            "Die Quote der geänderten Vorschläge schwankt um {centre}; das ist Zufall.",
            "The share of proposals overruled varies around {centre}; chance explains it.",
            centre=percent(centre),
        )
    said = {
        "hoch": Words(
            "ungewöhnlich viele Vorschläge geändert. Bitte Fälle ansehen: Die KI kann schlechter geworden sein, oder "
            "die Fälle sind andere.",
            "unusually many proposals were overruled. Please look at cases: the AI may have become worse, or the cases "
            "different.",
        ),
        "niedrig": Words(
            "ungewöhnlich wenige Vorschläge geändert. Bitte prüfen, ob noch jemand hinsieht oder nur bestätigt.",
            "unusually few proposals were overruled. Please check whether people still look or only confirm.",
        ),
        "steigend": Words(
            "die Quote schon länger zu hoch. Bitte Fälle ansehen und die Prüfung wiederholen.",
            "the share has been too high for some time. Please look at cases and evaluate again.",
        ),
        "fallend": Words(
            "die Quote schon länger zu niedrig. Bitte prüfen, ob noch jemand hinsieht oder nur bestätigt.",
            "the share has been too low for some time. Please check whether people still look or only confirm.",
        ),
    }[last.signal]
    verb = Words("wurden", "") if last.signal in {"hoch", "niedrig"} else Words("ist", "")
    return both(
        "Im Zeitraum {period} {verb} {said}", "In {period} {said}",
        period=Words(last.period, last.period), verb=verb, said=said,
    )  # fmt: skip
