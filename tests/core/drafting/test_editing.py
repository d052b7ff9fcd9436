"""What a person typed becomes sentences with grounds."""

from functools import cache

import pytest

from leitplanke.core.drafting.brief import Author, Brief, Sentence
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.sample import sample

made = cache(sample)
GRANT = ("wohngeld", "Rentnerin allein, Mietenstufe I")


def sentences(brief: Brief, key: str) -> tuple[Sentence, ...]:
    return next(block.sentences for block in brief.paragraphs if block.key == key)


def test_unchanged_sentences_keep_ground_and_author() -> None:
    brief = made(*GRANT).brief
    old = sentences(brief, "gruende")
    new = sentences(edited(brief, {"gruende": f"{old[0].text} Ein Satz.  {old[1].text}"}), "gruende")
    assert (new[0], new[2]) == (old[0], old[1])
    assert (new[1].text, new[1].ground, new[1].author) == ("Ein Satz.", "", Author.PERSON)


def test_changed_sentence_is_the_persons_and_keeps_the_nearest_ground() -> None:
    brief = made(*GRANT).brief
    (old,) = sentences(brief, "tenor")
    (new,) = sentences(edited(brief, {"tenor": old.text.replace("Sie erhalten", "Sie bekommen")}), "tenor")
    assert (new.ground, new.author) == (old.ground, Author.PERSON)


def test_share_of_machine_text_falls_with_what_a_person_writes() -> None:
    brief = made(*GRANT).brief
    changed = edited(brief, {"kontakt": "Rufen Sie mich gern an."})
    assert changed.machine_share < brief.machine_share


@pytest.mark.parametrize(
    "text",
    [
        "Das gilt nach § 19 Abs. 1 Nr. 3 WoGG ab dem 1. März 2026.",
        "Bitte nennen Sie z. B. das Az. und die Nr. 5 der Liste.",
        "Die 3. Rate ist am 15. Dezember fällig, d. h. bald.",
        "Dr. Klar hat das gem. Art. 6 DSGVO bzw. § 67 ff. SGB X geprüft.",
    ],
)
def test_abbreviations_and_days_do_not_end_a_sentence(text: str) -> None:
    brief = made(*GRANT).brief
    new = sentences(edited(brief, {"kontakt": f"{text} Vielen Dank."}), "kontakt")
    assert [sentence.text for sentence in new] == [text, "Vielen Dank."]


def test_ground_of_the_file_is_kept_for_the_sentence_that_names_it() -> None:
    brief = made(*GRANT).brief
    text = "Sie haben uns das gezeigt."
    new = sentences(edited(brief, {"kontakt": text}, {text: "unterlage:gespraech"}), "kontakt")
    assert [(s.ground, s.author) for s in new] == [("unterlage:gespraech", Author.PERSON)]


def test_letters_typed_in_two_parts_become_one() -> None:
    brief = made(*GRANT).brief
    (new,) = sentences(edited(brief, {"kontakt": "Gru\u0308ße"}), "kontakt")
    assert new.text == "Grüße"


def test_paragraph_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="gibt_es_nicht"):
        edited(made(*GRANT).brief, {"gibt_es_nicht": "x"})
