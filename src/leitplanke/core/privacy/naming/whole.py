"""Names found by looking at the whole text: who signed, who was named before."""

from __future__ import annotations

from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    COMMON,
    COMPANY,
    FIELD,
    FIRST,
    FUNCTION,
    GREETING,
    LAST,
    NAME,
    NEVER,
    PLACE,
    ROLE,
    SAFE,
    likeness,
)
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.naming.compounds import is_compound, is_organ
from leitplanke.core.privacy.naming.small import SmallLetters
from leitplanke.core.privacy.naming.vocabulary import (
    ARTICLES,
    CASES,
    LIKE_A_PAIR,
    NO_VERBS,
    SHORT_GREETINGS,
)
from leitplanke.core.privacy.tokens import Token

_SURE_ENOUGH = 0.6
_SURE = 0.9
_SURE_BY_FIRST = 0.8
_FROM_MAIL = 0.7
_FIRMS = frozenset({"gmbh", "ag", "kg", "ohg", "ug", "mbh", "gbr"})


def _is_inflected(word: str) -> bool:
    """Tell whether a word in small letters ends as adjectives do; `räumte` is rather a verb."""
    return word.islower() and word.endswith(("e", "en", "er", "es", "em")) and not word.endswith("te")


class Whole(SmallLetters):
    """Reads names by what the whole text says."""

    def _signatures(self) -> None:
        """Take the line below a closing formula, whatever the name: nothing else stands there."""
        for place, token in enumerate(self.tokens):
            if token.bits & GREETING and not (token.folded in SHORT_GREETINGS and not self._closes(place)):
                self._signature(place + 1)
        self._last_line()

    def _last_line(self) -> None:
        """Take a lone surname in the last line of a note: who wrote it."""
        last = len(self.tokens) - 1
        while last > 0 and self._text(last) == "\n":
            last -= 1
        if last < 4 or self._text(last - 1) != "\n" or self.taken[last]:
            return
        token = self.tokens[last]
        if (
            token.capital
            and not token.text.isupper()
            and (token.bits & NAME or self._nameless(last))
            and not token.bits & (COMMON | FUNCTION | NEVER | ROLE)
        ):
            self._mark(last, last + 1, 0.6)

    def _closes(self, place: int) -> bool:
        """Tell whether `VG` is a greeting and not a court."""
        after = self._text(place + 1)
        return after in {"", "\n", ",", "!"} or bool(
            self.tokens[place + 1].bits & FIRST
            and self._is_name(self.tokens[place + 1])
            and not self.tokens[place + 1].bits & PLACE
        )

    def _signature(self, place: int) -> None:
        lines = 0
        while place < len(self.tokens) and lines < 5:
            token = self.tokens[place]
            if token.text in {"\n", ",", "!", "."}:
                lines += token.text == "\n"
                place += 1
            elif token.folded in {
                "im",
                "in",
                "i",
                "gez",
                "ihr",
                "ihre",
                "ihrem",
                "eure",
                "euer",
                "dein",
                "deine",
                "aus",
                "auftrag",
                "vertretung",
                "a",
                "v",
                "der",
                "die",
                "vielen",
                "dank",
                "voraus",
                "an",
                "ag",
            }:
                place += 1
            elif not self.taken[place] and self._names_an_office(place):
                place = self._end_of_line(place)
            elif self.taken[place]:
                self._tail_of(place)
                return
            else:
                self._signed(place)
                return

    def _names_an_office(self, place: int) -> bool:
        """Tell whether the line names a part of an authority and nobody: `Untere Baurechtsbehörde`."""
        line = self.tokens[place : self._end_of_line(place)]
        return any(is_organ(token.folded) for token in line) and not any(
            token.bits & FIRST and token.bits & SAFE and not token.bits & COMMON for token in line
        )

    def _end_of_line(self, place: int) -> int:
        while place < len(self.tokens) and self._text(place) != "\n":
            place += 1
        return place

    def _tail_of(self, place: int) -> None:
        """Take what follows in small letters: `mfg Swetlana kolesnikowa`."""
        end = place
        while end < len(self.tokens) and self.taken[end]:
            end += 1
        tail = self._small_tail(end)
        if tail == end and self._ends_signature(end):
            tail = end + 1
        if tail > end and self._text(tail) in {"", "\n", ",", "."}:
            self._mark(place, tail, 0.96)

    def _signed(self, place: int) -> None:
        token = self.tokens[place]
        if (
            token.capital
            and not token.bits & (ROLE | COMPANY | BEFORE_PLACE)
            and (end := self._take(place, 0.8, strong=True))
        ):
            tail = self._small_tail(end)
            if tail == end and self._ends_signature(end):
                tail = end + 1
            if tail > end:
                self._mark(place, tail, 0.82)
            return
        if token.capital or token.bits & (FUNCTION | NEVER | ROLE) or not token.text[0].isalpha():
            return
        end = place
        while (
            end < len(self.tokens)
            and end - place < 4
            and self.tokens[end].text[0].isalpha()
            and not self.tokens[end].bits & (FUNCTION | NEVER | FIELD)
        ):
            end += 1
        ends = self._text(end) in {"", "\n", ",", ".", "(", "-"}
        if (
            end > place
            and ends
            and any(
                part.bits & NAME
                or likeness().of(part.folded) > LIKE_A_PAIR
                or not (part.bits or is_compound(part.folded))
                for part in self.tokens[place:end]
            )
        ):
            self._mark(place, end, 0.7)

    def _ends_signature(self, at: int) -> bool:
        """Tell whether a word is the surname that ends a signature, whatever else it means: `Sünje Mühlhaus`."""
        if at >= len(self.tokens) or self.tokens[at].start - self.tokens[at - 1].end != 1:
            return False
        token = self.tokens[at]
        named = token.capital and len(token.text) > 2 and not token.text.isupper() and not token.bits & (NEVER | ROLE)
        return named and not is_organ(token.folded) and self._text(at + 1) in {"", "\n", ","}

    def _named_before(self) -> None:
        """Take every further mention of a name, ambiguous ones only where no article stands before them."""
        heads = {name[:3] for name in self.known}
        for place, token in enumerate(self.tokens):
            if token.folded[:3] not in heads or self.taken[place] or len(token.text) < 3:
                continue
            key = self._key(token.folded)
            if key is None or token.bits & NEVER or not self._meant(place, key):
                continue
            if self._of_compound(token, key):
                head = len(token.text.partition("-")[0])
                self.spans.append(Span(token.start, token.start + head, Label.PERSON, 0.65))
                continue
            if self._text(place + 1).lower() in _FIRMS or self._text(place + 2).lower() in _FIRMS:
                continue
            first = place
            if (
                place > 1
                and self._text(place - 1) == "."
                and self.tokens[place - 2].initial
                and not self.taken[place - 2]
            ):
                first = place - 2
            elif place and self.tokens[place - 1].folded in {"von", "zu"} and f"von {key}" in self.known:
                first = place - 1
            self._mark(first, place + 1, 0.65)

    def _key(self, folded: str) -> str | None:
        """Return the known name that a word is: as such, in the genitive, or at the head of a compound."""
        forms = (folded, folded.removesuffix("s").rstrip("'"), folded.partition("-")[0])
        return next((form for form in forms if self.known.get(form, 0) >= _SURE_ENOUGH and len(form) > 2), None)

    def _meant(self, place: int, key: str) -> bool:
        """Tell whether a word that is known as a name is meant as one here."""
        token = self.tokens[place]
        if not token.capital:
            return self._meant_in_small_letters(token, key)
        if self._of_compound(token, key):
            return True
        if token.bits & FUNCTION and self._opens_sentence(place):
            return self.known[key] >= _SURE_BY_FIRST and self._has_verb(place)
        plain = token.bits & (COMMON | PLACE | ROLE | COMPANY)
        if key in self.mailed and not self.known_by_text(key):
            return not plain
        return self._is_free_name(place, key, plain=bool(plain))

    def _is_free_name(self, place: int, key: str, *, plain: bool) -> bool:
        """Tell whether what stands around a known name leaves it free to be one: an article makes a noun of it."""
        if not plain and not is_compound(self.tokens[place].folded):
            return True
        if self._opens_sentence(place) and self._has_verb(place) and not plain:
            return True
        if place == 0 or self.known[key] >= _SURE_BY_FIRST:
            return place == 0 or self._free(place)
        return self._follows_freely(place)

    def _meant_in_small_letters(self, token: Token, key: str) -> bool:
        plain = token.bits & (COMMON | PLACE | ROLE | COMPANY | FUNCTION)
        named = bool(token.bits & NAME and token.bits & SAFE)
        unknown = not token.bits and self.known[key] >= _SURE and not is_compound(token.folded)
        return not plain and len(key) > 3 and (named or unknown)

    def _of_compound(self, token: Token, key: str) -> bool:
        """Tell whether a word is something of a known name: `Jäger-Akte`."""
        head, _joint, rest = token.folded.partition("-")
        return head == key and rest in CASES

    def _opens_sentence(self, place: int) -> bool:
        return place == 0 or self._text(place - 1) in {"\n", ".", ":", "!", "?", "„", ";"}

    def _has_verb(self, place: int) -> bool:
        """Tell whether the word behind may be a verb in the third person."""
        after = self._text(place + 1)
        return after.islower() and after.endswith(("t", "te")) and after not in NO_VERBS

    def known_by_text(self, key: str) -> bool:
        """Tell whether a name that an e-mail address gave is one in the text, too."""
        return self.known[key] > _FROM_MAIL

    def _free(self, place: int) -> bool:
        """Tell whether neither an article nor an adjective nor a word for a place stands before a name."""
        before = self.tokens[place - 1]
        inflected = _is_inflected(before.text) and not before.bits
        return not (
            before.folded in ARTICLES
            or before.bits & COMPANY
            or (before.bits & BEFORE_PLACE and self.tokens[place].bits & PLACE)
            or (inflected and len(before.text) > 4)
        )

    def _follows_freely(self, place: int) -> bool:
        before, after = self.tokens[place - 1], self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if before.folded in ARTICLES or before.bits & (BEFORE_PLACE | COMPANY) or _is_inflected(before.text):
            return False
        return (
            after is not None
            and after.text.islower()
            and self.tokens[place].bits & LAST > 0
            and (not self.tokens[place].bits & PLACE or self._has_verb(place))
        )
