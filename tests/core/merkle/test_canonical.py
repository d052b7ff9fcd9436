"""The same content gives the same bytes; what would be ambiguous is refused with its place."""

from __future__ import annotations

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.merkle import CanonicalError, canonical, read_canonical
from leitplanke.core.merkle.commitments import commitment, opens

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_content_survives_and_is_its_own_canonical_form(value: object) -> None:
    data = canonical(value)  # type: ignore[arg-type]

    assert json.loads(data) == value
    assert canonical(read_canonical(data)) == data


@given(values | st.dictionaries(st.text(st.characters(max_codepoint=127)), values))
def test_fast_writer_writes_what_the_rfc_says(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(texts, texts, min_size=2, max_size=6))
def test_order_of_keys_does_not_matter(value: dict[str, str]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_sorts_by_utf_16_and_escapes_as_the_rfc_says() -> None:
    assert canonical({"\U0001f600": "a", "ﬀ": "b", "ö": 'x"\n\x1f'}) == (
        '{"ö":"x\\"\\n\\u001f","\U0001f600":"a","ﬀ":"b"}'.encode()
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"data": {"betrag": 3.5}}, "data.betrag: Zahlen stehen als Text, also '3.5' statt 3.5"),
        ({"liste": ["a", 7]}, r"liste\[1\]: Zahlen stehen als Text"),
        (7, "Wurzel: Zahlen"),
        ({"a": {1: "b"}}, "a: Der Schlüssel 1 ist kein Text"),
        ({"a": b"x"}, "a: bytes lässt sich nicht aufzeichnen"),
        ({"a": "\ud800"}, "UTF-8"),
    ],
)
def test_refuses_what_is_ambiguous_and_names_the_place(value: object, message: str) -> None:
    with pytest.raises(CanonicalError, match=message):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b'{"a": "b"}', b'{"a":"b","a":"c"}', b'{"b":"","a":""}', b'"\\u0041"', b"1", b"{"])
def test_reads_only_the_canonical_form(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        read_canonical(data)


@given(texts, texts, texts)
def test_commitment_opens_only_with_its_statement_and_salt(field: str, value: str, other: str) -> None:
    salt = b"s" * 32
    made = commitment(field, value, salt)

    assert opens(made, field, value, salt)
    assert opens(made, field, other, salt) == (other == value)
    assert not opens(made, field, value, b"t" * 32)
    assert not opens(made, field, value, b"short")


def test_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        commitment("name", "Kim", b"kurz")
