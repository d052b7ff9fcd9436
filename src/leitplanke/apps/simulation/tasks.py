"""Background work of simulations."""

from __future__ import annotations

from leitplanke.apps.simulation import runs
from leitplanke.base.jobs.retry import retrying_task

# Mail, reading and search go first: a simulation may take minutes.
AFTER_THE_OTHERS = -20


@retrying_task(queue="default", priority=AFTER_THE_OTHERS)
def run_simulation(lauf_id: int) -> None:
    """Reckon a simulation; after a crash it begins again."""
    runs.run(lauf_id)
