"""Sentences that come from no composed one: kind words pass, everything that says something needs a ground."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from leitplanke.core.drafting.brief import Part
from leitplanke.core.drafting.compared import at
from leitplanke.core.drafting.comparing import foreign
from leitplanke.core.drafting.findings import Finding
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.drafting.marks import marks_in
from leitplanke.core.drafting.matching import Line, nearness, plain
from leitplanke.core.drafting.roles import alike
from leitplanke.core.drafting.values import ValueKind
from leitplanke.core.grounding.words import content_words

_KIND_SHARE = 0.5
_COPIED = 0.8
_STRANGE = 2
_STATING = frozenset({
    ValueKind.BETRAG, ValueKind.PROZENT, ValueKind.DAUER, ValueKind.NORM, ValueKind.DATUM, ValueKind.MASS,
})  # fmt: skip
_GREETING = 3
_WEIGHTY = frozenset({"verneinung", "grund", "muss", "soll", "endgueltig", "bis", "ab", "innerhalb", "nur"})


def check_new(line: Line, grounds: Grounds) -> Iterator[Finding]:
    """Yield what is wrong with a sentence that the draft does not have."""
    if any(plain(line.text) == plain(block) for block in grounds.blocks):
        return
    make = partial(at, line)
    values = [value for value in grounds.reader.read(line.text) if value.kind is not ValueKind.KENNUNG or value.key]
    found = [finding for value in values for finding in foreign(value, line.text, grounds, make)]
    yield from found
    if _of_another_letter(line, grounds):
        yield at(
            line, "ohne_grund", (0, len(line.text)),
            "Dieser Satz gehört in ein anderes Schreiben oder zu einem anderen Ergebnis. Bitte streichen.",
        )  # fmt: skip
        return
    if own := grounds.own.get(line.ground):
        yield from _against_own(line, own, grounds)
        return
    part = grounds.parts.get(line.paragraph)
    if not found and not harmless(line.text, grounds, closing=part in {Part.GRUSS, Part.ANREDE}):
        yield at(
            line, "ohne_grund", (0, len(line.text)),
            "Dieser Satz steht auf keinem Grund. Ordnen Sie ihm eine Angabe oder Unterlage der Akte zu, oder streichen "
            "Sie ihn.",
        )  # fmt: skip


def _of_another_letter(line: Line, grounds: Grounds) -> bool:
    """Tell whether a sentence of the matter was copied from a letter that this one is not."""
    return any(
        nearness(line.text, other, grounds.lexicon) >= _COPIED
        for other in grounds.elsewhere
        if sum(not grounds.lexicon.empty(word.stem) for word in content_words(other)) > 1
    )


def _against_own(line: Line, own: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield where a sentence says other than what it is said to stand on, or more."""
    yield from _more_than_own(line, own, grounds)
    mine = {mark.name for mark in marks_in(line.text, grounds.lexicon) if mark.art == "verneinung"}
    theirs = {mark.name for mark in marks_in(own, grounds.lexicon) if mark.art == "verneinung"}
    if mine and not theirs and ": nein" not in own.lower():
        yield at(
            line, "verneinung", (0, len(line.text)),
            f"Der Satz verneint, was in der Akte steht („{own}“). Bitte prüfen Sie Satz und Grund.", blocking=False,
        )  # fmt: skip


def _more_than_own(line: Line, own: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield names and words of the matter that stand neither there nor in the letter."""
    stands, values = grounds.reader.read(own), grounds.reader.read(line.text)
    for value in values:
        named = value.kind is ValueKind.NAME and value.key not in grounds.names[:1]
        if named and not any(value.agrees(other) for other in stands):
            message = f"Der Name „{value.text}“ steht nicht in dem, worauf der Satz verweist. Bitte berichtigen."
            yield at(line, "name", (value.start, value.end), message)
    lexicon, stems = grounds.lexicon, {word.stem for word in content_words(own)}
    for word in content_words(line.text):
        inside = any(value.start <= word.start < value.end for value in values)
        known = lexicon.empty(word.stem) or lexicon.handles(word.stem) or word.stem in grounds.vocabulary
        if not (word.number or inside or known) and not any(alike(word.stem, other, lexicon) for other in stems):
            message = f"„{word.text}“: Das steht nicht in dem, worauf der Satz verweist („{own}“). Bitte streichen."
            yield at(line, "zusatz", (word.start, word.end), message)
            break


def harmless(text: str, grounds: Grounds, *, closing: bool = False) -> bool:
    """Tell whether a sentence says nothing of the matter: kindness, and how the office can be reached.

    In greetings (`closing`) a few more words pass: „Ihre Wohngeldstelle“.
    """
    lexicon = grounds.lexicon
    values = grounds.reader.read(text)
    marks = [m for m in marks_in(text, lexicon) if not any(v.start <= m.start < v.end for v in values)]
    if any(mark.name in _WEIGHTY or mark.art == "verneinung" for mark in marks):
        return False
    if any(value.kind in _STATING for value in values):
        return False
    inside = [(value.start, value.end) for value in values]
    words = [word for word in content_words(text) if not any(start <= word.start < end for start, end in inside)]
    words = [word for word in words if not word.number]
    kind = [word for word in words if lexicon.empty(word.stem)]
    strange = [word for word in words if word not in kind and word.stem not in grounds.vocabulary]
    if closing and len(words) <= _GREETING:
        return True
    few = len(strange) <= _STRANGE and sum(word.capital for word in strange) <= 1
    return not words or (few and len(kind) / len(words) >= _KIND_SHARE)
