"""The catalogue of applications: cards, and finding the one that somebody means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from leitplanke.apps.antrag.procedures import offers
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from leitplanke.apps.antrag.procedures import Offer
    from leitplanke.base.accounts.models import Mandant

_WORD = re.compile(r"[a-z0-9]{2,}")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Card:
    """An application in the catalogue."""

    name: str
    titel: str
    worum: str
    stelle: str
    telefon: str
    url: str
    words: frozenset[str]


def cards_of(mandant: Mandant, frage: str = "") -> list[Card]:
    """Return what a town offers, those that fit a search first; all where nothing was asked."""
    cards = [_card(offer, mandant) for offer in _usable(mandant)]
    wanted = _words(frage)
    if not wanted:
        return cards
    scored = [(sum(_hit(word, card.words) for word in wanted), card) for card in cards]
    return [card for score, card in sorted(scored, key=lambda pair: -pair[0]) if score]


def _usable(mandant: Mandant) -> list[Offer]:
    try:
        return offers(mandant)
    except (RulesError, LookupError):  # one that cannot be used must not close the page for all others
        return []


def _card(offer: Offer, mandant: Mandant) -> Card:
    verfahren, seite = offer.verfahren, offer.verfahren.seite
    texts = (verfahren.titel.de, verfahren.titel.en, *seite.stichworte, seite.worum.de, seite.worum.en)
    return Card(
        verfahren.name,
        said(verfahren.titel),
        first_paragraph(said(seite.worum)),
        offer.einstellung.einheit.name,
        offer.einstellung.einheit.telefon or mandant.telefon,
        reverse("antrag:seite", args=[verfahren.name]),
        _words(" ".join(texts)),
    )


def first_paragraph(text: str) -> str:
    """Return the text up to its first line break: folded texts of a procedure have one between paragraphs."""
    return text.strip().split("\n", maxsplit=1)[0]


def _words(text: str) -> frozenset[str]:
    """Return the words of a text in plain letters, so that „Müllgebühr“ and „muellgebuehr“ meet."""
    plain = text.casefold()
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(letter, pair)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return frozenset(_WORD.findall(plain))


def _hit(word: str, words: frozenset[str]) -> bool:
    """Tell whether a word is meant by one of these: the same, its beginning, or the same beginning."""
    return any(
        other.startswith(word) or (len(word) >= _STEM and len(other) >= _STEM and other[:_STEM] == word[:_STEM])
        for other in words
    )
