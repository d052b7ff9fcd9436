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
COLUMNS = ("Schritt", "Rechtsgrundlage", "Wert")
ANNEX_TITLE = "Berechnung in allen Schritten"


def tables(explanation: Explanation) -> tuple[Table, ...]:
    """Return the table of what bears on the result, and where that is long an annex with every step."""
    used = [step for step in explanation.steps if step.used and step.kind != OPEN]
    targets = set(explanation.result.regelwerk.ziel)
    shown = _nearest(used, explanation.distance, targets) if len(used) > MOST_ROWS else used
    shown.sort(key=lambda step: step.name in targets)  # the result stands last
    result = [_table(MAIN, "So haben wir gerechnet", shown, targets)]
    if len(shown) < len(used):
        result.append(_table(ANNEX, ANNEX_TITLE, used, targets))
    return tuple(result)


def _nearest(used: Sequence[Told], distance: dict[str, int], targets: set[str]) -> list[Told]:
    """Return the steps nearest to the result, in the order of the proof: results first, judgements, then rules."""
    ranked = sorted(
        (step for step in used if step.kind in {COMPUTED, JUDGED}),
        key=lambda step: (step.name not in targets, step.kind != JUDGED, distance.get(step.name, 99), step.item > 0),
    )
    kept = {id(step) for step in ranked[:MOST_ROWS]}
    return [step for step in used if id(step) in kept]


def _table(key: str, caption: str, steps: Sequence[Told], targets: set[str]) -> Table:
    rows = tuple((step.title, step.norm, step.value) for step in steps)
    strong = tuple(place for place, step in enumerate(steps) if step.name in targets)
    return Table(key, caption, COLUMNS, rows, strong)
