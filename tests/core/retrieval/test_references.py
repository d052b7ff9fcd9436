from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.references import Names, section_key

LAWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "BMG": (("Bundesmeldegesetz",), ("§ 17", "§ 18", "§ 19", "§ 27")),
    "SGB VIII": (("Sozialgesetzbuch (SGB) - Achtes Buch (VIII) - Kinder- und Jugendhilfe -",), ("§ 8", "§ 8a", "§ 42")),
    "SGB XII": (("Sozialgesetzbuch (SGB) Zwölftes Buch (XII) - Sozialhilfe -",), ("§ 27b",)),
    "SGB X": (("Zehntes Buch Sozialgesetzbuch",), ("§ 27",)),
    "BGB": (("Bürgerliches Gesetzbuch",), ("§ 573", "§ 573c", "§ 1355")),
    "GG": (("Grundgesetz",), ("Art 5", "Art 28")),
    "WoGG": (("Wohngeldgesetz",), ("§ 7", "§ 12")),
    "StVO": (("Straßenverkehrs-Ordnung",), ("§ 23", "§ 46", "Anlage 2")),
}
ORDER = list(LAWS)
NAMES = Names(
    [(name, number) for number, (law, (names, _)) in enumerate(LAWS.items()) for name in (law, *names)],
    [{section_key(section): i for i, section in enumerate(sections)} for _, sections in LAWS.values()],
)


def _found(question: str) -> list[str]:
    return [f"{ORDER[target.document]} {target.section}" for target in NAMES.targets(question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was steht in § 8a SGB VIII?", ["SGB VIII §8a"]),
        ("paragraf 17 bmg", ["BMG §17"]),
        ("§19 Abs. 1 BMG Frist", ["BMG §19"]),
        ("Art. 5 GG", ["GG art5"]),
        ("Artikel 28 Absatz 2 Grundgesetz", ["GG art28"]),
        ("§ 573 c BGB", ["BGB §573c"]),
        ("SGB 8 paragraph 42", ["SGB VIII §42"]),
        ("SGB VIII, §42 Abs 2 Satz 1", ["SGB VIII §42"]),
        ("Paragraph 27 b SGB zwölf", ["SGB XII §27b"]),
        ("§ 27 Zehntes Buch Sozialgesetzbuch", ["SGB X §27"]),
        ("§ 8a des Achten Buches Sozialgesetzbuch", ["SGB VIII §8a"]),
        ("§§ 17 und 19 BMG", ["BMG §17", "BMG §19"]),
        ("§§ 17, 19 BMG", ["BMG §17", "BMG §19"]),
        ("§§ 17 bis 19 BMG", ["BMG §17", "BMG §18", "BMG §19"]),
        ("§ 17 BMG und § 7 Wohngeldgesetz", ["BMG §17", "WoGG §7"]),
        ("§ 12 Wohngeldgesetz ist es nicht, ich meine § 7 Wohngeldgesetz", ["WoGG §7", "WoGG §12"]),
        ("BGB §1355", ["BGB §1355"]),
        ("was sagt 573c BGB", ["BGB §573c"]),
        ("573 c Bürgerliches Gesetzbuch", ["BGB §573c"]),
        ("Ausnahme gem. § 46 Abs. 1 Nr. 11 der Straßenverkehrsordnung", ["StVO §46"]),
        ("nach § 7 des Wohngeldgesetzes", ["WoGG §7"]),
        ("Anlage 2 StVO", ["StVO anlage2"]),
        ("§ 999 BMG", []),
        ("Wohngeld 2024", []),
        ("Was kostet ein Personalausweis?", []),
    ],
)
def test_references_are_found_however_people_write_them(question: str, expected: list[str]) -> None:
    assert _found(question) == expected


def test_the_absatz_is_kept() -> None:
    assert [target.absatz for target in NAMES.targets("§ 19 Abs. 1a BMG")] == ["1a"]


def test_a_section_without_a_law_is_no_reference_where_there_are_several() -> None:
    assert _found("§ 17") == []


def test_a_section_without_a_law_is_meant_where_there_is_only_one() -> None:
    only = Names([("Hundesteuersatzung", 0)], [{"§3": 0}])
    assert [target.section for target in only.targets("Was sagt § 3?")] == ["§3"]


def test_a_law_named_without_a_section_is_noticed() -> None:
    assert [ORDER[number] for number in NAMES.mentioned("Wer bekommt nach dem Wohngeldgesetz etwas?")] == ["WoGG"]


@pytest.mark.parametrize("section", ["§ 573c", "§573c", "§ 573 c", "§§ 573c"])
def test_ways_to_write_a_section_have_one_key(section: str) -> None:
    assert section_key(section) == "§573c"


@given(st.text(alphabet="§ArtAbs. 0123456789abcSGBVIXund,bis-–()?", max_size=60))
def test_no_question_breaks_the_reader(question: str) -> None:
    for target in NAMES.targets(question):
        assert target.section in {section_key(s) for s in LAWS[ORDER[target.document]][1]}
