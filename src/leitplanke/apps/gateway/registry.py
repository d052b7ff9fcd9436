"""Models: entered by one person, released by another, blocked by whoever sees a danger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for, leave
from leitplanke.apps.gateway.energy import check_energy, check_quality
from leitplanke.base.llm.models import Modell, Modellstand
from leitplanke.base.llm.vault import seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from leitplanke.base.accounts.access import Actor

LOCAL = "lokal"
# What changes what a model is. A released model in which one of these changes needs a new release.
SUBSTANTIAL = frozenset({
    "protokoll", "endpunkt", "modellname", "klasse", "kein_training", "anbieter", "vertrag", "faehigkeiten", "art",
    "energie", "pruefpfad", "vertrag_geprueft_am", "preis_ein", "preis_aus", "kennung",
})  # fmt: skip


def save_model(
    *, actor: Actor, kennung: UUID | None, values: Mapping[str, Any], secret: str = "",
    energy: Mapping[str, Any] | None = None,
) -> Modell:  # fmt: skip
    """Enter a model, or change one.

    A substantial change takes a released model out of use until a second person has released it again.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: the values do not fit together; `field` says which.
    """
    capacity = capacity_for(actor, "gateway.models")
    _check(values)
    check_quality(values)
    if energy is not None:
        check_energy(values, energy)
    with transaction.atomic():
        modell = Modell(mandant=actor.mandant) if kennung is None else _locked(actor, kennung)
        other = Modell.objects.for_mandant(actor.mandant).filter(kennung=values["kennung"]).exclude(pk=modell.pk)
        if other.exists():
            raise NotReadyError(_("Diese Kennung hat schon ein anderes Modell."), "kennung")
        stated = {**values, **({} if energy is None else {"energie": dict(energy)})}
        changed = {name for name, value in stated.items() if getattr(modell, name) != value} | (
            {"zugang"} if secret else set()
        )
        for name, value in stated.items():
            setattr(modell, name, value)
        if secret:
            modell.zugang = seal(secret.encode())
        if modell.stand != Modellstand.ENTWURF and changed & (SUBSTANTIAL | {"zugang"}):
            _back_to_draft(modell)
        modell.save()
        leave("llm.modell", actor, modell, capacity, data=_said(modell, "geändert" if kennung else "eingetragen"))
    return modell


def request_release(*, actor: Actor, kennung: UUID) -> Modell:
    """Ask a second person to release a model.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: it is under way already, or something is missing.
    """
    capacity = capacity_for(actor, "gateway.models")
    with transaction.atomic():
        modell = _locked(actor, kennung)
        if modell.stand not in {Modellstand.ENTWURF, Modellstand.GESPERRT}:
            raise NotReadyError(_("Die Freigabe ist schon beantragt oder erteilt."))
        if lacking := lacking_for(modell):
            raise NotReadyError(" ".join(lacking))
        modell.stand, modell.beantragt_von, modell.beantragt_am = Modellstand.BEANTRAGT, actor.person, timezone.now()
        modell.freigegeben_von = modell.freigegeben_am = None
        modell.anlass = ""
        modell.save()
        leave("llm.modell", actor, modell, capacity, data=_said(modell, "Freigabe beantragt"))
    return modell


def release_model(*, actor: Actor, kennung: UUID) -> Modell:
    """Let a model be used; only by another person than who asked for it.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: nobody asked, or it was the same person.
    """
    capacity = capacity_for(actor, "gateway.release_model")
    with transaction.atomic():
        modell = _locked(actor, kennung)
        if modell.stand != Modellstand.BEANTRAGT:
            raise NotReadyError(_("Für dieses Modell ist gerade keine Freigabe beantragt."))
        if actor.person is None or modell.beantragt_von_id == actor.person.pk:
            raise NotReadyError(_("Sie haben die Freigabe selbst beantragt. Erteilen muss sie eine zweite Person."))
        if lacking := lacking_for(modell):
            raise NotReadyError(" ".join(lacking))
        modell.stand, modell.freigegeben_von, modell.freigegeben_am = (
            Modellstand.FREIGEGEBEN, actor.person, timezone.now(),
        )  # fmt: skip
        modell.save()
        leave("llm.modell", actor, modell, capacity, data=_said(modell, "freigegeben"))
    return modell


def block_model(*, actor: Actor, kennung: UUID, grund: str) -> Modell:
    """Take a model out of use at once; running answers end.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: there is no reason, or it is blocked already.
    """
    capacity = capacity_for(actor, "gateway.block_model")
    if not grund.strip():
        raise NotReadyError(_("Bitte nennen Sie den Grund."), "grund")
    with transaction.atomic():
        modell = _locked(actor, kennung)
        if modell.stand == Modellstand.GESPERRT:
            raise NotReadyError(_("Dieses Modell ist schon gesperrt."))
        modell.stand, modell.anlass = Modellstand.GESPERRT, grund.strip()
        modell.save()
        leave("llm.modell", actor, modell, capacity, data=_said(modell, "gesperrt"), text=modell.anlass)
    return modell


def lacking_for(modell: Modell) -> list[str]:
    """Return what is missing before a model can be released, as sentences."""
    found = []
    if modell.klasse != LOCAL and not modell.vertrag.strip():
        found.append(_("Es fehlt der Vertrag mit dem Anbieter und wo er liegt."))
    if modell.klasse != LOCAL and modell.vertrag_geprueft_am is None:
        found.append(_("Es fehlt der Tag, an dem der Vertrag geprüft wurde."))
    if modell.klasse != LOCAL and not modell.kein_training:
        found.append(_("Es fehlt der Nachweis, dass der Anbieter nicht mit unseren Daten trainiert."))
    if modell.protokoll == "openai" and not modell.endpunkt:
        found.append(_("Es fehlt die Adresse."))
    return found


def _check(values: Mapping[str, Any]) -> None:
    address = urlsplit(values["endpunkt"])
    if values["protokoll"] == "openai":
        if address.scheme not in {"http", "https"} or not address.hostname or address.username or address.query:
            raise NotReadyError(_("Bitte die Adresse mit https:// und bis einschließlich /v1 angeben."), "endpunkt")
        if address.scheme == "http" and values["klasse"] != LOCAL:
            raise NotReadyError(
                _("Ohne https:// geht nur ein Modell im eigenen Haus. Bitte die Adresse mit https:// angeben."),
                "endpunkt",
            )
    elif values["klasse"] != LOCAL:
        raise NotReadyError(_("Die Vorführung und eine Modelldatei laufen immer im eigenen Haus."), "klasse")


def _back_to_draft(modell: Modell) -> None:
    modell.stand = Modellstand.ENTWURF
    modell.beantragt_von = modell.beantragt_am = modell.freigegeben_von = modell.freigegeben_am = None


def _locked(actor: Actor, kennung: UUID) -> Modell:
    return Modell.objects.for_mandant(actor.mandant).select_for_update(of=("self",)).get(public_id=kennung)


def _said(modell: Modell, ergebnis: str) -> dict[str, str]:
    return {"name": modell.kennung, "stand": modell.stand, "klasse": modell.klasse, "ergebnis": ergebnis}
