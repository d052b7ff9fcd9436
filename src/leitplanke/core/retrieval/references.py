"""Explicit references in a question ("§ 8a SGB VIII", "paragraf 17 bmg", "Art. 5 GG"), read without guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LONGEST_NAME = 8  # words
_BEGINNING = 4  # letters by which most words are known not to begin a name
_RANGE_LIMIT = 12  # sections that one "§§ 14 bis 20" may name
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TOKEN = re.compile(r"§+|\d+(?:[a-z](?![a-zäöüß]))?|[^\W\d_]+(?:-[^\W\d_]+)*|[,;.?!()–-]", re.IGNORECASE)
_SECTION_MARK = re.compile(r"§+|par|paragr?|paragra(?:ph|f)(?:en|s)?")
_ARTICLE_MARK = re.compile(r"art|artikels?|artikeln")
_ANNEX_MARK = re.compile(r"anlagen?|anhangs?|anhaenge")
_SUBDIVISION = frozenset(
    {"abs", "absatz", "absaetze", "satz", "saetze", "s", "nr", "nummer", "nrn", "hs", "halbsatz", "buchst", "buchstabe"}
)
_JOINER = frozenset({",", "und", "u", "oder", "sowie"})
_RANGE = frozenset({"bis", "-", "–"})
_BREAK = frozenset({";", "?", "!"})
_CORRECTION = re.compile(r"\b(?:nicht|falsch|kein)\b")

_NUMERALS = """
    i eins erst
    ii zwei zweit
    iii drei dritt
    iv vier viert
    v fuenf fuenft
    vi sechs sechst
    vii sieben siebt
    viii acht acht
    ix neun neunt
    x zehn zehnt
    xi elf elft
    xii zwoelf zwoelft
    xiii dreizehn dreizehnt
    xiv vierzehn vierzehnt
"""
_ROWS = [row.split() for row in _NUMERALS.strip().splitlines()]
_NUMBER_WORDS = {word: str(number) for number, row in enumerate(_ROWS, start=1) for word in row[:2]} | {
    row[2] + ending: str(number)
    for number, row in enumerate(_ROWS, start=1)
    for ending in ("e", "es", "er", "en", "em")
}
_SYNONYM = {"sozialgesetzbuch": "sgb", "sozialgesetzbuches": "sgb", "sozialgesetzbuchs": "sgb"}
_BOOK_FIRST = re.compile(r"(\d+) buch(?:es|s)? (?:des |der )?(sgb)\b")
_BOOK_LAST = re.compile(r"\b(sgb) (\d+)(?: buch(?:es|s)?)?\b")


class Target(NamedTuple):
    """A section a question names: number of the document, key of the section, Absatz as asked ("" for all)."""

    document: int
    section: str
    absatz: str


@dataclass(frozen=True, slots=True)
class _Mention:
    """One group of section numbers in the question: `§§ 22 und 24`, words `start` to `end`."""

    start: int
    end: int
    kind: str
    numbers: tuple[str, ...]
    absatz: str
    denied: bool


def section_key(section: str) -> str:
    """Return a section's name in the form references are compared in: "§ 573 c" and "§573c" are the same."""
    folded = _fold(section)
    if match := re.match(r"(?:§+|art(?:ikel)?\.?)\s*(\d+)\s*([a-z]?)\b", folded):
        return ("art" if folded.startswith("art") else "§") + match[1] + match[2]
    return re.sub(r"\W+", "", folded)


def name_key(name: str) -> str:
    """Return the key under which a document's name is compared: no case, spaces or hyphens, numerals as digits."""
    return _joined(_words(name))


