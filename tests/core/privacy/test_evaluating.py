from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from leitplanke.core.privacy import Category, Findings, Label, Signal, Span
from leitplanke.core.privacy.evaluating import evaluate
from leitplanke.core.privacy.lines import LineError, read_labelled
from leitplanke.project.cli.privacy import privacy

TEXT = "Frau Kaya und Herr Weber, Zentrale 0521 510"
LINE = {
    "id": "a",
    "text": TEXT,
    "spans": [{"start": 5, "end": 9, "label": "PERSON", "origin": "tr"}, {"start": 19, "end": 24, "label": "PERSON"}],
    "neutral": [{"start": 35, "end": 43}],
}


def test_counts_what_is_right_masked_leaked_and_false() -> None:
    found = [
        Span(0, 9, Label.PERSON, 1),
        Span(19, 23, Label.ADDRESS, 1),
        Span(35, 43, Label.PHONE, 1),
        Span(10, 13, Label.KFZ, 1),
    ]
    outcome = evaluate([(read_labelled(json.dumps(LINE)), Findings(tuple(found)))])
    assert (outcome.false_alarms, outcome.on_neutral, outcome.leaked) == (1, 1, 1)
    assert (outcome.total.labelled, outcome.total.recalled, outcome.total.exact, outcome.total.masked) == (2, 1, 0, 1)
    assert outcome.origins["tr"].masked_share == 1.0
    assert outcome.total.precision == pytest.approx(1 / 3)


def test_signals_count_once_per_text_and_only_where_people_have_looked_for_them() -> None:
    looked = read_labelled(json.dumps(LINE | {"signals": ["gesundheit", "strafverfahren"]}))
    found = Findings(
        (),
        (
            Signal(0, 1, Category.GESUNDHEIT, personal=True),
            Signal(2, 3, Category.GESUNDHEIT, personal=True),
            Signal(4, 5, Category.RELIGION, personal=True),
            Signal(6, 7, Category.STRAFTATEN, personal=False),
        ),
    )
    outcome = evaluate([(looked, found), (read_labelled(json.dumps(LINE)), found)])
    counts = outcome.all_signals
    assert (counts.labelled, counts.found, counts.recalled, counts.right) == (2, 2, 1, 1)
    assert outcome.signals["gesundheit"].recall == 1.0
    assert outcome.signals["straftaten"].recall == 0.0


@pytest.mark.parametrize(
    "line",
    [
        "kein json",
        "[]",
        '{"text": "a"}',
        '{"text": "a", "spans": [{"start": 0, "end": 9, "label": "PERSON"}]}',
        '{"text": "a", "spans": [{"start": 0}]}',
        '{"text": "a", "spans": [], "signals": ["laune"]}',
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str) -> None:
    with pytest.raises(LineError):
        read_labelled(line)


def test_commands_find_and_evaluate(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(LINE) + "\nkaputt\n", encoding="utf-8")
    assert CliRunner().invoke(privacy, ["find", "--input", str(source), "--output", str(target)]).exit_code == 0
    first, second = (json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert first["id"] == "a"
    assert first["spans"][0] == {"start": 5, "end": 9, "label": "PERSON", "score": 0.95}
    assert second == {"id": None, "spans": [], "error": "Zeile 2: Das ist kein JSON."}
    refused = CliRunner().invoke(privacy, ["evaluate", "--labelled", str(source)])
    assert refused.exit_code == 1
    assert "Zeile 2" in refused.output
    source.write_text(json.dumps(LINE | {"signals": ["gesundheit"]}), encoding="utf-8")
    measured = CliRunner().invoke(privacy, ["evaluate", "--labelled", str(source), "--json"])
    assert json.loads(measured.output)["all"]["masked"] == 1.0
    assert json.loads(measured.output)["signals"]["gesundheit"]["recall"] == 0.0
    table = CliRunner().invoke(privacy, ["evaluate", "--labelled", str(source)]).output
    assert "Fehlalarme je Text" in table
    assert "alle Hinweise" in table
