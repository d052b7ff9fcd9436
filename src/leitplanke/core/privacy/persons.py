"""People's names: by what stands before them, by the names themselves, by having been named before."""

from __future__ import annotations

from collections.abc import Iterator

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
    TRADE,
    likeness,
)
from leitplanke.core.privacy.model import Label, Span
from leitplanke.core.privacy.tokens import PARTICLES, Token, is_noun

_TITLES_FIRST = frozenset({"dr", "prof", "professor", "professorin", "doktor", "dipl", "ra", "rain", "pd", "mag"})
_WITH_COLON = frozenset({"an", "von", "name", "namen", "kontakt", "bearbeitung", "protokoll", "in", "iv", "ia", "co", "erstellt", "bearbeitet", "aufgenommen", "verantwortlich", "teilnehmer", "anwesend", "entschuldigt"})
_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem eines einer kein keine keinen beim vom zum zur im am ans ins jeder jede jeden jedem dieser diese diesen dieses diesem "
    "ihr ihre ihren unser unsere mein meine meinen meiner seinem seiner alle alter neue neuer neuen".split()
)
_SHORT_GREETINGS = frozenset({"vg", "lg", "bg"})
_INTRODUCING = frozenset({"heisse", "heisst", "heissen", "namens", "hiess", "geheissen"})
_WORDS = COMMON | ROLE | PLACE | COMPANY | FIELD | SALUTE | TITLE | GREETING | LEGAL_FORM | BEFORE_PLACE
# Before a name that stands alone there is a word like these, or the sentence begins and a verb follows.
_INTO_NAME = frozenset(
    "laut bei mit von an durch fuer gegen und oder haben hat habe hatte sowie wie dass ob wenn weil da als ist war soll will kann wird wurde auch sagt sagte zwischen nur dann heute".split()
)
_LEFT_PARTICLES = frozenset({"van", "de", "del", "di", "dos", "el", "al", "ben", "ter", "ten"})
LIKE_A_PAIR = 0.2
LIKE_A_PART = -0.6
LIKE_ONE = 0.85
MOST_PARTS = 6


