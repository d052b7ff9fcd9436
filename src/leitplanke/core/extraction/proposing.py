"""From values to proposals for the fields of a kind of document; a person confirms each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from leitplanke.core.extraction.labels import find_tokens, token_spans, tokens
from leitplanke.core.extraction.values import Found, find_values
from leitplanke.core.extraction.wordings import Sort, german
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.core.extraction.model import Belegart, Feld, Vielfaches
    from leitplanke.core.retrieval.documents import Document

_SORTS = {
    Kind.BETRAG: (Sort.BETRAG,),
    Kind.DATUM: (Sort.DATUM,),
    Kind.GANZZAHL: (Sort.ZAHL,),
    Kind.ZAHL: (Sort.ZAHL,),
    Kind.PROZENT: (Sort.ZAHL,),
    Kind.AUSWAHL: (Sort.TEXT,),
    Kind.TEXT: (Sort.TEXT, Sort.IBAN, Sort.ANSCHRIFT, Sort.MONAT),
}
_FURTHEST = 9  # words between a label and its value
_NEGATIONS = frozenset({"nicht", "kein", "keine", "keinen", "keiner", "ohne", "nie"})


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
    for found in find_values(document):
        if feld := _field_of(found, art):
            proposal = _typed(feld, found)
            if proposal is not None and proposal.wert not in [known.wert for known in by_field[feld.name]]:
                by_field[feld.name].append(proposal)
    for feld in art.felder.values():
        if feld.worte and not feld.bezeichnungen:
            by_field[feld.name] += _chosen(document, feld)
    return by_field


def _field_of(found: Found, art: Belegart) -> Feld | None:
    """Return the field whose label is nearest to the value, None where none fits or another label is nearer."""
    if found.sort is Sort.TEXT and tokens(found.value) in _known_labels(art):
        return None
    is_grid = _is_grid(found, art)
    for text in (found.label, found.header):
        if text is found.header and found.sort is Sort.TEXT and not is_grid:
            return None
        nearest = _nearest(tokens(text), found.sort, art)
        if nearest is not None:
            feld = nearest[1]
            return feld if feld is not None and _fits(found, feld, is_label=text is found.label) else None
        if text and text is found.label and not (is_grid or _goes_on(found)):
            return None
    return None


def _nearest(words: tuple[str, ...], sort: Sort, art: Belegart) -> tuple[tuple[int, int], Feld | None] | None:
    """Return the label that ends nearest to the value, the longer one where two end at the same place."""
    best: tuple[tuple[int, int], Feld | None] | None = None
    for feld, label in _labels(art):
        if feld is not None and sort not in _SORTS.get(feld.typ, ()):
            continue
        start = find_tokens(label, words)
        rank = (start + len(label), len(label))
        if start >= 0 and len(words) - rank[0] <= _FURTHEST and (best is None or rank > best[0]):
            best = rank, feld
    return best


@lru_cache(maxsize=256)
def _label_table(labels: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tokens(label)) for name, own in labels for label in own)


def _labels(art: Belegart) -> Iterator[tuple[Feld | None, tuple[str, ...]]]:
    table = (*((feld.name, feld.bezeichnungen) for feld in art.felder.values()), ("", art.andere))
    for name, label in _label_table(table):
        yield art.felder.get(name), label


def _known_labels(art: Belegart) -> set[tuple[str, ...]]:
    return {label for _feld, label in _labels(art)}


def _is_grid(found: Found, art: Belegart) -> bool:
    """Tell whether the line above consists of labels: all of it where it is one, otherwise at least two cells."""
    known = _known_labels(art)
    hits = sum(tokens(head) in known for head in found.heads)
    return hits >= 2 or (hits == 1 and len(found.heads) == 1)


def _goes_on(found: Found) -> bool:
    """Tell whether a label that names nothing goes on from the line above."""
    return bool(found.header) and (found.label[0].islower() or found.label[0].isdigit())


def _fits(found: Found, feld: Feld, *, is_label: bool) -> bool:
    beside = (*tokens(found.label), *tokens(found.header))
    if any(find_tokens(tokens(word), beside) >= 0 for word in feld.nicht):
        return False
    if feld.zeitraum and found.period and found.period != feld.zeitraum:
        return False
    if feld.einheit and found.unit and found.unit != feld.einheit:
        return False
    return not (is_label and found.place and not found.header and feld.typ is Kind.BETRAG and _repeats(found))


def _repeats(found: Found) -> bool:
    """Tell whether a value shares its label with one before it in the line: the second column has no name of its own."""
    return found.reason == "steht neben der Bezeichnung" and found.place > 0 and found.wording not in found.label


def _typed(feld: Feld, found: Found) -> Proposal | None:
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
    """Yield the values whose wordings the document contains, unless a negation stands before them."""
    words = list(token_spans(document.text))
    plain = [word for word, _start, _end in words]
    for value, wordings in feld.worte.items():
        for wording in sorted(map(tokens, wordings), key=len, reverse=True):
            start = find_tokens(wording, plain)
            if start < 0 or _NEGATIONS & set(plain[max(0, start - 2) : start]):
                continue
            first, last = words[start][1], words[start + len(wording) - 1][2]
            found = Found(Sort.TEXT, value, first, last, document.text[first:last], reason="steht so im Text")
            yield Proposal(feld.name, feld.typ, _choice(feld, value), (found,))
            break


def _choice(feld: Feld, value: str) -> str | bool:
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
    words = list(token_spans(document.text))
    plain = [word for word, _start, _end in words]
    if any(find_tokens(tokens(wording), plain) >= 0 for wording in rule.nicht):
        return None
    for wording in map(tokens, rule.wenn):
        start = find_tokens(wording, plain)
        if start >= 0 and not _NEGATIONS & set(plain[max(0, start - 2) : start]):
            first, last = words[start][1], words[start + len(wording) - 1][2]
            return Found(Sort.TEXT, document.text[first:last], first, last, document.text[first:last])
    return None
