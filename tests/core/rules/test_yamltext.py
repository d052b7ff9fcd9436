"""YAML: scalars stay text, lines are known, and nothing hostile gets in."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import RegelwerkError
from leitplanke.core.rules.yamltext import MAX_BYTES, Mapping, Sequence, Text, read_yaml


def refused(text: str) -> str:
    with pytest.raises(RegelwerkError) as caught:
        read_yaml(text, "datei.yaml")
    [finding] = caught.value.findings
    assert finding.file == "datei.yaml"
    return f"{finding.line}: {finding.message}"


@pytest.mark.parametrize("scalar", ["no", "1.0", "007", "2025-01-01", "1_000", "0x1f", "null", "~", "12:30", ".5"])
def test_scalars_stay_text(scalar: str) -> None:
    found = read_yaml(f"a: {scalar}", "d")["a"]
    assert isinstance(found, Text)
    assert found == scalar


def test_lines_of_keys_and_values_are_known() -> None:
    tree = read_yaml("a: 1\nb:\n  c: 2\n  d: [x,\n      y]\n", "d")
    assert tree.key_lines == {"a": 1, "b": 2}
    inner = tree["b"]
    assert isinstance(inner, Mapping)
    assert inner.key_lines == {"c": 3, "d": 4}
    listed = inner["d"]
    assert isinstance(listed, Sequence)
    assert [item.line for item in listed if isinstance(item, Text)] == [4, 5]


def test_empty_text_is_told_apart_from_nothing() -> None:
    tree = read_yaml("a: ''\nb:\n", "d")
    found = [tree["a"], tree["b"]]
    assert [item.quoted for item in found if isinstance(item, Text)] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x 1\nb: *x", "1: Verweise"),
        ("a: 1\nb: *x", "2: Verweise"),
        ("a: &x [1, 2]", "1: Verweise"),
        ("a: 1\nb: &x {c: 1}", "2: Verweise"),
        ("a: !!int 1", "1: Typangaben"),
        ("a: !!python/object/apply:os.system ['x']", "1: Typangaben"),
        ("a:\n  b: !x {}", "2: Typangaben"),
        ("a: 1\n---\nb: 2", "2: Mehrere Dokumente"),
        ("a: 1\nb: 2\na: 3", "Der Schlüssel „a“ steht doppelt da."),
        ("a: {b: 1, b: 2}", "Der Schlüssel „b“ steht doppelt da."),
        ("[a, b]: 1", "Ein Schlüssel muss ein einfacher Name sein."),
        ("- a", "Oben werden Abschnitte"),
        ("nur text", "Oben werden Abschnitte"),
        ("a: [1", "Kein gültiges YAML"),
        ("a: b: c", "1: Kein gültiges YAML"),
        ("a: \x07", "Kein gültiges YAML"),
        ("a: " + "[" * 5000 + "]" * 5000, "Ebenen tief"),
        ("a:\n" + "\n".join(" " * n + "b:" for n in range(1, 40)), "Ebenen tief"),
        ("{" * 3000, "Ebenen tief"),
    ],
)
def test_everything_unusual_is_refused_with_line_and_cause(text: str, words: str) -> None:
    begun = time.perf_counter()
    assert words in refused(text)
    assert time.perf_counter() - begun < 1


def test_laughing_never_begins() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    assert refused("\n".join(lines)).startswith("1: Verweise")


def test_large_files_are_refused_unread() -> None:
    assert "größer als" in refused("a" * (MAX_BYTES + 1))


def test_nothing_at_all_is_an_empty_mapping() -> None:
    assert read_yaml("", "d") == {}
    assert read_yaml("# nur eine Bemerkung\n", "d") == {}


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*!|>%@`'\"#,? \n\t0~")), max_size=120))
@settings(max_examples=300, deadline=2000)
def test_any_text_gives_a_tree_or_a_finding(text: str) -> None:
    lines = []
    try:
        assert isinstance(read_yaml(text, "d"), Mapping)
    except RegelwerkError as error:
        lines = [finding.line for finding in error.findings]
    assert all(line >= 1 for line in lines)
