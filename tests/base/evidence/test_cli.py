"""The commands speak German, fail with exit code 1, and give JSON where a machine reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from leitplanke.base.evidence.cli import evidence
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.sequencer import sequence_pending
from leitplanke.base.evidence.tree import verifier_keys
from leitplanke.base.evidence.verification import verify
from leitplanke.core.merkle.__main__ import main

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Happen = Callable[..., list[Leaf]]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(evidence, arguments)


def test_verify_says_that_all_is_well(mandant: Mandant, other_mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 2)
    assert run("sequence").exit_code == 0
    result = run("verify")

    assert result.exit_code == 0
    assert "musterstadt: In Ordnung. 3 Einträge und 1 Prüfpunkte stimmen" in result.output
    assert "nachbarstadt: In Ordnung." in result.output


def test_verify_names_the_first_wrong_entry(
    mandant: Mandant, happen: Happen, tampering: Callable[[], AbstractContextManager[None]]
) -> None:
    happen(mandant, 3)
    sequence_pending(mandant)
    with tampering():
        Leaf.objects.for_mandant(mandant).filter(place__position=1).update(payload="{}")
    result = run("verify", "--mandant", "musterstadt", "--json")
    report = json.loads(result.output)[0]

    assert result.exit_code == 1
    assert (report["ok"], report["finding"]["position"], report["finding"]["code"]) == (False, 1, "test.happened")
    assert "musterstadt: FEHLER. Eintrag 1 (test.happened)" in run("verify").output


def test_export_passes_the_offline_check(
    mandant: Mandant, happen: Happen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        happen(mandant, 2)
        sequence_pending(mandant, checkpoint_seconds=0)
    happen(mandant, 1)
    file = tmp_path / "protokoll.jsonl"
    result = run("export", str(file), "--mandant", "musterstadt")

    assert result.exit_code == 0
    assert run("export").output.splitlines() == file.read_text("utf-8").splitlines()
    assert main(["verify", str(file), "--json", "--key", str(verifier_keys(mandant)[0])]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["entries"], report["checkpoints"], report["size"]) == (7, 3, 7)


def test_export_without_a_log_leaves_no_file(mandant: Mandant, tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "x.jsonl"))

    assert result.exit_code == 1
    assert "noch kein Protokoll" in result.output
    assert not (tmp_path / "x.jsonl").exists()


def test_unknown_mandant_says_which_exist(mandant: Mandant) -> None:
    result = run("verify", "--mandant", "entenhausen")

    assert result.exit_code == 1
    assert "Eingerichtet: musterstadt" in result.output


def test_ambiguous_mandant_says_which_exist(mandant: Mandant, other_mandant: Mandant) -> None:
    assert "--mandant" in run("export").output
    assert "musterstadt" in run("export").output


def test_new_key_is_told(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant)
    result = run("new-key", "--anlass", "Wechsel des Rechners")
    sequence_pending(mandant)

    assert result.exit_code == 0
    assert str(verifier_keys(mandant)[-1]) in result.output
    assert verify(mandant).ok


def test_accept_restore_needs_a_reason(mandant: Mandant) -> None:
    assert run("accept-restore").exit_code == 2
    assert run("accept-restore", "--begruendung", "Festplatte").exit_code == 0


@pytest.mark.parametrize("command", ["verify", "export", "sequence", "accept-restore", "new-key"])
def test_help_has_examples(command: str) -> None:
    assert "Beispiel" in run(command, "--help").output
