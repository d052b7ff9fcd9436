"""The last checkpoint, kept outside the database.

A database restored from an older backup is consistent in itself. Only something that was not restored with it can tell
that entries are missing: this file, and every copy of a checkpoint that others keep.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def anchor_file(mandant: Mandant) -> Path:
    """Return where the last checkpoint of `mandant` lies."""
    return Path(settings.PATHS.data) / "pruefpunkte" / f"{mandant.kurz}.txt"


def read_anchor(mandant: Mandant) -> str | None:
    """Return the last checkpoint that was signed, None where none was yet."""
    try:
        return anchor_file(mandant).read_text("utf-8")
    except FileNotFoundError:
        return None


def write_anchor(mandant: Mandant, note: str) -> None:
    """Keep `note`; after a power cut there is the old one or the new one, never half of it."""
    file = anchor_file(mandant)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.neu")
    with draft.open("w", encoding="utf-8") as handle:
        handle.write(note)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)


def put_anchor_aside(mandant: Mandant) -> Path | None:
    """Keep the last checkpoint under another name, so that the log may go on from an older state."""
    file = anchor_file(mandant)
    if not file.exists():
        return None
    return file.rename(file.with_name(f"{mandant.kurz}-bis-{timezone.now():%Y%m%d-%H%M%S-%f}.txt"))
