"""The life of a register entry: what may be done before which state, by whom. Every path asks this table.

A rule may suspend and nothing else: closing protects people, opening is a decision of people (Art. 14, 26 KI-VO).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stand(StrEnum):
    """Where a system is."""

    IDEE = "idee"
    PRUEFUNG = "pruefung"
    ERPROBUNG = "erprobung"
    BEANTRAGT = "beantragt"
    FREIGEGEBEN = "freigegeben"
    AUSGESETZT = "ausgesetzt"
    STILLGELEGT = "stillgelegt"


class Originator(StrEnum):
    """Who or what sets an act going."""

    PERSON = "person"
    REGEL = "regel"


class Gate(StrEnum):
    """A door that opens only when nothing is missing."""

    ERPROBUNG = "erprobung"
    FREIGABE = "freigabe"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done with an entry.

    Attributes:
        before: the states in which it may be done.
        after: the state it leads to; None leaves the state as it is.
        by: who may set it going.
        gate: the gate that must be open.
        fresh: whether the person must just have proved who they are.
        second: whether it must be another person than who asked for it.
        reason: whether a sentence must say why.
    """

    name: str
    titel: str
    before: frozenset[Stand]
    after: Stand | None
    by: frozenset[Originator] = frozenset({Originator.PERSON})
    gate: Gate | None = None
    fresh: bool = False
    second: bool = False
    reason: bool = False


class LifecycleError(Exception):
    """An act is not possible; the message says why, in German."""


class WrongStateError(LifecycleError):
    """The entry is in a state in which this cannot be done."""


class WrongOriginatorError(LifecycleError):
    """Only people may do this."""


class NotFreshError(LifecycleError):
    """The person must prove again who they are."""


class SamePersonError(LifecycleError):
    """Whoever asks for a release cannot give it."""


class ReasonMissingError(LifecycleError):
    """A sentence must say why."""


_S = Stand
_ALIVE = frozenset(Stand) - {_S.STILLGELEGT}
_RUNNING = frozenset({_S.ERPROBUNG, _S.FREIGEGEBEN})
_ANYBODY = frozenset(Originator)

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("bearbeiten", "Angaben ändern", _ALIVE - {_S.BEANTRAGT}, None),
        Act("einstufen", "Nach der KI-Verordnung einstufen", _ALIVE - {_S.BEANTRAGT}, None),
        Act("erklaeren", "Erklärung abgeben", _ALIVE, None),
        Act("pruefen", "Prüfung beginnen", frozenset({_S.IDEE}), _S.PRUEFUNG),
        Act("erproben", "Erprobung beginnen", frozenset({_S.PRUEFUNG}), _S.ERPROBUNG, gate=Gate.ERPROBUNG, fresh=True),
        Act(
            "beantragen", "Freigabe beantragen", frozenset({_S.PRUEFUNG, _S.ERPROBUNG, _S.AUSGESETZT}), _S.BEANTRAGT
        ),
        Act("zurueckgeben", "Zur Prüfung zurückgeben", frozenset({_S.BEANTRAGT}), _S.PRUEFUNG, reason=True),
        Act(
            "freigeben", "Freigeben", frozenset({_S.BEANTRAGT}), _S.FREIGEGEBEN, gate=Gate.FREIGABE, fresh=True,
            second=True,
        ),
        Act("aktualisieren", "Neue Angaben veröffentlichen", frozenset({_S.FREIGEGEBEN}), None),
        Act("erneuern", "Freigabe der Änderung beantragen", frozenset({_S.FREIGEGEBEN}), None),
        Act(
            "erneuerung_freigeben", "Änderung freigeben", frozenset({_S.FREIGEGEBEN}), None, gate=Gate.FREIGABE,
            fresh=True, second=True,
        ),
        Act("aussetzen", "Aussetzen", _RUNNING, _S.AUSGESETZT, _ANYBODY, reason=True),
        Act("stilllegen", "Stilllegen", _ALIVE, _S.STILLGELEGT, fresh=True, reason=True),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts.

    Attributes:
        fresh: whether the person proved just now who they are.
        asked: whether this is the person who asked for the release.
        reason: the sentence that says why.
    """

    by: Originator
    fresh: bool = False
    asked: bool = False
    reason: str = ""


def require(name: str, stand: Stand, acting: Acting) -> Act:
    """Return an act if it may be done now; gates are asked separately.

    Raises:
        LifecycleError: it may not; the message says why.
    """
    act = ACTS[name]
    if acting.by not in act.by:
        raise WrongOriginatorError(f"„{act.titel}“ darf nur ein Mensch.")
    if stand not in act.before:
        raise WrongStateError(f"„{act.titel}“ ist in diesem Stand nicht möglich.")
    if act.reason and not acting.reason.strip():
        raise ReasonMissingError(f"Bitte begründen Sie: „{act.titel}“.")
    if acting.by is Originator.PERSON:
        if act.second and acting.asked:
            raise SamePersonError("Die Freigabe haben Sie selbst beantragt. Freigeben muss eine zweite Person.")
        if act.fresh and not acting.fresh:
            raise NotFreshError("Bitte bestätigen Sie noch einmal, dass Sie es sind.")
    return act


def possible(stand: Stand) -> tuple[Act, ...]:
    """Return what people may do in a state, in the order of the table."""
    return tuple(act for act in ACTS.values() if stand in act.before and Originator.PERSON in act.by)
