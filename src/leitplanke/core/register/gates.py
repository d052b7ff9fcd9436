"""What a gate still needs: the Regelwerk `content/register/freigabe` over the evidence of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from leitplanke.core.register.lifecycle import Gate
from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.model import Words


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that keeps a gate closed.

    Attributes:
        name: of the outcome in the Regelwerk.
        titel: what it is about, in few words.
        satz: what is missing and what to do.
        wer: who can provide it.
        norm: on what it stands.
        certain: whether it is needed for sure; else what is still unknown may show that it is not.
    """

    name: str
    titel: Words
    satz: Words
    wer: Words
    norm: str
    certain: bool = True


@cache
def shipped_engine() -> Engine:
    """Return the engine of the shipped gate rules, made once."""
    return Engine(load(resources.files("leitplanke.content") / "register" / "freigabe"))


def lacking(gate: Gate, facts: Mapping[str, object], *, on: date, engine: Engine | None = None) -> tuple[Lacking, ...]:
    """Return what keeps a gate closed; nothing means it is open.

    Args:
        facts: by the names of the Regelwerk; what is not stated is unknown, and the unknown is missing.

    Raises:
        FactError: a fact is not one of the Regelwerk, or not of its kind.
    """
    result = (engine or shipped_engine()).evaluate(facts, on=on)
    return tuple(
        Lacking(one.name, one.titel, one.tenor, one.gruende, one.norm, applies == "ja")
        for one, applies in result.outcomes
        if gate.value in one.wirkung.split()
    )
