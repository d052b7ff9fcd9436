"""Write `docs/reference/leitlinie-durchsetzung.md` from blocks and source text; a test says when this was forgotten."""

from __future__ import annotations

from pathlib import Path

from enforcement import SOURCE, as_markdown

from leitplanke.core.guideline import load_blocks

FILE = Path(__file__).resolve().parent.parent / "docs/reference/leitlinie-durchsetzung.md"


def main() -> None:
    """Write the page."""
    FILE.write_text(as_markdown(load_blocks(SOURCE / "content/leitlinien/bausteine")), encoding="utf-8")


if __name__ == "__main__":
    main()
