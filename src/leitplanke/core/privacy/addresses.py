"""Addresses: streets with house number, post-office boxes, postal codes with their town."""

from __future__ import annotations

from collections.abc import Iterator

from leitplanke.core.privacy.further_streets import propose_further_streets
from leitplanke.core.privacy.model import Span
from leitplanke.core.privacy.streets import propose_streets
from leitplanke.core.privacy.towns import propose_towns


def propose_addresses(text: str, low: str) -> Iterator[Span]:
    """Yield street addresses and postal codes with their town; `low` is `text` in small letters."""
    streets = [*propose_streets(text), *propose_further_streets(text, low)]
    yield from streets
    yield from propose_towns(text, streets)
