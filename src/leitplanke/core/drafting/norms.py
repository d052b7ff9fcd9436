"""Norms in a sentence, in one spelling: „§ 19 Abs. 1 WoGG“ is „§ 19 Absatz 1 des Wohngeldgesetzes“."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from leitplanke.core.drafting.lexicon import Lexicon

_LEVELS = {
    "abs": "Abs.", "absatz": "Abs.", "absätze": "Abs.", "absatzes": "Abs.", "satz": "Satz", "satzes": "Satz",
    "sätze": "Satz", "s": "Satz", "nr": "Nr.", "nrn": "Nr.", "nummer": "Nr.", "nummern": "Nr.", "buchst": "Buchst.",
    "buchstabe": "Buchst.", "halbsatz": "Hs.", "hs": "Hs.", "alt": "Alt.", "alternative": "Alt.",
}  # fmt: skip
_DEPTH = {"Abs.": 1, "Satz": 2, "Nr.": 3, "Buchst.": 4, "Hs.": 5, "Alt.": 5}
_MARK = re.compile(r"§§?|(?<!\w)(?:Art\.|Artikels?|Artikeln|Paragra(?:f|ph)(?:en)?|Anlagen?)(?=\s*\d)", re.IGNORECASE)
_LEVEL = re.compile(
    r"(Absätze|Absatzes|Absatz|Abs|Satzes|Satz|Sätze|S(?=\.\s*\d)|Nummern|Nummer|Nrn|Nr|Buchstabe|Buchst|Halbsatz|Hs|"
    r"Alternative|Alt)\.?(?=\s*[\da-z])", re.IGNORECASE,
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:\s?[a-z](?![\wäöüß]))?(?!,\d|\.\d|\w)(?!\s*(?:EUR|Euro|€|%|Prozent))")
_LETTER = re.compile(r"[a-z](?!\w)")
_JOINER = re.compile(
    r"[,;/]|(?:und|oder|sowie|u\.|in Verbindung mit|i\.\s?V\.\s?m\.|iVm|auch|zusammen mit)(?!\w)", re.IGNORECASE
)
_FOLLOWING = re.compile(r"ff?\.(?!\w)")
_RANGE = re.compile(r"(?:bis(?!\w)|[-–])")
_OF = re.compile(r"(?:des|der|dem|den|vom|von|nach dem|im)(?!\w)\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_LAND = r"(?:\.?\s(?:NRW|NW|BW|BY|HE|NI|RP|SN|SH|TH|Bln|Bbg))?\.?"
_SHORT = re.compile(rf"[A-ZÄÖÜ][A-Za-zÄÖÜäöü]*[A-ZÄÖÜ][A-Za-zÄÖÜäöü]*(?:\s(?:[IVX]+|\d{{1,2}})(?!\w))?{_LAND}(?!\w)")
_LONG = re.compile(r"[A-ZÄÖÜ][\wäöüß-]*(?:gesetz|ordnung|satzung|gesetzbuch|verordnung)(?:es|s|en|e|er)?(?!\w)")
_LONG_ALONE = re.compile(r"(?<!\w)[A-ZÄÖÜ][\wäöüß-]*gesetz(?:buch|es|s|buches)?(?!\w)")
_MOST_OF_RANGE = 40


@dataclass(frozen=True, slots=True)
class Norm:
    """One place of law; `law` is empty where none is named, `section` where only the law is."""

    law: str
    section: str = ""
    sub: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The norm as one writes it."""
        sign = "" if self.section.startswith("Anlage") else "§ "
        section = f"{sign}{self.section} " if self.section else ""
        return f"{section}{''.join(f'{level} {number} ' for level, number in self.sub)}{self.law}".strip()

    def within(self, other: Norm) -> bool:
        """Tell whether this is the other norm or a part of it."""
        if not self.section or not other.section:
            return bool(self.law) and self.law == other.law
        law = not self.law or not other.law or self.law == other.law
        return law and self.section == other.section and self.sub[: len(other.sub)] == other.sub

    def agrees(self, other: Norm) -> bool:
        """Tell whether one of both is the other or a part of it."""
        return self.within(other) or other.within(self)


@dataclass(frozen=True, slots=True)
class Found:
    """A norm with its place in the text."""

    norm: Norm
    start: int
    end: int


