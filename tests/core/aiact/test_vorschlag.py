"""Facts are proposed from words that stand in the text, and only where they are not denied."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.aiact.lines import LineError
from leitplanke.core.aiact.vorschlag import (
    Basis,
    LexikonError,
    load_lexicon,
    propose,
    propose_line,
    shipped_lexicon,
)
from leitplanke.core.aiact.vorschlag.loading import shipped_matcher
from leitplanke.core.aiact.vorschlag.reading import read_words

_DAY = date(2026, 11, 27)
HOSTILE = st.text(alphabet=st.sampled_from("aeinrt ÄßK.,-\n:()„“·̈\x00\u00ad🙂"), max_size=120)
UNRELATED = (
    " Das Rathaus steht am Fluss.",
    " Der Vertrag läuft noch zwei Jahre.",
    "\nFragen Sie dazu Frau Lindner aus Haus B.",
)
DESCRIPTIONS = (
    "Bewertet Bewerber für Sozialwohnungen nach Einkommen, Haushalt, Dringlichkeit.",
    "Prüft Elterngeldanträge auf Vollständigkeit.",
    "Chatbot auf der Website beantwortet Fragen zum Personalausweis.",
    "Kamera misst die Langeweile im Unterricht.",
    "Erkennt Schlaglöcher auf Fotos, ohne Personen zu erkennen.",
    "Menschen werden bewertet; mehr ist nicht bekannt.",
)
KERN = """
verneinung: {davor: [ohne], weiter_mit: [und], weiter_wegen: [zu], davor_oder_danach: [nicht], bis: [aber],
  bis_bei_nicht: [und], nicht: [nicht nur], weite: 4}
