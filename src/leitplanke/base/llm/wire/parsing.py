"""Reads a request against an allow-list: what is not on it is refused by name."""

from __future__ import annotations

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire.model import Limits, Parsed


def parse(kind: Kind, raw: bytes, limits: Limits | None = None) -> Parsed:
    """Read the body of a request in full.

    Raises:
        WireError: it is not taken; the error names the field and what to do.
    """
    raise NotImplementedError
