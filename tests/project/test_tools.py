"""The gates themselves: what they let through and what they name."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def tools_on_path() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tools"))
        yield
    for name in [name for name in sys.modules if name.split(".")[0] in {"checks", "run_tests", "programs", "postgres"}]:
        del sys.modules[name]


def load(name: str) -> Any:
    return importlib.import_module(name)


def schema(name: str) -> dict[str, Any]:
    file = ROOT / "src/leitplanke/content/schemas" / f"{name}.schema.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('- alltag: ["Hund"]\n  amtlich: ["Hundesteuer"]\n- amtlich: ["Pass"]\n', ":3: Eintrag 2: Es fehlt alltag."),
        ('- alltag: ["Hund"]\n  normen: ["Paragraf 12"]\n', ":2: Eintrag 1 / normen / Eintrag 1: „Paragraf 12“"),
        ('- alltag: ["Hund"]\n  amtlich: ["x"]\n  farbe: rot\n', "Unbekannt: farbe. Erlaubt: alltag, amtlich, normen."),
        ('- alltag: ["a"]\n  alltag: ["b"]\n  amtlich: ["c"]\n', ":2: „alltag“ steht doppelt."),
        ("- alltag: [\n", "Kein gültiges YAML"),
    ],
)
def test_wrong_content_is_named_with_file_line_and_place(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text(text, encoding="utf-8")
    content = load("checks.content")
    content.shown = str
    problems = content.check_file(file, schema("stichworte"))

    assert any(str(file) in problem and message in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("licence", "fine"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND Mozilla Public License 2.0 (MPL 2.0)", True),
        ("MIT AND AGPL-3.0-only", False),
        ("GPL-3.0-only", False),
        ("unbekannt", False),
    ],
)
def test_licences_are_weighed_with_and_and_or(licence: str, *, fine: bool) -> None:
    import tomllib

    packages = load("checks.packages")
    rules = tomllib.loads(packages.LICENCES.read_text(encoding="utf-8"))

    assert packages.allowed(licence, rules) is fine


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see /" + "home/kim/projekt", True),
        ("https://nex" + "us.intern.example/simple", True),
        ("-----BEGIN " + "PRIVATE KEY-----", True),
        ("https://pypi.org/project/django", False),
        ("../shared/data", False),
    ],
)
def test_traces_of_a_machine_are_found(line: str, *, found: bool) -> None:
    assert bool(load("checks.hygiene").findings(line)) is found


@pytest.mark.parametrize(
    ("html", "fine"),
    [
        ('<p class="x">{{ text }}</p>', True),
        ('<p style="color: red">', False),
        ('<a onclick="x()">', False),
        ("<script>x()</script>", False),
        ('<script src="{% static "a.js" %}" defer></script>', True),
        ('<script src="https://fremd.example/a.js"></script>', False),
        ("{{ text|safe }}", False),
    ],
)
def test_templates_that_break_the_policy_are_found(html: str, *, fine: bool) -> None:
    forbidden = load("checks.templates").FORBIDDEN

    assert any(pattern.search(html) for pattern in forbidden) is not fine


def results(skips: list[str], failed: int = 0) -> list[Any]:
    return [load("run_tests").Result("Lauf", passed=3, failed=failed, skips=skips)]


def test_closing_line_is_the_last_and_counts(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("CI", raising=False)
    code = load("run_tests").conclude(results(["a: Chromium fehlt"], failed=1))

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed, 1 skipped"


def test_left_out_test_fails_in_ci_unless_only_data_is_missing(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("CI", "true")
    run_tests = load("run_tests")
    excused = run_tests.conclude(results(["a: Die Daten liegen nicht neben dem Projekt (../shared/data)."]))
    left_out = run_tests.conclude(results(["b: Chromium fehlt"]))

    assert (excused, left_out) == (0, 1)
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed, 0 skipped"


def test_every_file_is_in_one_part_and_again_on_postgresql_unless_it_knows_no_database() -> None:
    run_tests = load("run_tests")

    def parts_with(file: Path, way: Any) -> list[str]:
        found = []
        for called, run in run_tests.PARTS:
            within = [ROOT / path for path in run.arguments if not path.startswith("--")]
            left_out = [ROOT / path.removeprefix("--ignore=") for path in run.arguments if path.startswith("--ignore=")]
            if called is way and any(map(file.is_relative_to, within)) and not any(map(file.is_relative_to, left_out)):
                found.append(run.name)
        return found

    for file in (ROOT / "tests").rglob("test_*.py"):
        without_database = file.is_relative_to(ROOT / "tests/core") or file.is_relative_to(ROOT / "tests/browser")
        assert len(parts_with(file, run_tests.execute)) == 1, file
        assert len(parts_with(file, run_tests.on_postgres)) == (not without_database), file
