"""What a town may declare public, and what that changes."""

from __future__ import annotations

import pytest

from leitplanke.core.privacy import (
    AllowList,
    Category,
    Caution,
    Objection,
    PublicKind,
    Slot,
    cautions_for,
    default_detector,
    find_in_slots,
    key_of,
    objection_to,
    plain_value,
)

find = default_detector().find
PERSON, ADDRESS, PLACE, OTHER = PublicKind
MAYOR = AllowList(names=frozenset({"Marlene Osterkamp"}))


@pytest.mark.parametrize(
    ("kind", "value", "objection"),
    [
        (PERSON, "Dr. Marlene Osterkamp", None),
        (PERSON, "Kofi Amponsah-Meier", None),
        (PERSON, "Ludwig von der Heide", None),
        (PERSON, "Marlene", Objection.ONLY_FIRST),
        (PERSON, "Osterkamp", Objection.ONLY_LAST),
        (PERSON, "Dr. Osterkamp", Objection.ONLY_LAST),
        (PERSON, "Professorin Osterkamp", Objection.ONLY_LAST),
        (PERSON, "von der Heide", Objection.ONLY_LAST),
        (PERSON, "M. Osterkamp", Objection.INITIAL),
        (PERSON, "Osterkamp, Marlene", Objection.COMMA),
        (PERSON, "Familie Osterkamp", Objection.SALUTATION),
        (PERSON, "Bürgermeisterin Osterkamp", Objection.OFFICE_INSIDE),
        (PERSON, "alle im Rathaus", Objection.NO_NAME),
        (PERSON, "Marlene Osterkamp 2", Objection.NO_NAME),
        (PERSON, "Marlene\u200b Osterkamp", Objection.UNREADABLE),
        (ADDRESS, "Rathausplatz 1", None),
        (ADDRESS, "Rathausplatz", None),
        (ADDRESS, "Rathausplatz 1, 12345 Musterstadt", Objection.TWO_THINGS),
        (ADDRESS, "12345 Musterstadt", Objection.OTHER_KIND),
        (ADDRESS, "12", Objection.NO_ADDRESS),
        (PLACE, "12345 Musterstadt", None),
        (PLACE, "12345", Objection.NO_PLACE),
        (PLACE, "Herr Kaya", Objection.OTHER_KIND),
        (OTHER, "(0 30) 23125 100", None),
        (OTHER, "rathaus@musterstadt.example", None),
        (OTHER, "DE89 3704 0044 0532 0130 00", None),
        (OTHER, "marlene.osterkamp@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "eva@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "mueller@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "koch@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "h.bauer@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "mmueller@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "evabeispiel@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "marleneosterkamp@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "muellermarlene@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "annasteinberg@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "asteinberg@musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "eva.beispiel (at) musterstadt.example", Objection.OF_A_PERSON),
        (OTHER, "post@musterstadt.example", None),
        (OTHER, "standesamt@musterstadt.example", None),
        (OTHER, "martinsschule@musterstadt.example", None),
        (OTHER, "luisenpark@musterstadt.example", None),
        (OTHER, "annaberg@musterstadt.example", None),
        (OTHER, "Marlene Osterkamp", Objection.NO_CONTACT),
        (OTHER, "115", Objection.NO_CONTACT),
    ],
)
def test_what_may_be_declared_public(kind: PublicKind, value: str, objection: Objection | None) -> None:
    assert objection_to(kind, value, find) is objection


@pytest.mark.parametrize(
    ("kind", "value", "cautions"),
    [
        (PERSON, "Marlene Osterkamp", ()),
        (PERSON, "Peter Müller", (Caution.COMMON_NAME,)),
        (PERSON, "Marlene Wiebke", (Caution.TWO_FIRST,)),
        (PLACE, "12345 Musterstadt", (Caution.OF_CITIZENS,)),
        (ADDRESS, "Rathausplatz 1", ()),
        (ADDRESS, "Rathausplatz", (Caution.NEVER_MASKED,)),
        (OTHER, "0151 23456789", (Caution.MOBILE,)),
        (OTHER, "osterkamp@musterstadt.example", ()),
        (OTHER, "wolke.rose@musterstadt.example", (Caution.NAME_IN_MAILBOX,)),
        (OTHER, "buergermeisterin@musterstadt.example", ()),
    ],
)
def test_what_whoever_releases_it_should_know(kind: PublicKind, value: str, cautions: tuple[Caution, ...]) -> None:
    assert cautions_for(kind, value, find) == cautions


def test_a_salutation_is_not_kept_and_spelling_makes_no_second_entry() -> None:
    assert plain_value(PERSON, " Frau  Dr. Marlene Osterkamp ") == "Dr. Marlene Osterkamp"
    assert key_of(PERSON, "Dr. Marlene Osterkamp") == key_of(PERSON, "MARLENE OSTERKAMP")
    assert key_of(ADDRESS, "Hauptstr. 1") == key_of(ADDRESS, "Hauptstraße  1")
    assert key_of(OTHER, "(0 30) 23125-100") == key_of(OTHER, "030 23125 100")


@pytest.mark.parametrize(
    "text",
    [
        "Frau Osterkamp hat angerufen.",
        "Frau Marlene Osterkamp-Ruß hat angerufen.",
        "Herr Jan Marlene Osterkamp hat angerufen.",
        "Frau Anna Osterkamp hat angerufen.",
    ],
)
def test_only_the_whole_name_is_public(text: str) -> None:
    assert "Osterkamp" in "".join(text[span.start : span.end] for span in default_detector(MAYOR).find(text).spans)


def test_a_public_name_is_told_apart_from_nothing_found() -> None:
    text = "Bürgermeisterin Dr. Marlene Osterkamp eröffnet das Fest mit Herrn Kaya."
    found = default_detector(MAYOR).find(text)
    assert [text[span.start : span.end] for span in found.public] == ["Dr. Marlene Osterkamp"]
    assert [text[span.start : span.end] for span in found.spans] == ["Kaya"]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Bürgermeisterin Marlene Osterkamp leidet an Depression.", Category.GESUNDHEIT),
        ("Sachbearbeiterin Marlene Osterkamp ist Mitglied der SPD.", Category.POLITIK),
    ],
)
def test_an_office_makes_no_illness_and_no_opinion_public(text: str, category: Category) -> None:
    found = default_detector(MAYOR).find(text)
    assert found.categories == {category}
    assert [span.label.value for span in found.spans] == ["PERSON"]
    assert found.public == ()


