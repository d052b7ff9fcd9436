"""What a system uses, costs and is used for, month by month. The only writer of `Verbrauch`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.doing import doer, locked
from leitplanke.apps.register.models import Eintrag, Messgroesse, Verbrauch
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

ACTION = "register.figures"
HERKUNFT = {
    "gemessen": gettext_lazy("gemessen"),
    "rechnung": gettext_lazy("aus der Rechnung"),
    "geschaetzt": gettext_lazy("geschätzt"),
}
MOST = Decimal(10) ** 12


class FigureError(ValueError):
    """A figure cannot be right; `field` names which, the message says why, in German."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the name."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with where it comes from."""

    wert: Decimal
    herkunft: str


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one system in one month, by `Messgroesse`; what is not named stays as it was."""

    kuerzel: str
    monat: date
    figures: Mapping[str, Figure]


def set_month(*, actor: Actor, month: Month) -> int:
    """Keep the figures of a month; what was there for it is replaced.

    Returns:
        How many figures that was.

    Raises:
        FigureError: a figure cannot be right.
        NotPermittedError: the system is another unit's.
    """
    return set_months(actor=actor, months=[month])


def set_months(*, actor: Actor, months: Sequence[Month]) -> int:
    """Keep the figures of many systems and months, all of them or none.

    Raises:
        FigureError: names the system and month of the first figure that cannot be right.
        NotPermittedError: a system is another unit's.
    """
    with transaction.atomic():
        keys = dict(Eintrag.objects.for_mandant(actor.mandant).values_list("kuerzel", "pk"))
        return sum(_set(actor, keys, month) for month in months)


def book_counted(eintrag: Eintrag, month: date, counted: Mapping[str, Decimal]) -> bool:
    """Keep estimated figures that no person has entered; returns whether anything changed."""
    changed = []
    with transaction.atomic():
        rows = {row.groesse: row for row in eintrag.verbrauch.select_for_update().filter(monat=month)}
        for name, value in counted.items():
            row, wert = rows.get(name), round(value, 3)
            entered = row is not None and (row.von_id is not None or row.herkunft != "geschaetzt")
            if entered or (row is not None and row.wert == wert):
                continue
            Verbrauch.objects.for_mandant(eintrag.mandant_id).update_or_create(
                eintrag=eintrag, monat=month, groesse=name,
                defaults={"mandant_id": eintrag.mandant_id, "wert": wert, "herkunft": "geschaetzt", "von": None},
            )  # fmt: skip
            changed.append(f"{name} {wert} geschaetzt")
        if changed:
            data = {"eintrag": eintrag.kuerzel, "schluessel": f"{month:%Y-%m}", "ergebnis": ", ".join(changed)}
            record("register.verbrauch", mandant=eintrag.mandant, subject=eintrag, data=data)
    return bool(changed)


def _set(actor: Actor, keys: Mapping[str, int], month: Month) -> int:
    if month.kuerzel not in keys:
        raise FigureError(_("Das System „%(name)s“ gibt es nicht.") % {"name": month.kuerzel})
    eintrag = locked(actor.mandant, keys[month.kuerzel])
    by = doer(actor, ACTION, eintrag)
    _check(eintrag, month)
    for name, figure in month.figures.items():
        Verbrauch.objects.for_mandant(actor.mandant).update_or_create(
            eintrag=eintrag, monat=month.monat, groesse=name,
            defaults={
                "mandant": actor.mandant, "wert": figure.wert, "herkunft": figure.herkunft, "von": by.membership,
            },
        )  # fmt: skip
    if month.figures:
        told = (f"{name} {figure.wert} {figure.herkunft}" for name, figure in sorted(month.figures.items()))
        data = {"eintrag": eintrag.kuerzel, "schluessel": f"{month.monat:%Y-%m}", "ergebnis": ", ".join(told)}
        record("register.verbrauch", mandant=actor.mandant, actor=by.person, subject=eintrag, data=data)
    return len(month.figures)


def _check(eintrag: Eintrag, month: Month) -> None:
    where = {"system": eintrag.name, "monat": f"{month.monat:%m.%Y}"}
    if month.monat.day != 1 or month.monat > timezone.localdate():
        raise FigureError(_("%(system)s: Der Monat %(monat)s liegt in der Zukunft.") % where, "monat")
    for name, figure in month.figures.items():
        if not 0 <= figure.wert < MOST or not figure.wert.is_finite():
            raise FigureError(_("%(system)s, %(monat)s: Diese Zahl ist nicht möglich.") % where, name)
        if name in {Messgroesse.ANFRAGEN, Messgroesse.UEBERSTIMMT} and figure.wert != int(figure.wert):
            raise FigureError(_("%(system)s, %(monat)s: Bitte eine ganze Zahl.") % where, name)
    rows = eintrag.verbrauch.filter(monat=month.monat).values_list("groesse", "wert")
    known = {**dict(rows), **{name: figure.wert for name, figure in month.figures.items()}}
    cases, overruled = known.get(Messgroesse.ANFRAGEN), known.get(Messgroesse.UEBERSTIMMT)
    if cases is not None and overruled is not None and overruled > cases:
        message = _("%(system)s, %(monat)s: Überstimmt wurden mehr, als es Anfragen gab.") % where
        raise FigureError(message, Messgroesse.UEBERSTIMMT)
