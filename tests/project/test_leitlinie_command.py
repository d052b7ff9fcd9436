"""The command leitlinie write, as people call it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leitplanke.core.guideline.writing import Municipality, Output
from leitplanke.core.policy import load_profile
from leitplanke.project.cli.leitlinie import KINDS, TOWNS
from leitplanke.project.cli.program import program


def write(kind: str, output: Path, *more: str) -> Result:
    asked = ["leitlinie", "write", "--profile", "streng", "--kind", kind, "--output", str(output), *more]
    return CliRunner().invoke(program, asked)


def test_every_kind_can_be_asked_for() -> None:
    assert tuple(Output) == KINDS
    assert tuple(Municipality) == TOWNS


@pytest.mark.parametrize(
    ("name", "begins"), [("m.pdf", b"%PDF"), ("m.docx", b"PK"), ("m.html", b"<!DOCTYPE"), ("m.md", b"# ")]
)
def test_the_ending_of_the_file_says_the_format(tmp_path: Path, name: str, begins: bytes) -> None:
    result = write("merkblatt", tmp_path / name, "--tag", "2026-11-28")
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_profile_is_one_that_machines_read(tmp_path: Path) -> None:
    assert write("profil", tmp_path / "p.yaml", "--kommune", "Kleinau", "--art", "gemeinde").exit_code == 0
    profile = load_profile(tmp_path / "p.yaml")
    assert profile.basis == "Gemeinde Kleinau"
    assert len(profile.clauses) > 60


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [("merkblatt", "m.txt", "--format"), ("profil", "p.pdf", "nur als yaml"), ("einfach", "e.yaml", "nur als yaml")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, kind: str, name: str, said: str) -> None:
    result = write(kind, tmp_path / name)
    assert result.exit_code == 2
    assert said in result.output


def test_a_place_that_does_not_exist_is_named(tmp_path: Path) -> None:
    result = write("einfach", tmp_path / "nirgends" / "e.md")
    assert result.exit_code == 1
    assert "nirgends" in result.output
