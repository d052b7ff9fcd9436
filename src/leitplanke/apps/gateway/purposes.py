"""Purposes: which models an entry of the register may use, for which data, with which tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for, leave
from leitplanke.base.llm.models import Modell, Zweck, Zweckmodell
from leitplanke.base.llm.ports import purposes_of
from leitplanke.core.policy import DataClass

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

MOST_TOOLS = 40


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that a model may be offered; `writes` where it changes something."""

    name: str
    writes: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """How a purpose uses models; `modelle` are names, the first is asked first."""

    modelle: tuple[str, ...]
    datenklasse: str
    richtung_buerger: bool = False
    betrifft_buerger: bool = False
    automatisierungsstufe: int = 1
    werkzeuge: tuple[Tool, ...] = ()
    max_ausgabe: int = 2048
    inhalt_speichern: bool = False
    aufbewahrung_tage: int = 30


def set_up(*, actor: Actor, schluessel: str, setup: Setup) -> Zweck:
    """Say how an entry of the register uses models. Whether it may run at all, the register says.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: the register has no such entry, or a model does not exist; `field` says where.
    """
    capacity = capacity_for(actor, "gateway.purposes")
    if schluessel not in {state.schluessel for state in purposes_of(actor.mandant)}:
        raise NotReadyError(_("Diesen Zweck gibt es im Register nicht."))
    if setup.datenklasse not in {one.value for one in DataClass}:
        raise NotReadyError(_("Bitte wählen Sie, welche Daten vorkommen."), "datenklasse")
    if len(setup.werkzeuge) > MOST_TOOLS:
        raise NotReadyError(_("Es sind höchstens 40 Werkzeuge möglich."), "werkzeuge")
    with transaction.atomic():
        zweck, _created = (
            Zweck.objects.for_mandant(actor.mandant)
            .select_for_update(of=("self",))
            .get_or_create(schluessel=schluessel, defaults={"mandant": actor.mandant})
        )
        for name in (
            "datenklasse", "richtung_buerger", "betrifft_buerger", "automatisierungsstufe", "max_ausgabe",
            "inhalt_speichern", "aufbewahrung_tage",
        ):  # fmt: skip
            setattr(zweck, name, getattr(setup, name))
        zweck.werkzeuge = [{"name": tool.name, "schreibt": tool.writes} for tool in setup.werkzeuge]
        zweck.save()
        _link(actor, zweck, setup.modelle)
        data = {
            "name": schluessel,
            "zweck": schluessel,
            "klasse": setup.datenklasse,
            "ergebnis": " ".join(setup.modelle),
        }
        leave("llm.zweck", actor, zweck, capacity, data=data)
    return zweck


def _link(actor: Actor, zweck: Zweck, names: tuple[str, ...]) -> None:
    found = {one.kennung: one for one in Modell.objects.for_mandant(actor.mandant).filter(kennung__in=names)}
    if missing := [name for name in names if name not in found]:
        raise NotReadyError(_("Das Modell „%(name)s“ gibt es nicht.") % {"name": missing[0]}, "modelle")
    zweck.zweckmodelle.all().delete()
    Zweckmodell.objects.bulk_create(
        Zweckmodell(mandant=actor.mandant, zweck=zweck, modell=found[name], rang=rang)
        for rang, name in enumerate(names, 1)
    )
