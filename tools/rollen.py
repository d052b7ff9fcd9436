"""Write `docs/reference/rollen.md` from the permission table; a test says when this was forgotten."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs/reference/rollen.md"


def main() -> None:
    """Start the project without touching anybody's data, and write the page."""
    os.environ["LEITPLANKE_MODE"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LEITPLANKE_DATA"] = folder
        import django  # noqa: PLC0415 - reads the environment
        from django.utils import translation  # noqa: PLC0415

        django.setup()
        from leitplanke.base.accounts.permissions import TABLE  # noqa: PLC0415
        from leitplanke.base.accounts.reading import as_markdown  # noqa: PLC0415

        with translation.override("de"):
            FILE.parent.mkdir(parents=True, exist_ok=True)
            FILE.write_text(as_markdown(TABLE), encoding="utf-8")


if __name__ == "__main__":
    main()
