from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract import ExtractionError, extract, load_folder
from leitplanke.core.retrieval.extract.words import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _kinds(text: str) -> list[tuple[str, str]]:
    document = extract("a.txt", text.encode())
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


MENDED = [
    ("Die Risikoklasse 1 umfasst KI -Systeme.", "Die Risikoklasse 1 umfasst KI-Systeme."),
    ("die Automatis ierung von Prozessen", "die Automatisierung von Prozessen"),
    ("die Verwal tung prüft", "die Verwaltung prüft"),
    ("die Wirtschaft lichkeit", "die Wirtschaftlichkeit"),
    ("bis hin zur KI -gestützten Auszahlung", "bis hin zur KI-gestützten Auszahlung"),
]
UNTOUCHED = [
    "Kommunalpolitik und -verwaltung",
    "die Vor- und -Nachteile",
    "bei -5 Grad",
    "verändern - vielleicht sogar revolutionieren",
    "Kommunen, die KI - vielleicht bald - nutzen",
    "Einige junge Menschen lernen",
    "Sie können das gut machen",
    "Bau- und Umwelt-Amt",
    "Die Ordnung und Leitung bleibt",
]


@pytest.mark.parametrize(("torn", "whole"), MENDED)
def test_torn_words_are_mended(torn: str, whole: str) -> None:
    assert Vocabulary([torn]).mend(torn) == whole


@pytest.mark.parametrize("text", UNTOUCHED)
def test_whole_words_are_left_alone(text: str) -> None:
    assert Vocabulary([text]).mend(text) == text


GLUED = [
    ("die Verwal-", "tung prüft", "die Verwaltung prüft"),
    ("die Haus-", "und Wohnungsämter", "die Haus- und Wohnungsämter"),
    ("in Baden-", "Württemberg", "in Baden-Württemberg"),
    ("die KI-", "gestützte Prüfung", "die KI-gestützte Prüfung"),
    ("hin zur KI -", "gestützten Auszahlung", "hin zur KI-gestützten Auszahlung"),
    ("wird sie verändern -", "vielleicht sogar", "wird sie verändern - vielleicht sogar"),
    ("ohne Strich", "geht es weiter", "ohne Strich geht es weiter"),
]


@pytest.mark.parametrize(("left", "right", "whole"), GLUED)
def test_lines_are_glued(left: str, right: str, whole: str) -> None:
    assert Vocabulary([left, right]).glue(left, right) == whole


@given(st.text(alphabet="aberKung -", max_size=60))
def test_mending_only_moves_spaces(text: str) -> None:
    assert Vocabulary([text]).mend(text).replace(" ", "") == text.replace(" ", "")


def test_web_page_is_reduced_to_its_article_and_teasers() -> None:
    page = (
        "Direkt zum Inhalt\nMenü\n\n  • Start\n  • Rathaus\n\n1. Start\n2. Abfall\n\n"
        "Sperrmüll anmelden in Musterstadt\n\n"
        "© Foto: Amt\n\nSperrmüll holt die Stadt viermal im Jahr ab, wenn Sie ihn vorher anmelden.\n\n"
        "Dafür brauchen Sie:\n\n  • Ihre Adresse\n  • eine Liste der Möbel\n\nDie Abholung ist frei.\n\n"
        "Das könnte Sie auch interessieren\n\n"
        "  • Der Wertstoffhof nimmt an jedem Werktag Elektrogeräte, Holz und Metall an.\n\n"
        "Diese Seite teilen\nImpressum\n"
    )
    assert _kinds(page) == [
        ("heading", "Sperrmüll anmelden in Musterstadt"),
        ("paragraph", "Sperrmüll holt die Stadt viermal im Jahr ab, wenn Sie ihn vorher anmelden."),
        ("paragraph", "Dafür brauchen Sie:"),
        ("list_item", "• Ihre Adresse"),
        ("list_item", "• eine Liste der Möbel"),
        ("paragraph", "Die Abholung ist frei."),
        ("heading", "Das könnte Sie auch interessieren"),
        ("list_item", "• Der Wertstoffhof nimmt an jedem Werktag Elektrogeräte, Holz und Metall an."),
    ]


def test_text_that_is_no_web_page_loses_nothing() -> None:
    text = "Kontakt\n\nSie erreichen uns montags.\n\n• Telefon\n• E-Mail\n\nLesen Sie auch die Satzung."
    assert "".join(part for _, part in _kinds(text)).replace("• ", "") == text.replace("\n", "").replace("• ", "")


