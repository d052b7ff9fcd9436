"""Which data a purpose may give to its models, in words: what people read before they send something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from leitplanke.base.llm.models import Modell, Modellstand
from leitplanke.base.policy import profile_of
from leitplanke.core.policy import Cell, DataClass, ModelClass

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

DATA_LABELS = {
    "oeffentlich": _("öffentlich"),
    "intern": _("intern"),
    "personenbezogen": _("personenbezogen"),
    "besondere_kategorie": _("besonders geschützt"),
    "sozialdaten": _("Sozialdaten"),
    "geheim": _("geheim"),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """Names of classes of data: as they are, with placeholders in place of names only, not at all."""

    open: tuple[Any, ...]
    masked: tuple[Any, ...]
    closed: tuple[Any, ...]


def allowed_data(mandant: Mandant, purpose: str) -> Allowed:
    """Return which data the released models of a purpose may have by the table of the guideline that holds.

    The door takes a model that is allowed, so the mildest cell of them counts. Other clauses may be stricter.
    """
    rows = Modell.objects.for_mandant(mandant).filter(
        zweckmodell_rows__zweck__schluessel=purpose, stand=Modellstand.FREIGEGEBEN
    )
    places = [ModelClass(place) for place in rows.values_list("klasse", flat=True)]
    table = profile_of(mandant).table
    found: dict[Cell, list[Any]] = {cell: [] for cell in Cell}
    for data in DataClass:
        found[table.mildest(data, places)].append(DATA_LABELS[data.value])
    return Allowed(*(tuple(found[cell]) for cell in (Cell.OFFEN, Cell.NUR_PSEUDONYMISIERT, Cell.GESPERRT)))
