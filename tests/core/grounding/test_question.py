from __future__ import annotations

import pytest

from leitplanke.core.grounding import Paraphrases
from leitplanke.core.grounding.answering import split_question
from leitplanke.core.grounding.names import named_things, places_in
from leitplanke.core.grounding.question import Wanted, understand

PLAIN = Paraphrases()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wann hat der Rat die Leitlinie beschlossen?", Wanted.DATE),
        ("An welchem Tag wurde die Leitlinie beschlossen?", Wanted.DAY),
        ("Wann müssen Texte gekennzeichnet werden?", Wanted.CONDITION),
        ("Innerhalb welcher Frist muss ich mich anmelden?", Wanted.DURATION),
        ("Wie oft tagt der Ausschuss?", Wanted.DURATION),
        ("Um wie viel Prozent sinkt der Verbrauch?", Wanted.PERCENT),
        ("Was kostet ein Reisepass?", Wanted.MONEY),
        ("Wie hoch ist das Bußgeld für Falschparken?", Wanted.MONEY),
        ("Wie viele Grundsätze gibt es?", Wanted.NUMBER),
        ("Ab welchem Alter darf man wählen?", Wanted.AGE),
        ("Unter welcher Telefonnummer erreiche ich das Amt?", Wanted.CONTACT),
        ("Wer hat den Beitrag verfasst?", Wanted.PERSON),
        ("Wer trägt die Verantwortung?", Wanted.ACTOR),
        ("Welche Stadt führt ein Register?", Wanted.NAME),
        ("Warum ist das verboten?", Wanted.REASON),
        ("Welche Unterlagen brauche ich?", Wanted.LIST),
        ("Nenne ein Beispiel für den Einsatz von KI.", Wanted.LIST),
        ("Darf ich private Konten nutzen?", Wanted.POLAR),
        ("Wie funktioniert die Datenampel?", Wanted.MANNER),
    ],
)
def test_kind_of_answer_is_read_from_the_question(text: str, wanted: Wanted) -> None:
    assert understand(text, PLAIN).wanted is wanted


def test_head_noun_names_what_is_asked_for() -> None:
    head = understand("Welche Dortmunder Grundsätze gelten für KI?", PLAIN).head
    assert head is not None
    assert head.text == "Grundsätze"


def test_story_is_background_and_the_asking_sentence_counts() -> None:
    question = understand("Wir sind eine kleine Gemeinde. Taugt das Papier als Muster?", PLAIN)
    assert question.ask == "Taugt das Papier als Muster?"
    assert "Gemeinde" in [word.text for word in question.background]


def test_named_things_are_found_with_their_kind() -> None:
    found = {
        thing.text: thing.kind
        for thing in named_things("Gilt § 17 BMG seit 2020 in der Dortmunder Behörde von Frau Meier?")
    }
    assert found == {"§ 17": "norm", "Meier": "person", "2020": "year", "BMG": "name", "Dortmund": "place"}


def test_towns_that_are_also_words_need_a_hint() -> None:
    assert places_in("Das Essen ist gut.") == []
    assert places_in("In der Stadt Essen gilt das.") == ["Essen"]


def test_two_questions_in_one_are_taken_apart() -> None:
    parts = split_question("Was kostet der Reisepass und wie lange gilt er?")
    assert parts == ["Was kostet der Reisepass", "wie lange gilt er?"]


def test_turn_of_phrase_brings_its_plain_word() -> None:
    paraphrases = Paraphrases(phrases={"in den Griff bekommen": "lösen"})
    assert "lösen" in [word.text for word in understand("Wie kann man das in den Griff bekommen?", paraphrases).words]
