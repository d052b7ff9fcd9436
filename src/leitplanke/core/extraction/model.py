"""A kind of evidence document as data: how it is recognised and which fields it has (`content/belegarten`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from leitplanke.core.rules.model import Kind, Words


@dataclass(frozen=True, slots=True)
class Vielfaches:
    """A field computed from another one, such as a year from a month, where the document says that this is right.

    Attributes:
        wenn: wordings of which the document must contain one.
        nicht: wordings of which it may contain none.
    """

    feld: str
    faktor: int
    wenn: tuple[str, ...]
    nicht: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feld:
    """A field of a kind of document.

    Attributes:
        bezeichnungen: how documents call it; the longest that fits names the field.
        nicht: words beside the value with which it is something else.
        zeitraum: `monat` or `jahr`: what the amount is for; a value for another period is not this field.
        von, bis: what is plausible; outside it is still proposed, and reported.
        summe: fields that make this one when added up.
        vielfaches: see there.
        worte: of an Auswahl or a Wahrheitswert (`ja`, `nein`): the wordings that stand for each value.
        einheit: unit a number must have, "" for any.
    """

    name: str
    titel: Words
    typ: Kind
    bezeichnungen: tuple[str, ...] = ()
    nicht: tuple[str, ...] = ()
    zeitraum: str = ""
    von: Decimal | date | None = None
    bis: Decimal | date | None = None
    summe: tuple[str, ...] = ()
    vielfaches: Vielfaches | None = None
    worte: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    einheit: str = ""


@dataclass(frozen=True, slots=True)
class Belegart:
    """A kind of document.

    Attributes:
        woerter: wordings with their weight; in the first lines they count twice.
        schwelle: from which sum on a document is of this kind.
        andere: labels of values that are none of the fields, so that no field takes them.
    """

    name: str
    titel: Words
    woerter: Mapping[str, int]
    schwelle: int
    felder: Mapping[str, Feld]
    andere: tuple[str, ...] = ()
