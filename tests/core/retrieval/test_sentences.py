from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.sentences import sentences


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


WHOLE = [
    "Die Frist beginnt am 1. Januar 2026 nach § 5 Abs. 1 Satz 2 Nr. 3 BGB.",
    "Das gilt z. B. für Kinder, d. h. Personen unter 14 Jahren.",
    "Das gilt z.B. KI-Systeme, u. a. Chatbots, und ggf. Fachverfahren.",
    "Art. 50 der Verordnung (EU) 2024/1689 (ABl. L vom 12.7.2024, S. 1) gilt.",
    "Das Gesetz vom 3. März 2020 (BGBl. I S. 123. Anlage) ist anzuwenden.",
    "Zum 30. Juni gilt der 18. Geburtstag als erreicht.",
    "Im 2. Halbjahr beginnt die 3. Auflage.",
    "Der Bericht von Dr. A. Schmidt und Prof. J. Müller liegt vor.",
    "Siehe www.musterstadt.de/ki.html oder https://demokratische-ki.de/.",
    "Die Gebühr beträgt 1.500,50 Euro bzw. 2 v. H. des Werts.",
    "§ 1 Abs. 2 i. V. m. § 3 Abs. 1 SGB X gilt entsprechend.",
    "Ab dem II. Quartal gilt Anlage IV. Teil B nicht mehr.",
    "Der eingetragene Verein Musterstadt e. V. Nord stimmt zu.",
    "„Ist das so?“, fragte sie den Rat.",
    "Nach Nr. 4 Buchst. b Doppelbuchst. aa entfällt sie.",
    "Rund 3 Mio. Euro gehen an die Ämter der Stadt.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert _cut(text) == [text]


PARTED = [
    ["Der VKU hat unterzeichnet.", "Er setzt Leitlinien."],
    ["Das regelt Absatz 1.", "Die Behörde entscheidet."],
    ["Das regelt § 3.", "Im Übrigen gilt § 4."],
    ["Es gilt seit 2025.", "Danach wird geprüft."],
    ["Das umfasst Hilfen usw.", "Die Kosten trägt die Stadt."],
    ["Nutzen Sie unseren Helfer K.AI.", "Der Chatbot antwortet."],
    ["Was ist KI?", "KI ist Software!", "„Wirklich?“", "Ja."],
    ["„Die KI darf nicht entscheiden.“", "Das steht fest."],
    ["Sie übernehmen Verantwortung.", "KI muss dienen."],
    ["Die Frist endet am 31. Dezember.", "Ein Antrag ist nötig."],
    ["Es gilt Satz 2 (siehe Anlage 1).", "Satz 3 bleibt unberührt."],
    ["Das sind Leistungen dieser Art.", "Die Höhe ist gleich."],
    ["Warten Sie …", "Dann fragen Sie."],
    ["Das kostet 5 Euro.", "§ 7 gilt nicht."],
]


@pytest.mark.parametrize("parts", PARTED)
def test_sentences_part_where_a_reader_pauses(parts: list[str]) -> None:
    assert _cut(" ".join(parts)) == parts


def test_mark_of_an_absatz_and_bullets_lie_outside() -> None:
    assert _cut("(1) Wer einzieht, meldet sich an. Er hat Zeit.\n\n(2a) Es gilt Absatz 1.") == [
        "Wer einzieht, meldet sich an.",
        "Er hat Zeit.",
        "Es gilt Absatz 1.",
    ]
    assert _cut("Sie lauten:\n• KI hilft.\n• Menschen entscheiden.") == [
        "Sie lauten:",
        "KI hilft.",
        "Menschen entscheiden.",
    ]


def test_items_of_a_list_stand_alone_with_their_number() -> None:
    text = "Gespeichert werden\n1. Familienname,\na) Geburtsname. Er ist nötig.\n12. Anschrift.\n\nDanach wird geprüft."
    assert _cut(text) == [
        "Gespeichert werden",
        "1. Familienname,",
        "a) Geburtsname.",
        "Er ist nötig.",
        "12. Anschrift.",
        "Danach wird geprüft.",
    ]


@given(st.text(alphabet="aB1. \n§()„“!?:,Nr", max_size=300))
def test_spans_are_ordered_disjoint_and_lose_no_letter(text: str) -> None:
    spans = sentences(text)
    position = 0
    left_out = ""
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        left_out += text[position:start]
        position = end
    left_out += text[position:]
    assert not any(char.isalpha() for char in left_out)


def test_long_hostile_lines_take_no_time() -> None:
    for text in ("(" * 50_000, "a. " * 30_000, "1. " * 30_000, "." * 100_000, "§ 1 (" * 20_000):
        assert sentences(text)
