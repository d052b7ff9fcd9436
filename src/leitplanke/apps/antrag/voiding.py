"""Signatures become void when what was signed changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, perform
from leitplanke.apps.antrag.models import Antrag, Entscheidungsstand
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Entscheidung


def void_after_edit(antrag: Antrag, doer: Doer, entscheidung: Entscheidung) -> None:
    """Take back signatures since the letter was edited; the case is locked and nothing has left the house.

    Raises:
        NotReadyError: the Bescheid was sent already.
    """
    if antrag.state not in {Stand.ENTSCHIEDEN, Stand.ZUR_ZEICHNUNG}:
        raise NotReadyError(_("Der Bescheid ist schon versandt. Eine Änderung braucht einen neuen Bescheid."))
    void(entscheidung)
    antrag.entscheidung = entscheidung.antrag.entscheidungen.filter(stand=Entscheidungsstand.ERSETZT).last()
    antrag.stand = Stand.IN_BEARBEITUNG.value
    perform(
        antrag, "brief_bearbeiten", doer, public=False, data={"was": str(entscheidung.nummer)},
        text=_("Nach der Zeichnung geändert: Die Entscheidung ist neu zu bestätigen."),
    )  # fmt: skip


def void(entscheidung: Entscheidung) -> None:
    """Take back who decided and who signed; what was prepared stays."""
    entscheidung.stand = Entscheidungsstand.VORBEREITET
    for name in ("entschieden", "gezeichnet"):
        for part in ("von", "person", "am"):
            setattr(entscheidung, f"{name}_{part}", None)
    entscheidung.angemeldet_um = entscheidung.gezeichnet_angemeldet_um = None
    entscheidung.gesehen_hash = ""
    entscheidung.save()
