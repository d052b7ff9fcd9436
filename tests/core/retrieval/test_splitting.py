from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.splitting import split

if TYPE_CHECKING:
    from leitplanke.core.retrieval.passages import Passage

SOURCE = Source(document="X", title="X")
P, L, H = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING


def _absaetze(*texts: tuple[str, str]) -> tuple[Passage, ...]:
    builder = TextBuilder()
    builder.move(section="§ 1", section_title="Zweck", headings=("Teil 1",))
    builder.add(H, "§ 1 Zweck", 6)
    for absatz, text in texts:
        builder.move(absatz=absatz)
        builder.add(P, text)
    return split(builder.finish(SOURCE))


def _plain(*blocks: tuple[BlockKind, str]) -> tuple[Passage, ...]:
    builder = TextBuilder()
    for kind, text in blocks:
        if kind is H:
            builder.move(section=text)
        builder.add(kind, text, 1)
    return split(builder.finish(SOURCE))


def test_each_absatz_is_a_passage() -> None:
    passages = _absaetze(("1", "(1) " + "a " * 120), ("2", "(2) " + "b " * 120))
    assert [(p.section, p.title, p.absatz, p.headings) for p in passages] == [
        ("§ 1", "Zweck", "1", ("Teil 1",)),
        ("§ 1", "Zweck", "2", ("Teil 1",)),
    ]


def test_very_short_absaetze_share_a_passage() -> None:
    passages = _absaetze(("1", "(1) Kurz."), ("2", "(2) Auch kurz."), ("3", "(3) " + "c " * 300))
    assert [p.absatz for p in passages] == ["1 bis 2", "3"]
    assert passages[0].text == "(1) Kurz.\n\n(2) Auch kurz."


def test_long_absatz_is_cut_at_sentences_into_even_parts() -> None:
    passages = _absaetze(("1", "(1) " + "Die Behörde prüft den Antrag sorgfältig. " * 60))
    assert [p.absatz for p in passages] == ["1", "1"]
    assert all(p.text.endswith("sorgfältig.") and 1000 < len(p.text) <= 1500 for p in passages)


def test_repealed_absaetze_make_no_passage() -> None:
    assert [p.absatz for p in _absaetze(("1", "(1) (weggefallen)"), ("2", "(2) " + "b " * 200))] == ["2"]
    assert _absaetze(("1", "(1) Es gilt."))[0].absatz == "1"


def test_list_stays_with_its_lead() -> None:
    passages = _plain(
        (H, "Grundsätze"),
        (P, "Die Stadt " + "prüft " * 100 + "."),
        (P, "Es gelten drei Grundsätze, die alle kennen müssen, und zwar in dieser Reihenfolge:"),
        (L, "• " + "KI hilft " * 20),
        (L, "• " + "Menschen entscheiden " * 10),
    )
    assert len(passages) == 2
    assert passages[1].text.startswith("Es gelten drei")
    assert passages[1].text.count("•") == 2


def test_passages_never_reach_over_a_heading() -> None:
    passages = _plain((H, "Eins"), (P, "Kurz."), (H, "Zwei"), (P, "Auch kurz."))
    assert [(p.section, p.text) for p in passages] == [("Eins", "Kurz."), ("Zwei", "Auch kurz.")]


_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from([P, P, L, H, BlockKind.TABLE_ROW]),
        st.text(alphabet="ab.\n (1)", min_size=1, max_size=50).map(lambda text: f"Wort {text} "),
        st.integers(1, 80),
    ),
    min_size=1,
    max_size=12,
)


@given(_BLOCKS)
def test_passages_cover_every_block_exactly(blocks: list[tuple[BlockKind, str, int]]) -> None:
    builder = TextBuilder()
    builder.add(P, "Anfang.")
    for kind, text, times in blocks:
        builder.add(kind, text * times, 1)
    document: Document = builder.finish(SOURCE)
    passages = split(document)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    covered = [False] * len(document.text)
    for passage in passages:
        covered[passage.start : passage.end] = [True] * (passage.end - passage.start)
    for block in document.blocks:
        inside = {covered[i] for i in range(block.start, block.end) if document.text[i].isalpha()}
        assert inside == {block.kind is not H}
