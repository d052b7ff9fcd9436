"""The seam for language models: they may word what is decided and proved, and nothing they add survives the checker."""

from __future__ import annotations

from typing import Protocol

from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Sentence
from leitplanke.core.drafting.checking import check
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.verfahren.acts import Acting, Mode, Originator, Stand, require


class Phrasing(Protocol):
    """Words a letter anew."""

    def phrase(self, brief: Brief) -> Brief:
        """Return the letter in other words; paragraphs keep their keys."""


class Unphrased:
    """Leaves the composed words as they are; what holds where no model is set up."""

    def phrase(self, brief: Brief) -> Brief:
        """Return the same letter."""
        return brief


def phrased(  # noqa: PLR0913 - what a model may do depends on all of it
    composed: Brief, grounds: Grounds, phrasing: Phrasing, *, stand: Stand, decided: bool, mode: Mode = Mode.C_SAFE
) -> Brief:
    """Return the letter as the model words it, paragraph by paragraph only where the checker agrees.

    Raises:
        ActError: nothing is decided yet, so no model may word anything.
    """
    require("formulieren", stand if decided else Stand.IN_BEARBEITUNG, Acting(Originator.MODELL, mode=mode))
    return accept(composed, phrasing.phrase(composed), grounds)


def accept(composed: Brief, worded: Brief, grounds: Grounds) -> Brief:
    """Return the composed letter with those reworded paragraphs that pass the check, each on its own and all together.

    Head, tables, headings and order are always those of the composed letter; a reworded sentence never has a ground
    that the composed paragraph does not have.
    """
    offered = {paragraph.key: paragraph for paragraph in worded.paragraphs}
    result = composed
    for paragraph in composed.paragraphs:
        other = offered.get(paragraph.key)
        if other is None or other.sentences == paragraph.sentences:
            continue
        trial = _with(result, _tamed(paragraph, other))
        if not any(finding.blocking for finding in check(trial, grounds)):
            result = trial
    return result


def _tamed(paragraph: Paragraph, other: Paragraph) -> Paragraph:
    grounds = {sentence.ground for sentence in paragraph.sentences}
    sentences = tuple(
        Sentence(item.text, item.ground if item.ground in grounds else "", Author.MODEL) for item in other.sentences
    )
    return Paragraph(paragraph.key, paragraph.part, sentences, paragraph.heading, paragraph.listed)


def _with(brief: Brief, paragraph: Paragraph) -> Brief:
    return brief.with_body([
        paragraph if isinstance(block, Paragraph) and block.key == paragraph.key else block for block in brief.body
    ])  # fmt: skip
