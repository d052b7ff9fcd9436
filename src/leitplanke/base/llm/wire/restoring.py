"""What puts names back, as the wire needs it; `core.privacy` has it."""

from __future__ import annotations

from typing import Protocol


class Restorer(Protocol):
    """Puts names back into a text that comes in pieces; it holds back what may become a placeholder."""

    def feed(self, text: str, /) -> str:
        """Take the next piece and return what is certain."""

    def finish(self) -> str:
        """Return what was held back."""


class MakeRestorer(Protocol):
    """Gives a new restorer for each text of an answer."""

    def __call__(self, *, json: bool) -> Restorer:
        """Return one; `json` where the text is JSON and names must be escaped in it."""
