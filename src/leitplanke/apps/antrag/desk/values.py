"""Values and results as the desk says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.base.interview.wording import between, said, shown
from leitplanke.core.rules.model import Kind
from leitplanke.core.verfahren.facts import PathError, parts_of

if TYPE_CHECKING:
    from leitplanke.core.rules import Regelwerk, Result
    from leitplanke.core.rules.model import Angabe, Shape


def anchor_of(pfad: str) -> str:
    """Return the path of a fact as an id of HTML."""
    return "angabe-" + pfad.replace("[", "-").replace("].", "-")


def value_text(wert: Any, angabe: Angabe) -> str:
    """Return a value of a case for people, also one that is open."""
    shape, unit = angabe.shape, angabe.shape.einheit
    if isinstance(wert, Mapping):
        status = wert.get("status")
        if status == "contested":
            return _(" oder ").join(value_text(one, angabe) for one in wert.get("values", ()))
        return _("keine Angabe (verweigert)") if status == "refused" else _("nicht bekannt")
    if isinstance(wert, list):
        return str(len(wert))
    return str(wert) if shape.kind is Kind.TEXT else shown(wert, shape, unit)


def bounds_text(low: Any, high: Any, shape: Shape, unit: str = "") -> str:
    """Return a value, or between what it lies."""
    return shown(low, shape, unit) if low == high else between(low, high, shape, unit)


def named_value(result: Result, name: str) -> str:
    """Return what a name of the Regelwerk comes to; empty where it has no single value."""
    book = result.regelwerk
    val = result.program.values.get(name)
    source = book.regeln.get(name) or book.parameter.get(name) or book.fact(name)
    if val is None or val.level or source is None:
        return ""
    low, high = result.bounds_of(name)
    return bounds_text(low, high, source.shape, source.shape.einheit)


def title_of_path(book: Regelwerk, pfad: str) -> str:
    """Return what people call a fact; of an item with its number."""
    try:
        name, place, field = parts_of(pfad)
    except PathError:
        found = book.fact(pfad)
        return said(found.titel) if found else pfad
    angabe = book.angaben.get(name)
    part = next((part for part in angabe.felder if part.name == field), None) if angabe else None
    title = said(part.titel) if part else field
    return f"{title} ({said(angabe.titel)}, {place})" if angabe else title
