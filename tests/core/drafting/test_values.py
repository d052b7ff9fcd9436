"""Values in every spelling an office uses."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.drafting.lexicon import shipped_lexicon
from leitplanke.core.drafting.norms import norms_in
from leitplanke.core.drafting.numerals import number_of, ordinal_of
from leitplanke.core.drafting.values import Reader, ValueKind
from leitplanke.core.rules import german

LEXICON = shipped_lexicon()
READER = Reader(LEXICON, ("Erika Musterfrau", "Jonas Musterfrau"), ("WG-2026-00017", "0201 555-0142"))


def norms(text: str) -> list[str]:
    return [found.norm.text for found in norms_in(text, LEXICON)]


def values(text: str) -> list[tuple[ValueKind, Any]]:
    return [(value.kind, value.key) for value in READER.read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 19 Absatz 1 des Wohngeldgesetzes", ["§ 19 Abs. 1 WoGG"]),
        ("§ 19 Abs. 1 WoGG", ["§ 19 Abs. 1 WoGG"]),
        ("§§ 1, 3, 19 und 25 WoGG gelten.", ["§ 1 WoGG", "§ 3 WoGG", "§ 19 WoGG", "§ 25 WoGG"]),
        ("§ 11 Abs. 1 und 3 WoGG", ["§ 11 Abs. 1 WoGG", "§ 11 Abs. 3 WoGG"]),
        ("§ 21 Nr. 2 in Verbindung mit §§ 7 und 8 Abs. 1 WoGG", ["§ 21 Nr. 2 WoGG", "§ 7 WoGG", "§ 8 Abs. 1 WoGG"]),
        ("§ 12 Abs. 1 Nr. 4 KAG NRW; § 155 AO", ["§ 12 Abs. 1 Nr. 4 KAG NRW", "§ 155 AO"]),
        ("§ 66 Absatz 1 und 3 des Ersten Buches Sozialgesetzbuch", ["§ 66 Abs. 1 SGB I", "§ 66 Abs. 3 SGB I"]),
        ("§§ 13 bis 15 WoGG", ["§ 13 WoGG", "§ 14 WoGG", "§ 15 WoGG"]),
        ("§§ 68 ff. VwGO", ["§ 68 VwGO"]),
        ("Anlage 3 Nr. 1 WoGG", ["Anlage 3 Nr. 1 WoGG"]),
        ("nach dem Wohngeldgesetz", ["WoGG"]),
        ("§ 1 Abs. 1 Nr. 1, Abs. 1a und § 4 UVG", ["§ 1 Abs. 1 Nr. 1 UVG", "§ 1 Abs. 1a UVG", "§ 4 UVG"]),
    ],
)
def test_norms_have_one_spelling(text: str, expected: Any) -> None:
    assert norms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("110 EUR im Monat", (ValueKind.BETRAG, (110, "Monat"))),
        ("monatlich 110,00 €", (ValueKind.BETRAG, (110, "Monat"))),
        ("110,- Euro jährlich", (ValueKind.BETRAG, (110, "Jahr"))),
        ("einhundertzehn Euro", (ValueKind.BETRAG, (110, None))),
        ("1.162,35 EUR", (ValueKind.BETRAG, (Fraction("1162.35"), None))),
        ("1162,35\u00a0EUR", (ValueKind.BETRAG, (Fraction("1162.35"), None))),
        ("−12,50 EUR/Jahr", (ValueKind.BETRAG, (Fraction("-12.5"), "Jahr"))),
        ("fünfzehn Prozent", (ValueKind.PROZENT, 15)),
        ("15 v. H.", (ValueKind.PROZENT, 15)),
        ("zwei Wochen", (ValueKind.DAUER, (14, "Tag"))),
        ("eines Monats", (ValueKind.DAUER, (1, "Monat"))),
        ("14-tägig", (ValueKind.DAUER, (14, "Tag"))),
        ("ein Jahr", (ValueKind.DAUER, (12, "Monat"))),
        ("drei Personen", (ValueKind.ZAHL, 3)),
        ("WG-2026-00017", (ValueKind.KENNUNG, "WG-2026-00017")),
        ("Erika", (ValueKind.NAME, "Erika Musterfrau")),
        ("Musterfrau", (ValueKind.NAME, "Musterfrau")),
        ("Frau Fremd", (ValueKind.NAME, "Fremd")),
    ],
)
def test_value_is_read(text: str, expected: Any) -> None:
    assert values(text) == [expected]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_day_is_the_same_in_every_spelling(day: Any) -> None:
    spellings = [german.day(day), f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat()]
    assert {tuple(values(f"am {text} um")) for text in spellings} == {
        ((ValueKind.DATUM, (day.day, day.month, day.year)),),
    }


@given(st.integers(0, 10**7))
def test_amount_is_the_same_in_every_spelling(cents: int) -> None:
    amount = Fraction(cents, 100)
    plain = f"{cents // 100},{cents % 100:02}"
    spellings = [german.amount(amount), f"{plain} €", f"{plain} Euro", f"EUR {plain}"]
    assert {tuple(values(text)) for text in spellings} == {((ValueKind.BETRAG, (amount, None)),)}


ONES = [
    *("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
    *("dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
]
TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def spelled(number: int) -> str:
    if number >= 1000:
        return spelled(number // 1000) + "tausend" + (spelled(number % 1000) if number % 1000 else "")
    if number >= 100:
        return ONES[number // 100] + "hundert" + (spelled(number % 100) if number % 100 else "")
    if number < 20:
        return ONES[number]
    one, ten = number % 10, TENS[number // 10 - 2]
    return f"{ONES[one]}und{ten}" if one else ten


@given(st.integers(2, 19_999))
def test_number_in_words_is_understood(number: int) -> None:
    assert number_of(spelled(number)) == number


@pytest.mark.parametrize(("word", "day"), [("ersten", 1), ("dritter", 3), ("siebten", 7), ("einunddreißigsten", 31)])
def test_ordinal_is_understood(word: str, day: Any) -> None:
    assert ordinal_of(word) == day


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for value in READER.read(text):
        assert 0 <= value.start < value.end <= len(text)
