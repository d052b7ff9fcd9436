"""The calculation as a table: short enough for the person it concerns, the rest in an annex."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leitplanke.core.drafting.brief import Table
from leitplanke.core.rules.proof import COMPUTED, JUDGED, OPEN

if TYPE_CHECKING:
    from leitplanke.core.rules.explain import Explanation
    from leitplanke.core.rules.explain import Sentence as Told

MAIN, ANNEX = "berechnung", "berechnung_anlage"
MOST_ROWS = 15
_FAR = 99
_LETTERS = 3
COLUMNS = ("Schritt", "Rechtsgrundlage", "Wert")
ANNEX_TITLE = "Berechnung in allen Schritten"


def tables(explanation: Explanation, *, refused: bool = False) -> tuple[Table, ...]:
    """Return the table of what bears on the result, and where that is long an annex with every step.

    Where the application is refused (`refused`), an amount that only comes out by arithmetic is called so.
    """
    used = [
        step
        for step in explanation.steps
        if step.used and step.kind not in {OPEN, JUDGED} and step.value != "noch offen"
    ]
    targets = set(explanation.result.regelwerk.ziel)
    shown = _nearest(used, explanation.distance, targets) if len(used) > MOST_ROWS else used
    shown.sort(key=lambda step: step.name in targets)  # the result stands last
    only = targets if refused else set()
    result = [_table(MAIN, "So haben wir gerechnet", shown, targets, only)]
    if len(shown) < len(used):
        result.append(_table(ANNEX, ANNEX_TITLE, used, targets, only))
    return tuple(result)


def _nearest(used: Sequence[Told], distance: dict[str, int], targets: set[str]) -> list[Told]:
    """Return the steps nearest to the result, in the order of the proof.

    What is nought, what is merely so or not, what belongs to one of several persons and what a formula calls by a
    letter can wait for the annex.
    """
    ranked = sorted(
        (step for step in used if step.kind == COMPUTED and (step.name in targets or _telling(step))),
        key=lambda step: (step.name not in targets, step.item > 0, distance.get(step.name, _FAR)),
    )
    kept = {id(step) for step in ranked[:MOST_ROWS]}
    return [step for step in used if id(step) in kept]


def named(step: Told) -> bool:
    """Tell whether a step is called by words, not by the letter that a formula gives it."""
    return len(step.title) > _LETTERS


def amounting(step: Told) -> bool:
    """Tell whether a step comes to more than nought."""
    return any(sign in "123456789" for sign in step.value.partition(" ")[0])


def _telling(step: Told) -> bool:
    return named(step) and amounting(step)


def _table(key: str, caption: str, steps: Sequence[Told], targets: set[str], only: set[str]) -> Table:
    """Return the steps as a table; those of `only` were reckoned but are not granted."""
    reckoned = {id(step) for step in steps if step.name in only and amounting(step)}
    titles = (f"Rechnerisch ergäbe sich: {step.title}" if id(step) in reckoned else step.title for step in steps)
    rows = tuple((title, step.norm, step.value) for title, step in zip(titles, steps, strict=True))
    strong = tuple(place for place, step in enumerate(steps) if step.name in targets and id(step) not in reckoned)
    return Table(key, caption, COLUMNS, rows, strong)
