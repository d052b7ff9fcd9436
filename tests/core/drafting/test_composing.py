"""Letters of every shipped case: what they say, and that they pass their own check."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from leitplanke.core.drafting.brief import Author, Paragraph, Part, Table, brief_from_json, brief_to_json
from leitplanke.core.drafting.calculation import ANNEX, MAIN, MOST_ROWS
from leitplanke.core.drafting.case import DraftError, EntscheidungText, Rechtstexte
from leitplanke.core.drafting.checking import check
from leitplanke.core.drafting.composing import compose, fitting
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.grounds import grounds_of
from leitplanke.core.drafting.sample import Sample, book_of, cases_of, evaluated, sample
from leitplanke.core.rules.library import shipped

LETTERS = ("bescheid", "mitwirkung", "anhoerung", "eingangsbestaetigung")
PENSIONER = "Rentnerin allein, Mietenstufe I"


def letters_of(procedure: str, art: str) -> Iterator[Sample]:
    for fall in cases_of(procedure):
        with suppress(DraftError):  # not every case carries every letter
            yield sample(procedure, fall, art)


@pytest.mark.slow
@pytest.mark.parametrize("art", LETTERS)
@pytest.mark.parametrize("procedure", sorted(shipped()))
def test_letter_of_every_shipped_case_passes_its_own_check(procedure: str, art: str) -> None:
    made = list(letters_of(procedure, art))
    assert made
    for item in made:
        assert check(item.brief, item.grounds) == ()
        assert brief_from_json(brief_to_json(item.brief)) == item.brief
        keys = [sentence.ground for sentence in item.brief.sentences]
        assert all(keys)
        assert len(set(keys)) == len(keys)
        untouched = {paragraph.key: paragraph.text for paragraph in item.brief.paragraphs}
        assert edited(item.brief, untouched) == item.brief


@pytest.mark.parametrize("was", ["versagung", "ruecknahme", "widerruf", "aenderung"])
def test_decision_without_outcome_stands_on_the_reasons_of_the_person(was: str) -> None:
    item = sample("wohngeld", PENSIONER, "bescheid", was)
    assert check(item.brief, item.grounds) == ()
    reasons = [s for s in item.brief.sentences if s.ground.startswith("entscheidung:grund")]
    assert reasons
    assert {sentence.author for sentence in reasons} == {Author.PERSON}
    assert "Sie erhalten Wohngeld" not in item.brief.text


def test_tenor_reasons_and_calculation_come_from_the_proof() -> None:
    item = sample("wohngeld", PENSIONER)
    by_key = {block.key: block for block in item.brief.body}
    assert by_key["tenor"].text == "Sie erhalten Wohngeld in Höhe von 110 EUR im Monat."
    assert "445,40 EUR" in by_key["gruende"].text
    table = by_key[MAIN]
    assert len(table.rows) <= MOST_ROWS
    assert table.rows[-1][0] == "Wohngeld im Monat"
    assert table.strong == (len(table.rows) - 1,)
    assert set(table.rows) <= set(by_key[ANNEX].rows)
    assert item.brief.anlagen == (by_key[ANNEX].caption,)


def test_judgement_is_told_in_the_words_of_the_person_who_made_it() -> None:
    item = sample("wohngeld", PENSIONER)
    paragraph = next(block for block in item.brief.paragraphs if block.key == "urteile_missbraeuchlich")
    assert paragraph.part is Part.URTEIL
    question, found, *reasons = paragraph.sentences
    assert question.author is found.author is Author.MACHINE
    assert {sentence.author for sentence in reasons} == {Author.PERSON}
    assert 0 < item.brief.machine_share < 1


def test_open_facts_give_a_letter_that_asks_for_them() -> None:
    fall = next(fall for fall in cases_of("wohngeld") if evaluated("wohngeld", fall).status == "missing")
    result, (_, verfahren) = evaluated("wohngeld", fall), book_of("wohngeld")
    made = sample("wohngeld", fall, "mitwirkung")
    assert fitting(verfahren.vorlagen.values(), replace(made.case, entscheidung=EntscheidungText()), result).art == (
        "mitwirkung"
    )
    asked = [s.ground for s in made.brief.sentences if s.ground.startswith("fehlt:angabe:")]
    assert asked == [f"fehlt:angabe:{item.fact}" for item in result.missing]


def test_settled_case_gives_the_decision_and_an_unread_one_the_receipt() -> None:
    result, (_, verfahren) = evaluated("wohngeld", cases_of("wohngeld")[0]), book_of("wohngeld")
    made = sample("wohngeld", PENSIONER)
    assert fitting(verfahren.vorlagen.values(), made.case, result).name == "bescheid_bewilligung"
    assert fitting(verfahren.vorlagen.values(), made.case, None).art == "eingangsbestaetigung"


def test_letter_does_not_state_what_is_not_settled() -> None:
    fall = next(fall for fall in cases_of("wohngeld") if evaluated("wohngeld", fall).status == "missing")
    with pytest.raises(DraftError, match="steht noch nicht fest"):
        sample("wohngeld", fall)


def test_unknown_case_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(DraftError, match="Rentnerin allein"):
        sample("wohngeld", "Gibt es nicht")


def test_without_the_texts_of_procedural_law_the_letter_may_not_leave() -> None:
    made = sample("unterhaltsvorschuss", "Kind unter 6 Jahren, voller Monat 2025", "mitwirkung")
    texts = Rechtstexte(frist_ende=date(2025, 8, 8))
    brief = compose(made.vorlage, made.case, made.result, texts)
    grounds = grounds_of(made.vorlage, brief, made.case, made.result, texts)
    found = check(brief, grounds)
    assert [(finding.kind, finding.blocking) for finding in found] == [("fehlt_rechtsfolge", True)]


def test_receipt_needs_no_result() -> None:
    made = sample("wohngeld", PENSIONER, "eingangsbestaetigung")
    brief = compose(made.vorlage, made.case, None, made.texts)
    assert check(brief, grounds_of(made.vorlage, brief, made.case, None, made.texts)) == ()
    assert not any(isinstance(block, Table) for block in brief.body)
    assert all(isinstance(block, Paragraph) for block in brief.body)
