"""The command evaluate, as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leitplanke.core.evaluation import Evaluation
from leitplanke.project.cli import evaluate as command
from leitplanke.project.cli.program import program
from tests.core.evaluation.made_up import DEMO_CASES, DEMO_PLAN

PLAN = ["--plan", str(DEMO_PLAN)]
CASES = ["--decisions", str(DEMO_CASES)]


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["evaluate", *arguments])


def test_plan_alone_tells_its_hash_and_the_cases_it_needs() -> None:
    result = evaluate(*PLAN)
    assert result.exit_code == 0
    assert "Prüfsumme des Plans: " in result.output
    assert "Nötig für den Vergleich insgesamt: 495" in result.output


def test_report_is_written_in_every_form_and_the_result_can_be_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "schluessel.pem"
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key.write_bytes(Ed25519PrivateKey.generate().private_bytes(encoding, form, serialization.NoEncryption()))
    first = evaluate(
        *PLAN, *CASES, "--output", str(tmp_path / "a"), "--unterschreiben", str(key), "--tag", "2026-11-27"
    )
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[2].startswith("Nicht bestanden: Antragshelfer (1.0) ist im Durchschnitt besser")
    assert {file.name for file in (tmp_path / "a").iterdir()} == {
        "bericht.html", "bericht.json", "bericht.pdf", "ergebnis.json",
        *(f"{name}.{kind}" for name in ("fehler", "gruppen", "unterschiede", "einigkeit") for kind in ("svg", "png")),
    }  # fmt: skip
    pdf = pypdf.PdfReader(tmp_path / "a" / "bericht.pdf")
    assert "Was das Ergebnis nicht sagt" in "".join(page.extract_text() for page in pdf.pages)
    objects = (pdf.get_object(number) for number in range(1, pdf.trailer["/Size"]))
    texts = [item["/Alt"] for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    assert len(texts) == 4
    assert any("Falsche Entscheidungen: KI 7,2" in text for text in texts)

    keys = tmp_path / "stellen.txt"
    keys.write_text(first.output.splitlines()[1].rpartition(" ")[2], encoding="utf-8")
    shared = ("--ergebnis", str(tmp_path / "a" / "ergebnis.json"), "--schluessel", str(keys))
    pooled: list[Evaluation] = []
    monkeypatch.setattr(command, "_write_report", lambda evaluation, *_: pooled.append(evaluation))
    second = evaluate(*PLAN, *shared, "--output", str(tmp_path / "b"), "--tag", "2026-11-27")
    assert second.exit_code == 0, second.output
    assert pooled[0].sources == (("Wohngeldstelle Musterstadt", 1200),)
    own = json.loads((tmp_path / "a" / "bericht.json").read_text(encoding="utf-8"))
    assert [item["status"] for item in own["criteria"]] == [item.status for item in pooled[0].criteria]


def test_faults_are_german_lines_and_nothing_is_written(tmp_path: Path) -> None:
    broken = tmp_path / "f.csv"
    broken.write_text("fall;ki\n1;ja\n", encoding="utf-8")
    result = evaluate(*PLAN, "--decisions", str(broken), "--output", str(tmp_path / "a"))
    assert result.exit_code == 1
    assert "Zeile 1: Die Spalte „wahrheit“ fehlt. Vorhanden: fall, ki." in result.output
    assert not (tmp_path / "a").exists()
    assert "--output" in evaluate(*PLAN, *CASES).output
