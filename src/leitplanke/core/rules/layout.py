"""A layered drawing: columns by longest path, order by barycentres, heights by least squares."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

N = TypeVar("N", bound=Hashable)
_SWEEPS = 12
_BEND = 26.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a column; `node` is empty where a long edge only passes through."""

    column: int
    node: str
    edge: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where every node stands: its column and its middle; and by edge the heights at the columns it passes."""

    columns: Mapping[str, int]
    middles: Mapping[str, float]
    ways: Mapping[tuple[str, str], tuple[tuple[int, float], ...]]
    height: float


def arranged(
    nodes: Mapping[str, float], edges: Iterable[tuple[str, str]], gap: float, last: Iterable[str], late: Iterable[str]
) -> Layout:
    """Arrange nodes, given with their heights, from left to right so that every edge runs rightwards.

    The nodes `last` share the last columns; those of `late` stand close to what they lead to, other sources left.
    """
    heights = nodes
    known = nodes.keys()
    edges = [edge for edge in dict.fromkeys(edges) if set(edge) <= known and edge[0] != edge[1]]
    columns = _columns(list(nodes), edges, set(last), set(late))
    points, ways = _points(list(nodes), edges, columns)
    rows = _ordered(points, ways)
    middles = _middles(rows, ways, {point: heights.get(point.node, _BEND) for row in rows for point in row}, gap)
    lowest = min((middles[p] - heights.get(p.node, _BEND) / 2 for row in rows for p in row), default=0.0)
    highest = max((middles[p] + heights.get(p.node, _BEND) / 2 for row in rows for p in row), default=0.0)
    placed = {point: middle - lowest for point, middle in middles.items()}
    return Layout(
        columns,
        {point.node: middle for point, middle in placed.items() if point.node},
        {edge: tuple((p.column, placed[p]) for p in way[1:-1]) for edge, way in ways.items()},
        highest - lowest,
    )


def _columns(nodes: Sequence[str], edges: Sequence[tuple[str, str]], last: set[str], late: set[str]) -> dict[str, int]:
    """Return columns by longest path; a node that only feeds later ones moves towards them, sources stay at 0."""
    behind: dict[str, list[str]] = {node: [] for node in nodes}
    ahead: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        behind[target].append(source)
        ahead[source].append(target)
    columns: dict[str, int] = {}
    waiting, done = list(nodes), 0
    while waiting and done <= len(nodes):
        ready = [node for node in waiting if all(source in columns for source in behind[node])] or waiting[:1]
        for node in ready:
            columns[node] = max((columns.get(source, 0) + 1 for source in behind[node]), default=0)
        waiting = [node for node in waiting if node not in columns]
        done += 1
    end = max((columns[node] for node in last), default=0)
    columns |= dict.fromkeys(last - {n for n in last if set(ahead[n]) & last}, end)
    for node in sorted(nodes, key=lambda node: -columns[node]):
        if (behind[node] or node in late) and ahead[node] and node not in last:
            columns[node] = max(columns[node], min(columns[target] for target in ahead[node]) - 1)
    return columns


def _points(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]], columns: Mapping[str, int]
) -> tuple[list[list[Point]], dict[tuple[str, str], list[Point]]]:
    """Return the points of each column and each edge as the points it joins; edges of one source share their bends."""
    rows: list[list[Point]] = [[] for _ in range(max(columns.values(), default=0) + 1)]
    for node in nodes:
        rows[columns[node]].append(Point(columns[node], node))
    ways: dict[tuple[str, str], list[Point]] = {}
    for source, target in edges:
        way = [Point(columns[source], source)]
        for column in range(columns[source] + 1, columns[target]):
            bend = Point(column, "", (source, ""))
            if bend not in rows[column]:
                rows[column].append(bend)
            way.append(bend)
        ways[source, target] = [*way, Point(columns[target], target)]
    return rows, ways


def _neighbours(ways: Mapping[tuple[str, str], list[Point]]) -> tuple[dict[Point, set[Point]], dict[Point, set[Point]]]:
    left: dict[Point, set[Point]] = {}
    right: dict[Point, set[Point]] = {}
    for way in ways.values():
        for one, other in itertools.pairwise(way):
            right.setdefault(one, set()).add(other)
            left.setdefault(other, set()).add(one)
    return left, right


def _ordered(rows: list[list[Point]], ways: Mapping[tuple[str, str], list[Point]]) -> list[list[Point]]:
    """Return the columns with few crossings: sweep to and fro, sort by the neighbours' places, keep the best."""
    left, right = _neighbours(ways)
    best, least = [list(row) for row in rows], _crossings(rows, right)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        order = range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1)
        for column in order:
            beside = rows[column - 1 if forward else column + 1]
            places = {point: place for place, point in enumerate(beside)}
            near = left if forward else right
            own = {point: place for place, point in enumerate(rows[column])}
            rows[column].sort(key=lambda p: _mean([places[q] for q in near.get(p, ())], own[p]))
        found = _crossings(rows, right)
        if found < least:
            best, least = [list(row) for row in rows], found
    return best


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else float(default)


def _crossings(rows: Sequence[Sequence[Point]], right: Mapping[Point, set[Point]]) -> int:
    total = 0
    for row, beside in itertools.pairwise(rows):
        places = {point: place for place, point in enumerate(beside)}
        ends = [sorted(places[target] for target in right.get(point, ())) for point in row]
        for place, upper in enumerate(ends):
            total += sum(1 for lower in ends[place + 1 :] for one in upper for other in lower if one > other)
    return total


def _middles(
    rows: Sequence[Sequence[Point]],
    ways: Mapping[tuple[str, str], list[Point]],
    heights: Mapping[Point, float],
    gap: float,
) -> dict[Point, float]:
    """Return the middle of each point: near its neighbours, never overlapping, in the order found."""
    left, right = _neighbours(ways)
    middles: dict[Point, float] = {}
    for row in rows:
        top = -sum(heights[point] + gap for point in row) / 2
        for point in row:
            middles[point] = top + heights[point] / 2
            top += heights[point] + gap
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = []
            for point in row:
                near = left.get(point, set()) | right.get(point, set())
                wanted.append(_mean([middles[other] for other in near], middles[point]))
            middles |= zip(row, _spaced(wanted, [heights[point] + gap for point in row]), strict=True)
    return middles


def _spaced(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Return places close to the wanted ones, each far enough behind the one before (pool adjacent violators)."""
    offsets, total = [], 0.0
    for place, size in enumerate(sizes):
        total += (sizes[place - 1] + size) / 2 if place else 0.0
        offsets.append(total)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
