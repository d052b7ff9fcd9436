"""The project as files: what git tracks, and where things lie."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "leitplanke"
CONTENT = SOURCE / "content"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"


@functools.cache
def project_files() -> tuple[Path, ...]:
    """Return what git tracks or would track, as paths below the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(Path(name) for name in sorted(listing.stdout.split("\0")) if name and (ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """Return the text of a file of the project; None where it is none."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def shown(path: Path) -> str:
    """Return a path as problems name it."""
    return str(path.relative_to(ROOT) if path.is_absolute() else path)
