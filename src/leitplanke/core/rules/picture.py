"""A Regelwerk as a picture (SVG): what is stated, what follows, what it is about; and the same for one case.

Without script, style sheet or anything from elsewhere, so that it may stand inside a page with a strict policy. Colours
come from the page (`currentColor`); kinds are told apart by shape and line, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zlib import crc32

from leitplanke.core.rules import german
from leitplanke.core.rules.compiling import State
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.layout import Layout, arranged
from leitplanke.core.rules.model import Angabe, Ergebnis, Ermessen, Regel, Regelwerk
from leitplanke.core.rules.tracing import Tracer

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.core.rules.evaluating import Result

MOST_BOXES = 300  # more than that nobody reads; those nearest to the target stay
WIDTH, COLUMN, GAP, MARGIN = 216, 268, 18, 28
_LINE, _PAD, _CHARS, _HEAD = 16, 10, 25, 54
_FADED = "0.38"
FACT, RULE, TARGET, JUDGEMENT, OUTCOME = "angabe", "regel", "ziel", "urteil", "ergebnis"
_LEGEND = {
    FACT: "Angabe",
    RULE: "Regel",
    TARGET: "Ziel",
    JUDGEMENT: "Urteil eines Menschen",
    OUTCOME: "Ergebnis",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """One node: what it is, its lines of text, and whether the case used it."""

    key: str
    kind: str
    title: tuple[str, ...]
    norm: str
    value: tuple[str, ...] = ()
    used: bool = True

    @property
    def height(self) -> int:
        """Height in pixels."""
        lines = len(self.title) + bool(self.norm) + len(self.value)
        return lines * _LINE + 2 * _PAD + (4 if self.kind == JUDGEMENT else 0)


def picture(regelwerk: Regelwerk, on: date, *, entwurf: bool = False, standalone: bool = False) -> str:
    """Return the picture of a Regelwerk as it stands on a day; `standalone` for a file, with a ground of its own."""
    tracer = Tracer(regelwerk, State(on, entwurf=entwurf))
    title = f"Regelwerk {regelwerk.titel.de}, Stand {german.day(on)}"
    return _Picture(regelwerk, tracer, title, standalone=standalone).svg()


def picture_of_case(result: Result, *, standalone: bool = False) -> str:
    """Return the picture of one case: every value, the ways that were taken strong, the others faint."""
    regelwerk = result.regelwerk
    tracer = Tracer(regelwerk, State(result.state.on, result.state.known_on, result.state.entwurf))
    title = f"{regelwerk.titel.de}: ein Fall, Stand {german.day(result.state.on)}"
    return _Picture(regelwerk, tracer, title, result, standalone=standalone).svg()


class _Picture:
    def __init__(
        self, regelwerk: Regelwerk, tracer: Tracer, title: str, result: Result | None = None, *, standalone: bool
    ) -> None:
        self._book = regelwerk
        self._title = title
        self._result = result
        self._standalone = standalone
        self._explanation = Explanation(result) if result else None
        self._outcomes = {f"ergebnis {outcome.name}": outcome for outcome in regelwerk.ergebnisse}
        self._cut = False
        self._all = self._traced(tracer)
        self._taken = self._traced(Tracer(regelwerk, result.state, result)) if result else self._all

    def _traced(self, tracer: Tracer) -> set[tuple[str, str]]:
        edges: set[tuple[str, str]] = set()
        targets = list(self._book.ziel)
        for key, outcome in self._outcomes.items():
            sources = tracer.sources_of(outcome.wenn)
            edges |= {(source, key) for source in sources}
            targets += sources
        for judgement in self._book.ermessen.values():
            targets += [judgement.name, *judgement.indikatoren]
            edges |= {(name, judgement.name) for name in judgement.indikatoren}
            if judgement.wenn is not None:
                sources = tracer.sources_of(judgement.wenn)
                targets += sources
                edges |= {(source, judgement.name) for source in sources}
        trace = tracer.trace(targets)
        near = set(sorted(trace.distance, key=lambda key: (trace.distance[key], key))[:MOST_BOXES]) | _ends(edges)
        self._cut = self._cut or len(trace.distance) > MOST_BOXES
        edges |= trace.edges
        return {edge for edge in edges if set(edge) <= near and self._shown(edge[0]) and self._shown(edge[1])}

    def _shown(self, key: str) -> bool:
        """Parameters and the day are no nodes: every rule would hang on them."""
        return key not in self._book.parameter and key != "stichtag"

    def svg(self) -> str:
        boxes = {box.key: box for box in self._boxes()}
        last = [key for key in boxes if key in self._outcomes] or list(self._book.ziel)
        heights = {key: float(box.height) for key, box in boxes.items()}
        late = [box.key for box in boxes.values() if box.kind in {FACT, JUDGEMENT}]
        layout = arranged(heights, sorted(self._all), GAP, last, late)
        columns = max(layout.columns.values(), default=0) + 1
        width = (columns - 1) * COLUMN + WIDTH + 2 * MARGIN
        height = int(layout.height) + _HEAD + 2 * MARGIN
        kinds = [kind for kind in _LEGEND if any(box.kind == kind for box in boxes.values())]
        body = [*self._edges(layout, boxes), *(self._drawn(box, layout) for box in boxes.values())]
        return "\n".join([*self._head(max(width, 900), height, boxes), *_legend(kinds), *body, "</svg>"])

    def _head(self, width: int, height: int, boxes: dict[str, Box]) -> Iterator[str]:
        counts = [(kind, sum(box.kind == kind for box in boxes.values())) for kind in _LEGEND]
        parts = german.listing(f"{count} × {_LEGEND[kind]}" for kind, count in counts if count)
        own = f"bild-{crc32(self._title.encode()):08x}"
        ground = ' style="color:#1b1b1f"' if self._standalone else ""
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-labelledby="{own}-titel {own}-text" class="regelwerk-bild" '
            f'font-family="system-ui, -apple-system, Segoe UI, Roboto, sans-serif" font-size="12.5"{ground}>'
        )
        yield f'<title id="{own}-titel">{escape(self._title)}</title>'
        yield (
            f'<desc id="{own}-text">Von links nach rechts: Angaben, Regeln, Ziel, Ergebnis. {escape(parts)}. '
            f"{f'Gezeigt sind die {MOST_BOXES} nächsten am Ziel. ' if self._cut else ''}"
            "Urteile, die nur ein Mensch trifft, haben einen gestrichelten Rand und spitze Seiten.</desc>"
        )
        if self._standalone:
            yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'

    def _boxes(self) -> Iterator[Box]:
        keys = dict.fromkeys(key for edge in sorted(self._all) for key in edge)
        order = [*self._book.angaben, *self._book.ermessen, *self._book.regeln]
        ranks = {name: place for place, name in enumerate(order)}
        names = [*keys, *(name for name in self._book.ziel if name not in keys)]
        used = {key for edge in self._taken for key in edge} | set(self._book.ziel)
        for key in sorted(names, key=lambda key: ranks.get(key.partition(".")[0], len(ranks))):
            yield self._box(key, used=key in used)

    def _box(self, key: str, *, used: bool) -> Box:
        outcome = self._outcomes.get(key)
        if outcome is not None:
            return self._outcome(key, outcome)
        level, _, name = key.rpartition(".")
        source = self._source(level, name)
        kind = RULE
        if isinstance(source, Ermessen):
            kind, used = JUDGEMENT, used and self._is_judged(name)
        elif isinstance(source, Angabe):
            kind = FACT
        elif key in self._book.ziel:
            kind = TARGET
        title = source.titel.de if source else name
        norm = " · ".join(filter(None, ["je Eintrag" if level else "", source.norm if source else ""]))
        values = self._values(level, name) if used else ()
        return Box(key, kind, _wrapped(title), _cut(norm), values, used)

    def _is_judged(self, name: str) -> bool:
        """Tell whether a judgement is made or still to be made in this case."""
        if self._explanation is None:
            return True
        return any(step.used for step in self._explanation.steps if step.name == name)

    def _source(self, level: str, name: str) -> Angabe | Regel | Ermessen | None:
        if level:
            field = next((part for part in self._book.angaben[level].felder if part.name == name), None)
            return field or self._book.regeln.get(name)
        return self._book.regeln.get(name) or self._book.angaben.get(name) or self._book.ermessen.get(name)

    def _outcome(self, key: str, outcome: Ergebnis) -> Box:
        if self._result is None:
            return Box(key, OUTCOME, _wrapped(outcome.titel.de), _cut(outcome.norm))
        states = {found.name: state for found, state in self._result.outcomes}
        words = {"ja": "trifft zu", "offen": "noch möglich"}
        state = states.get(outcome.name, "")
        return Box(
            key, OUTCOME, _wrapped(outcome.titel.de), _cut(outcome.norm), (words.get(state, "nein"),), bool(state)
        )

    def _values(self, level: str, name: str) -> tuple[str, ...]:
        if self._explanation is None:
            return ()
        found = [step for step in self._explanation.steps if step.name == name and bool(step.item) == bool(level)]
        mark = {"annahme": " (angenommen)"}
        said = [step.value + mark.get(step.kind, "") for step in found]
        text = "; ".join(said)
        return _wrapped(text, 3) if text else ()

    def _edges(self, layout: Layout, boxes: dict[str, Box]) -> Iterator[str]:
        """Draw what was not taken first, so that the rest lies above it."""
        for taken in (False, True):
            for edge, way in sorted(layout.ways.items()):
                if (edge in self._taken and boxes[edge[0]].used and boxes[edge[1]].used) is taken:
                    strong = taken and self._result is not None
                    look = (
                        'stroke-width="2.2" stroke-opacity="0.85"'
                        if strong
                        else 'stroke-width="1.2" stroke-opacity="0.45"'
                    )
                    faint = "" if taken or self._result is None else ' stroke-dasharray="3 4"'
                    yield f'<path d="{_curve(edge, way, layout)}" fill="none" stroke="currentColor" {look}{faint}/>'

    def _drawn(self, box: Box, layout: Layout) -> str:
        left = MARGIN + layout.columns[box.key] * COLUMN
        top = MARGIN + _HEAD + layout.middles[box.key] - box.height / 2
        faint = "" if box.used else f' opacity="{_FADED}"'
        spoken = ", ".join(filter(None, [_LEGEND[box.kind], " ".join(box.title), box.norm, " ".join(box.value)]))
        shape = _outline(box.kind, left, top, box.height)
        return f"<g{faint}><title>{escape(spoken)}</title>{shape}{''.join(_lines(box, left, top))}</g>"


def _ends(edges: set[tuple[str, str]]) -> set[str]:
    """Return the nodes that edges join."""
    return {key for edge in edges for key in edge}


def _lines(box: Box, left: float, top: float) -> Iterator[str]:
    middle = left + WIDTH / 2
    place = top + _PAD + (2 if box.kind == JUDGEMENT else 0) + 12
    rows = [(line, 'font-weight="600"') for line in box.title]
    rows += [(box.norm, 'font-size="11.5" opacity="0.8"')] if box.norm else []
    rows += [(line, 'font-weight="700" font-size="13"') for line in box.value]
    for text, look in rows:
        at = f'x="{middle:g}" y="{place:.1f}" text-anchor="middle" fill="currentColor"'
        yield f"<text {at} {look}>{escape(text)}</text>"
        place += _LINE


def _outline(kind: str, left: float, top: float, height: float, width: float = WIDTH) -> str:
    """Return the outline that tells a kind: round, angular, double, pointed, or like a label."""
    look = 'fill="currentColor" fill-opacity="0.05" stroke="currentColor"'
    right, bottom, middle = left + width, top + height, top + height / 2
    if kind == JUDGEMENT:
        tip = min(14.0, width / 6)
        points = f"{left + tip:g},{top:.1f} {right - tip:g},{top:.1f} {right + 4:g},{middle:.1f} "
        points += f"{right - tip:g},{bottom:.1f} {left + tip:g},{bottom:.1f} {left - 4:g},{middle:.1f}"
        return f'<polygon points="{points}" {look} stroke-width="2" stroke-dasharray="6 4"/>'
    radius = {FACT: height / 2 if height < 30 else 18, OUTCOME: 3, RULE: 3}.get(kind, 3)
    line = 3 if kind == TARGET else 1.3
    box = f'<rect x="{left:g}" y="{top:.1f}" width="{width:g}" height="{height:g}" rx="{radius:g}" {look} '
    box += f'stroke-width="{line}"/>'
    if kind == OUTCOME:
        box += f'<path d="M{left + 5:g} {top:.1f}V{bottom:.1f}M{right - 5:g} {top:.1f}V{bottom:.1f}" '
        box += 'stroke="currentColor" stroke-width="1.3"/>'
    return box


def _legend(kinds: Sequence[str]) -> Iterator[str]:
    left = float(MARGIN)
    for kind in kinds:
        yield _outline(kind, left, MARGIN - 8, 20, 34)
        yield f'<text x="{left + 46:g}" y="{MARGIN + 7}" fill="currentColor">{_LEGEND[kind]}</text>'
        left += 46 + 8 * len(_LEGEND[kind]) + 30


def _curve(edge: tuple[str, str], way: Sequence[tuple[int, float]], layout: Layout) -> str:
    """Return an edge as a smooth line from the right side of its source to the left side of its target."""
    shift = MARGIN + _HEAD
    x, y = MARGIN + layout.columns[edge[0]] * COLUMN + WIDTH, shift + layout.middles[edge[0]]
    path = f"M{x} {y:.1f}"
    stops = [(column, middle, WIDTH) for column, middle in way] + [
        (layout.columns[edge[1]], layout.middles[edge[1]], 0)
    ]
    for column, middle, across in stops:
        nx, ny = MARGIN + column * COLUMN, shift + middle
        bend = (nx - x) / 2
        path += f"C{x + bend:g} {y:.1f} {nx - bend:g} {ny:.1f} {nx} {ny:.1f}"
        x, y = nx + across, ny
        if across:
            path += f"H{x}"
    return path


def _wrapped(text: str, most: int = 3) -> tuple[str, ...]:
    """Return the text in lines that fit a box; what does not fit is cut, the full text stays in the title element."""
    lines: list[str] = []
    for word in text.replace("§ ", "§\u00a0").split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= _CHARS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    kept = [_cut(line) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = f"{kept[-1][: _CHARS - 2]} …"
    return tuple(kept)


def _cut(text: str, most: int = _CHARS + 4) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
