"""Background work of simulations."""

from __future__ import annotations

from leitplanke.apps.simulation import runs
from leitplanke.base.jobs.retry import retrying_task

# Mail and reading go first, since a simulation may take minutes; the vectors of a whole town wait.
AFTER_MAIL = -5


@retrying_task(queue="default", priority=AFTER_MAIL)
def run_simulation(lauf_id: int) -> None:
    """Reckon a simulation; after a crash it begins again."""
    runs.run(lauf_id)
