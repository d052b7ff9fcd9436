"""Tasks that try again.

A task must be idempotent: after a crash it runs once more from the start.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django_tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_tasks.base import Task

logger = logging.getLogger(__name__)


class PermanentError(Exception):
    """Trying again is of no use."""


def retrying_task(
    *, queue: str = "default", attempts: int = 5, first_delay: timedelta = timedelta(seconds=10), priority: int = 0
) -> Callable[[Callable[..., None]], Task[Any, None]]:
    """Make a task of a function that is tried up to `attempts` times, the pause doubling from `first_delay`.

    Its arguments must be JSON. Tasks of lower `priority` wait until no other is left. `PermanentError` ends the
    trying at once. The last failure stays visible in the task table.
    """

    def decorate(function: Callable[..., None]) -> Task[Any, None]:
        @wraps(function)
        def run(*args: Any, attempt: int = 1, **kwargs: Any) -> None:
            try:
                function(*args, **kwargs)
            except PermanentError:
                raise
            except Exception as error:
                if attempt >= attempts:
                    raise
                pause = first_delay * 2 ** (attempt - 1)
                logger.warning("%s: Versuch %d misslang (%s)", function.__name__, attempt, type(error).__name__)
                made.using(run_after=timezone.now() + pause).enqueue(*args, attempt=attempt + 1, **kwargs)

        made: Task[Any, None] = task(queue_name=queue, priority=priority)(run)
        return made

    return decorate
