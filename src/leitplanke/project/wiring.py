"""What belongs together: permission tables of the areas, and the Protocols that base asks of those above it."""

from __future__ import annotations

from leitplanke.apps.wissen import permissions as wissen
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.project import permissions as project


def bind() -> None:
    """Bind everything once; repeated calls (tests, autoreload) change nothing."""
    if TABLE.rows():
        return
    for area in (project, wissen):
        TABLE.add(area.PERMISSIONS)
