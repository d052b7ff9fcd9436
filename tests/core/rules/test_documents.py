"""What the documents say about Regelwerke is true: their examples are loaded and run."""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from leitplanke.core.rules import Engine, load_texts
from leitplanke.core.rules.cases import run_cases
from leitplanke.core.rules.diff import diff_days

ROOT = Path(__file__).resolve().parent.parent.parent.parent
HOW_TO = ROOT / "docs/how-to/regelwerk-schreiben.md"


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", file.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def schwimmkurs() -> dict[str, str]:
    *parts, cases = blocks(HOW_TO, "yaml")
    return {"regelwerk.yaml": "".join(parts), "faelle/faelle.yaml": cases}


def test_example_of_the_how_to_loads_and_its_cases_come_out() -> None:
    found = run_cases(load_texts(schwimmkurs()))

    assert [case.differences for case in found] == [()] * 4


def test_example_of_the_how_to_shows_the_difference_it_promises() -> None:
    changes = diff_days(load_texts(schwimmkurs()), date(2025, 12, 31), date(2026, 1, 1))

    assert "\n".join(change.text for change in changes) in HOW_TO.read_text(encoding="utf-8")


def test_case_of_the_how_to_is_determined() -> None:
    result = Engine(load_texts(schwimmkurs())).evaluate({"alter": 6, "gebuehr": Decimal(90)}, on=date(2025, 3, 1))

    assert (result.status, result.values["zuschuss"]) == ("determined", "45.00")


def test_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert Path(os.curdir).resolve() == ROOT
    (code,) = blocks(ROOT / "src/leitplanke/core/rules/README.md", "python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own document

    assert names["result"].status == "missing"  # type: ignore[attr-defined]
