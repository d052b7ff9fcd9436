"""From values to proposals for the fields of a kind of document; a person confirms each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from leitplanke.core.extraction.labels import find_tokens, token_spans, tokens
from leitplanke.core.extraction.values import MOST_CHARS, Found, find_values
from leitplanke.core.extraction.wordings import Wertart, german
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.core.extraction.model import Belegart, Feld, Vielfaches
    from leitplanke.core.retrieval.documents import Document

SORTS = {
    Kind.BETRAG: (Wertart.BETRAG,),
    Kind.DATUM: (Wertart.DATUM,),
    Kind.GANZZAHL: (Wertart.ZAHL,),
    Kind.ZAHL: (Wertart.ZAHL,),
    Kind.PROZENT: (Wertart.ZAHL,),
    Kind.AUSWAHL: (Wertart.TEXT,),
    Kind.TEXT: (Wertart.TEXT, Wertart.IBAN, Wertart.ANSCHRIFT, Wertart.MONAT),
}
_FURTHEST = 9  # words between a label and its value
_BESIDE = 2  # words besides the label of a text
_NEGATIONS = frozenset({"nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "weder"})
_SENTENCE = re.compile(r"[.!?:]\s|\t")
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a document suggests for a field.

    Attributes:
        wert: as facts are written: decimal text, ISO day, True or False, the name of an option, text.
        stellen: what it stands on; several where it was computed.
        rechnung: how it was computed, "" where it stands in the document as it is.
        hinweis: why a person should look twice, "" where nothing speaks for it.
    """

    feld: str
    typ: Kind
    wert: str | bool
    stellen: tuple[Found, ...]
    rechnung: str = ""
    hinweis: str = ""

    @property
    def wortlaut(self) -> str:
        """Return the words of the document it stands on."""
        return " + ".join(found.wording for found in self.stellen)


def propose(document: Document, art: Belegart) -> tuple[Proposal, ...]:
    """Return what the document says for the fields of its kind; the same value twice is one proposal."""
    printed = _printed(document, art)
    proposals = [proposal for name in art.felder for proposal in printed[name]]
    computed = [*_sums(art, printed), *_multiples(document, art, printed)]
    order = {name: index for index, name in enumerate(art.felder)}
    return tuple(sorted((*proposals, *computed), key=lambda one: order[one.feld]))


def _printed(document: Document, art: Belegart) -> defaultdict[str, list[Proposal]]:
    by_field: defaultdict[str, list[Proposal]] = defaultdict(list)
    labels = Labels(art)
    for found in find_values(document):
        if feld := _field_of(found, labels):
            proposal = typed(feld, found)
            if proposal is not None and proposal.wert not in [known.wert for known in by_field[feld.name]]:
                by_field[feld.name].append(proposal)
    for feld in art.felder.values():
        if feld.worte and not feld.bezeichnungen:
            by_field[feld.name] += _chosen(document, feld)
    return by_field


def _field_of(found: Found, labels: Labels) -> Feld | None:
    """Return the field whose label is nearest to the value, None where none fits or another label is nearer."""
    if found.sort is Wertart.TEXT and tokens(found.value) in labels.known:
        return None
    is_grid = _is_grid(found, labels)
    for text in (found.label, found.header):
        if text is found.header and found.sort is Wertart.TEXT and not is_grid:
            return None
        best = nearest(tokens(text), found.sort, labels)
        if best is not None:
            feld = best[1]
            return feld if feld is not None and fits(found, feld, is_label=text is found.label) else None
        if text and text is found.label and not (is_grid or _goes_on(found)):
            return None
    return None


def nearest(words: tuple[str, ...], sort: Wertart, labels: Labels) -> tuple[tuple[int, int], Feld | None] | None:
    """Return the label that ends nearest to the value, the longer one where two end at the same place."""
    best: tuple[tuple[int, int], Feld | None] | None = None
    for feld, label in labels.all:
        if feld is not None and sort not in SORTS.get(feld.typ, ()):
            continue
        start = find_tokens(label, words)
        rank = (start + len(label), len(label))
        between = len(words) - rank[0] if sort is not Wertart.TEXT else len(words) - len(label)
        if (
            start >= 0
            and between <= (_FURTHEST if sort is not Wertart.TEXT else _BESIDE)
            and (best is None or rank > best[0])
        ):
            best = rank, feld
    return best


class Labels:
    """The labels of a kind of document as words, with the field each names; None for those that name no field."""

    def __init__(self, art: Belegart) -> None:
        """Take apart the labels of a kind of document."""
        own = [(feld, tokens(label)) for feld in art.felder.values() for label in feld.bezeichnungen]
        self.all: list[tuple[Feld | None, tuple[str, ...]]] = [*own, *((None, tokens(label)) for label in art.andere)]
        self.known = {label for _feld, label in self.all}


def _is_grid(found: Found, labels: Labels) -> bool:
    """Tell whether the line above consists of labels: all of it where it is one, otherwise at least two cells."""
    hits = sum(tokens(head) in labels.known for head in found.heads)
    return hits >= 2 or (hits == 1 and len(found.heads) == 1)


