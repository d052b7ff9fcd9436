"""How much a file may ask of us before it is turned away."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file, checked before the work they would cause.

    They hold inside the process; a subprocess with hard limits on memory and time stands around them.
    """

    file_bytes: int = 50 * _MB
    text_chars: int = 20_000_000
    pages: int = 2_000
    page_objects: int = 200_000
    zip_members: int = 2_000
    zip_bytes: int = 200 * _MB
    zip_member_bytes: int = 60 * _MB
    zip_ratio: int = 150


DEFAULT_LIMITS = Limits()
