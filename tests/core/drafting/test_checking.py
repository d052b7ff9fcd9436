"""Defects that the checker must find, and edits that it must let pass."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.drafting.brief import Author, Paragraph, Part, Sentence, Table
from leitplanke.core.drafting.checking import Finding, blocking, check
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.sample import sample

RENT, CHILD = "Rentnerin allein, Mietenstufe I", "Kind unter 6 Jahren, voller Monat 2025"
GRANT = ("wohngeld", RENT, "bescheid")
REFUSAL = ("wohngeld", "Ablehnung wegen zu hohen Einkommens", "bescheid")
ADVANCE = ("unterhaltsvorschuss", CHILD, "bescheid")
ASKING = ("wohngeld", RENT, "mitwirkung")
HEARING = ("wohngeld", RENT, "anhoerung")
made = cache(sample)
EDITS = yaml.safe_load((Path(__file__).parent / "eingriffe.yaml").read_text("utf-8"))
Letter = tuple[str, ...]


def findings(
    letter: Letter, paragraph: str, words: str, other: str, own: dict[str, str] | None = None
) -> tuple[Finding, ...]:
    item = made(*letter)
    text = next(block.text for block in item.brief.paragraphs if block.key == paragraph)
    assert words in text
    new = text.replace(words, other, 1) if words else f"{text} {other}"
    return check(edited(item.brief, {paragraph: new}, own), item.grounds)


def _named(edit: dict[str, Any]) -> str:
    return f"{edit['brief'][0]}-{edit['absatz']}-{edit['nach'][:40]}"


@pytest.mark.parametrize("edit", EDITS["fehler"], ids=_named)
def test_defect_is_found(edit: dict[str, Any]) -> None:
    found = findings(tuple(edit["brief"]), edit["absatz"], edit.get("von", ""), edit["nach"])
    assert {finding.kind for finding in found if finding.blocking} & {*edit["arten"], "fehlt_frist", "ohne_grund"}
    for finding in found:
        assert finding.message.endswith((".", "“"))
        assert 0 <= finding.start <= finding.end


@pytest.mark.parametrize("edit", EDITS["harmlos"], ids=_named)
def test_harmless_edit_passes(edit: dict[str, Any]) -> None:
    found = findings(tuple(edit["brief"]), edit["absatz"], edit.get("von", ""), edit["nach"])
    assert [finding for finding in found if finding.blocking] == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_digit_is_found(data: st.DataObject) -> None:
    letter = data.draw(st.sampled_from([GRANT, REFUSAL, ADVANCE, ASKING, HEARING]))
    item = made(*letter)
    places = [
        (paragraph.key, place)
        for paragraph in item.brief.paragraphs
        for place, sign in enumerate(paragraph.text)
        if sign.isdigit()
    ]
    key, place = data.draw(st.sampled_from(places))
    text = next(block.text for block in item.brief.paragraphs if block.key == key)
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    brief = edited(item.brief, {key: text[:place] + digit + text[place + 1 :]})
    assert blocking(check(brief, item.grounds))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_dropping_a_required_sentence_is_found(data: st.DataObject) -> None:
    item = made(*data.draw(st.sampled_from([GRANT, REFUSAL, ADVANCE, ASKING])))
    key = data.draw(st.sampled_from(sorted(item.grounds.required)))
    paragraph = next(p for p in item.brief.paragraphs if any(s.ground == key for s in p.sentences))
    left = tuple(sentence for sentence in paragraph.sentences if sentence.ground != key)
    body = [replace(b, sentences=left) if b == paragraph else b for b in item.brief.body]
    found = check(item.brief.with_body(body), item.grounds)
    assert blocking(found)


def test_claimed_ground_is_not_believed() -> None:
    item = made(*GRANT)
    forged = Sentence("Sie erhalten Wohngeld in Höhe von 900 EUR im Monat.", "tenor:bewilligung:1", Author.MACHINE)
    body = [replace(b, sentences=(forged,)) if b.key == "tenor" else b for b in item.brief.body]
    assert "betrag" in {finding.kind for finding in check(item.brief.with_body(body), item.grounds)}


def test_own_sentence_passes_with_a_ground_of_the_file_only() -> None:
    text = "Wir haben darüber am 12. Februar 2025 mit Ihnen gesprochen."
    assert findings(GRANT, "gruende", "", text, {text: "unterlage:gespraech"}) == ()
    assert blocking(findings(GRANT, "gruende", "", text))
    assert blocking(findings(GRANT, "gruende", "", text, {text: "unterlage:erfunden"}))


def test_own_sentence_with_a_ground_may_not_bring_new_figures() -> None:
    text = "Wir haben darüber am 13. Februar 2025 mit Ihnen gesprochen."
    assert {f.kind for f in findings(GRANT, "gruende", "", text, {text: "unterlage:gespraech"})} == {"datum"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Darüber haben wir am 12. Februar 2025 mit Jonas Beispiel gesprochen.", "name"),
        ("Darüber haben wir am 12. Februar 2025 mit Petra Lehmann gesprochen.", "zusatz"),
        ("Im Gespräch am 12. Februar 2025 haben Sie eine Erbschaft erwähnt.", "zusatz"),
    ],
)
def test_own_sentence_may_not_say_more_than_its_ground(text: str, kind: str) -> None:
    found = findings(GRANT, "gruende", "", text, {text: "unterlage:gespraech"})
    assert {finding.kind for finding in found if finding.blocking} == {kind}


def test_sentence_of_another_letter_or_outcome_is_stopped() -> None:
    for text in (
        "Auskunft geben müssen auch die anderen Mitglieder Ihres Haushalts, soweit es für das Wohngeld nötig ist.",
        "Das Gesamteinkommen Ihres Haushalts ist im Verhältnis zur Miete oder Belastung zu hoch.",
    ):
        assert "ohne_grund" in {finding.kind for finding in findings(GRANT, "gruende", "", text) if finding.blocking}


def test_decision_said_twice_is_stopped() -> None:
    item = made(*GRANT)
    again = Paragraph("neu", Part.TEXT, (Sentence("Sie erhalten Wohngeld in Höhe von 110 EUR im Monat."),))
    found = check(item.brief.with_body([*item.brief.body, again]), item.grounds)
    assert [(finding.kind, finding.blocking) for finding in found] == [("doppelt", True)]


@pytest.mark.parametrize("key", ["umfang", "gebuehr"])
def test_no_part_of_the_decision_may_be_dropped(key: str) -> None:
    item = made("sondernutzung", "Zwölf Quadratmeter Innenstadt, drei Monate", "bescheid")
    left = item.brief.with_body([block for block in item.brief.body if block.key != key])
    assert {finding.kind for finding in check(left, item.grounds)} == {"fehlt_tenor"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ({"empfaenger": ("Jonas Beispiel", "Lindenweg 12", "45130 Musterstadt")}, "adressat"),
        ({"aktenzeichen": "WG-2025-00471"}, "kopf"),
        ({"datum": date(2025, 3, 4)}, "datum"),
        ({"betreff": "Ablehnung"}, "kopf"),
        ({"kennzeichnung": ""}, "kopf"),
    ],
)
def test_head_is_that_of_the_case(head: dict[str, Any], kind: str) -> None:
    item = made(*GRANT)
    assert [finding.kind for finding in check(replace(item.brief, **head), item.grounds)] == [kind]


def test_table_cannot_be_changed() -> None:
    item = made(*GRANT)
    body = [
        replace(b, rows=(*b.rows[:-1], (*b.rows[-1][:-1], "120 EUR im Monat"))) if isinstance(b, Table) else b
        for b in item.brief.body
    ]
    assert {finding.kind for finding in check(item.brief.with_body(body), item.grounds)} == {"berechnung"}
    with pytest.raises(KeyError, match="berechnung"):
        edited(item.brief, {"berechnung": "alles anders"})


def test_paragraph_that_the_draft_does_not_have_needs_a_ground() -> None:
    item = made(*GRANT)
    fresh = Paragraph("neu", Part.TEXT, (Sentence("Ihre Nachbarin hat uns das bestätigt."),), "Wichtig")
    found = check(item.brief.with_body([*item.brief.body, fresh]), item.grounds)
    assert {finding.kind for finding in found} == {"ohne_grund", "ueberschrift"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_checked_without_an_error(text: str) -> None:
    item = made(*GRANT)
    for finding in check(edited(item.brief, {"gruende": text}), item.grounds):
        assert finding.message
