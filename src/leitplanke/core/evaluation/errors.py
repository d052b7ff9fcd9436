"""What can be wrong with a plan, a file of decisions or a signed result; the texts are German and made for people.

EvaluationError
├── PlanError        the plan cannot be used
├── DecisionsError   the file of decisions cannot be used; holds every fault with its line
└── PoolingError     results of several towns do not belong together, or a signature is wrong
"""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 20


class EvaluationError(ValueError):
    """Anything that keeps an evaluation from being made."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep every fault; the message shows at most twenty."""
        self.faults = tuple(faults)
        more = [f"… und {len(self.faults) - _SHOWN} weitere"] if len(self.faults) > _SHOWN else []
        super().__init__("\n".join([*self.faults[:_SHOWN], *more]))


class PlanError(EvaluationError):
    """A plan cannot be used."""


class DecisionsError(EvaluationError):
    """A file of decisions cannot be used."""


class PoolingError(EvaluationError):
    """Results do not belong together, or are not signed as they must be."""