class Names:
    """The names under which people call the documents of an index."""

    def __init__(self, names: Iterable[tuple[str, int]], sections: Sequence[Mapping[str, int]]) -> None:
        """Remember `names` with the numbers of their documents, and each document's sections by `section_key`."""
        self._documents: dict[str, list[int]] = {}
        for name, document in names:
            documents = self._documents.setdefault(name_key(name), [])
            if document not in documents:
                documents.append(document)
        self._documents.pop("", None)
        self._beginnings = {key[:end] for key in self._documents for end in range(1, _BEGINNING + 1)}
        self._sections = sections

    def mentioned(self, question: str) -> list[int]:
        """Return the documents that `question` calls by name."""
        found = [document for _, _, documents in self._named(_words(question)) for document in documents]
        return list(dict.fromkeys(found))

    def targets(self, question: str) -> list[Target]:
        """Return the sections that `question` names and that exist, in the order of its words; corrected ones last."""
        words = _words(question)
        named = list(self._named(words))
        mentions = list(_mentions(words)) or list(_bare_numbers(words, named))
        ordered = sorted(mentions, key=lambda mention: mention.denied)
        found = (target for mention in ordered for target in self._resolve(mention, mentions, named))
        return list(dict.fromkeys(found))

    def find(self, document: str, section: str) -> list[tuple[int, str]]:
        """Return the (document, section key) pairs that a written reference means, none where it is not here."""
        key = section_key(section)
        return [
            (number, key) for number in self._documents.get(name_key(document), ()) if key in self._sections[number]
        ]

    def _named(self, words: Sequence[str]) -> Iterator[tuple[int, int, list[int]]]:
        """Yield each name in `words`, longest first at each place, with its bounds."""
        start = 0
        while start < len(words):
            if words[start][:_BEGINNING] not in self._beginnings:
                start += 1
                continue
            for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
                if documents := self._called(words[start:end]):
                    yield start, end, documents
                    start = end - 1
                    break
            start += 1

    def _called(self, words: Sequence[str]) -> list[int]:
        if not (words[0][0].isalnum() and words[-1][0].isalnum()) or any(word.startswith("§") for word in words):
            return []
        key = _joined(words)
        for ending in ("", "es", "s", "en"):
            if key.endswith(ending) and (documents := self._documents.get(key.removesuffix(ending))):
                return documents
        return []

    def _resolve(
        self, mention: _Mention, mentions: Sequence[_Mention], named: Sequence[tuple[int, int, list[int]]]
    ) -> Iterator[Target]:
        for document in self._meant(mention, mentions, named):
            here = self._sections[document]
            for number in _expanded(mention, here):
                yield Target(document, number, mention.absatz)

    def _meant(
        self, mention: _Mention, mentions: Sequence[_Mention], named: Sequence[tuple[int, int, list[int]]]
    ) -> list[int]:
        """Return the documents a mention belongs to: the name behind it, else the one before, else the only one."""
        following = min((other.start for other in mentions if other.start >= mention.end), default=10**6)
        behind = [documents for start, _, documents in named if mention.end <= start < following]
        if behind:
            return behind[0]
        before = [documents for _, end, documents in named if end <= mention.start]
        if before:
            return before[-1]
        any_behind = [documents for start, _, documents in named if start >= mention.end]
        if any_behind:
            return any_behind[0]
        return [0] if len(self._sections) == 1 else []


def _fold(text: str) -> str:
    return text.lower().translate(_FOLD)


def _words(text: str) -> list[str]:
    """Return the tokens of `text`, folded, numbered books of a code written alike ("sgb 8")."""
    tokens = [_fold(token).replace("-", "") or "-" for token in _TOKEN.findall(text)]
    line = " ".join(_SYNONYM.get(token, token) for token in tokens)
    line = _BOOK_FIRST.sub(r"\2 \1", _numerals_near_book(line))
    return _BOOK_LAST.sub(r"\1 \2", line).split()


def _numerals_near_book(line: str) -> str:
    """Write the number of a book as digits: "sgb viii", "sgb zwoelf", "zehntes buch sgb"."""

    def digits(word: str) -> str:
        return _NUMBER_WORDS.get(word, word)

    words = line.split()
    return " ".join(
        digits(word)
        if (index and words[index - 1] == "sgb") or (index + 1 < len(words) and words[index + 1].startswith("buch"))
        else word
        for index, word in enumerate(words)
    )


def _joined(words: Sequence[str]) -> str:
    return "".join(word for word in words if word[0].isalnum())


