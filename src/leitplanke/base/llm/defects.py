"""Writing down that something of ours failed, without what it was about."""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator

logger = logging.getLogger(__name__)


def log_defect(error: BaseException) -> None:
    """Write down where something failed, without message and values: they may repeat what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    logger.error("Aufruf eines Modells gescheitert: %s in %s", type(error).__name__, where)


@contextlib.contextmanager
def logged_defects() -> Iterator[None]:
    """Write down what fails inside and go on: for what is done again in a moment."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it was
        log_defect(error)