@dataclass(slots=True)
class _Chain:
    """Reads one chain of norms from its first sign to its law; norms wait for the law that comes behind them."""

    text: str
    lexicon: Lexicon
    position: int
    waiting: list[tuple[str, tuple[tuple[str, str], ...], int, int]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    annex: str = ""
    section: str = ""
    sub: list[tuple[str, str]] = field(default_factory=list)
    level: str = ""

    def read(self) -> Iterator[Found]:
        """Return the norms of the chain; `position` then stands behind it."""
        end = self.position
        joined = True
        while True:
            self.position = _SPACE.match(self.text, self.position).end()  # type: ignore[union-attr]
            if (mark := _MARK.match(self.text, self.position)) and joined:
                self._begin(mark[0])
                self.position, joined = mark.end(), True
                continue
            if self._part(joined=joined):
                end, joined = self.position, False
                continue
            if self._law():
                end, joined = self.position, False
                continue
            if following := _FOLLOWING.match(self.text, self.position):
                self.position = following.end()
                continue
            if joiner := _JOINER.match(self.text, self.position):
                self.position, joined = joiner.end(), True
                continue
            break
        self.position = end
        self._resolve("")
        return iter(self.found)

    def _begin(self, mark: str) -> None:
        self.section, self.sub, self.level = "", [], ""
        self.annex = "Anlage " if mark.lower().startswith("anlage") else ""

    def _part(self, *, joined: bool) -> bool:
        """Read a number, with its level where one is named, or the end of a range."""
        start = self.position
        if level := _LEVEL.match(self.text, start):
            if not self.section:
                return False
            return self._number(_LEVELS[level[1].lower()], level.end(), start)
        if self.waiting and (until := _RANGE.match(self.text, start)):
            return self._range(until.end())
        if joined and (self.section == "" or self.waiting):
            return self._number(self.level, start, start)
        return False

    def _number(self, level: str, position: int, start: int) -> bool:
        position = _SPACE.match(self.text, position).end()  # type: ignore[union-attr]
        pattern = _LETTER if level == "Buchst." else _NUMBER
        number = pattern.match(self.text, position)
        if number is None:
            return False
        said = re.sub(r"\s", "", number[0])
        if level:
            deeper = bool(self.sub) and _DEPTH[self.sub[-1][0]] < _DEPTH[level]
            kept = [part for part in self.sub if _DEPTH[part[0]] < _DEPTH[level]]
            last = self.waiting[-1] if self.waiting else None
            if last and last[0] == self.section and (not self.sub or (deeper and last[1] == tuple(self.sub))):
                start = self.waiting.pop()[2]  # „§ 19“ becomes „§ 19 Abs. 1“, which is one place, not two
            self.sub = [*kept, (level, said)]
        else:
            self.section, self.sub = self.annex + said, []
        self.level, self.position = level, number.end()
        self.waiting.append((self.section, tuple(self.sub), start, self.position))
        return True

    def _range(self, position: int) -> bool:
        position = _SPACE.match(self.text, position).end()  # type: ignore[union-attr]
        number = _NUMBER.match(self.text, position)
        first = self.sub[-1][1] if self.sub else self.section
        if number is None or not first.isdigit() or not number[0].isdigit():
            return False
        last = int(number[0])
        start, self.position = self.waiting[-1][2], number.end()
        for value in range(int(first) + 1, min(last, int(first) + _MOST_OF_RANGE) + 1):
            if self.sub:
                self.sub = [*self.sub[:-1], (self.sub[-1][0], str(value))]
            else:
                self.section = str(value)
            self.waiting.append((self.section, tuple(self.sub), start, self.position))
        return True

    def _law(self) -> bool:
        if not self.waiting:
            return False
        of = _OF.match(self.text, self.position)
        found = law_at(self.text, of.end() if of else self.position, self.lexicon)
        if found is None:
            return False
        law, self.position = found
        self._resolve(law)
        return True

    def _resolve(self, law: str) -> None:
        self.found += [Found(Norm(law, section, sub), start, end) for section, sub, start, end in self.waiting]
        if law and self.found:  # the name of the law belongs to the norm before it
            self.found[-1] = Found(self.found[-1].norm, self.found[-1].start, self.position)
        self.waiting.clear()


def law_at(text: str, position: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the law that is named at a place, and where its name ends."""
    candidates: list[tuple[int, str]] = []
    if known := lexicon.law_pattern.match(text, position):
        candidates.append((known.end(), lexicon.abbreviation(known[0])))
    for pattern in (_SHORT, _LONG):
        if match := pattern.match(text, position):
            end = match.end() - (match[0].endswith("."))
            candidates.append((end, lexicon.abbreviation(_tidy(match[0]))))
    if not candidates:
        return None
    end, law = max(candidates, key=lambda item: item[0])
    return law, end


def _tidy(name: str) -> str:
    return " ".join(name.replace(".", "").split())


def norms_in(text: str, lexicon: Lexicon) -> list[Found]:
    """Return every norm of a text, and every law that is named without one."""
    found: list[Found] = []
    position = 0
    while mark := _MARK.search(text, position):
        chain = _Chain(text, lexicon, mark.end(), annex="Anlage " if mark[0].lower().startswith("anlage") else "")
        inside = list(chain.read())
        if inside:
            inside[0] = Found(inside[0].norm, mark.start(), inside[0].end)
        found += inside
        position = max(chain.position, mark.end())
    taken = [(item.start, item.end) for item in found]
    spans = [(m.start(), m.end()) for pattern in (lexicon.law_pattern, _LONG_ALONE) for m in pattern.finditer(text)]
    for start, end in sorted(spans):
        near = any(start < last + 12 and first < end for first, last in taken)
        if not near:
            found.append(Found(Norm(lexicon.abbreviation(text[start:end])), start, end))
            taken.append((start, end))
    return found