@pytest.mark.parametrize("written", ["030 23125-100", "+49 30 23125 100", "+49 (0) 30 23125100", "0049 30 23125100"])
def test_a_public_number_is_public_however_it_is_written(written: str) -> None:
    detector = default_detector(AllowList(others=frozenset({"(0 30) 23125 100"})))
    assert detector.find(f"Telefon: {written}").spans == ()
    assert detector.find(f"Telefon: {written}7").spans


@pytest.mark.parametrize(
    ("listed", "other"),
    [
        ("evabeispiel@stadt.example", "eva.beispiel@stadt.example"),
        ("info@badmuster.example", "info@bad-muster.example"),
        ("bau_amt@stadt.example", "bauamt@stadt.example"),
    ],
)
def test_in_a_mailbox_every_sign_counts(listed: str, other: str) -> None:
    detector = default_detector(AllowList(others=frozenset({listed})))
    assert detector.find(f"E-Mail: {listed.upper()}").spans == ()
    assert [span.label.value for span in detector.find(f"E-Mail: {other}").spans] == ["EMAIL"]
    assert key_of(OTHER, listed) != key_of(OTHER, other)
    assert key_of(OTHER, listed) == key_of(OTHER, listed.upper())


def test_what_one_part_says_of_politics_hides_the_name_in_all() -> None:
    detector = default_detector(MAYOR)
    parts = [Slot("Bürgermeisterin Marlene Osterkamp lud ein."), Slot("Frau Kaya ist Mitglied der SPD.")]
    assert [len(spans) for spans in find_in_slots(parts, detector.find)] == [1, 1]
    assert [len(spans) for spans in find_in_slots(parts[:1], detector.find)] == [0]
