"""Where the programs are that tests need and Python packages do not bring."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def postgres_folder() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest version first; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = [Path(found).parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in (*debian, *on_path) if (folder / "initdb").exists()), None)


def chromium() -> Path | None:
    """Return the browser; None where there is none."""
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((Path(program) for program in found if program), None)


def tesseract() -> str:
    """Return the text recognition with its German data; "" where one of them is missing."""
    from leitplanke.base.documents.ocr import find_tesseract  # noqa: PLC0415 - the product knows where it looks

    return find_tesseract()


def has_fonts() -> bool:
    """Tell whether the system has fonts, without which Chromium shows boxes."""
    folders = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path.home() / ".local/share/fonts")
    return any(next(folder.rglob("*.[ot]tf"), None) for folder in folders if folder.exists())


def in_ci() -> bool:
    """Tell whether this is a run where nothing may be left out."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}