def _goes_on(found: Found) -> bool:
    """Tell whether a label that names nothing goes on from the line above."""
    return bool(found.header) and (found.label[0].islower() or found.label[0].isdigit())


def fits(found: Found, feld: Feld, *, is_label: bool) -> bool:
    """Tell whether a value can be that of a field by what stands beside it: its period, its unit, other words."""
    beside = (*tokens(found.label), *tokens(found.header))
    if any(find_tokens(tokens(word), beside) >= 0 for word in feld.nicht):
        return False
    if feld.zeitraum and found.period and found.period != feld.zeitraum:
        return False
    if feld.einheit and found.unit and found.unit != feld.einheit:
        return False
    return not (is_label and found.place and not found.header and feld.typ is Kind.BETRAG and _repeats(found))


def _repeats(found: Found) -> bool:
    """Tell whether a value shares its label with one before it in the line: a second column without a name."""
    return found.reason == "steht neben der Bezeichnung" and found.place > 0 and found.wording not in found.label


def typed(feld: Feld, found: Found) -> Proposal | None:
    """Return the value as the field wants it, None where it is not certain what it means."""
    if found.doubt or not found.value:
        return None
    if feld.typ is Kind.GANZZAHL and not found.value.lstrip("-").isdigit():
        return None
    if feld.typ is Kind.AUSWAHL:
        said = tokens(found.value)
        option = next((value for value, words in feld.worte.items() if said in map(tokens, words)), None)
        return Proposal(feld.name, feld.typ, option, (found,)) if option else None
    return Proposal(feld.name, feld.typ, found.value, (found,))


def _chosen(document: Document, feld: Feld) -> Iterator[Proposal]:
    """Yield the values whose wordings the document contains, unless the sentence negates them."""
    for value, wordings in feld.worte.items():
        found = _said(document.text, wordings)
        if found is not None:
            yield Proposal(feld.name, feld.typ, choice(feld, value), (found,))


def _said(text: str, wordings: tuple[str, ...]) -> Found | None:
    """Return the place of the first wording, the longest first, that stands in a sentence without other negation."""
    words = list(token_spans(text[:MOST_CHARS]))
    plain = [word for word, _start, _end in words]
    for wording in sorted(map(tokens, wordings), key=len, reverse=True):
        start = find_tokens(wording, plain)
        if start < 0:
            continue
        first, last = words[start][1], words[start + len(wording) - 1][2]
        if not is_negated(text, first, last):
            return Found(Wertart.TEXT, text[first:last], first, last, text[first:last], reason="steht so im Text")
    return None


def is_negated(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence around a passage negates it."""
    before = _SENTENCE.split(text[max(0, start - _LONGEST_SENTENCE) : start])[-1]
    behind = _SENTENCE.split(text[end : end + _LONGEST_SENTENCE])[0]
    return bool(_NEGATIONS & {*tokens(before), *tokens(behind)}) or "ohne" in tokens(before)[-2:]


def choice(feld: Feld, value: str) -> str | bool:
    """Return an option as facts are written."""
    return value == "ja" if feld.typ is Kind.WAHRHEITSWERT else value


def _sums(art: Belegart, printed: defaultdict[str, list[Proposal]]) -> Iterator[Proposal]:
    """Yield sums whose parts the document states each exactly once, unless it prints the same sum itself."""
    for feld in art.felder.values():
        parts = [printed[name] for name in feld.summe]
        if not parts or any(len(part) != 1 for part in parts):
            continue
        chosen = [part[0] for part in parts]
        amounts = [Decimal(str(part.wert)) for part in chosen]
        total = f"{sum(amounts):.2f}"
        if total in [known.wert for known in printed[feld.name]]:
            continue
        hint = "Die Summe im Beleg ist eine andere." if printed[feld.name] else ""
        rechnung = " + ".join(map(german, amounts)) + f" = {german(sum(amounts, Decimal(0)))}"
        proposal = Proposal(feld.name, feld.typ, total, tuple(part.stellen[0] for part in chosen), rechnung, hint)
        printed[feld.name].append(proposal)
        yield proposal


def _multiples(document: Document, art: Belegart, printed: defaultdict[str, list[Proposal]]) -> Iterator[Proposal]:
    """Yield what a document allows to project, such as a year from a month that it calls a regular one."""
    for feld in art.felder.values():
        rule = feld.vielfaches
        if rule is None or printed[feld.name] or len(printed[rule.feld]) != 1:
            continue
        reason = _permission(document, rule)
        if reason is None:
            continue
        base = printed[rule.feld][0]
        amount = Decimal(str(base.wert))
        total = amount * rule.faktor
        rechnung = f"{rule.faktor} x {german(amount)} = {german(total)}"
        yield Proposal(feld.name, feld.typ, f"{total:.2f}", (*base.stellen, reason), rechnung)


def _permission(document: Document, rule: Vielfaches) -> Found | None:
    """Return the words that allow it, None where there are none or others forbid it."""
    plain = tokens(document.text[:MOST_CHARS])
    if any(find_tokens(tokens(wording), plain) >= 0 for wording in rule.nicht):
        return None
    return _said(document.text, rule.wenn)
