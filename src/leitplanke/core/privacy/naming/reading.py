"""The names of one text: what they are made of, and where each ends."""

from __future__ import annotations

from leitplanke.core.privacy.folding import word_lists
from leitplanke.core.privacy.lexicon import (
    BEFORE_PLACE,
    CAREFUL,
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
    SAFE,
    SALUTE,
    TITLE,
    likeness,
)
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.naming.compounds import is_compound, is_organ
from leitplanke.core.privacy.naming.vocabulary import (
    ARTICLES,
    CAPITAL_NAMES,
    CAPITAL_PARTICLES,
    HARD_NOUNS,
    LEFT_PARTICLES,
    LIKE_BEHIND,
    LIKE_SECOND,
    MOST_PARTS,
    NOBLE,
    VIETNAMESE,
)
from leitplanke.core.privacy.tokens import PARTICLES, Token, is_mixed, is_noun

# An abbreviation (`Whg.`) is no name in a list.
_SHORT = 5
_WIDEST = 2
_LONGEST_CUT = 4
# `Joh. Heinr. Pflug`
_ABBREVIATED = frozenset(word_lists("regeln")["short_first_names"])


class Reading:
    """Reads names; what leads to them is decided elsewhere."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """Take the text and its tokens."""
        self.text = text
        self.tokens = tokens
        self.taken = [False] * len(tokens)
        self.spans: list[Span] = []
        self.known: dict[str, float] = {}
        self.mailed: set[str] = set()
        self.capitals = text.isupper() and any(len(token.text) > 4 and token.text.isalpha() for token in tokens)
        words = [token for token in tokens if token.text[0].isalpha()]
        self.small = len(words) > 3 and sum(token.capital for token in words) * 6 < len(words)

    def _text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def _is_name(self, token: Token) -> bool:
        return bool(token.bits & NAME) and not token.bits & (COMMON | NEVER)

    def _fits(self, token: Token, *, strong: bool, has_last: bool, only_first: bool, inside: bool) -> bool:
        """Tell whether a capitalised word can be part of the name that is being read."""
        bits = token.bits
        if bits & FUNCTION and inside and only_first and not has_last:
            return self._is_adjective_name(token)
        excluded = bits & (FUNCTION | NEVER | SALUTE) or (bits & ROLE and not bits & LAST)
        if excluded or (not bits & NAME and self._is_abbreviation(token, strong=strong)):
            return False
        if bits & COMMON:
            return only_first and not has_last and (bool(bits & NAME) or (inside and self._noun_as_name(token)))
        if bits & NAME:
            return True
        if bits & (PLACE | COMPANY | FIELD):
            return (
                (strong or (bits & PLACE > 0 and inside and only_first)) and not has_last and not is_noun(token.folded)
            )
        return not is_noun(token.folded) and (strong or only_first or not has_last) and len(token.text) > 1

    def _is_adjective_name(self, token: Token) -> bool:
        """Tell whether a word of grammar with a capital is a surname behind a first name: `Ernst Grün`."""
        return bool(token.bits & LAST and token.bits & FUNCTION) and len(token.text) > 3 and not token.text.isupper()

    def _noun_as_name(self, token: Token) -> bool:
        """Tell whether a noun behind a first name is the surname: `Petra Donner`, not `Petra Antrag`."""
        return not (is_noun(token.folded) or token.bits & (ROLE | FIELD | PLACE | COMPANY | GREETING | TITLE)) and (
            self.capitals or not token.text.isupper()
        )

    def _is_abbreviation(self, token: Token, *, strong: bool) -> bool:
        short = len(token.text) < 7 and token.text.isupper() and not (self.capitals or strong)
        return short or is_mixed(token.text) or bool(token.bits & LEGAL_FORM and len(token.text) <= 4)

    def _read(self, at: int, *, strong: bool) -> tuple[int, bool]:
        """Return where the name that begins at `at` ends, and whether a list of names knows any part of it."""
        place, has_last, only_first, known = at, False, True, False
        while self._is_near(place, at):
            token = self.tokens[place]
            if self._is_shortened(place, anyway=place > at or strong):
                place += 2
                if not self._continues(place):
                    known = True
                    break
            elif place > at and self._is_joint(place, at, strong=strong, only_first=only_first):
                place += 1
            elif (
                place > at
                and token.capital
                and self._follows(token, self.tokens[place - 1], self.tokens[at], only_first=only_first)
            ):
                has_last, only_first, known = True, False, known or bool(token.bits & NAME)
                place += 1
            elif token.capital and self._fits(
                token, strong=strong, has_last=has_last, only_first=only_first, inside=place > at
            ):
                known = known or bool(token.bits & NAME)
                has_last = has_last or not token.bits & FIRST
                only_first = only_first and bool(token.bits & FIRST)
                place += 1
            elif place == at and not token.capital and self._before_first_name(place):
                break
            elif (not token.capital and token.folded in PARTICLES and self._particle(place, at)) or (
                place == at and token.capital and token.folded in CAPITAL_NAMES and self._continues(place + 1)
            ):
                place += 1
            else:
                break
        while place > at and not self.tokens[place - 1].capital and self.tokens[place - 1].text != ".":
            place -= 1
        return place, known

    def _is_shortened(self, place: int, *, anyway: bool) -> bool:
        """Tell whether a first name is cut to its beginning: `A. Weber`, `Joh. Heinr. Pflug`."""
        token = self.tokens[place]
        if not token.capital or self._text(place + 1) != ".":
            return False
        goes_on = self._continues(place + 2)
        return (token.initial and (goes_on or anyway)) or (goes_on and token.folded in _ABBREVIATED)

    def _is_near(self, place: int, at: int) -> bool:
        """Tell whether a name that began at `at` may go on at `place`."""
        if place >= len(self.tokens) or place - at >= MOST_PARTS:
            return False
        return place == at or self.tokens[place].start - self.tokens[place - 1].end <= _WIDEST

    def _is_joint(self, place: int, at: int, *, strong: bool, only_first: bool) -> bool:
        """Tell whether a token only joins parts of a name: the end of a line, a particle among capitals."""
        token = self.tokens[place]
        if token.text == "\n":
            return self._over_the_line(place, strong=strong, only_first=only_first)
        return self.capitals and token.folded in CAPITAL_PARTICLES and self._particle(place, at)

    def _over_the_line(self, place: int, *, strong: bool, only_first: bool) -> bool:
        """Tell whether a name goes on in the next line: after `von`, or after a first name behind a salutation."""
        before, after = self.tokens[place - 1], self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if after is None or not after.capital or after.bits & (FUNCTION | NEVER | SALUTE | ROLE | FIELD):
            return False
        if before.folded in PARTICLES and not before.capital:
            return True
        return strong and only_first and bool(after.bits & LAST) and not after.bits & (FIRST | COMMON)

    def _before_first_name(self, place: int) -> bool:
        """Tell whether `von` stands before a first name, and so belongs to no surname."""
        if place + 1 >= len(self.tokens) or self.tokens[place].folded not in {"von", "vom", "zu", "zum", "zur"}:
            return False
        after = self.tokens[place + 1]
        return bool(after.bits & FIRST and after.bits & SAFE) and self._is_name(after)

    def _follows(self, token: Token, before: Token, first: Token, *, only_first: bool) -> bool:
        """Tell whether a word belongs to the name by its place: after a particle, in names of Vietnam and China."""
        if token.bits & (FUNCTION | NEVER | SALUTE | ROLE | TITLE) or is_mixed(token.text) or len(token.text) < 2:
            return False
        vietnamese = first.folded in VIETNAMESE and (token.bits & NAME or (not token.bits and len(token.text) <= 6))
        if vietnamese or (token.folded in NOBLE and first.bits & FIRST):
            return True
        if before.folded in NOBLE or (before.folded in PARTICLES and (self.capitals or not before.capital)):
            return not token.bits & (COMMON | PLACE) or bool(token.bits & LAST)
        if (
            not token.bits
            and not is_noun(token.folded)
            and first.bits & LAST
            and not (only_first and first.bits & SAFE)
            and self._is_name(first)
        ):
            return likeness().of(token.folded) > LIKE_SECOND
        if only_first and not token.bits and self._is_name(before) and not before.bits & (CAREFUL | PLACE):
            unlike = is_compound(token.folded) or likeness().of(token.folded) < LIKE_BEHIND
            if not unlike and (self.capitals or not token.text.isupper()):
                return True
        given = only_first and before.bits & SAFE and self._is_name(before) and not before.bits & (CAREFUL | PLACE)
        plain = not token.bits and not token.folded.endswith(HARD_NOUNS)
        return bool(given) and plain and (self.capitals or not token.text.isupper())

    def _particle(self, place: int, at: int) -> bool:
        ahead = place + 1
        while ahead < len(self.tokens) and ahead - place < 3 and self.tokens[ahead].folded in PARTICLES:
            ahead += 1
        if self.tokens[place].folded == "und" or self._text(ahead).lower() == "und":
            return self._text(place - 1).lower() == "von" or self._text(place + 1).lower() == "und"
        if (
            self.tokens[place].folded in {"der", "des", "den", "das", "do", "e", "y", "st"}
            and self._text(place - 1).lower() not in PARTICLES
            and self.tokens[place].folded != "y"
        ):
            return False
        return self._continues(ahead) and (
            place > at
            or (place > 0 and self.tokens[place - 1].bits & SALUTE > 0)
            or self.tokens[ahead].bits & LAST > 0
            or self.tokens[place].folded in {"von", "van", "de", "al", "el"}
        )

    def _continues(self, place: int) -> bool:
        place += self._text(place) == "\n" and self._text(place - 1) in PARTICLES
        return (
            place < len(self.tokens)
            and self.tokens[place].capital
            and not self.tokens[place].bits & (FUNCTION | NEVER)
            and not is_noun(self.tokens[place].folded)
        )

    def _take(self, at: int, score: float, *, strong: bool, start: int | None = None, listed: bool = False) -> int:
        """Mark the name at `at` and those joined to it; return where to go on, or 0 if no name is there."""
        end = self._take_one(at, score, strong=strong, start=start)
        more = end
        while more and self._joins(more, listed=listed):
            more = self._take_one(more + 1, score - 0.1, strong=listed and self._lone(more + 1)) or (
                self._mark(more + 1, more + 2, score - 0.1) if listed and self._listed_noun(more + 1) else 0
            )
            end = more or end
        return end

    def _take_one(self, at: int, score: float, *, strong: bool, start: int | None = None) -> int:
        if strong and self._text(at) in {"v", "d", "z"} and self._text(at + 1) == ".":
            return self._take_one(at + 2, score, strong=True, start=at if start is None else start)
        if at >= len(self.tokens) or not (self.tokens[at].capital or self.tokens[at].folded in PARTICLES):
            return 0
        end, known = self._read(at, strong=strong)
        if end == at or (not known and not strong and (end - at > 3 or not self._unknown_name(at, end))):
            return 0
        if self._text(end).lower().rstrip(".") in {"gmbh", "ag", "kg", "ohg", "ug", "mbh"} and not strong:
            return 0
        if score < 0.95:
            end = self._with_first_name_after_comma(at, end)
        return self._mark(at if start is None else start, end, score)

    def _unknown_name(self, at: int, end: int) -> bool:
        words = [token for token in self.tokens[at:end] if token.text != "." and not token.initial]
        return bool(words) and all(
            len(token.text) > 2 and not token.bits & (PLACE | COMPANY | FIELD | ROLE | BEFORE_PLACE | GREETING)
            for token in words
        )

    def _with_first_name_after_comma(self, at: int, end: int) -> int:
        if self._text(end) != "," or end + 1 >= len(self.tokens):
            return end
        after = self.tokens[end + 1]
        given = after.bits & FIRST and not after.bits & (COMMON | NEVER)
        if not given and self._nameless(end + 1) and self._is_name(self.tokens[at]) and self.tokens[at].bits & LAST:
            given = likeness().of(after.folded) > LIKE_SECOND and self._text(end + 2) in {",", "\n", "", ";", ")", "."}
        if not (after.capital and given) or end - at > 4:
            return end
        whole = end - at > 1 and self.tokens[at].bits & FIRST and self.tokens[at].bits & SAFE
        if whole or all(token.bits & FIRST and not token.bits & LAST for token in self.tokens[at:end]):
            return end
        stop = end + 2
        while stop < len(self.tokens) and self.tokens[stop].capital and stop - end < 4:
            token = self.tokens[stop]
            if not (token.bits & FIRST and not token.bits & (COMMON | NEVER)) and not (
                self._nameless(stop) and likeness().of(token.folded) > LIKE_SECOND
            ):
                break
            stop += 1
        return stop

    def _joins(self, end: int, *, listed: bool) -> bool:
        """Tell whether a name follows after `und`, `/`, `,`: „Eheleute Jana und Piotr Nowak“."""
        joint = self._text(end)
        if joint not in {"und", "u", "&", "/", ","} or end + 1 >= len(self.tokens):
            return False
        after = self.tokens[end + 1]
        if listed and joint in {",", "/", "und"} and (self._lone(end + 1) or self._listed_noun(end + 1)):
            return True
        named = after.capital and after.bits & NAME and not after.bits & (COMMON | NEVER | SALUTE | TITLE | ROLE)
        return bool(named) and (listed or joint != "," or after.bits & FIRST > 0)

    def _listed_noun(self, at: int) -> bool:
        """Tell whether a common noun that is also a surname stands alone in a list of people: `Sonntag, Winter`."""
        token = self.tokens[at]
        surname = token.capital and token.bits & LAST and token.bits & COMMON and len(token.text) > 2
        other = token.bits & (FUNCTION | NEVER | ROLE | FIELD | PLACE | COMPANY)
        return bool(surname) and not other and self._text(at + 1) in {"", ",", "\n", "und", ";", "("}

    def _lone(self, at: int) -> bool:
        """Tell whether an unknown word stands alone between commas, as in a list of names."""
        if not self._nameless(at) or is_organ(self.tokens[at].folded):
            return False
        if self._text(at + 1) == "." and len(self.tokens[at].text) < _SHORT:
            return False
        return self._text(at + 1) in {"", ",", "\n", "und", "/", ".", ";", "(", ")"}

    def _nameless(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        plain = (
            token.capital
            and not token.bits
            and len(token.text) > 2
            and not is_noun(token.folded)
            and not is_mixed(token.text)
            and not token.folded.endswith("-nr")
        )
        return plain and (self.capitals or not token.text[1:].isupper())

    def _known_part(self, at: int) -> bool:
        token = self.tokens[at]
        return token.capital and self._is_name(token) and not token.bits & (PLACE | CAREFUL)

    def _article_before(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].folded in ARTICLES

    def _unfamiliar(self, at: int) -> bool:
        """Tell whether an unknown word may be a name though it opens a sentence or follows an adjective."""
        before = self._text(at - 1)
        token = self.tokens[at]
        if token.folded.endswith(
            ("en", "te", "st", "ich", "isch", "ige", "iger", "ische", "ischer", "er", "lich", "bar", "los", "in")
        ):
            return False
        return not before.islower() or before in PARTICLES or token.bits & LAST > 0

    def _mark(self, at: int, end: int, score: float) -> int:
        if at > 1 and self.tokens[at - 1].folded in {"der", "den"} and self.tokens[at - 2].folded == "van":
            at -= 1
        if at > 1 and self.tokens[at - 1].folded == "la" and self.tokens[at - 2].folded == "de":
            at -= 1
        while (
            at
            and self.tokens[at - 1].folded in LEFT_PARTICLES
            and not self.taken[at - 1]
            and self.tokens[at].start - self.tokens[at - 1].end == 1
        ):
            at -= 1
        first, last = self.tokens[at], self.tokens[end - 1]
        stop = last.end
        if last.text == "." and end - at > 1 and len(self.tokens[end - 2].text) > _LONGEST_CUT:
            stop = self.tokens[end - 2].end
        self.spans.append(Span(first.start, stop, Label.PERSON, score))
        for place in range(at, end):
            token = self.tokens[place]
            self.taken[place] = True
            if place > at and self.tokens[place - 1].folded == "von":
                self.known[f"von {token.folded}"] = score
            if token.capital and len(token.text) > 2 and not token.bits & (TITLE | FUNCTION):
                for part in {token.folded, *(part for part in token.folded.split("-") if len(part) > 3)}:
                    self.known[part] = max(score, self.known.get(part, 0))
        return end
