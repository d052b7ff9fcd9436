"""The worker process: takes tasks from the table and keeps the ticks going."""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from leitplanke.base.jobs.ticks import run_due, run_until

if TYPE_CHECKING:
    from types import FrameType

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)


class EndingWorker(Worker):
    """A worker that a second signal ends at once: what was cut off stays marked as running and is repeated."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the current task, or, asked again, without it."""
        if not self.running:
            # An exception here would count as a failure of the task, and its traceback as an error of ours.
            os._exit(1)
        super().shutdown(signum, frame)


def interrupted() -> QuerySet[DBTaskResult[Any, Any]]:
    """Return tasks that say they run; with no worker alive they were cut off."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)


def requeue_interrupted() -> int:
    """Put tasks back that a killed worker left running; call before the only worker starts.

    Returns:
        The number of tasks put back.
    """
    count: int = interrupted().update(status=TaskResultStatus.READY, started_at=None)
    if count:
        logger.warning("%d unterbrochene Arbeiten werden wiederholt", count)
    return count


def run_worker(*, interval: float = 0.5, batch: bool = False) -> None:
    """Work until a signal comes, or with `batch` until nothing is left, and do the regular work once."""
    requeue_interrupted()
    stop = threading.Event()
    ticks = threading.Thread(target=run_until, args=(stop,), name="ticks", daemon=True)
    if not batch:
        ticks.start()
    worker = EndingWorker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"worker-{uuid.uuid4()}",
        excluded_queue_names=[],
    )
    try:
        if not batch:
            worker.configure_signals()
        worker.run()
    finally:
        stop.set()
    if batch:
        run_due(time.monotonic())
