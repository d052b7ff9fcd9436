"""What belongs together: permission tables and navigation of the areas, and the Protocols base asks of those above."""

from __future__ import annotations

from leitplanke.apps.wissen import permissions as wissen
from leitplanke.base.accounts import table as accounts
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.project import permissions as project


def bind() -> None:
    """Bind everything once; repeated calls (tests, autoreload) change nothing."""
    if TABLE.rows():
        return
    for area in (project, accounts, wissen):
        TABLE.add(area.PERMISSIONS)
