"""Names found by where they stand: above an address, before a birth date, below „Im Auftrag“, in an e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leitplanke.core.privacy.folding import fold, word_lists
from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    COMMON,
    COMPANY,
    FIELD,
    FIRST,
    FUNCTION,
    GREETING,
    LAST,
    LEGAL_FORM,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SALUTE,
    TITLE,
    lexicon,
    likeness,
)
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.naming.compounds import is_compound, is_organ, may_be_surname
from leitplanke.core.privacy.naming.reading import Reading
from leitplanke.core.privacy.naming.vocabulary import ARTICLES, LIKE_FIRST
from leitplanke.core.privacy.tokens import PARTICLES, Token, is_mixed

_NO_NAME = FUNCTION | NEVER | SALUTE | COMPANY | LEGAL_FORM | GREETING | FIELD
_MOST = 5
_SURELY = 0.85
_IN_LIST = 2
# What stands between a name and its date of birth, its address, its e-mail address.
_BETWEEN = frozenset(
    {",", "(", "<", "-", "–", "*", "\n", "geb", ".", "geboren", "geborene", "am", "in", "wohnhaft", "wohnt", "aus"}
)
_CLOSINGS = re.compile(
    r"(?<!\w)(?:[Ii]\.[ ]?[AV]\.|[Ii]m Auftrag|[Ii]n Vertretung|[Gg]ez\.?|Unterschrift:?|[iI][AV])"
    r"[ ,:]{0,2}\r?\n?[ \n]{0,3}(?=[A-ZÄÖÜ])"
    r"|(?:(?:[Dd]anke|DANKE|[Bb]is (?:morgen|dann|bald|später|gleich)|[Gg]esendet von [^\n]{3,40})[,.!]?\r?\n{1,2})"
    r"(?=[A-ZÄÖÜŞİŠŽČ])"
)
_MAILBOXES = frozenset(word_lists("regeln")["mailboxes"])
_CONTACTS = frozenset(word_lists("regeln")["contacts"])
# `Wohngeldantrag Ziegenhagen`, `Aktenvermerk Quast`.
_CONTACT_ENDINGS = ("antrag", "widerspruch", "vermerk", "akte", "beschwerde", "bescheid")
_RANKS = word_lists("regeln")["ranks"]
_DAYS = frozenset({"montag", "freitag", "samstag", "sonntag", "mai", "maerz", "august", "sommer", "winter", "herbst"})
_KIN = frozenset(word_lists("regeln")["kin"])
_JOINING = frozenset({"mit", "von", "an", "durch", "fuer", "bei", "zu"})


class Anchored(Reading):
    """Reads names by what stands behind or above them."""

    def _keep_off(self, others: Iterable[Span]) -> None:
        """Leave words alone that are surely part of something else: of a street, a number, an e-mail address."""
        sure = sorted(span for span in others if span.score >= _SURELY)
        place = 0
        for span in sure:
            while place < len(self.tokens) and self.tokens[place].start < span.start:
                place += 1
            while place < len(self.tokens) and self.tokens[place].start < span.end:
                token = self.tokens[place]
                token.bits, token.capital, self.taken[place] = NEVER | COMMON, False, True
                place += 1

    def _beside_findings(self, others: Iterable[Span]) -> None:
        """Take the names in front of addresses, dates of birth and e-mail addresses; learn names from the latter."""
        starts = {token.start: place for place, token in enumerate(self.tokens)}
        for span in others:
            if span.label is Label.EMAIL:
                self._learn_from_mail(self.text[span.start : span.end])
            elif span.label not in {Label.ADDRESS, Label.GEBURTSDATUM} or span.score < 0.7:
                continue
            place = starts.get(span.start)
            if place is not None:
                self._before(place, lone=span.label is not Label.EMAIL)

    def _before(self, place: int, *, lone: bool) -> None:
        """Mark the run of words that ends before `place` when it can only be a name."""
        end = self._end_of_run(place)
        if not end:
            return
        first = self._start_of_run(end)
        if self.small and not self.tokens[end - 1].capital:
            if first < end and self._text(first - 1) in {"", "\n", ".", ",", "!", "?", ":"}:
                self._mark(first, end, 0.72)
            return
        while first < end and not self.tokens[first].capital:
            first += 1
        words = [token for token in self.tokens[first:end] if token.text not in {".", ","}]
        hosted = self._text(first - 1).lower() in {"bei", "o"}
        if self._opens_run(first, words) and self._is_run(words, lone=lone, hosted=hosted):
            self._mark(first, end, 0.72)

    def _end_of_run(self, place: int) -> int:
        """Go back over commas, brackets and `geb.` to the end of what may be a name; 0 when there is nothing."""
        end, lines = place, 0
        while end > 0 and place - end < _MOST and self.tokens[end - 1].folded in _BETWEEN:
            lines += self.tokens[end - 1].text == "\n"
            end -= 1
        if end > 2 and self.taken[end - 1] and self._text(end - 2) == "." and self.tokens[end - 3].folded == "geb":
            end -= 3
            while end > 0 and self._text(end - 1) in {",", "("}:
                end -= 1
        return 0 if end == place or lines > 1 or end == 0 or self.taken[end - 1] else end

    def _start_of_run(self, end: int) -> int:
        first = end
        small = self.small and not self.tokens[end - 1].capital
        while first > 0 and end - first < _MOST:
            before = self.tokens[first - 1]
            fits = (
                (small and end - first < 2 and self._small_part(before))
                or (before.text == "," and end - first == 1)
                or (before.text == "." and first > 1 and self.tokens[first - 2].initial)
                or self._may_be(before)
                or (before.folded in PARTICLES and not before.capital)
            )
            if not fits:
                break
            first -= 1
        return first

    def _opens_run(self, first: int, words: list[Token]) -> bool:
        """Tell whether what stands before a run of words leaves it free to be a name."""
        before = self.tokens[first - 1] if first else None
        if before is None or not before.text[0].isalpha():
            return True
        if before.bits & (COMPANY | BEFORE_PLACE) and before.folded != "bei":
            return False
        if before.folded in ARTICLES and not any(token.bits & FIRST for token in words):
            return False
        return before.text.islower()

    def _small_part(self, token: Token) -> bool:
        """Tell whether a word in small letters can be part of a name."""
        return token.text.isalpha() and len(token.text) > 2 and not token.bits & (_NO_NAME | COMMON | PLACE | ROLE)

    def _may_be(self, token: Token) -> bool:
        bits = token.bits
        return (
            token.capital
            and not bits & _NO_NAME
            and not (bits & ROLE and not bits & LAST)
            and not (bits & (TITLE | BEFORE_PLACE) and not bits & NAME)
            and not is_mixed(token.text)
            and not (token.text.isupper() and 1 < len(token.text) < 5 and not self.capitals)
            and not is_organ(token.folded)
        )

    def _is_run(self, words: list[Token], *, lone: bool, hosted: bool) -> bool:
        words = [token for token in words if token.capital and not token.initial]
        if not words:
            return False
        named = [token for token in words if token.bits & NAME and not token.bits & (COMMON | PLACE)]
        if len(words) == 1:
            (token,) = words
            return lone and (bool(named) or not (token.bits or (is_compound(token.folded) and not hosted)))
        first_name = any(token.bits & FIRST for token in words)
        unknown = [token for token in words if not token.bits and not is_compound(token.folded)]
        likely = not words[0].bits and likeness().of(words[0].folded) > LIKE_FIRST
        return first_name or likely or len(named) + len(unknown) == len(words)

    def _learn_from_mail(self, address: str) -> None:
        """Learn the surname in `d.krautwurst@...`, so that it is found in the text."""
        local = fold(re.split(r"[@(\[{ ]", address, maxsplit=1)[0])
        parts = [part for part in re.split(r"[._\-+]", local) if part.isalpha()]
        if any(part in _MAILBOXES for part in parts):
            return
        for part in parts:
            if len(part) >= 4 and (len(parts) > 1 or self._surname(part)) and not is_organ(part):
                self.known.setdefault(part, 0.7)
                self.mailed.add(part)

    def _surname(self, part: str) -> bool:
        return any(
            token.folded == part and token.capital and not token.bits & COMMON and not is_compound(part)
            for token in self.tokens
        )

    def _below_closings(self) -> None:
        """Take the words behind „i. A.“ and „gez.“, whatever they are."""
        starts = {token.start: place for place, token in enumerate(self.tokens)}
        for match in _CLOSINGS.finditer(self.text):
            place = starts.get(match.end())
            if place is None or self.taken[place]:
                continue
            end = place
            while (
                end < len(self.tokens)
                and end - place < _MOST
                and (
                    self._may_be(self.tokens[end])
                    or (self.tokens[end].bits == ROLE and not lexicon().get(self.tokens[end].folded))
                    or (self.tokens[end].text == "." and self.tokens[end - 1].initial)
                    or (end > place and self.tokens[end].folded in PARTICLES)
                )
            ):
                end += 1
            while end > place and not self.tokens[end - 1].capital:
                end -= 1
            if end > place and self._text(end) in {"", "\n", ",", ".", "(", ")", "|", ";", "/"}:
                self._mark(place, end, 0.78)

    def _of_kin(self) -> None:
        """Take the words in front of „(Ehefrau)“, „(Sohn)“ in a list of people, and behind an @ of a chat."""
        for place in range(len(self.tokens) - 1):
            token = self.tokens[place]
            if place and token.text == "(" and self._text(place + 2) == ")" and self.tokens[place + 1].folded in _KIN:
                before = self.tokens[place - 1]
                if not self.taken[place - 1] and self._may_be(before) and not (before.bits & COMMON):
                    self._mark(place - 1, place, 0.7)
            elif place and token.text == "," and self.tokens[place + 1].text.startswith(_RANKS):
                before = self.tokens[place - 1]
                if before.capital and not self.taken[place - 1] and (before.bits & LAST or self._nameless(place - 1)):
                    self._mark(place - 1, place, 0.7)
            elif token.text == "(" and self._aged(place):
                self._mark(place - 1, place, 0.62)
            elif token.text == "@" and self.tokens[place + 1].bits & FIRST and not self.taken[place + 1]:
                self._mark(place + 1, place + 2, 0.65)

    def _aged(self, place: int) -> bool:
        """Tell whether an age in brackets stands behind a name in a list: „Ewa (34), Zosia (5)“."""
        if place < _IN_LIST or self.taken[place - 1] or self._text(place + 2) != ")":
            return False
        years, word = self._text(place + 1), self.tokens[place - 1]
        listed = self._text(place - 2) in {",", ":", "und", ";"} and years.isdecimal() and len(years) < len("100")
        known = (word.bits & NAME and not word.bits & COMMON) or likeness().of(word.folded) > LIKE_FIRST
        return listed and bool(known) and self._may_be(word)

    def _contacted(self) -> None:
        """Take an unknown word behind „Rücksprache mit“, „Anruf“, „Schreiben von“."""
        for place, token in enumerate(self.tokens):
            if token.folded not in _CONTACTS and not (token.capital and token.folded.endswith(_CONTACT_ENDINGS)):
                continue
            at = place + 1
            short = self._text(at) == "." and len(token.text) < 5
            at += short + (self._text(at + short) == ":")
            at += not short and self._text(at).lower() in _JOINING
            if at >= len(self.tokens) or self.taken[at] or self.tokens[at].text[0] == "\n":
                continue
            word = self.tokens[at]
            alone = self._text(at + 1) in {"", "\n", ",", ".", ":", ";", ")", "(", "!"} or self._text(at + 1).islower()
            plain = bool(word.bits & NAME and not word.bits & (COMMON | PLACE)) or not word.bits
            joined = self._text(at - 1).lower() in {"mit", "durch", "an", "von"} and word.bits & COMMON
            noun = joined and word.bits & LAST and not word.bits & (PLACE | FIRST)
            plain = plain or bool(noun and word.folded not in _DAYS)
            if self._may_be(word) and plain and len(word.text) > 2 and alone and (short or may_be_surname(word.folded)):
                self._mark(at, at + 1, 0.62)
