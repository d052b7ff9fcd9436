"""Writing down that something of ours failed, without what it was about."""

from __future__ import annotations

import logging
import traceback

logger = logging.getLogger(__name__)


def log_defect(error: BaseException) -> None:
    """Write down where something failed, without message and values: they may repeat what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    logger.error("Aufruf eines Modells gescheitert: %s in %s", type(error).__name__, where)
