"""What a person decided first against what the rules say: where they differ, and what was forgotten (reverse mode)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

_TOKEN = re.compile(r"§+|Art(?:ikel)?\b\.?|\d+[a-z]?\b|[^\W\d_][\w-]*|[,;]", re.UNICODE)
_PARTS = {
    "abs", "absatz", "absätze", "satz", "sätze", "nr", "nrn", "nummer", "nummern", "buchst", "buchstabe", "halbsatz",
    "hs", "s", "var", "alt", "unterabs", "ff", "f",
}  # fmt: skip
_ROMAN = re.compile(r"[IVX]{1,4}")


class DeviationKind(StrEnum):
    """In which way person and rules differ."""

    KIND = "art"
    AMOUNT = "betrag"
    FORGOTTEN = "norm_vergessen"
    EXTRA = "norm_ohne_wirkung"
    JUDGEMENT = "urteil"


@dataclass(frozen=True, slots=True)
class FirstDecision:
    """What a person would decide before seeing what the rules say; `normen` as they wrote them."""

    art: str
    betrag: Decimal | None = None
    normen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesSay:
    """What the rules say.

    Attributes:
        arten: the kinds of outcome that are possible; one where it is certain.
        low, high: between what the amount lies; None where there is none.
        normen: by title of what they order, the citations that the proof used.
        urteile: by title, the citation of each judgement that a person has to make.
    """

    arten: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    normen: Mapping[str, str] = field(default_factory=dict)
    urteile: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference: what the person said and what the rules say, each empty where it says nothing."""

    kind: DeviationKind
    own: str = ""
    rules: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Norm:
    """A section of a law; `law` is empty where a person did not name it."""

    number: str
    law: str = ""

    def __str__(self) -> str:
        """Return the citation."""
        return f"§ {self.number} {self.law}".strip()

    def meets(self, other: Norm) -> bool:
        """Tell whether both mean the same section."""
        same_law = not self.law or not other.law or self.law.casefold() == other.law.casefold()
        return same_law and self.number == other.number


def deviations(first: FirstDecision, rules: RulesSay) -> tuple[Deviation, ...]:
    """Return every difference: kind, amount, then norms that one side knows and the other does not, then judgements."""
    return (*_kind(first, rules), *_amount(first, rules), *_norms(first, rules), *_judgements(first, rules))


def _kind(first: FirstDecision, rules: RulesSay) -> Iterator[Deviation]:
    if rules.arten and first.art not in rules.arten:
        yield Deviation(DeviationKind.KIND, first.art, ", ".join(rules.arten))


def _amount(first: FirstDecision, rules: RulesSay) -> Iterator[Deviation]:
    if first.betrag is None or rules.low is None or rules.high is None:
        return
    if not rules.low <= first.betrag <= rules.high:
        shown = f"{rules.low}" if rules.low == rules.high else f"{rules.low} … {rules.high}"
        yield Deviation(DeviationKind.AMOUNT, f"{first.betrag}", shown)


def _norms(first: FirstDecision, rules: RulesSay) -> Iterator[Deviation]:
    named = _all(first.normen)
    used: dict[Norm, str] = {}
    for title, citation in rules.normen.items():
        for norm in norms_in(citation):
            used.setdefault(norm, title)
    for norm, title in used.items():
        if not any(norm.meets(other) for other in named):
            yield Deviation(DeviationKind.FORGOTTEN, rules=str(norm), about=title)
    known = [*used, *_all(rules.urteile.values())]
    for norm in named:
        if not any(norm.meets(other) for other in known):
            yield Deviation(DeviationKind.EXTRA, own=str(norm))


def _judgements(first: FirstDecision, rules: RulesSay) -> Iterator[Deviation]:
    named = _all(first.normen)
    for title, citation in rules.urteile.items():
        if not any(norm.meets(other) for norm in norms_in(citation) for other in named):
            yield Deviation(DeviationKind.JUDGEMENT, rules=citation, about=title)


def _all(texts: Iterable[str]) -> tuple[Norm, ...]:
    found = [norm for text in texts for norm in norms_in(text)]
    return tuple(dict.fromkeys(found))


def norms_in(text: str) -> tuple[Norm, ...]:
    """Return the sections that a citation names, each once: „§§ 13 und 14 Abs. 2 WoGG, § 60 SGB I“ has three.

    A range is all whole numbers between its ends. A section without a law behind it keeps an empty one.
    """
    return tuple(dict.fromkeys(_read(_TOKEN.findall(text))))


def _read(tokens: Sequence[str]) -> Iterator[Norm]:
    waiting: list[str] = []
    in_parts, open_mark, ranged = False, False, False
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        plain = token.casefold().rstrip(".")
        if token.startswith("§") or plain in {"art", "artikel"}:
            in_parts, open_mark, ranged = False, True, False
        elif not open_mark:
            continue
        elif token[0].isdigit():
            if not in_parts:
                waiting += _between(waiting[-1], token) if ranged and waiting else [token]
            ranged = False
        elif plain in _PARTS:
            in_parts = True
        elif plain == "bis":
            ranged = not in_parts
        elif token[0].isupper() and not (in_parts and _ROMAN.fullmatch(token)):
            law = token
            if place < len(tokens) and _ROMAN.fullmatch(tokens[place]):
                law, place = f"{token} {tokens[place]}", place + 1
            yield from (Norm(number, law) for number in waiting)
            waiting, open_mark = [], False
    yield from (Norm(number) for number in waiting)


def _between(first: str, last: str) -> list[str]:
    low, high = (int(re.sub(r"\D", "", end)) for end in (first, last))
    return [
        *(str(number) for number in range(low + 1, min(high, low + 200) + 1)),
        *([last] if last[-1].isalpha() else []),
    ]
