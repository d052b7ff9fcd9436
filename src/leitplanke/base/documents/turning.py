"""Turning the pages of a document that is looked at."""

from __future__ import annotations


class PageTurning:
    """What lies before and behind a page; whoever inherits has `page` (from 1) and `pages`."""

    __slots__ = ()
    page: int
    pages: int

    @property
    def previous(self) -> int:
        """Number of the page before, 0 for none."""
        return self.page - 1

    @property
    def next(self) -> int:
        """Number of the page behind, 0 for none."""
        return self.page + 1 if self.page < self.pages else 0