"""


def facts(text: str) -> dict[str, str | bool]:
    return propose(text).facts


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("Bearbeitet jeden Wohngeldantrag und empfiehlt eine Entscheidung.", "domain", "benefits"),
        ("Kitaplatzvergabe mit einem lernenden System.", "domain", "education_access"),
        ("Bewerbervorauswahl für freie Stellen.", "domain", "recruitment"),
        ("Notenvorschläge für Klausuren.", "function", "grade"),
        ("KI-Notenvorschlag für die Abschlussprüfung.", "domain", "education_assess"),
        ("Pflegestundenzuteilung nach Bedarf.", "domain", "benefits"),
        ("Lichtsignalsteuerung einer kritischen Infrastruktur.", "function", "safety_function"),
        ("PRUEFT ANTRAEGE AUF ELTERNGELD AUF VOLLSTAENDIGKEIT.", "function", "check_completeness"),
        ("Schliesst aus dem Gesicht der Anrufer auf Wut.", "domain", "emotion"),
    ],
)
def test_compounds_and_spellings_are_recognised(text: str, fact: str, value: str) -> None:
    assert facts(text)[fact] == value


@pytest.mark.parametrize(
    "text",
    [
        "Auskunft zum Personalausweis und zur Wahl der Farbe.",  # neither staff nor an election
        "Druckt Notenblätter für den Notebookraum.",  # neither marks nor an examination
        "Meldet defekte Ampelfarben im Bericht mit Ampelschema.",
        "Beschreibt die Aufenthaltsqualität am Marktplatz.",  # no residence permit
        "Zeigt Stimmen aus der Bürgerschaft zur Abstimmung über den Namen.",  # no mood
    ],
)
def test_words_that_only_look_alike_name_no_field(text: str) -> None:
    assert facts(text)["domain"] == "none"


@pytest.mark.parametrize(
    ("with_it", "without_it"),
    [
        ("Wertet Anträge auf Wohngeld aus.", "Liest Anträge auf Wohngeld in Felder ein und wertet sie nicht aus."),
        ("Empfiehlt eine Entscheidung über Sozialhilfe.", "Fasst Akten der Sozialhilfe zusammen, ohne Empfehlung."),
        ("Ordnet Bewerbungen nach Eignung.", "Sortiert Bewerbungen nach Eingangsdatum, nicht nach Eignung."),
        (
            "Kamera erkennt Gesichter gesuchter Personen.",
            "Kamera zählt, ohne Gesichter oder Personen zu erkennen.",
        ),
    ],
)
def test_what_is_denied_does_not_count(with_it: str, without_it: str) -> None:
    strict = {"evaluate", "recommend", "rank", "preliminary_assessment", "decide", "identify_remote", "prioritise"}

    assert facts(with_it)["function"] in strict
    assert facts(without_it).get("function") not in strict


def test_a_denial_ends_with_its_noun() -> None:
    assert facts("Bildgenerator ohne Schutzfilter erstellt Nacktbilder.")["generates_ncii"] is True


def test_not_only_denies_nothing() -> None:
    assert facts("Nicht nur die Form, auch der Anspruch auf Wohngeld wird geprüft.")["function"] == "evaluate"


def test_a_person_who_decides_is_neither_the_system_nor_an_excuse() -> None:
    assert facts("Liest Belege zum Wohngeld in Felder ein; der Mensch entscheidet.")["function"] == "extract_structured"
    assert facts("Reiht Bewerbungen nach Eignung; der Mensch entscheidet.")["function"] == "rank"


def test_assessing_people_in_an_unnamed_field_leaves_the_field_open() -> None:
    proposal = propose("Bewertet Personen.")

    assert "domain" not in proposal.facts
    assert [(each.fact, [place.text for place in each.passages]) for each in proposal.open_questions] == [
        ("domain", ["Bewertet Personen"])
    ]


def test_a_field_with_an_unclear_task_is_never_taken_for_harmless() -> None:
    found = facts("Ein System für Sozialhilfe.")

    assert found["domain"] == "benefits"
    assert "function" not in found
    assert load_ki_verordnung().classify(found, on=_DAY).legal_class == "high"


def test_nothing_prohibited_is_presumed_or_denied() -> None:
    silent = facts("Erkennt Schlaglöcher.")

    assert not {name for name in silent if "harm" in name or "scoring" in name or name.startswith("generates_n")}


def test_presumptions_say_so_and_why() -> None:
    for suggestion in propose("Erkennt Schlaglöcher.").suggestions:
        if suggestion.basis is Basis.PRESUMPTION:
            assert suggestion.passages == ()
            assert suggestion.reason.endswith(".")
        else:
            assert suggestion.passages


def test_later_words_are_offered_as_alternatives() -> None:
    function = next(
        each for each in propose("Übersetzt Anträge auf Sozialhilfe und priorisiert sie.").suggestions
        if each.fact == "function"
    )  # fmt: skip

    assert function.value == "prioritise"
    assert "translate" in function.alternatives


@pytest.mark.parametrize("more", UNRELATED)
def test_an_unrelated_sentence_takes_no_proposal_away(more: str) -> None:
    for text in DESCRIPTIONS:
        before, after = propose(text), propose(text + more)

        assert after.stated_facts.items() >= before.stated_facts.items()
        assert after.open_questions == before.open_questions


@given(HOSTILE)
def test_every_passage_lies_in_the_text_and_the_result_is_always_the_same(text: str) -> None:
    proposal = propose(text)

    assert proposal == propose(text)
    for suggestion in (*proposal.suggestions, *proposal.open_questions):
        for passage in suggestion.passages:
            assert text[passage.start : passage.end] == passage.text != ""


@given(HOSTILE)
def test_words_lie_in_order_and_each_sign_belongs_to_one(text: str) -> None:
    words = read_words(text)

    assert all(one.end <= other.start for one, other in pairwise(words))
    assert all(text[word.start].isalnum() for word in words)


def test_work_grows_with_the_text_and_no_faster() -> None:
    # No regular expressions: a wording is a row of word parts with a bounded gap, so each start costs the same.
    lexicon = shipped_lexicon()
    patterns = [pattern for concept in lexicon.concepts.values() for pattern in (*concept.patterns, *concept.excluded)]

    assert all(gap.words <= 8 for pattern in patterns for gap in pattern.gaps)
    assert all(len(pattern.slots) <= 4 for pattern in patterns)
    assert lexicon.denial.reach <= 12
    one, many = (shipped_matcher().find(read_words("schließt aus Mimik auf Wut " * times)) for times in (1, 20))
    assert {name: len(found) for name, found in many.items()} == {name: 20 * len(one[name]) for name in one}


def test_a_line_is_answered_with_places_in_title_and_text() -> None:
    case: dict[str, Any] = {"id": "a", "title": "Wohngeld-Helfer", "text": "Empfiehlt Bewilligungen."}

    answer = propose_line(json.dumps(case))

    assert answer["facts"]["domain"] == "benefits"
    assert {row["in"] for row in answer["passages"] if row["basis"] == "text"} == {"title", "text"}
    for row in answer["passages"]:
        if row["in"]:
            assert case[row["in"]][row["start"] : row["end"]] == row["text"]


def test_id_and_given_facts_say_nothing() -> None:
    one = propose_line(json.dumps({"id": "H01", "text": "Filtert Spam.", "facts": {"domain": "benefits"}}))
    other = propose_line(json.dumps({"id": "O18", "text": "Filtert Spam."}))

    assert one | {"id": ""} == other | {"id": ""}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"id": "a", "text": 5}', "[" * 100_000])
def test_a_line_without_a_text_is_refused(line: str) -> None:
    with pytest.raises(LineError):
        propose_line(line)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("regeln: [{fakt: domain, wert: none, alle: [fehlt], sicherheit: deutlich}]", "fehlt"),
        ("regeln: [{fakt: domain, wert: none, alle: [role=both], sicherheit: deutlich}]", "role"),
        ("regeln: [{fakt: domain, wert: none, grundlage: annahme, sicherheit: deutlich}]", "grund"),
        ("begriffe: {a: {woerter: ['x*']}}", "zu kurz"),
        ("begriffe: {a: {woerter: ['a*b*c']}}", "Buchstaben"),
        ("begriffe: {a: {auch: [b]}}", "b"),
    ],
)
def test_a_lexicon_that_cannot_work_is_refused_with_its_place(more: str, message: str) -> None:
    with pytest.raises(LexikonError, match=message):
        load_lexicon({"a.yaml": KERN, "b.yaml": more})