def test_satzung_in_plain_text_has_sections_and_absaetze() -> None:
    text = (
        "Satzung der Stadt\n\n§ 1\n\nGegenstand\n\n(1) Die Stadt erhebt eine Steuer.\n(2) Sie ist jährlich fällig.\n\n"
        "§ 2 Höhe\n\nDie Steuer beträgt\n1. für den ersten Hund 96 Euro,\n2. für jeden weiteren 120 Euro.\n"
    )
    document = extract("satzung.txt", text.encode())
    found = [
        (b.section, b.section_title, b.absatz, b.kind.value) for b in document.blocks if b.kind is not BlockKind.HEADING
    ]
    assert found == [
        ("§ 1", "Gegenstand", "1", "paragraph"),
        ("§ 1", "Gegenstand", "2", "paragraph"),
        ("§ 2", "Höhe", "", "paragraph"),
        ("§ 2", "Höhe", "", "list_item"),
        ("§ 2", "Höhe", "", "list_item"),
    ]


def test_text_without_headings_has_no_section() -> None:
    document = extract("a.txt", b"Ein Satz steht hier allein.\n\nUnd noch einer.")
    assert {block.section for block in document.blocks} == {""}


def test_form_feeds_count_pages() -> None:
    document = extract("a.txt", b"Der erste Satz steht hier.\n1\n\fDer zweite Satz steht dort.\n2\n")
    assert [(block.page, block.section) for block in document.blocks] == [(1, "Seite 1"), (2, "Seite 2")]


@pytest.mark.parametrize(
    "text",
    [
        "Wort für Wort geht es weiter und weiter und noch viel weiter als gedacht\n" * 20_000,
        "a-" * 100_000,
        "Wort " * 60_000,
        "KI -" * 50_000,
        "x" * 200_000 + " -",
        ". " * 100_000,
        "1. a\n" * 20_000,
        "§ 1 " * 50_000,
        "(1) " * 50_000,
        "Mehr\n\n" * 20_000,
        "\f".join(f"Seite {n}" for n in range(3_000)) + "\fText.",
    ],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    assert extract("a.txt", text.encode()).text


# The five real documents


@pytest.fixture(scope="module")
def seeds(shared_data: Callable[[str], Path]) -> dict[str, Document]:
    documents = [
        document for document in load_folder(shared_data("seeds")) if not isinstance(document, ExtractionError)
    ]
    return {document.source.document[:3]: document for document in documents}


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_seed_sentences_survive_but_for_white_space(
    seeds: dict[str, Document], shared_data: Callable[[str], Path]
) -> None:
    for number, allowed in (("000", 0), ("003", 0), ("004", 0)):
        file = next(shared_data("seeds").glob(f"{number}*"))
        original = file.read_text(encoding="utf-8")
        assert abs(len(_bare(original)) - len(_bare(seeds[number].text))) == allowed
        assert _bare(original) == _bare(seeds[number].text)


def test_seed_pages_lose_their_navigation_only(seeds: dict[str, Document], shared_data: Callable[[str], Path]) -> None:
    assert len(seeds) == 5
    for number in ("001", "002"):
        original = next(shared_data("seeds").glob(f"{number}*")).read_text(encoding="utf-8")
        kept = seeds[number].text
        assert all(_bare(line) in _bare(original) for line in kept.splitlines())
        assert not re.search(r"Newsletter|Impressum|Link kopieren|Mehr erfahren|Navigation|©|Schlagwörter", kept)
    assert seeds["001"].text.startswith("Leitlinien für KI in der Kommunalverwaltung")
    assert seeds["001"].source.title == "Leitlinien für KI in der Kommunalverwaltung"
    assert "Wie der Landkreis Emsland den Hausärztemangel löst" in seeds["001"].text
    assert "Whatsapp" not in seeds["001"].text
    assert "• Verantwortung für Entscheidungen tragen immer Menschen." in seeds["002"].text
    assert "Die LAG 21 NRW hat den Code of Conduct Demokratrische KI unterzeichnet." in seeds["002"].text


def test_seed_from_pdf_is_mended(seeds: dict[str, Document]) -> None:
    text = seeds["003"].text
    assert not re.search(r"\w -\w| {2}|Automatis ierung", text)
    assert "bis hin zur KI-gestützten Auszahlung von Sozialleistungen." in text
    assert "Mitarbeiter:innen und Bürger:innen sollen die Kontrolle" in text
    sections = {block.section for block in seeds["003"].blocks}
    assert {
        "1. Treiber und erste Schlussfolgerung",
        "d. Datennutzen, Datenschutz und Privatsphäre",
        "5. Fazit",
    } <= sections
