"""Figures of months as a picture: bars, and points between the limits of chance. Colours come from the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

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


def bars(rows: Sequence[Bar], *, name: str, title: str, text: str) -> str:
    """Draw one bar for each month.

    Args:
        name: of the picture within its page, for its title and text.
        title: what it shows.
        text: the same in a sentence, for those who do not see it.
    """
    top = _nice(max((row.value or 0.0 for row in rows), default=0.0))
    step = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    body = [*_frame(name, title, text), *_axis(top)]
    for place, row in enumerate(rows):
        x = LEFT + place * step
        if row.value is not None:
            body.append(_bar(row, x + step * 0.15, step * 0.7, _PLOT_HEIGHT * row.value / top))
        body += _label(row.label, place, len(rows), x + step / 2)
    return "".join([*body, "</svg>"])


def _bar(row: Bar, x: float, width: float, height: float) -> str:
    css = "lp-bar lp-bar--rough" if row.rough else "lp-bar"
    place = f'x="{x:.1f}" y="{HEIGHT - BOTTOM - height:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{css}" {place}><title>{escape(f"{row.label}: {row.text}")}</title></rect>'


def points(rows: Sequence[Point], *, centre: float, name: str, title: str, text: str) -> str:
    """Draw shares over time, with their centre and the limits of chance."""
    top = _nice(max([centre, *(max(row.value or 0.0, row.high) for row in rows)]))
    step = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    body = [*_frame(name, title, text), *_axis(top)]
    body.append(_line("lp-centre", LEFT, WIDTH - RIGHT, _y(centre, top)))
    for place, row in enumerate(rows):
        x = LEFT + place * step
        if row.value is not None:
            body += [_line("lp-bound", x, x + step, _y(bound, top)) for bound in (row.low, row.high)]
            size, css = (7, "lp-point lp-point--odd") if row.odd else (5, "lp-point")
            body.append(f'<circle class="{css}" cx="{x + step / 2:.1f}" cy="{_y(row.value, top)}" r="{size}"/>')
        body += _label(row.label, place, len(rows), x + step / 2)
    return "".join([*body, "</svg>"])


def _frame(name: str, title: str, text: str) -> list[str]:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="lp-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
    said = f'<title id="{name}-titel">{escape(title)}</title><desc id="{name}-text">{escape(text)}</desc>'
    return [head + f'aria-labelledby="{name}-titel {name}-text">', said]


def _line(css: str, left: float, right: float, y: str) -> str:
    return f'<line class="{css}" x1="{left:.1f}" x2="{right:.1f}" y1="{y}" y2="{y}"/>'


def _axis(top: float) -> list[str]:
    lines = []
    for part in (0, 0.5, 1):
        y = _y(top * part, top)
        tick = f'<text class="lp-tick" x="{LEFT - 8}" y="{y}" dy="4" text-anchor="end">{_short(top * part)}</text>'
        lines += [_line("lp-grid", LEFT, WIDTH - RIGHT, y), tick]
    return lines


def _label(label: str, place: int, count: int, x: float) -> list[str]:
    """Write the months that fit: at most twelve, and on narrow screens a third of them (see register.css)."""
    every = 1 if count <= 12 else 3
    if place % every:
        return []
    css = "lp-tick lp-tick--more" if place % (every * 3) else "lp-tick"
    return [f'<text class="{css}" x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(label)}</text>']


def _y(value: float, top: float) -> str:
    return f"{HEIGHT - BOTTOM - _PLOT_HEIGHT * value / top:.1f}"


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
