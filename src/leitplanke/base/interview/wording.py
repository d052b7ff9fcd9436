"""Values and units as the interface says them, in the language of the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.core.rules.model import NUMBERS, Kind, Regelwerk, Shape, Words

MOST_PLACES = 6
ROUGH_PLACES = 4


def said(words: Words) -> str:
    """Return a text of a Regelwerk in the language of the page."""
    return words.in_language(get_language() or "de")


def title_of(regelwerk: Regelwerk, name: str) -> str:
    """Return what people call a name of a Regelwerk."""
    found = (
        regelwerk.regeln.get(name)
        or regelwerk.fact(name)
        or regelwerk.parameter.get(name)
        or regelwerk.ermessen.get(name)
    )
    return said(found.titel) if found else name


def unit_words(unit: str) -> str:
    """Return a unit of measure as one says it."""
    first, _slash, rest = unit.partition("/")
    if not first or unit in {"1", "Prozent", "Faktor"} or first == "1":
        return ""
    over = {"Monat": _("im Monat"), "Jahr": _("im Jahr"), "Tag": _("am Tag"), "m2": _("je m²")}
    first = first.replace("m2", "m²")
    return f"{first} {over.get(rest, f'je {rest}')}" if rest else first


def shown(value: Any, shape: Shape, unit: str = "") -> str:
    """Return a value, as `Result` gives it, for people."""
    if shape.kind is Kind.WAHRHEITSWERT:
        return _("ja") if value in {True, "ja"} else _("nein")
    if shape.kind is Kind.AUSWAHL:
        label = shape.labels.get(str(value))
        return said(label) if label else str(value)
    if shape.kind is Kind.DATUM:
        return formats.date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    if shape.kind not in NUMBERS:
        return _("angegeben") if value is True else str(value)
    text = number(value, 2 if shape.kind is Kind.BETRAG and shape.stellen else 0)
    if shape.kind is Kind.PROZENT:
        return f"{text} %"
    words = unit_words(unit)
    return f"{text} {words}" if words else text


def number(value: Any, least: int = 0) -> str:
    """Return a decimal number with at least so many places; one that goes on is rounded and marked."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    places = max(0, -int(exact.normalize().as_tuple().exponent))
    if places > MOST_PLACES:
        return f"≈ {formats.number_format(exact, ROUGH_PLACES, use_l10n=True, force_grouping=True)}"
    return formats.number_format(exact, max(places, least), use_l10n=True, force_grouping=True)


def between(low: Any, high: Any, shape: Shape, unit: str = "") -> str:
    """Return what an open value can be."""
    if shape.kind is Kind.WAHRHEITSWERT:
        return _("noch offen")
    if shape.kind is Kind.AUSWAHL:
        first, last = shape.optionen.index(str(low)), shape.optionen.index(str(high))
        return _(" oder ").join(shown(option, shape) for option in shape.optionen[first : last + 1])
    return _("zwischen %(low)s und %(high)s") % {"low": shown(low, shape), "high": shown(high, shape, unit)}


def stated(value: Any, shape: Shape, unit: str = "") -> str:
    """Return a stated fact for people, also a list and one that stays open."""
    if isinstance(value, dict):
        return _("möchte ich nicht sagen") if value.get("status") == "refused" else _("weiß ich nicht")
    if isinstance(value, list):
        return _("%(anzahl)s Einträge") % {"anzahl": len(value)} if len(value) != 1 else _("1 Eintrag")
    return shown(value, shape, unit)
