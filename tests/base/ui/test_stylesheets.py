"""Our own style sheets are whole: a brace lost in a merge would silence every rule after it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import leitplanke.base.ui

SHEETS = sorted((Path(leitplanke.base.ui.__file__).parent / "static" / "leitplanke").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.name for sheet in SHEETS])
def test_every_brace_is_closed(sheet: Path) -> None:
    depth = deepest = 0
    for sign in re.findall(r"[{}]", re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
        assert depth >= 0
    assert depth == 0
    assert deepest <= 3, "Eine Klammer zu viel offen: Ebene, Medium, Regel sind drei."
