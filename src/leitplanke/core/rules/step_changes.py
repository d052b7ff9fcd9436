"""What differs between two proofs of one case: which steps came out otherwise, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.rules.explain import Explanation, Sentence


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step that came out otherwise; empty where one of the proofs does not have it."""

    title: str
    norm: str
    item: int
    before: str
    after: str


def changed_steps(before: Explanation, after: Explanation) -> tuple[StepChange, ...]:
    """Return the steps that bear on one of the two results and differ, in the order of the later proof."""
    old, new = _bearing(before), _bearing(after)
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(_change(old.get(key), new.get(key)) for key in keys if _value(old.get(key)) != _value(new.get(key)))


def _bearing(explanation: Explanation) -> dict[tuple[str, int], Sentence]:
    return {(step.name, step.item): step for step in explanation.steps if step.used}


def _value(step: Sentence | None) -> str:
    return step.value if step else ""


def _change(old: Sentence | None, new: Sentence | None) -> StepChange:
    step = new or old
    assert step is not None  # noqa: S101 - a key comes from one of the two
    return StepChange(step.title, step.norm, step.item, _value(old), _value(new))
