from __future__ import annotations

import pytest

from leitplanke.core.retrieval.vocabulary import (
    Dokumentname,
    Stichwort,
    Vocabulary,
    VocabularyError,
    built_in_vocabulary,
    read_vocabulary,
)

ENTRY = """
- alltag: [umziehen, neue Adresse]
  amtlich: [Anmeldung]
  normen: [BMG § 17]
- dokument: BMG
  namen: [Meldegesetz]
"""


def test_entries_are_read() -> None:
    assert read_vocabulary(ENTRY, where="x") == Vocabulary(
        (Stichwort(("umziehen", "neue Adresse"), ("Anmeldung",), ("BMG § 17",)),),
        (Dokumentname("BMG", ("Meldegesetz",)),),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("alltag: [a]", "x: erwartet wird eine Liste von Einträgen."),
        ("- alltag: umziehen", "x, Eintrag 1: `alltag` muss eine Liste von Texten sein."),
        ("- amtlich: [a]", "x, Eintrag 1: jeder Eintrag braucht"),
        ("- [a", "x: kein gültiges YAML"),
    ],
)
def test_errors_say_where_and_what(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message.replace("(", r"\(")):
        read_vocabulary(text, where="x")


def test_an_empty_file_is_an_empty_vocabulary() -> None:
    assert read_vocabulary("", where="x") == Vocabulary()


def test_the_digest_changes_with_every_edit() -> None:
    one = read_vocabulary(ENTRY, where="x")
    assert one.digest == read_vocabulary(ENTRY, where="y").digest
    assert one.digest != read_vocabulary(ENTRY.replace("umziehen", "umzug"), where="x").digest


def test_a_towns_own_entries_add_to_the_built_in_ones() -> None:
    assert (Vocabulary((Stichwort(("a",)),)) + Vocabulary((Stichwort(("b",)),))).stichworte == (
        Stichwort(("a",)),
        Stichwort(("b",)),
    )


def test_the_built_in_vocabulary_can_be_read() -> None:
    vocabulary = built_in_vocabulary()
    assert vocabulary.stichworte
    assert vocabulary.namen
