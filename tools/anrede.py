"""Compile the corrections of allauth's German (`base/accounts/anrede`); a test says when this was forgotten."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "src/leitplanke/base/accounts/anrede/locale/de/LC_MESSAGES"


def compiled() -> bytes:
    """Return what the compiled catalogue should be."""
    with (FOLDER / "django.po").open("rb") as source:
        catalogue = read_po(source, locale="de")
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


if __name__ == "__main__":
    (FOLDER / "django.mo").write_bytes(compiled())
