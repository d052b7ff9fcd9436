"""The reference of roles is the table that decides."""

from pathlib import Path

from django.utils import translation

from leitplanke.base.accounts.permissions import TABLE
from leitplanke.base.accounts.reading import as_markdown

FILE = Path(__file__).parents[2] / "docs/reference/rollen.md"


def test_reference_of_roles_is_the_table() -> None:
    with translation.override("de"):
        assert FILE.read_text(encoding="utf-8") == as_markdown(TABLE), (
            "Bitte aufrufen: .venv/bin/python tools/rollen.py"
        )
