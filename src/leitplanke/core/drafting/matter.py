"""What a changed sentence says of the matter that the composed one did not say, and what it no longer says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leitplanke.core.drafting.brief import Part
from leitplanke.core.drafting.compared import Compared
from leitplanke.core.drafting.findings import Finding
from leitplanke.core.drafting.grounds import Grounds
from leitplanke.core.drafting.marks import marks_in, without_equals
from leitplanke.core.drafting.roles import alike, whole_verbs
from leitplanke.core.grounding.words import Word, content_words, words_of

_STRICT = ("recht:",)
_MOST = 0.5
_UNITS = frozenset({"eur", "euro", "monatlich", "jährlich", "höhe", "prozent", "cent", "fläche"})
_SPANS = frozenset({"monat", "jahr"})
_PER = re.compile(r"(?:(?<!\w)(?:im|pro|je|jeden|jedes|am)\s|/)\s*$", re.IGNORECASE)
_LIMITING = re.compile(r"(?<!\w)(?:für|ab|bis|nur|ohne|während|innerhalb|außer|soweit)\s(?:\w+\s){0,4}$", re.IGNORECASE)
_OFFICE = re.compile(r"(?<!\w)(?:(\w+(?:en|rn|ln))\s+wir|wir\s+(\w+(?:en|rn|ln)))(?!\w)", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!\w)(?:wird|werden|wurde|wurden|worden|ist|sind)(?!\w)", re.IGNORECASE)


def matter(both: Compared) -> Iterator[Finding]:
    """Yield what the sentence now says of the matter that it did not say, and what it no longer says."""
    if both.asks:
        return
    added, dropped = changed_words(both)
    strict = any(item.key.startswith(_STRICT) for item in both.group.bases)
    if fresh := _fresh(both, added, dropped, strict=strict):
        said = ", ".join(f"„{word.text}“" for word in fresh[:3])
        yield both.finding(
            "zusatz", (fresh[0].start, fresh[0].end),
            f"{said}: Das sagt der Entwurf an dieser Stelle nicht, und es folgt weder aus Berechnung noch Akte. "
            "Bitte streichen oder als eigenen Satz mit Grund schreiben.",
        )  # fmt: skip
    if both.bearing and (lost := _lost(both, dropped, strict=strict)):
        said = ", ".join(f"„{word.text}“" for word in lost[:3])
        kind = {Part.RECHTSBEHELF: "rechtsbehelf", Part.RECHTSFOLGE: "rechtsfolge"}.get(both.part, "fehlt_grund")
        yield both.whole(kind, f"Hier fehlt, was der Entwurf sagt: {said}. Bitte wieder einfügen.")


def _fresh(both: Compared, added: list[Word], dropped: list[Word], *, strict: bool) -> list[Word]:
    """Return the words that bring something new.

    In a decision and in texts of the law that is every word of the matter; elsewhere the words of the letter may stand
    for „alles“ or „es“, and in mere hints only a noun in place of another counts.
    """
    replaced = any(word.capital for word in dropped)
    if not both.bearing:
        near = {word.stem for word in content_words(both.around)}
        strange = [word for word in added if word.stem not in near and (not word.capital or word.start)]
        strange = [word for word in strange if not word.capital or word.stem not in both.grounds.words]
        return strange if replaced else []
    if strict and not replaced:  # „den Widerspruch“ in place of „ihn“
        near = {word.stem for word in content_words(both.around)}
        added = [word for word in added if word.stem not in near]
    elif not replaced and both.part is Part.TENOR:  # „die Steuer“ in place of „sie“
        around = content_words(f"{both.around} {both.grounds.brief.betreff}")
        added = [word for word in added if not (word.capital and _has(word, around, both.grounds))]
    elif not dropped and both.part is Part.TEXT:  # „ist da“ in place of „ist eingegangen“
        added = [word for word in added if word.capital]
    elif not replaced:
        added = [word for word in added if word.stem not in both.grounds.words]
    nouns = [word for word in added if word.capital and word.start > 0]
    return nouns or added


def _lost(both: Compared, dropped: list[Word], *, strict: bool) -> list[Word]:
    """Return the words whose loss takes something from the sentence."""
    if strict:
        return dropped
    lexicon, old = both.grounds.lexicon, words(both.base, both.grounds)
    dropped = [word for word in dropped if not lexicon.empty(word.stem)]
    nouns = [word for word in dropped if word.capital]
    reasons = [{mark.name for mark in marks_in(text, lexicon)} for text in (both.base, both.text)]
    reason_gone = "grund" in reasons[0] - reasons[1]
    most_gone = len(nouns) > 1 and len(dropped) / len(old) > _MOST
    if nouns and (reason_gone or most_gone):
        return nouns
    return [word for word in nouns if both.part is Part.TENOR and _LIMITING.search(both.base, 0, word.start)]


def promised(both: Compared) -> Iterator[Finding]:
    """Yield what the office now says it does and the draft does not: „zahlen wir in Raten“."""
    grounds = both.grounds
    said = _office(both.text)
    before = _office(both.base)
    if both.bearing or _PASSIVE.search(both.base):
        before = [*before, *words(both.base, grounds)]
    lexicon = grounds.lexicon
    told = [word for word in said if not word.weak and not lexicon.empty(word.stem) and not lexicon.handles(word.stem)]
    fresh = [word for word in told if not _has(word, before, grounds)]
    for word in _unsplit(fresh, both.text, before, grounds):
        yield both.finding(
            "zusatz", (word.start, word.end),
            f"„{word.text}“: Das sagt der Entwurf nicht zu. Bitte zurücknehmen oder anders entscheiden.",
        )  # fmt: skip


def _office(text: str) -> list[Word]:
    """Return the verbs of what „wir“ do."""
    starts = {match.start(1) if match[1] else match.start(2) for match in _OFFICE.finditer(text)}
    return [word for word in words_of(text) if word.start in starts and not (word.capital and word.start)]


def changed_words(both: Compared) -> tuple[list[Word], list[Word]]:
    """Return the words of the matter that were added, and those that are gone."""
    grounds = both.grounds
    base, text = without_equals(both.base, both.text, grounds.lexicon)
    old, new = words(base, grounds), words(text, grounds)
    had, has = [*old, *whole_verbs(base)], [*new, *whole_verbs(text)]
    added = [word for word in new if not _has(word, had, grounds) and not grounds.lexicon.empty(word.stem)]
    dropped = [word for word in old if not _has(word, has, grounds)]
    return _unsplit(added, text, old, grounds), _unsplit(dropped, base, new, grounds)


def _unsplit(found: list[Word], text: str, others: Sequence[Word], grounds: Grounds) -> list[Word]:
    """Return the words without the parts of a split verb that the other side has whole („setzen … fest“)."""
    verbs = [verb.text for verb in whole_verbs(text) if _has(verb, others, grounds)]
    lower = {word: word.text.lower() for word in found}
    return [w for w in found if not any(verb.startswith(lower[w]) or verb.endswith(lower[w]) for verb in verbs)]


def words(text: str, grounds: Grounds) -> list[Word]:
    """Return the words of the matter: neither values nor marks nor units."""
    values = grounds.reader.read(text)
    inside = [(value.start, value.end) for value in values]
    inside += [(mark.start, mark.end) for mark in marks_in(text, grounds.lexicon)]
    found = [word for word in content_words(text) if not any(start <= word.start < end for start, end in inside)]
    return [word for word in found if not word.number and not _unit(word, text)]


def _unit(word: Word, text: str) -> bool:
    """Tell whether a word only says what an amount is in; „für diesen Monat“ says more."""
    lower = word.text.lower()
    return lower in _UNITS or (lower in _SPANS and _PER.search(text, 0, word.start) is not None)


def _has(word: Word, others: Sequence[Word], grounds: Grounds) -> bool:
    return any(alike(word.stem, other.stem, grounds.lexicon) for other in others)
