"""Figures of months as a picture: bars, and points between the limits of chance. Says where everything is drawn.

Places are text, as SVG reads them, whatever the language of the page; the page draws and colours them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 88, 8, 16, 38
_PLOT_HEIGHT = HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """A month.

    Attributes:
        value: its figure, None where there is none.
        text: the figure as people read it.
        rough: whether it is an estimate; it is drawn hollow.
    """

    label: str
    value: float | None
    text: str = ""
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A period with what chance explains in it; `odd` where it does not."""

    label: str
    value: float | None
    low: float
    high: float
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar; `title` appears at the pointer."""

    css: str
    x: str
    y: str
    width: str
    height: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A level line."""

    css: str
    x1: str
    x2: str
    y: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A round mark."""

    css: str
    x: str
    y: str
    r: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word at an axis."""

    css: str
    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, and what it shows in words.

    Attributes:
        name: of the picture within its page.
        title: what it shows; `text` says it in a sentence, for those who do not see it.
    """

    name: str
    title: str
    text: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    rects: tuple[Rect, ...] = ()
    dots: tuple[Dot, ...] = ()
    box: str = f"0 0 {WIDTH} {HEIGHT}"


def bars(rows: Sequence[Bar], *, name: str, title: str, text: str) -> Picture:
    """Draw one bar for each month."""
    top = _nice(max((row.value or 0.0 for row in rows), default=0.0))
    step = _step(rows)
    rects = tuple(_rect(row, LEFT + place * step, step, top) for place, row in enumerate(rows) if row.value is not None)
    ticks = (*_scale(top), *_labels([row.label for row in rows], step))
    return Picture(name, title, text, _grid(top), ticks, rects=rects)


def points(rows: Sequence[Point], *, centre: float, name: str, title: str, text: str) -> Picture:
    """Draw shares over time, with their centre and the limits of chance."""
    top = _nice(max([centre, *(max(row.value or 0.0, row.high) for row in rows if row.value is not None)]))
    step = _step(rows)
    known = [(LEFT + place * step, row, row.value) for place, row in enumerate(rows) if row.value is not None]
    bounds = [_line("lp-bound", x, x + step, bound, top) for x, row, _value in known for bound in (row.low, row.high)]
    dots = tuple(_dot(row, value, x + step / 2, top) for x, row, value in known)
    lines = (*_grid(top), _line("lp-centre", LEFT, WIDTH - RIGHT, centre, top), *bounds)
    return Picture(name, title, text, lines, (*_scale(top), *_labels([row.label for row in rows], step)), dots=dots)


def _dot(row: Point, value: float, x: float, top: float) -> Dot:
    css, size = ("lp-point lp-point--odd", "7") if row.odd else ("lp-point", "5")
    return Dot(css, _place(x), _y(value, top), size)


def _step(rows: Sequence[Bar] | Sequence[Point]) -> float:
    return (WIDTH - LEFT - RIGHT) / max(len(rows), 1)


def _rect(row: Bar, x: float, step: float, top: float) -> Rect:
    value = row.value or 0.0
    css = "lp-bar lp-bar--rough" if row.rough else "lp-bar"
    height = _place(_PLOT_HEIGHT * value / top)
    return Rect(css, _place(x + step * 0.15), _y(value, top), _place(step * 0.7), height, f"{row.label}: {row.text}")


def _grid(top: float) -> tuple[Line, ...]:
    return tuple(_line("lp-grid", LEFT, WIDTH - RIGHT, top * part, top) for part in (0, 0.5, 1))


def _scale(top: float) -> tuple[Tick, ...]:
    x = str(LEFT - 8)
    return tuple(Tick("lp-tick", x, _y(top * part, top, 5), "end", _short(top * part)) for part in (0, 0.5, 1))


def _labels(labels: Sequence[str], step: float) -> tuple[Tick, ...]:
    """Write the months that fit: at most twelve, and on narrow screens a third of them (see register.css)."""
    every = 1 if len(labels) <= 12 else 3
    return tuple(
        Tick(
            "lp-tick lp-tick--more" if place % (every * 3) else "lp-tick", _place(LEFT + (place + 0.5) * step),
            str(HEIGHT - 10), "middle", label,
        )
        for place, label in enumerate(labels)
        if place % every == 0
    )  # fmt: skip


def _line(css: str, left: float, right: float, value: float, top: float) -> Line:
    return Line(css, _place(left), _place(right), _y(value, top))


def _y(value: float, top: float, down: float = 0.0) -> str:
    return _place(HEIGHT - BOTTOM - _PLOT_HEIGHT * value / top + down)


def _place(number: float) -> str:
    return f"{number:.1f}"


def _nice(value: float) -> float:
    """Return a round number that is not smaller, for the top of the axis."""
    if value <= 0:
        return 1.0
    size = 10.0 ** (len(f"{value:.0f}") - 1) if value >= 1 else 0.01
    while size * 10 < value:
        size *= 10
    return next(size * step for step in (1, 2, 2.5, 5, 10, 20) if size * step >= value)


def _short(value: float) -> str:
    whole, _, rest = f"{value:,.2f}".partition(".")
    return whole.replace(",", "\u202f") + ("," + rest.rstrip("0") if rest.strip("0") else "")
