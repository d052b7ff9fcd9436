from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.retrieval.tokens import STOP_WORDS, stem, terms, words


def test_words_leave_out_stop_words_and_punctuation() -> None:
    assert words("Wo melde ich mich an? Im Bürgerbüro!") == ["melde", "bürgerbüro"]


def test_inflected_forms_share_their_stem() -> None:
    assert stem("wohnungen") == stem("wohnung")


def test_umlauts_may_be_written_out() -> None:
    assert stem("behörde") == stem("behoerde")


def test_a_compound_shares_terms_with_its_parts() -> None:
    assert set(terms("Wohngeldantrag")) & set(terms("Wohngeld"))


def test_a_stem_and_an_equal_n_gram_are_different_terms() -> None:
    assert len(set(terms("hunde"))) == len(list(terms("hunde")))


@given(st.text())
def test_any_text_gives_terms_that_fit_64_bits(text: str) -> None:
    assert all(0 <= term < 2**64 for term in terms(text))


@given(st.sampled_from(sorted(STOP_WORDS)))
def test_stop_words_give_no_terms(word: str) -> None:
    assert list(terms(word.upper())) == []
