from __future__ import annotations

import pytest

from leitplanke.core.privacy import Label
from tests.core.privacy.reading import found_as


def persons(text: str) -> list[str]:
    return found_as(text, Label.PERSON)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sehr geehrte Frau Müller-Lüdenscheidt,", ["Müller-Lüdenscheidt"]),
        ("Herr Richter kam; der Richter war schon da.", ["Richter"]),
        ("Herrn Dr. med. Peter Koch", ["Dr. med. Peter Koch"]),
        ("Antragstellerin: Fatma Yıldız, Kind: Elias", ["Fatma Yıldız", "Elias"]),
        ("Eheleute Jana und Piotr Nowak", ["Jana", "Piotr Nowak"]),
        ("Nach Rücksprache mit Özdemir bleibt es dabei. Müllers Antrag fehlt.", ["Özdemir", "Müllers"]),
        ("Teilnehmer: Müller, Kovács, Tesfay", ["Müller", "Kovács, Tesfay"]),
        ("Yılmaz, Ayşe hat angerufen", ["Yılmaz, Ayşe"]),
        ("MAX MUSTERMANN HAT ANGERUFEN", ["MAX MUSTERMANN"]),
        ("mein name ist mehmet demir und ich wohne hier", ["mehmet demir"]),
        ("hallo frau liebetrau, wann haben sie zeit", ["liebetrau"]),
        ("Mit freundlichen Grüßen\n\nIm Auftrag\nTrautvetter", ["Trautvetter"]),
        ("Gegen Adalbert Freiherr von Sturmfeder läuft nichts.", ["Adalbert Freiherr von Sturmfeder"]),
        ("Frau B. aus dem dritten Stock", ["B."]),
        ("In der Nguyen-Akte fehlt ein Blatt.", ["Nguyen"]),
        ("die geborene Sack, geb. Sack", ["Sack"]),
    ],
)
def test_people_are_found_by_what_stands_around_them(text: str, names: list[str]) -> None:
    assert [name for name in names if name not in persons(text)] == []


@pytest.mark.parametrize(
    "name",
    [
        "Anneliese Trautvetter",
        "Ayşe Yılmaz",
        "Rania Al-Khatib",
        "Wissam Tarabulsi",
        "Agnieszka Kowalczyk",
        "Serhii Kowalenko",
        "Nguyễn Văn Hùng",
        "Thi Lan Pham",
        "Ionela Ungureanu",
        "Vesna Radovanović",
        "Shpresa Krasniqi",
        "Dimitra Papadopoulou",
        "Farzaneh Ahmadi",
        "Fadumo Warsame",
        "Selam Gebremedhin",
        "Adaeze Okonkwo",
        "Rajesh Sharma",
        "Siobhan O'Connor",
        "Bertrand de La Roche",
        "Xiaoling Zhang",
    ],
)
def test_names_of_every_origin_are_found_without_any_word_before_them(name: str) -> None:
    assert persons(f"Der Bescheid an {name} kam zurück.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Der Richter am Amtsgericht Halle entschied im August über den Antrag der Stadt Bielefeld.",
        "Die Firma Müller GmbH und die Bäckerei Schmidt liefern an die Albert-Schweitzer-Schule.",
        "Das Jobcenter prüft Unterhalt, BAföG und Wohngeld nach dem Gesetz.",
        "Der Bauer bringt im Winter das Brot, der Koch den Fisch, der Jäger den Wolf.",
        "Montag bis Freitag, am Sonntag und im März bleibt das Bürgerbüro zu.",
        "Unser Hund Luna bellt.",
        "Der Fischer braucht einen Fischereischein, der Müller eine Genehmigung.",
        "Die KI-VO und die KI-Leitlinie gelten auch im Homeoffice.",
    ],
)
def test_common_nouns_companies_and_places_are_no_people(text: str) -> None:
    assert persons(text) == []


def test_letters_that_come_apart_belong_to_the_name() -> None:
    text = "Frau Mu\u0308ller kam."
    assert persons(text) == ["Mu\u0308ller"]
