"""What a person typed becomes sentences again, each with the ground of the composed one it comes from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Sentence
from leitplanke.core.drafting.filling import split
from leitplanke.core.drafting.matching import NEAR_HERE, nearness, plain


def edited(brief: Brief, texts: Mapping[str, str], own: Mapping[str, str] | None = None) -> Brief:
    """Return the letter with other words in some paragraphs.

    Unchanged sentences keep ground and author. Changed ones are the person's and keep the ground of the nearest; new
    ones have none, unless `own` names one by the sentence (`{"Sie wohnen dort allein.": "angabe:mitglieder"}`).

    Raises:
        KeyError: the letter has no such paragraph, or it is a table, which cannot be edited.
    """
    known = {paragraph.key: paragraph for paragraph in brief.paragraphs}
    if unknown := texts.keys() - known.keys():
        raise KeyError(f"Diesen Absatz gibt es nicht, oder er lässt sich nicht ändern: {', '.join(sorted(unknown))}")
    grounds = {plain(text): ground for text, ground in (own or {}).items()}
    changed = {key: _paragraph(known[key], tidy(text), grounds) for key, text in texts.items()}
    return brief.with_body([
        changed.get(block.key, block) if isinstance(block, Paragraph) else block for block in brief.body
    ])  # fmt: skip


def tidy(text: str) -> str:
    """Return typed text with one spelling of each letter and of line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _paragraph(paragraph: Paragraph, text: str, own: Mapping[str, str]) -> Paragraph:
    if text == paragraph.text:
        return paragraph
    pieces = list(_pieces(text, paragraph.sentences))
    free = [sentence for sentence in paragraph.sentences if sentence not in pieces]
    found: list[Sentence] = []
    for piece in pieces:
        if isinstance(piece, Sentence):
            found.append(piece)
            continue
        if plain(piece) in own:
            found.append(Sentence(piece, own[plain(piece)], Author.PERSON))
            continue
        best = max(free, key=lambda sentence: nearness(piece, sentence.text), default=None)
        if best is not None and nearness(piece, best.text) >= NEAR_HERE:
            found.append(Sentence(piece, best.ground, Author.PERSON))
        else:
            found.append(Sentence(piece, "", Author.PERSON))
    return Paragraph(paragraph.key, paragraph.part, tuple(found), paragraph.heading, paragraph.listed)


def _pieces(text: str, known: Sequence[Sentence]) -> Sequence[Sentence | str]:
    """Return the sentences of a text: known ones as they are, in between what is new, split."""
    unused = sorted(known, key=lambda sentence: len(sentence.text), reverse=True)
    result: list[Sentence | str] = []
    fresh = 0
    position = 0
    while position < len(text):
        found = next((item for item in unused if item.text and text.startswith(item.text, position)), None)
        whole = found is not None and _borders(text, position, position + len(found.text))
        if found is not None and whole:
            result += split(text[fresh:position])
            result.append(found)
            unused.remove(found)
            position = fresh = position + len(found.text)
        else:
            position += 1
    return [*result, *split(text[fresh:])]


def _borders(text: str, start: int, end: int) -> bool:
    """Tell whether a known sentence stands there on its own, not inside a longer one."""
    before, after = text[:start].rstrip(" "), text[end:]
    begins = not before or before[-1] in ".!?:;\n…“”)"
    return begins and (not after or after[0] in " \n")
