"""Documents named by their title come first."""

from __future__ import annotations

from leitplanke.core.grounding.named import documents_named

TITLES = {
    "1": "Wohngeld beantragen",
    "2": "Elternbeitrag für die Kita",
    "3": "Hundesteuer",
    "4": "Hund anmelden",
    "5": "Wohnung anmelden",
    "6": "Reisepass der Stadt Musterstadt",
}


def test_title_that_names_the_thing_asked_for_is_found() -> None:
    assert documents_named("Ab wann wird Wohngeld gezahlt?", TITLES) == {"1"}
    assert documents_named("Was kostet die Hundesteuer?", TITLES) == {"3"}


def test_verb_in_a_title_names_nothing() -> None:
    assert documents_named("Was muss ich anmelden?", TITLES) == set()


def test_word_of_most_titles_names_nothing() -> None:
    titles = {str(number): f"KI-Regel {number}" for number in range(10)}

    assert documents_named("Welche KI-Regel gilt?", titles) == set()


def test_no_documents_no_names() -> None:
    assert documents_named("Wohngeld?", {}) == set()
