"""Pictures of an evaluation as SVG or PNG: errors with intervals, groups side by side, agreement, overrides over time.

Letters are drawn as outlines, so a picture looks the same everywhere; each has a text that says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from leitplanke.core.evaluation.chart import ControlChart
from leitplanke.core.evaluation.intervals import Estimate
from leitplanke.core.evaluation.results import Evaluation, GroupResult
from leitplanke.core.evaluation.wording import figure as number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Tones that differ in lightness too, and marks of different shape: nothing is said by colour alone.
_AI, _HUMAN, _LIMIT = "#1d3f5e", "#b06a1c", "#8a1f1f"
_SAME: Any = {
    "svg.hashsalt": "leitplanke",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.parse_math": False,
}
_LONGEST = 38


def error_picture(evaluation: Evaluation, language: str = "de", kind: str = "svg") -> bytes:
    """Draw the share of wrong decisions of AI and people with intervals."""
    labels = [item.label.in_language(language) for item in evaluation.deciders]
    german = language != "en"
    with rc_context(_SAME):
        figure, axes = _figure(len(labels))
        for place, item in enumerate(evaluation.deciders):
            _bar(axes, place, item.error, ai=item.name == "ki")
        _rows(axes, labels, "Falsche Entscheidungen (%)" if german else "Wrong decisions (%)", language)
        axes.set_xlim(left=0)
        return _saved(figure, kind)


def group_picture(evaluation: Evaluation, language: str = "de", kind: str = "svg") -> bytes:
    """Draw per group the share of wrong decisions of AI and people side by side."""
    labels = [f"{group.title.in_language(language)}: {group.group}" for group in evaluation.groups]
    step = 0.7 / len(evaluation.deciders)
    with rc_context(_SAME):
        figure, axes = _figure(max(1.6 * len(labels), 1))
        for row, group in enumerate(evaluation.groups):
            for place, found in enumerate((group.ai_error, *group.human_errors)):
                _bar(axes, row + step * (place - (len(evaluation.deciders) - 1) / 2), found, ai=place == 0)
        _legend(axes, language)
        _rows(axes, labels, "Falsche Entscheidungen (%)" if language != "en" else "Wrong decisions (%)", language)
        axes.set_xlim(left=0)
        return _saved(figure, kind)


def difference_picture(evaluation: Evaluation, language: str = "de", kind: str = "svg") -> bytes:
    """Draw per group how much more often the AI is right than the person against whom it looks worst, and the limit."""
    shown: Sequence[GroupResult] = [group for group in evaluation.groups if group.worst.difference.known]
    german = language != "en"
    labels = [f"{group.title.in_language(language)}: {group.group}" for group in shown]
    limit = -100 * evaluation.plan.grenzen.abstand_gruppe
    with rc_context(_SAME):
        figure, axes = _figure(max(len(labels), 1))
        for place, group in enumerate(shown):
            _bar(axes, place, group.worst.difference, ai=True, hollow=not group.large)
        axes.axvline(0, color="black", linewidth=0.8)
        axes.axvline(limit, color=_LIMIT, linewidth=1.4, linestyle="--", label="Grenze" if german else "Limit")
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
        about = "KI schlechter ← Unterschied in Prozentpunkten → KI besser"
        _rows(axes, labels, about if german else "AI worse ← difference in percentage points → AI better", language)
        return _saved(figure, kind)


def agreement_picture(evaluation: Evaluation, language: str = "de", kind: str = "svg") -> bytes:
    """Draw how often people agree among themselves and with the AI."""
    names = {item.name: item.label.in_language(language) for item in evaluation.deciders}
    labels = [f"{names[item.first]} – {names[item.second]}" for item in evaluation.agreements]
    with rc_context(_SAME):
        figure, axes = _figure(max(len(labels), 1))
        for place, item in enumerate(evaluation.agreements):
            _bar(axes, place, item.share, ai="ki" in {item.first, item.second})
        _rows(axes, labels, "Gleiche Entscheidungen (%)" if language != "en" else "Same decisions (%)", language)
        axes.set_xlim(right=100.5)
        return _saved(figure, kind)


def chart_picture(chart: ControlChart, language: str = "de", kind: str = "svg") -> bytes:
    """Draw the share of overruled proposals over time with the limits of chance."""
    german = language != "en"
    places = list(range(len(chart.points)))
    with rc_context(_SAME):
        figure = Figure(figsize=(7.2, 3.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        rates = [100 * point.rate for point in chart.points]
        axes.plot(places, rates, color=_AI, marker="o", label="geändert" if german else "overruled")
        for bound in ("low", "high"):
            values = [100 * getattr(point, bound) for point in chart.points]
            axes.step(places, values, where="mid", color=_LIMIT, linestyle="--", linewidth=1.2)
        axes.axhline(100 * chart.centre, color="black", linewidth=0.8)
        odd = [place for place, point in enumerate(chart.points) if point.signal]
        label = "auffällig" if german else "unusual"
        axes.plot(odd, [rates[place] for place in odd], "D", color=_LIMIT, markersize=9, fillstyle="none", label=label)
        step = max(len(places) // 12, 1)
        axes.set_xticks(places[::step], [point.period for point in chart.points][::step], rotation=30, ha="right")
        axes.set_ylabel("Geänderte Vorschläge (%)" if german else "Overruled proposals (%)")
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False, loc="upper left")
        axes.spines[["top", "right"]].set_visible(False)
        return _saved(figure, kind)


def _figure(rows: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7.2, 1.1 + 0.42 * rows), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _bar(axes: Axes, place: float, found: Estimate, *, ai: bool, hollow: bool = False) -> None:
    if not found.known:
        return
    colour = _AI if ai else _HUMAN
    value, low, high = 100 * found.value, 100 * found.low, 100 * found.high
    axes.plot([low, high], [place, place], color=colour, linewidth=2.4, solid_capstyle="butt")
    fill = "none" if hollow else "full"
    axes.plot([value], [place], marker="D" if ai else "o", color=colour, markersize=8, fillstyle=fill)


def _legend(axes: Axes, language: str) -> None:
    axes.plot([], [], marker="D", color=_AI, markersize=8, label="KI" if language != "en" else "AI")
    axes.plot([], [], marker="o", color=_HUMAN, markersize=8, label="Menschen" if language != "en" else "People")
    axes.legend(frameon=False, ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)


def _rows(axes: Axes, labels: Sequence[str], title: str, language: str) -> None:
    short = [label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…" for label in labels]
    axes.set_yticks(range(len(short)), short)
    axes.set_ylim(len(short) - 0.5, -0.5)
    axes.set_xlabel(title)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 0).in_language(language)))
    axes.grid(axis="x", color="#d5dbe0", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _saved(figure: Figure, kind: str) -> bytes:
    buffer = BytesIO()
    metadata: dict[str, str | None] = {"Date": None} if kind == "svg" else {"Software": None}
    figure.savefig(buffer, format=kind, dpi=140, metadata=metadata)
    return buffer.getvalue()
