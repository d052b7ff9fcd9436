from __future__ import annotations

import pytest

from leitplanke.core.grounding.polarity import opposed
from leitplanke.core.grounding.question import Wanted
from leitplanke.core.grounding.values import holds, numbers_in


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (Wanted.DAY, "Beschluss vom 28. Juni 2024"),
        (Wanted.DAY, "16.01.26"),
        (Wanted.DATE, "Bürger müssen frühzeitig einbezogen werden."),
        (Wanted.DURATION, "innerhalb von zwei Wochen nach dem Einzug"),
        (Wanted.DURATION, "Der Ausschuss trifft sich jedes Vierteljahr."),
        (Wanted.MONEY, "Die Akteneinsicht ist gebührenfrei."),
        (Wanted.NUMBER, "Er formuliert acht zentrale Prinzipien."),
        (Wanted.AGE, "Der Bildungsauftrag beginnt im Kindesalter."),
        (Wanted.CONTACT, "unter (0 30) 23125 180"),
        (Wanted.CONTACT, "https://demokratische-ki.de/"),
        (Wanted.PERSON, "von Dorothea Walchshäusl"),
        (Wanted.NAME, "erforschen wir im Projekt KINE"),
        (Wanted.REASON, "weil der Datenschutz unabhängig kontrolliert"),
    ],
)
def test_value_is_recognised(wanted: Wanted, text: str) -> None:
    assert holds(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (Wanted.DAY, "Die Transformation ist möglich, wenn Regeln gelten."),
        (Wanted.DURATION, "Die Person ist mindestens 16 Jahre alt."),
        (Wanted.PERCENT, "KI hilft, Netze zu steuern."),
        (Wanted.MONEY, "Die Stadt bietet eine Schulung an."),
        (Wanted.NUMBER, "Der VKU und seine Mitgliedsunternehmen verpflichten sich."),
        (Wanted.PERSON, "Menschen entscheiden."),
    ],
)
def test_text_without_value_holds_none(wanted: Wanted, text: str) -> None:
    assert not holds(wanted, text)


def test_numbers_agree_in_any_spelling() -> None:
    assert numbers_in("acht Grundsätze und 1.000 Euro") == numbers_in("8 Grundsätze und 1000 Euro")


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Warum ist das verboten?", "Das ist erlaubt.", True),
        ("Stimmt es, dass der VKU abgelehnt hat?", "Der VKU hat den Kodex unterzeichnet.", True),
        ("Darf ich das?", "Das ist nicht erlaubt.", True),
        ("Ist das erlaubt?", "Das ist erlaubt.", False),
    ],
)
def test_contrary_statements_are_noticed(question: str, sentence: str, expected: bool) -> None:
    assert opposed(question, sentence) is expected
