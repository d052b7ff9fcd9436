"""SECURITY.md names a test for every control, and each of them exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r"^\| (?P<control>.+?) \| `(?P<file>tests/[\w/]+\.py)::(?P<test>test_\w+)` \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists() -> None:
    missing = [
        f"{file}::{test}"
        for _control, file, test in rows()
        if not (ROOT / file).exists() or test not in functions_of(file)
    ]

    assert missing == []


def test_every_row_of_the_tables_names_a_test() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    plain = [line for line in lines if line != "| Control | Test |" and not line.startswith("|---")]

    assert len(plain) == len(rows())
    assert len(plain) > 40
