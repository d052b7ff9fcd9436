"""Answers and documents as pages show them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitplanke.apps.wissen.models import Antwort
from leitplanke.apps.wissen.presentation import WHOLE_DOCUMENT_CHARACTERS, answer_page, shown_document
from leitplanke.core.retrieval.documents import Block, BlockKind

TEXT = "Hundesteuer\nDie Steuer beträgt 96 Euro. Sie wird jährlich fällig.\nAusnahmen"
BLOCKS = (
    Block(0, 11, BlockKind.HEADING, level=1),
    Block(12, 65, BlockKind.PARAGRAPH, section="Hundesteuer"),
    Block(66, 75, BlockKind.PARAGRAPH, section="Hundesteuer"),
)


def quote(fassung: int, start: int, end: int) -> dict[str, object]:
    return {
        "fassung": fassung,
        "titel": "Satzung",
        "section": "§ 1",
        "quote": "…",
        "start": start,
        "end": end,
        "facts": ["Kommune"],
    }


def test_same_quote_keeps_its_number() -> None:
    claims = [
        {"text": "A.", "conflicting": False, "citations": [quote(1, 0, 5), quote(1, 6, 9)]},
        {"text": "B.", "conflicting": True, "citations": [quote(1, 0, 5)]},
    ]
    page = answer_page(Antwort(frage="?", inhalt={"text": "", "claims": claims, "nearest": []}))

    assert [paragraph.numbers for paragraph in page.paragraphs] == [(1, 2), (1,)]
    assert [card.number for card in page.cards] == [1, 2]
    assert page.cards[0].url.endswith("?von=0&bis=5#stelle")
    assert page.paragraphs[1].conflicting


def test_list_stays_a_list_under_its_lead() -> None:
    claims = [{"text": "Sie brauchen:\n- Ausweis\n- Foto", "conflicting": False, "citations": [quote(1, 0, 5)]}]
    page = answer_page(Antwort(frage="?", inhalt={"text": "", "claims": claims, "nearest": []}))

    assert page.paragraphs[0].text == "Sie brauchen:"
    assert page.paragraphs[0].items == ("Ausweis", "Foto")


def test_cited_passage_is_marked_across_blocks_with_one_anchor() -> None:
    shown = shown_document(TEXT, BLOCKS, 40, 70)
    marked = [segment for block in shown.blocks for segment in block.segments if segment.marked]

    assert [segment.text for segment in marked] == [TEXT[40:65], TEXT[66:70]]
    assert [segment.first for segment in marked] == [True, False]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_marking_never_changes_the_text(start: int, end: int) -> None:
    shown = shown_document(TEXT, BLOCKS, start, end)

    assert ["".join(segment.text for segment in block.segments) for block in shown.blocks] == [
        TEXT[block.start : block.end] for block in BLOCKS
    ]


def test_long_document_shows_the_section_of_the_citation_with_its_neighbours() -> None:
    part = WHOLE_DOCUMENT_CHARACTERS // 2 + 1
    blocks = tuple(
        Block(number * part, (number + 1) * part, BlockKind.PARAGRAPH, section=f"§ {number + 1}") for number in range(3)
    )
    shown = shown_document("x" * (3 * part), blocks, part + 5, part + 9)

    assert (shown.previous, shown.section, shown.next) == ("§ 1", "§ 2", "§ 3")
    assert len(shown.blocks) == 1