class Names:
    """The names of one text."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """Take the text and its tokens."""
        self.text = text
        self.tokens = tokens
        self.taken = [False] * len(tokens)
        self.spans: list[Span] = []
        self.known: dict[str, float] = {}
        self.capitals = text.isupper()

    def find(self) -> Iterator[Span]:
        """Yield the spans of people's names."""
        place = 0
        while place < len(self.tokens):
            place = self._at(place)
        self._signatures()
        self._named_before()
        return iter(self.spans)

    def _at(self, place: int) -> int:
        """Look at one token; return where to go on."""
        token = self.tokens[place]
        if self.taken[place] or not token.text[0].isalpha():
            return place + 1
        bits = token.bits
        if bits & SALUTE:
            end = self._after_salutation(place)
        elif bits & TITLE and token.folded in _TITLES_FIRST and token.capital:
            end = self._after_title(place, place)
        elif bits & (ROLE | FIELD) and (end := self._after_word(place)):
            pass
        elif token.folded in _INTRODUCING or self._introduces(place):
            end = self._introduced(place)
        else:
            end = self._plain(place) if token.capital else 0
        return end or place + 1

    # --- by what stands before ---------------------------------------------------------------------------

    def _after_salutation(self, place: int) -> int:
        token = self.tokens[place]
        if not token.capital and token.folded in {"familie", "dame", "herren", "geehrte", "geehrter", "pan", "pani", "miss", "ms", "mr", "fr", "hr", "fam"} and token.text != "familie":
            return 0
        at = place + 1
        while at < len(self.tokens) and (self.tokens[at].text == "." or self.tokens[at].bits & SALUTE and self.tokens[at].capital):
            at += 1
        first = at
        at = self._skip_roles(at)
        end = self._after_title(at, at)
        if end:
            return end
        return self._take(at, 0.95, strong=True) or (self._take(first, 0.95, strong=True) if first != at else 0) or self._whatever(at)

    def _whatever(self, at: int) -> int:
        """Take a common noun after a salutation: `Herr Leser` is a name like any other."""
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        usable = token.capital and len(token.text) > 2 and not token.bits & (FUNCTION | NEVER | ROLE | SALUTE | PLACE | COMPANY)
        return self._mark(at, at + 1, 0.8) if usable and not is_noun(token.folded) else 0

    def _skip_roles(self, at: int) -> int:
        while at + 1 < len(self.tokens) and self.tokens[at].bits & ROLE and self.tokens[at + 1].capital and not self.tokens[at + 1].bits & (FUNCTION | SALUTE):
            if self.tokens[at].bits & LAST and not self._is_name(self.tokens[at + 1]):
                break
            at += 1
        return at

    def _after_title(self, at: int, start: int) -> int:
        """Take `Prof. Dr. med. Weber`, title included: without it, four fifths of a short name would be all that is covered."""
        place = at
        while place < len(self.tokens) and place - at < 14:
            token = self.tokens[place]
            if not (token.bits & TITLE and not (token.bits & FIRST and token.capital and token.folded not in _TITLES_FIRST) or (place > at and token.text in {".", "-", ","})):
                break
            if place == at and token.folded not in _TITLES_FIRST:
                return 0
            place += 1
        if place == at or place >= len(self.tokens):
            return 0
        return self._take(place, 0.9, strong=True, start=start)

    def _after_word(self, place: int) -> int:
        token = self.tokens[place]
        at = place + 1
        colon = False
        while at < len(self.tokens) and self.tokens[at].text in {":", ".", "/", "(", ")", "=", "*", "in", "-", "|"} and at - place < 6:
            colon = colon or self.tokens[at].text in {":", "=", "|"}
            at += 1
        if token.bits & FIELD and not token.bits & ROLE and token.folded in _WITH_COLON and not colon:
            return 0
        if colon and at < len(self.tokens) and self.tokens[at].text == "\n" and token.bits & (FIELD | ROLE):
            at += 1
        if at >= len(self.tokens) or not (token.capital or token.bits & FIELD or self.tokens[at].bits & NAME):
            return 0
        if self.tokens[at].bits & SALUTE:
            return self._after_salutation(at)
        return self._after_title(at, at) or self._take(self._skip_roles(at), 0.85, strong=colon, listed=colon)

    def _introduces(self, place: int) -> bool:
        words = [token.folded for token in self.tokens[max(0, place - 2) : place + 1]]
        return words[-2:] in (["name", "ist"], ["hier", "ist"], ["hier", "spricht"], ["ich", "bin"], ["bin", "der"], ["bin", "die"], ["hier", "schreibt"], ["bin", "ich"])

    def _introduced(self, place: int) -> int:
        at = place + 1
        if at < len(self.tokens) and self.tokens[at].bits & SALUTE:
            return 0
        end = self._take(at, 0.85, strong=self.tokens[place].folded in _INTRODUCING)
        if end:
            return end
        stop = at
        while stop < len(self.tokens) and stop - at < 3 and self.tokens[stop].bits & NAME and not self.tokens[stop].bits & (FUNCTION | COMMON):
            stop += 1
        return self._mark(at, stop, 0.75) if stop > at else 0

    # --- the name itself ---------------------------------------------------------------------------------

    def _is_name(self, token: Token) -> bool:
        return bool(token.bits & NAME) and not token.bits & (COMMON | NEVER)

    def _fits(self, token: Token, *, strong: bool, has_last: bool, only_first: bool, inside: bool) -> bool:
        """Tell whether a capitalised word can be part of the name that is being read."""
        bits = token.bits
        if bits & (FUNCTION | NEVER):
            return False
        if not bits & NAME and len(token.text) < 7 and token.text.isupper() and not (self.capitals or strong):
            return False
        if not bits & NAME and _is_mixed(token.text):
            return False
        if bits & SALUTE or (bits & ROLE and not bits & LAST) or (bits & LEGAL_FORM and len(token.text) <= 4 and not bits & NAME):
            return False
        if bits & COMMON:
            return bool(bits & NAME) and only_first and not has_last
        if bits & NAME:
            return True
        if bits & (PLACE | COMPANY | FIELD):
            return (strong or (bits & PLACE > 0 and inside and only_first)) and not has_last and not is_noun(token.folded)
        return not is_noun(token.folded) and (strong or only_first or not has_last) and len(token.text) > 1

    def _read(self, at: int, *, strong: bool) -> tuple[int, bool]:
        """Return where the name that begins at `at` ends, and whether a list of names knows any part of it."""
        place, has_last, only_first, known = at, False, True, False
        while place < len(self.tokens) and place - at < MOST_PARTS:
            token = self.tokens[place]
            if place > at and token.start - self.tokens[place - 1].end > 2:
                break
            if token.initial and self._text(place + 1) == "." and self._continues(place + 2):
                place += 2
            elif token.capital and self._fits(token, strong=strong, has_last=has_last, only_first=only_first, inside=place > at):
                known = known or bool(token.bits & NAME)
                has_last = has_last or not token.bits & FIRST
                only_first = only_first and bool(token.bits & FIRST)
                place += 1
            elif not token.capital and token.folded in PARTICLES and self._particle(place, at):
                place += 1
            elif token.capital and token.folded in PARTICLES and self._continues(place + 1) and place == at:
                place += 1
            else:
                break
        while place > at and not self.tokens[place - 1].capital and self.tokens[place - 1].text != ".":
            place -= 1
        return place, known

    def _particle(self, place: int, at: int) -> bool:
        ahead = place + 1
        while ahead < len(self.tokens) and ahead - place < 3 and self.tokens[ahead].folded in PARTICLES:
            ahead += 1
        if self.tokens[place].folded in {"der", "des", "den", "das", "do", "e", "y", "st"} and self._text(place - 1).lower() not in PARTICLES and self.tokens[place].folded != "y":
            return False
        return self._continues(ahead) and (place > at or self.tokens[ahead].bits & LAST > 0 or self.tokens[place].folded in {"von", "van", "de", "al", "el"})

    def _continues(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].capital and not self.tokens[place].bits & (FUNCTION | NEVER) and not is_noun(self.tokens[place].folded)

    def _text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def _take(self, at: int, score: float, *, strong: bool, start: int | None = None, listed: bool = False) -> int:
        """Mark the name at `at` if one is there; return where to go on, or 0."""
        if at >= len(self.tokens) or not (self.tokens[at].capital or self.tokens[at].folded in PARTICLES):
            return 0
        end, known = self._read(at, strong=strong)
        if end == at or (not known and not strong and (end - at > 3 or not self._unknown_name(at, end))):
            return 0
        if self._text(end).lower().rstrip(".") in {"gmbh", "ag", "kg", "ohg", "ug", "mbh"} and not strong:
            return 0
        if score < 0.95:
            end = self._with_first_name_after_comma(at, end)
        marked = self._mark(at if start is None else start, end, score)
        return self._joined(marked, score, listed=listed)

    def _unknown_name(self, at: int, end: int) -> bool:
        return all(len(token.text) > 2 and not token.bits & (PLACE | COMPANY | FIELD | ROLE) for token in self.tokens[at:end])

    def _with_first_name_after_comma(self, at: int, end: int) -> int:
        if self._text(end) != "," or end + 1 >= len(self.tokens):
            return end
        after = self.tokens[end + 1]
        if not (after.capital and after.bits & FIRST and not after.bits & (COMMON | NEVER)) or end - at > 2:
            return end
        if all(token.bits & FIRST and not token.bits & LAST for token in self.tokens[at:end]):
            return end
        stop = end + 2
        while stop < len(self.tokens) and self.tokens[stop].capital and self.tokens[stop].bits & FIRST and not self.tokens[stop].bits & (COMMON | NEVER):
            stop += 1
        return stop

    def _joined(self, end: int, score: float, *, listed: bool) -> int:
        """Take further names after `und`, `/`, `,`: „Herr Kaya und Frau ...“, „Eheleute Jana und Piotr Nowak“."""
        joint = self._text(end)
        if joint not in {"und", "u", "&", "/", ","} or end + 1 >= len(self.tokens):
            return end
        after = self.tokens[end + 1]
        if after.capital and after.bits & NAME and not after.bits & (COMMON | NEVER | SALUTE | TITLE | ROLE) and (listed or joint != "," or after.bits & FIRST):
            return self._take(end + 1, score - 0.1, strong=False, listed=listed) or end
        return end

    # --- without any word before it ---------------------------------------------------------------------

    def _plain(self, at: int) -> int:
        token = self.tokens[at]
        bits = token.bits
        if token.initial:
            return self._from_initial(at)
        if not bits & NAME or bits & (FUNCTION | NEVER) or self._belongs_to_a_company(at):
            return self._surname_first(at) or self._unknown(at) if not bits & _WORDS else 0
        end, score = self._combined(at)
        if not end:
            return self._surname_first(at) if bits & LAST else 0
        if self.tokens[end - 1].folded not in PARTICLES and self._text(end).lower() in {"gmbh", "ag", "kg", "ohg", "ug", "e", "stiftung", "gbr"} and not (self._text(end) == "e" and self._text(end + 1) != "."):
            return end
        end = self._with_first_name_after_comma(at, end)
        return self._mark(at, end, score)

    def _combined(self, at: int) -> tuple[int, float]:
        """Return end and score of a first name with surname, a surname with first name, or one safe name alone."""
        token = self.tokens[at]
        end, _known = self._read(at, strong=False)
        run = [part for part in self.tokens[at:end] if part.capital]
        if len(run) > 1:
            sure = [part for part in run if self._is_name(part) and not part.bits & CAREFUL]
            first = self._is_name(token) and token.bits & FIRST
            if first and (token.bits & SAFE or len(sure) > 1 or run[-1].bits & LAST) and (len(sure) > 1 or not run[1].bits & (PLACE | COMPANY)) and sure:
                return self._trimmed(at, end), 0.85
            if len(sure) > 1:
                return self._trimmed(at, end), 0.8
            if token.bits & FIRST and token.bits & COMMON and len(run) > 1 and self._is_name(run[1]) and run[1].bits & LAST and not run[1].bits & (PLACE | FIRST) and not self._article_before(at):
                return end, 0.6
        if self._alone(at):
            return at + 1, 0.6
        return 0, 0.0

    def _trimmed(self, at: int, end: int) -> int:
        """Leave out a common noun at the end (`Anna Weber Antrag`) when the name is complete without it."""
        while end - at > 2 and not self.tokens[end - 1].bits & NAME and self.tokens[end - 2].bits & LAST and self.tokens[end - 1].folded.endswith(("en", "er", "e", "t")) and self.tokens[end - 2].capital:
            end -= 1
        return end

    def _alone(self, at: int) -> bool:
        token = self.tokens[at]
        if not (token.bits & SAFE and self._is_name(token)) or token.bits & (PLACE | CAREFUL | ROLE | COMPANY | SALUTE | FIELD | TITLE):
            return False
        before = self.tokens[at - 1] if at else None
        if before and before.bits & (BEFORE_PLACE | COMPANY) and not (before.folded in {"bei", "ueber", "aus", "nach", "in"} and token.bits & FIRST and before.folded in {"bei", "ueber"}):
            return before.folded in {"bei", "ueber"}
        if token.text.isupper() and len(token.text) < 5:
            return False
        if token.bits & TRADE and self._article_before(at):
            return False
        return not (token.bits & LAST and not token.bits & FIRST and self._adjective(at))

    def _adjective(self, at: int) -> bool:
        """Tell whether a name ending in -er stands before a noun, as a town's name does (`Steiner Straße`)."""
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return token.folded.endswith("er") and after is not None and after.capital and (is_noun(after.folded) or bool(after.bits & (COMMON | COMPANY)))

    def _unknown(self, at: int) -> int:
        """Take words that no list knows but whose letters look like names: `Wissam Tarabulsi`, sometimes `Mohebbi` alone."""
        if not self._nameless(at):
            return 0
        end = at + 1
        while end < len(self.tokens) and end - at < 4 and self.tokens[end].start - self.tokens[end - 1].end == 1 and (self._nameless(end) or self._known_part(end)):
            end += 1
        parts = self.tokens[at:end]
        measures = [likeness().of(part.folded) if not part.bits & NAME else 1.0 for part in parts]
        if len(parts) > 1 and min(measures) > LIKE_A_PART and sum(measures) / len(measures) > LIKE_A_PAIR:
            return 0 if self._article_before(at) else self._mark(at, end, 0.6)
        if measures[0] > LIKE_ONE and len(parts[0].text) >= 5 and self._stands_as_name(at):
            return self._mark(at, at + 1, 0.5)
        return 0

    def _nameless(self, at: int) -> bool:
        token = self.tokens[at]
        plain = token.capital and not token.bits and len(token.text) > 2 and not is_noun(token.folded) and not _is_mixed(token.text)
        return plain and (self.capitals or not token.text[1:].isupper())

    def _known_part(self, at: int) -> bool:
        token = self.tokens[at]
        return token.capital and self._is_name(token) and not token.bits & (PLACE | CAREFUL)

    def _stands_as_name(self, at: int) -> bool:
        before, after = self.tokens[at - 1] if at else None, self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None or after.capital or self._article_before(at):
            return False
        opens = before is None or before.text in {"\n", ".", ":", "!", "?"}
        return before is not None and before.folded in _INTO_NAME or (opens and after.folded.endswith("t") and after.text.isalpha() and after.folded not in {"mit", "ist", "seit", "nicht"})

    def _surname_first(self, at: int) -> int:
        """Take `Oyelaran, Bukola` and `Vurucu Ayşe`: an unknown word before a sure first name."""
        token, after = self.tokens[at], self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None or len(token.text) < 3 or is_noun(token.folded) or token.bits & (FUNCTION | NEVER | GREETING | SALUTE | TITLE):
            return 0
        if after.text == ",":
            end = self._with_first_name_after_comma(at, at + 1)
            if end > at + 1 and self._next_is_no_list(end) and not self._article_before(at):
                return self._mark(at, end, 0.75)
            return 0
        sure = after.capital and after.bits & FIRST and after.bits & SAFE and self._is_name(after) and not after.bits & (PLACE | CAREFUL)
        if sure and after.start - token.end == 1 and not self._article_before(at) and not token.bits & COMMON and self._unfamiliar(at):
            return self._mark(at, at + 2, 0.65)
        return 0

    def _unfamiliar(self, at: int) -> bool:
        """Tell whether an unknown word may be a name though it opens a sentence or follows an adjective."""
        before = self._text(at - 1)
        token = self.tokens[at]
        if token.folded.endswith(("en", "te", "st", "ich", "isch", "ige", "iger", "ische", "ischer", "er", "lich", "bar", "los", "in")):
            return False
        return not before.islower() or before in PARTICLES or token.bits & LAST > 0

    def _next_is_no_list(self, end: int) -> bool:
        return not (self._text(end) in {"und", ","} and end + 1 < len(self.tokens) and self.tokens[end + 1].bits & FIRST and self._text(end) == "und")

    def _article_before(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].folded in _ARTICLES

    def _from_initial(self, at: int) -> int:
        """Take `A. Weber`, `M.-L. Weber` where the surname is known."""
        place = at
        while self._text(place + 1) == "." and place < len(self.tokens) and self.tokens[place].initial:
            place += 2
            if self._text(place) == "-":
                place += 1
        if place == at or place >= len(self.tokens):
            return 0
        token = self.tokens[place]
        near = token.start - self.tokens[place - 1].end <= 1
        if near and token.capital and token.bits & LAST and not token.bits & (FUNCTION | NEVER | ROLE | COMPANY) and not (token.bits & COMMON and not token.bits & SAFE):
            if self.tokens[at].folded in {"i", "z", "u", "d", "s", "e", "o"} and place - at > 2:
                return 0
            end, _known = self._read(place, strong=False)
            return self._mark(at, max(end, place + 1), 0.75)
        return 0

    def _belongs_to_a_company(self, at: int) -> bool:
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is not None and after.bits & LEGAL_FORM and after.capital and not after.bits & NAME:
            return True
        return before is not None and bool(before.bits & COMPANY) and before.capital and not self.tokens[at].bits & FIRST

    # --- the whole text ----------------------------------------------------------------------------------

    def _mark(self, at: int, end: int, score: float) -> int:
        if at > 1 and self.tokens[at - 1].folded in {"der", "den"} and self.tokens[at - 2].folded == "van":
            at -= 1
        while at and self.tokens[at - 1].folded in _LEFT_PARTICLES and not self.taken[at - 1] and self.tokens[at].start - self.tokens[at - 1].end == 1:
            at -= 1
        first, last = self.tokens[at], self.tokens[end - 1]
        stop = last.end
        if last.text == "." and end - at > 1:
            stop = self.tokens[end - 2].end
        self.spans.append(Span(first.start, stop, Label.PERSON, score))
        for place in range(at, end):
            token = self.tokens[place]
            self.taken[place] = True
            if token.capital and len(token.text) > 2 and not token.bits & (TITLE | FUNCTION):
                self.known[token.folded] = max(score, self.known.get(token.folded, 0))
        return end

    def _signatures(self) -> None:
        """Take the line below a closing formula, whatever the name: nothing else stands there."""
        for place, token in enumerate(self.tokens):
            if token.bits & GREETING and not (token.folded in _SHORT_GREETINGS and not self._closes(place)):
                self._signature(place + 1)

    def _closes(self, place: int) -> bool:
        """Tell whether `VG` is a greeting and not a court."""
        after = self._text(place + 1)
        return after in {"", "\n", ",", "!"} or bool(self.tokens[place + 1].bits & FIRST and self._is_name(self.tokens[place + 1]) and not self.tokens[place + 1].bits & PLACE)

    def _signature(self, place: int) -> None:
        lines = 0
        while place < len(self.tokens) and lines < 5:
            token = self.tokens[place]
            if token.text in {"\n", ",", "!", "."}:
                lines += token.text == "\n"
                place += 1
            elif token.folded in {"im", "in", "i", "gez", "ihr", "ihre", "ihrem", "eure", "euer", "dein", "deine", "aus", "auftrag", "vertretung", "a", "v", "der", "die", "vielen", "dank", "voraus", "an", "ag"}:
                place += 1
            elif self.taken[place]:
                return
            else:
                self._signed(place)
                return

    def _signed(self, place: int) -> None:
        token = self.tokens[place]
        if token.capital and not token.bits & (ROLE | COMPANY | BEFORE_PLACE) and self._take(place, 0.8, strong=True):
            return
        if token.bits & NAME and not token.bits & FUNCTION and not token.capital:
            end = place
            while end < len(self.tokens) and end - place < 3 and self.tokens[end].text.isalpha():
                end += 1
            self._mark(place, end, 0.7)

    def _named_before(self) -> None:
        """Take every further mention of a name, ambiguous ones only where no article stands before them."""
        for place, token in enumerate(self.tokens):
            if self.taken[place] or not token.capital or len(token.text) < 3:
                continue
            key = token.folded if token.folded in self.known else token.folded.removesuffix("s").rstrip("'")
            if key not in self.known or self.known[key] < 0.7 or token.bits & (FUNCTION | NEVER):
                continue
            plain = token.bits & (COMMON | PLACE | ROLE | COMPANY)
            if plain and (place == 0 or not self._follows_freely(place)):
                continue
            self._mark(place, place + 1, 0.65)

    def _follows_freely(self, place: int) -> bool:
        before, after = self.tokens[place - 1], self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if before.folded in _ARTICLES or before.bits & (BEFORE_PLACE | COMPANY) or (before.text.islower() and before.text.endswith(("e", "en", "er", "es", "em"))):
            return False
        return after is not None and after.text.islower() and self.tokens[place].bits & LAST > 0 and not self.tokens[place].bits & PLACE


def _is_mixed(word: str) -> bool:
    """Tell whether capitals stand inside a word (`BAföG`), as they do in few names (`McCarthy`)."""
    inner = word[1:]
    return not word.isupper() and "-" not in word and any(map(str.isupper, inner)) and not word.startswith(("Mc", "Mac", "De", "Di", "Le", "La", "O'", "O’", "D'", "Van", "Al", "El"))
