"""Guidelines as files: there and back, and what strangers may try."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.guideline import Audience, Choice, Example, Guideline, example_guideline, load_blocks
from leitplanke.core.guideline.exchanging import MAX_BYTES, Passed, guideline_json, guideline_yaml, passed_from_text
from leitplanke.core.guideline.model import BlockError

BLOCKS = load_blocks(Path(str(resources.files("leitplanke") / "content/leitlinien/bausteine")))
HEAD = "format: leitplanke-leitlinie/1\nid: a\ntitel: T\nkommune: Stadt X\nfassung: '1'\n"
GOOD = HEAD + "klauseln:\n- baustein: BB12\n  option: nie_buerger\n"
texts = st.text(st.characters(exclude_categories=["C"]), max_size=40).map(str.strip)


@settings(max_examples=15, deadline=None)
@given(texts, texts, texts)
def test_what_is_written_is_read_again(reason: str, source: str, words: str) -> None:
    choices = list(example_guideline(BLOCKS, Example.STRENG).choices[:3])
    wording = {Audience.RAT: words} if words else {}
    choices[0] = Choice(choices[0].block, choices[0].option, {}, reason, source, "CC0 1.0", wording)
    passed = Passed(Guideline("a", "T: - x", "Stadt X", "1", tuple(choices)), "CC BY 4.0")
    for written in (guideline_yaml(passed), guideline_json(passed)):
        assert passed_from_text(written, "f.yaml", BLOCKS) == passed


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "fehlt"),
        ("- a\n", 1, "Abschnitte mit Namen"),
        (GOOD.replace("/1", "/9"), 1, "muss „leitplanke-leitlinie/1“ sein"),
        (GOOD + "fremd: 1\n", 9, "„fremd“ gibt es nicht"),
        (GOOD.replace("BB12", "BB99"), 7, "Den Baustein „BB99“ gibt es hier nicht"),
        (GOOD.replace("nie_buerger", "immer"), 8, "keine Option „immer“"),
        (GOOD + "- baustein: BB12\n  option: nie_buerger\n", 9, "steht schon weiter oben"),
        (GOOD + "  werte: {fremd: '1'}\n", 7, "„fremd“ gibt es hier nicht"),
        (GOOD + "  wortlaut: {presse: hallo}\n", 7, "kennt „presse“ nicht"),
        (GOOD + "  grund: [a]\n", 9, "keine Liste"),
        (GOOD + f"  grund: {'x' * 4001}\n", 9, "länger als 4000"),
        (GOOD + '  grund: "a\\u202Eb"\n', 9, "Steuerzeichen"),
        (GOOD + '  grund: "a\\x00b"\n', 9, "Steuerzeichen"),
        (GOOD + "  grund: &a x\n  quelle: *a\n", 9, "Verweise"),
        (GOOD + "  grund: !!python/object/apply:os.system [ls]\n", 9, "Typangaben"),
        ("a: " + "[" * 5000 + "]" * 5000, 1, ""),
        (HEAD + "klauseln:\n" + "- {baustein: BB12, option: nie_buerger}\n" * 201, 7, "Mehr als 200"),
        ("x" * (MAX_BYTES + 1), 1, "größer als 500 KB"),
        ("a: b\n---\nc: d\n", 2, "Mehrere Dokumente"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(BlockError) as caught:
        passed_from_text(text, "f.yaml", BLOCKS)
    assert any(said in finding.message and finding.line == line for finding in caught.value.findings), caught.value


def test_not_more_faults_are_listed_than_anybody_reads() -> None:
    with pytest.raises(BlockError) as caught:
        passed_from_text(HEAD + "".join(f"x{number}: 1\n" for number in range(900)), "f.yaml", BLOCKS)
    assert len(caught.value.findings) == 50
