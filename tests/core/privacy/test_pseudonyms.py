"""Placeholders in place of personal data, and back without losing a character."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.privacy import (
    Findings,
    Label,
    Pseudonyms,
    Slot,
    Span,
    StreamRestorer,
    find_in_slots,
    pseudonymise_slots,
)

FEW = settings(max_examples=60, deadline=None)
BRACKETS = st.sampled_from(["[", "]", "[[", "]]", "PERSON_1", "PERSON_1b", "person_1", "_", "1", "b", " ", "\n"])
PIECES = BRACKETS | st.sampled_from(["Müller", "MÜLLER", "Müllers", "’s", "s", "ß"])
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)
SPANS = st.lists(
    st.builds(Span, st.integers(0, 40), st.integers(0, 60), st.sampled_from([Label.PERSON, Label.IBAN]), st.just(1.0)),
    max_size=4,
)
CUTS = st.lists(st.integers(0, 80), max_size=8)


def spans_of(text: str, *values: str, label: Label = Label.PERSON) -> list[Span]:
    return [Span(text.index(value), text.index(value) + len(value), label, 1.0) for value in values]


def pieces(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    return [text[start:end] for start, end in pairwise(places)]


def streamed(restorer: StreamRestorer, chunks: list[str]) -> str:
    return "".join([*map(restorer.feed, chunks), restorer.finish()])


def knows_mueller(word: str) -> bool:
    return word.lower() in {"müller", "peter", "peters"}


@FEW
@given(texts=st.lists(st.tuples(TEXTS, SPANS), min_size=1, max_size=3), cuts=CUTS)
def test_every_text_comes_back_whole_and_in_any_pieces(texts: list[tuple[str, list[Span]]], cuts: list[int]) -> None:
    pseudonyms = Pseudonyms(is_name=knows_mueller)
    hidden = [(text, pseudonyms.pseudonymise(text, spans)) for text, spans in texts]
    again = Pseudonyms.from_json(json.loads(json.dumps(pseudonyms.to_json())))
    for text, shown in hidden:
        assert again.restore(shown) == pseudonyms.restore(shown)
        assert (pseudonyms.restore(shown).text, pseudonyms.restore(shown).unknown) == (text, ())
        assert streamed(pseudonyms.restorer(), pieces(shown, cuts)) == text
        assert streamed(pseudonyms.restorer(), list(shown)) == text


@FEW
@given(answer=TEXTS, cuts=CUTS, in_json=st.booleans())
def test_whatever_a_model_answers_a_stream_restores_as_the_whole(answer: str, cuts: list[int], in_json: bool) -> None:
    pseudonyms = Pseudonyms()
    pseudonyms.pseudonymise('O"Brien\n', [Span(0, 8, Label.PERSON, 1.0)])
    restorer = pseudonyms.restorer(in_json=in_json)
    whole = pseudonyms.restore(answer, in_json=in_json)
    assert (streamed(restorer, pieces(answer, cuts)), restorer.unknown) == (whole.text, whole.unknown)


@FEW
@given(value=st.text(st.characters(), min_size=1), cuts=CUTS)
def test_a_value_inside_a_json_string_leaves_the_json_valid(value: str, cuts: list[int]) -> None:
    pseudonyms = Pseudonyms()
    shown = pseudonyms.pseudonymise(value, [Span(0, len(value), Label.ADDRESS, 1.0)])
    answer = json.dumps({"name": shown, "liste": [f"an {shown}"]})
    restored = streamed(pseudonyms.restorer(in_json=True), pieces(answer, cuts))
    assert json.loads(restored) == {"name": value, "liste": [f"an {value}"]}
    assert json.loads(pseudonyms.restore(answer, in_json=True).text) == json.loads(restored)


@FEW
@given(chunks=st.lists(PIECES | st.text(max_size=60), max_size=10))
def test_a_stream_keeps_back_only_an_open_placeholder(chunks: list[str]) -> None:
    restorer = StreamRestorer({})
    fed = shown = ""
    for chunk in chunks:
        fed, shown = fed + chunk, shown + restorer.feed(chunk)
        held = fed.removeprefix(shown)
        assert len(held) <= 51
        assert held in {"", "["} or (held.startswith("[[") and "]]" not in held)


def test_one_value_has_one_number_and_every_writing_its_own_placeholder() -> None:
    text = "Müller wohnt hier. MÜLLER auch, und Aylin  Yıldız, Aylin Yıldız, DE89 3704, DE893704."
    pseudonyms = Pseudonyms()
    spans = spans_of(text, "Müller", "MÜLLER", "Aylin  Yıldız", "Aylin Yıldız")
    spans += spans_of(text, "DE89 3704", "DE893704", label=Label.IBAN)
    shown = pseudonyms.pseudonymise(text, spans)
    assert shown == (
        "[[PERSON_1]] wohnt hier. [[PERSON_1b]] auch, und [[PERSON_2]], [[PERSON_2b]], [[IBAN_1]], [[IBAN_1b]]."
    )
    assert pseudonyms.pseudonymise("Müller", [Span(0, 6, Label.PERSON, 1.0)]) == "[[PERSON_1]]"
    assert pseudonyms.counts == {"PERSON": 2, "IBAN": 1}


@pytest.mark.parametrize(
    "people",
    [
        ("Weiß", "Weiss", "WEISS"),
        ("Yıldız", "Yildiz", "YILDIZ"),
        ("Peter", "Peters"),
        ("Aylin Yıldız", "Yıldız"),
        ("Kuiper", "Kuipers"),
        ("Jürgen Groß", "Jürgen Gross"),
    ],
)
def test_two_people_never_become_one(people: tuple[str, ...]) -> None:
    pseudonyms = Pseudonyms(is_name=knows_mueller)
    pseudonyms.hear(people)
    shown = [pseudonyms.pseudonymise(person, [Span(0, len(person), Label.PERSON, 1.0)]) for person in people]
    assert shown == [f"[[PERSON_{number}]]" for number in range(1, len(people) + 1)]


def test_a_genitive_keeps_the_number_of_its_person_even_when_it_comes_first() -> None:
    texts = ["Müllers Antrag", "Frau Müller", "Andreas’ und Jana's Sohn"]
    spans = [
        tuple(spans_of(text, *values))
        for text, values in zip(texts, [["Müllers"], ["Müller"], ["Andreas’", "Jana's"]], strict=True)
    ]
    pseudonyms = Pseudonyms(is_name=knows_mueller)
    shown = pseudonymise_slots(texts, spans, pseudonyms)
    assert shown == ["[[PERSON_1]]s Antrag", "Frau [[PERSON_1]]", "[[PERSON_2]]’ und [[PERSON_3]]'s Sohn"]
    assert [pseudonyms.restore(text).text for text in shown] == texts


@pytest.mark.parametrize(
    "altered", ["[[PERSON_2]]", "[[ PERSON_1 ]]", "[[person_1]]", "[[PERSON 1]]", "[[PERSON_01]]", "[[Name_1]]"]
)
def test_what_was_not_issued_stays_visible_and_is_reported(altered: str) -> None:
    pseudonyms = Pseudonyms()
    pseudonyms.pseudonymise("Müller", [Span(0, 6, Label.PERSON, 1.0)])
    restored = pseudonyms.restore(f"Für {altered} und [[PERSON_1]]s Kind, siehe [[Wohngeld]].")
    assert restored.text == f"Für {altered} und Müllers Kind, siehe [[Wohngeld]]."
    assert restored.unknown == (altered,)


def test_a_placeholder_in_the_input_is_not_taken_for_one_of_ours() -> None:
    pseudonyms = Pseudonyms()
    text = "Müller schreibt [[PERSON_1]] und [[ person_1 ]]."
    shown = pseudonyms.pseudonymise(text, spans_of(text, "Müller"))
    assert shown == "[[PERSON_1]] schreibt [[TEXT_1]] und [[TEXT_2]]."
    assert pseudonyms.restore(shown).text == text
    assert pseudonyms.counts == {"PERSON": 1}


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"version": 2, "values": []},
        {"version": 1, "values": [["PERSON_1", 7]]},
        {"version": 1, "values": [["PERSON_1b", "Müller"]]},
        {"version": 1, "values": [["PERSON_1", "Müller"], ["PERSON_1", "Meier"]]},
        {"version": 1, "values": "PERSON"},
    ],
)
def test_a_broken_mapping_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="keine Zuordnung"):
        Pseudonyms.from_json(broken)


def finder(*values: str) -> Callable[[str], Findings]:
    return lambda text: Findings(tuple(spans_of(text, *(value for value in values if value in text))))


def test_slots_are_looked_at_together_and_each_keeps_its_part() -> None:
    slots = [Slot("Frau Ay"), Slot("lin"), Slot(""), Slot("Kara kommt"), Slot("Kara.", heading="Name\tOrt")]
    found = find_in_slots(slots, finder("Frau Ay\nlin\n\nKara"))
    shown = [[slot.text[one.start : one.end] for one in own] for slot, own in zip(slots, found, strict=True)]
    assert shown == [["Frau Ay"], ["lin"], [], ["Kara"], ["Kara"]]


def test_what_was_found_once_is_replaced_wherever_it_stands_again() -> None:
    slots = [Slot("Aylin Kara"), *[Slot("x" * 9_999)] * 3, Slot("Kara, Aylin Kara, Aylin Karate")]
    found = find_in_slots(slots, finder("Aylin Kara\n"))
    assert [one.start for one in found[-1]] == [6]


def test_each_portion_of_a_table_is_read_below_its_heading() -> None:
    seen: list[str] = []

    def find(text: str) -> Findings:
        seen.append(text)
        return Findings()

    rows = [Slot(cell, after, "Name\tOrt") for _ in range(6) for cell, after in (("x" * 3_999, "\t"), ("a\tb", "\n"))]
    find_in_slots([Slot("Name", "\t"), Slot("Ort"), *rows], find)
    assert len(seen) == 2
    assert all(text.startswith("Name\tOrt\n") for text in seen)
    assert "a b\n" in seen[0]
