"""What may be said of a model's energy and quality, before it is kept."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.forms_energie import FIELD_OF
from leitplanke.core.energy import Parameters, UnknownGridError, grid

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCAL = "lokal"


def check_energy(values: Mapping[str, Any], energy: Mapping[str, Any]) -> None:
    """Refuse what makes no sense together; `values` are the other statements on the model.

    Raises:
        NotReadyError: with the field of the form, and what to do.
    """
    for low, high in (("wh_low", "wh_high"), ("pue_low", "pue_high")):
        if energy.get(low) and energy.get(high) and energy[low] > energy[high]:
            raise NotReadyError(_("„bis“ ist kleiner als „von“. Bitte tauschen Sie die Zahlen."), FIELD_OF[high])
    if energy.get("wh_high") and not energy.get("source"):
        raise NotReadyError(_("Bitte nennen Sie die Quelle der veröffentlichten Spanne."), "wh_quelle")
    if energy.get("active") and energy.get("total") and energy["active"] > energy["total"]:
        raise NotReadyError(_("Aktive Parameter können nicht mehr sein als alle."), "groesse_gesamt")
    if energy.get("total") and not energy.get("active") and not energy.get("active_low"):
        raise NotReadyError(
            _("Bitte nennen Sie auch die aktiven Parameter. Bei den meisten Modellen sind es alle."), "groesse_aktiv"
        )
    _check_machine(energy)
    try:
        Parameters.from_json(energy, own=values["klasse"] == LOCAL)
    except (ValueError, TypeError) as error:
        raise NotReadyError(str(error), "groesse_aktiv") from error
    _check_counters(values, energy)
    if energy.get("grid_year"):
        try:
            grid(int(energy["grid_year"]), str(energy.get("grid_country")))
        except UnknownGridError as error:
            raise NotReadyError(str(error), "strommix") from error


def check_quality(values: Mapping[str, Any]) -> None:
    """Refuse a figure of quality that comes from nowhere.

    Raises:
        NotReadyError: there is no source.
    """
    if values.get("guete") is not None and not str(values.get("guete_quelle", "")).strip():
        raise NotReadyError(_("Bitte sagen Sie, aus welcher Bewertung die Güte stammt."), "guete_quelle")


def _check_machine(energy: Mapping[str, Any]) -> None:
    idle, load = energy.get("idle_watts"), energy.get("watts")
    if idle and load and idle > load:
        raise NotReadyError(_("Im Leerlauf braucht ein Rechner nicht mehr als unter Last."), "watt_leerlauf")
    if idle and not energy.get("calls_a_day"):
        raise NotReadyError(
            _("Bitte schätzen Sie die Anfragen am Tag, sonst lässt sich der Leerlauf nicht verteilen."),
            "anfragen_am_tag",
        )


def _check_counters(values: Mapping[str, Any], energy: Mapping[str, Any]) -> None:
    """Let only a model be measured that runs on this machine: counters know no other."""
    if not energy.get("counters"):
        return
    here = values["protokoll"] == "lokal" or (values["protokoll"] == "openai" and _is_here(values["endpunkt"]))
    if values["klasse"] != LOCAL or not here:
        raise NotReadyError(
            _(
                "Zähler messen nur diesen Rechner. Das geht mit einem Modell im eigenen Haus, dessen Adresse "
                "127.0.0.1 oder localhost ist."
            ),
            "zaehler",
        )


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
