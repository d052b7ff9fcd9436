"""Self-assessment against the Code of Conduct "Demokratische KI": nothing is shown as proved without evidence."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from leitplanke.core.guideline.model import Principle


class State(enum.StrEnum):
    """How far something is shown."""

    BELEGT = "belegt"
    TEILWEISE = "teilweise"
    OFFEN = "offen"
    ENTFAELLT = "entfaellt"


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a principle asks for.

    Attributes:
        shown_by: what counts as evidence, for people.
        collector: name of what collects it; "" where people have to show it.
        by_hand: whether a person may show it by a link or document.
        months: how long a proof by hand counts.
        next: what to do as long as it is open, and who can.
        blocks: building blocks that it rests on.
    """

    key: str
    principle: Principle
    title: str
    shown_by: str
    collector: str
    by_hand: bool
    months: int
    next: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collector found: `met` of `of` things are as they should be; `of` is 0 where there is nothing to see."""

    met: int
    of: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person showed by hand."""

    point: str
    text: str
    url: str
    day: date
    until: date


@dataclass(frozen=True, slots=True)
class Assessed:
    """A point with its state and what it rests on; `expired` are proofs by hand that no longer count."""

    point: Point
    state: State
    collected: Collected | None
    proofs: tuple[Proof, ...]
    expired: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class PrincipleState:
    """A principle with its points."""

    principle: Principle
    state: State
    points: tuple[Assessed, ...]


def assess(
    points: Iterable[Point], collected: Mapping[str, Collected], proofs: Iterable[Proof], today: date
) -> tuple[PrincipleState, ...]:
    """Return the state of each principle and point; `collected` is by name of collector.

    A point is proved where its collector found all as it should be, or a person has shown it and the proof still
    counts. A point without evidence is open; a principle is proved where each of its points is.
    """
    shown = list(proofs)
    found = [_assessed(point, collected, shown, today) for point in points]
    by_principle = {
        principle: tuple(one for one in found if one.point.principle is principle) for principle in Principle
    }
    return tuple(PrincipleState(name, _together(these), these) for name, these in by_principle.items() if these)


def _assessed(point: Point, collected: Mapping[str, Collected], proofs: list[Proof], today: date) -> Assessed:
    mine = [proof for proof in proofs if point.by_hand and proof.point == point.key]
    valid = tuple(proof for proof in mine if proof.day <= today <= proof.until)
    expired = tuple(proof for proof in mine if proof.until < today)
    automatic = collected.get(point.collector) if point.collector else None
    return Assessed(point, _state(automatic, valid), automatic, valid, expired)


def _state(automatic: Collected | None, valid: tuple[Proof, ...]) -> State:
    if valid or (automatic is not None and 0 < automatic.of <= automatic.met):
        return State.BELEGT
    if automatic is not None and automatic.of == 0:
        return State.ENTFAELLT
    return State.TEILWEISE if automatic is not None and automatic.met > 0 else State.OFFEN


def _together(points: tuple[Assessed, ...]) -> State:
    states = {one.state for one in points} - {State.ENTFAELLT}
    if not states:
        return State.ENTFAELLT
    if len(states) == 1:
        return states.pop()
    return State.TEILWEISE


def points_from_text(text: str) -> tuple[Point, ...]:
    """Read the points from their YAML (schema `leitlinien-selbstbewertung`).

    Raises:
        PointError: something is missing or unknown.
    """
    try:
        return tuple(_point(row) for row in yaml.safe_load(text)["punkte"])
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise PointError(f"Ein Punkt der Selbstbewertung ist unvollständig oder unbekannt: {error}") from None


class PointError(ValueError):
    """The points cannot be used."""


def _point(row: Mapping[str, Any]) -> Point:
    return Point(
        str(row["schluessel"]), Principle(str(row["grundsatz"])), str(row["titel"]), str(row["zeigt_sich"]),
        str(row.get("sammelt", "")), row.get("von_hand", True) not in {False, "nein"}, int(row.get("monate", 12)),
        str(row["naechster_schritt"]), tuple(map(str, row.get("bausteine", ()))),
    )  # fmt: skip
