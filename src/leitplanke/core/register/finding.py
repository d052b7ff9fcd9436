"""How the public finds an entry: the words of its public statements, folded so that spelling matters little."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from leitplanke.core.register.fields import Sicht, visible

# What people search by; the rest of an entry is long and seldom asked.
SEARCHED = ("zweck", "zweck_einfach", "betroffene", "anbieter", "modell", "problem")
LONGEST = 2000
MOST_WORDS = 8


def folded(text: str) -> str:
    """Return text in small letters without accents: `ä` and `ae` are the same, `ß` and `ss`."""
    plain = text.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))


def search_text(name: str, statements: Mapping[str, Any]) -> str:
    """Return the words of a version by which everybody may find it."""
    public = visible(statements, Sicht.OEFFENTLICH)
    parts = (name, *(str(public[one]) for one in SEARCHED if one in public))
    return " ".join(folded("\n".join(parts)).split())[:LONGEST]


def searched_words(query: str) -> list[str]:
    """Return the words of a query, as they must all be found."""
    return folded(query).split()[:MOST_WORDS]


def classes_of(ergebnis: Mapping[str, Any]) -> dict[str, str]:
    """Return the two classes of a stored classification."""
    return {"klasse": ergebnis["legal_class"], "hausklasse": ergebnis["house_class"]}