def _mentions(words: Sequence[str]) -> Iterator[_Mention]:
    index = 0
    while index < len(words):
        kind = _kind(words[index])
        start = index
        index += 1
        if not kind:
            continue
        while index < len(words) and words[index] == ".":
            index += 1
        mention = _read_numbers(words, start, index, kind)
        if mention.numbers:
            yield mention
            index = mention.end


def _kind(word: str) -> str:
    if _SECTION_MARK.fullmatch(word):
        return "§"
    if _ARTICLE_MARK.fullmatch(word):
        return "art"
    return "anlage" if _ANNEX_MARK.fullmatch(word) else ""


def _read_numbers(words: Sequence[str], start: int, index: int, kind: str) -> _Mention:
    """Read the numbers after a mark, their joiners and what follows of Absatz, Satz and Nummer."""
    numbers: list[str] = []
    absatz = ""
    while index < len(words):
        word = words[index]
        if word[0].isdigit():
            letter = _lone_letter(words, index)
            numbers.append(word + letter)
            index += 2 if letter else 1
        elif word in _JOINER | _RANGE and _goes_on(words, index):
            numbers += ["bis"] if word in _RANGE else []
            index += 1
        elif word in _SUBDIVISION:
            number, index = _after_subdivision(words, index)
            absatz = absatz or (number if word.startswith("abs") else "")
        elif word in ("§", "§§") and numbers:
            index += 1
        else:
            break
    denied = bool(_CORRECTION.search(" ".join(words[index : _clause_end(words, index)])))
    return _Mention(start, index, kind, tuple(numbers), absatz, denied)


def _lone_letter(words: Sequence[str], index: int) -> str:
    """Return the letter of "573 c", which people set apart; "22 a" counts, "22 s." (Satz) does not."""
    if not words[index].isdigit() or index + 1 >= len(words):
        return ""
    letter, then = words[index + 1], words[index + 2] if index + 2 < len(words) else ""
    return letter if len(letter) == 1 and letter.isalpha() and letter != "s" and then != "." else ""


def _goes_on(words: Sequence[str], index: int) -> bool:
    """Tell whether another section number follows the joiner at `index`."""
    then = words[index + 1] if index + 1 < len(words) else ""
    return bool(then) and (then[0].isdigit() or then in ("§", "§§"))


def _after_subdivision(words: Sequence[str], index: int) -> tuple[str, int]:
    index += 1
    while index < len(words) and words[index] == ".":
        index += 1
    if index < len(words) and words[index][0].isdigit():
        return words[index], index + 1
    return "", index


def _clause_end(words: Sequence[str], index: int) -> int:
    for end in range(index, len(words)):
        if words[end] in _BREAK or words[end] == ",":
            return end
    return len(words)


def _bare_numbers(words: Sequence[str], named: Iterable[tuple[int, int, list[int]]]) -> Iterator[_Mention]:
    """Yield numbers without a mark right before a document's name: "45b PStG", "6 b Bundeskindergeldgesetz"."""
    for start, _, _ in named:
        if start and re.fullmatch(r"\d+[a-z]?", words[start - 1]):
            yield _Mention(start - 1, start, "§", (words[start - 1],), "", denied=False)
        elif start > 1 and re.fullmatch(r"[a-z]", words[start - 1]) and words[start - 2].isdigit():
            yield _Mention(start - 2, start, "§", (words[start - 2] + words[start - 1],), "", denied=False)


def _expanded(mention: _Mention, here: Mapping[str, int]) -> Iterator[str]:
    """Yield the keys of the named sections that exist in a document, ranges written out."""
    keys = [number if number == "bis" else _existing(mention.kind, number, here) for number in mention.numbers]
    order = list(here)
    for before, key in pairwise(["", *keys]):
        if key == "bis" or not key:
            continue
        if before == "bis":
            first = keys[keys.index("bis") - 1]
            inside = order[order.index(first) + 1 : order.index(key)] if first in here else []
            yield from inside[:_RANGE_LIMIT]
        yield key


def _existing(kind: str, number: str, here: Mapping[str, int]) -> str:
    """Return the key of a section that exists: as written, else as article, else without a letter that was none."""
    bare = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    candidates = [kind + number, *(other + number for other in ("§", "art") if kind != "anlage"), kind + bare]
    return next((key for key in candidates if key in here), "")
