"""The detector: all recognisers over one text, one decision where they overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from leitplanke.core.privacy.addresses import propose_addresses
from leitplanke.core.privacy.allowing import Allowed
from leitplanke.core.privacy.births import propose_births, propose_births_of
from leitplanke.core.privacy.codes import DOUBTFUL, propose_codes
from leitplanke.core.privacy.columns import propose_columns, propose_neighbours
from leitplanke.core.privacy.contact import propose_contacts, propose_extensions_of
from leitplanke.core.privacy.cues import propose_after_cues
from leitplanke.core.privacy.folding import lower_in_place
from leitplanke.core.privacy.learned.names import reconsider
from leitplanke.core.privacy.model import (
    CHECK_DIGIT_LABELS,
    AllowList,
    Findings,
    Label,
    Recogniser,
    Signal,
    Span,
)
from leitplanke.core.privacy.naming.nobody import is_nobody
from leitplanke.core.privacy.numbers import propose_numbers
from leitplanke.core.privacy.objects import as_lines
from leitplanke.core.privacy.papers import propose_papers
from leitplanke.core.privacy.persons import Names
from leitplanke.core.privacy.plain import Plain
from leitplanke.core.privacy.plates import propose_plates
from leitplanke.core.privacy.signals import find_signals
from leitplanke.core.privacy.tokens import Token, tokenise

# Where two proposals overlap and are equally sure, the more particular kind stands.
_DIGIT = re.compile(r"\d")
_ABOUT_SOMEBODY = frozenset(Label) - {
    Label.AKTENZEICHEN,
    Label.KASSENZEICHEN,
    Label.PHONE,
    Label.EMAIL,
    Label.ADDRESS,
    Label.PLZ_ORT,
}
_SAMPLE = re.compile(r"(?:beispiel|muster)[ :]{1,2}(?:iban[ :]{0,2})?(?:zum ausfüllen: )?\Z|muster iban[^\n]{0,20}\Z")
_REACH = 32
_REPEATED = 7
_RANK = {label: rank for rank, label in enumerate(Label)}


class Detector:
    """Finds personal data in German texts; immutable, fit for many threads."""

    def __init__(
        self, allow: AllowList | None = None, plugins: Sequence[Recogniser] = (), *, learned: bool = True
    ) -> None:
        """Take the town's list of what is public and recognisers beyond the built-in ones.

        Without `learned` only the rules look for names, which learning needs.
        """
        self._learned = learned
        self._allowed = Allowed(allow or AllowList())
        self._plugins = tuple(plugins)

    def find(self, text: str) -> Findings:
        """Return what `text` holds; the same text always gives the same findings."""
        lines = as_lines(text)
        plain = Plain(lines)
        found = self._find(plain.text)
        if plain.text is lines:
            return found
        spans = tuple(Span(*plain.back(span.start, span.end), span.label, span.score) for span in found.spans)
        signals = (Signal(*plain.back(hit.start, hit.end), hit.category, hit.personal) for hit in found.signals)
        public = tuple(Span(*plain.back(span.start, span.end), span.label, span.score) for span in found.public)
        return Findings(spans, tuple(signals), public)

    def knows_as_public(self, name: str) -> bool:
        """Tell whether the town's list holds `name` as that of a human being."""
        plain = Plain(as_lines(name)).text
        return self._allowed.is_human(plain, Span(0, len(plain), Label.PERSON, 1.0))

    def _find(self, text: str) -> Findings:
        low = lower_in_place(text)
        tokens = tokenise(text)
        spans: list[Span] = []
        digits = _DIGIT.search(text) is not None
        if digits:
            spans += propose_codes(text, low)
            spans += propose_numbers(text)
            spans += propose_after_cues(text, low)
            spans += propose_papers(text, low)
            spans += propose_births(text, low)
            spans += propose_plates(text, low)
            spans += propose_addresses(text, low)
        elif "neunzehnhundert" in low or "zweitausend" in low:
            spans += propose_births(text, low)
        spans += propose_contacts(text, low)
        spans += propose_columns(text)
        persons = [one for one in Names(text, tokens).find(choose(spans)) if not is_nobody(text, low, one)]
        spans += persons
        if self._learned:
            more, wrong = reconsider(text, tokens, choose(spans))
            persons = [span for span in persons if span not in wrong]
            persons += [one for one in more if not is_nobody(text, low, one)]
            spans = [*(span for span in spans if span not in wrong), *persons]
        spans += propose_neighbours(text, persons)
        if digits:
            spans += propose_births_of(text, low, persons)
            spans += propose_extensions_of(text, persons)
        for plugin in self._plugins:
            spans += plugin.propose(text)
        sure = [span for span in _without_doubtful(choose(spans)) if not _is_sample(low, span)]
        return self._without_public(text, tokens, sure)

    def _without_public(self, text: str, tokens: list[Token], sure: list[Span]) -> Findings:
        """Leave out what is public; a name is so by an office, an illness or a faith is not.

        Where a text says something specially protected about somebody, those in public roles count as people, too:
        the list says that a name is public, not whether by an elected office, so political opinion is no exception.
        """
        public = tuple(span for span in sure if self._allowed.is_public(text, span))
        people = frozenset(span for span in public if self._allowed.is_human(text, span))
        chosen = tuple(span for span in sure if span not in public)
        if people:
            spans = tuple(span for span in sure if span not in public or span in people)
            signals = find_signals(tokens, spans)
            if any(signal.personal for signal in signals):
                return Findings(spans, signals, tuple(span for span in public if span not in people))
        return Findings(chosen, find_signals(tokens, chosen), public)


def choose(spans: Iterable[Span]) -> list[Span]:
    """Return the surest of overlapping proposals; among equals the longer, then the more particular."""
    starts: list[int] = []
    chosen: list[Span] = []
    ordered = sorted(spans, key=lambda span: (-span.score, span.start - span.end, -_RANK[span.label], span.start))
    for span in ordered:
        if span.end <= span.start:
            continue
        place = bisect_left(starts, span.start)
        free = (place == 0 or chosen[place - 1].end <= span.start) and (
            place == len(chosen) or chosen[place].start >= span.end
        )
        if free:
            starts.insert(place, span.start)
            chosen.insert(place, span)
    return chosen


def _is_sample(low: str, span: Span) -> bool:
    """Tell whether a number is only shown as one: „zum Beispiel DE12 ...“, „X999999999“."""
    if span.label not in CHECK_DIGIT_LABELS:
        return False
    digits = [sign for sign in low[span.start : span.end] if sign.isdecimal()]
    return (len(digits) > _REPEATED and len(set(digits)) == 1) or _SAMPLE.search(
        low, max(0, span.start - _REACH), span.start
    ) is not None


def _without_doubtful(spans: list[Span]) -> list[Span]:
    """Leave out codes that no word announces where the text is about nobody: of goods, plans, budgets."""
    if any(span.label in _ABOUT_SOMEBODY for span in spans):
        return spans
    return [span for span in spans if span.label is not Label.AKTENZEICHEN or span.score > DOUBTFUL]


def default_detector(allow: AllowList | None = None, plugins: Sequence[Recogniser] = ()) -> Detector:
    """Return a detector; cheap, since the tables are read once per process."""
    return Detector(allow, plugins)
