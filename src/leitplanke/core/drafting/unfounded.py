"""Sentences that come from no composed one: kind words pass, everything that says something needs a ground."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from leitplanke.core.drafting.brief import Part
from leitplanke.core.drafting.comparing import at, foreign
from leitplanke.core.drafting.findings import Finding
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.drafting.marks import marks_in
from leitplanke.core.drafting.matching import Line, plain
from leitplanke.core.drafting.values import ValueKind
from leitplanke.core.grounding.words import content_words

_KIND_SHARE = 0.5
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


def _against_own(line: Line, own: str, grounds: Grounds) -> Iterator[Finding]:
    """Yield where a sentence says the opposite of what it is said to stand on."""
    mine = {mark.name for mark in marks_in(line.text, grounds.lexicon) if mark.art == "verneinung"}
    theirs = {mark.name for mark in marks_in(own, grounds.lexicon) if mark.art == "verneinung"}
    if mine and not theirs and ": nein" not in own.lower():
        yield at(
            line, "verneinung", (0, len(line.text)),
            f"Der Satz verneint, was in der Akte steht („{own}“). Bitte prüfen Sie Satz und Grund.", blocking=False,
        )  # fmt: skip


def harmless(text: str, grounds: Grounds, *, closing: bool = False) -> bool:
    """Tell whether a sentence says nothing of the matter: kindness, and how the office can be reached.

    In greetings (`closing`) a few more words pass: „Ihre Wohngeldstelle“.
    """
    lexicon = grounds.lexicon
    values = grounds.reader.read(text)
    marks = [m for m in marks_in(text, lexicon) if not any(v.start <= m.start < v.end for v in values)]
    if any(mark.name in _WEIGHTY or mark.art == "verneinung" for mark in marks):
        return False
    if any(value.kind in {ValueKind.BETRAG, ValueKind.PROZENT, ValueKind.DAUER, ValueKind.NORM} for value in values):
        return False
    inside = [(value.start, value.end) for value in values]
    words = [word for word in content_words(text) if not any(start <= word.start < end for start, end in inside)]
    words = [word for word in words if not word.number]
    kind = [word for word in words if word.stem in lexicon.polite]
    strange = [w for w in words if w.stem not in lexicon.polite and w.stem not in grounds.vocabulary and w.capital]
    if closing and len(words) <= _GREETING:
        return True
    return not words or (len(kind) / len(words) >= _KIND_SHARE and len(strange) <= 1)
