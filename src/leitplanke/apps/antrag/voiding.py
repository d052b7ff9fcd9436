"""What is signed, as one hash; and signatures become void when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, allowed, hashed, perform
from leitplanke.apps.antrag.models import Antrag, Entscheidungsstand, Fristart
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Entscheidung


def seen_hash(entscheidung: Entscheidung) -> str:
    """Return the hash over everything that a person is shown before they confirm or sign, the letter included."""
    letters = [
        [schreiben.art, schreiben.brief]
        for schreiben in entscheidung.schreiben.filter(art="bescheid").exclude(stand="verworfen").order_by("pk")
    ]
    return hashed(
        [
            entscheidung.art, entscheidung.ergebnis, entscheidung.betrag, entscheidung.von_tag, entscheidung.bis_tag,
            entscheidung.begruendung, entscheidung.abweichung, entscheidung.stichtag, entscheidung.fakten,
            entscheidung.urteile, entscheidung.digest, letters,
        ]
    )  # fmt: skip


def file_hash(antrag: Antrag) -> str:
    """Return the hash over what a person relies on beyond the values themselves.

    Who confirmed them, which documents are there, and which time limits were set: a document that comes in while a
    Versagung waits for its signature changes no value, and all the more the decision.
    """
    facts = antrag.angaben.filter(ersetzt_am__isnull=True).order_by("pfad").values_list("pfad", "stand")
    limits = antrag.fristen.filter(art__in=(Fristart.MITWIRKUNG, Fristart.ANHOERUNG)).order_by("pk")
    return hashed(
        [list(facts), list(antrag.belege.order_by("pk").values_list("pk", flat=True)),
         [[frist.pk, frist.ende, frist.erledigt_am is None] for frist in limits]]
    )  # fmt: skip


def void_after_edit(antrag: Antrag, doer: Doer, entscheidung: Entscheidung) -> None:
    """Take back signatures since the letter was edited; the case is locked and nothing has left the house.

    Raises:
        NotReadyError: the Bescheid was sent already.
    """
    if antrag.state not in {Stand.ENTSCHIEDEN, Stand.ZUR_ZEICHNUNG}:
        raise NotReadyError(_("Der Bescheid ist schon versandt. Eine Änderung braucht einen neuen Bescheid."))
    allowed(antrag, "brief_bearbeiten", doer)
    took_effect = entscheidung.stand == Entscheidungsstand.GETROFFEN
    void(entscheidung)
    if took_effect:
        _restore_earlier(antrag)
    antrag.stand = Stand.IN_BEARBEITUNG.value
    perform(
        antrag, "brief_bearbeiten", doer, public=False, data={"was": str(entscheidung.nummer)},
        text=_("Nach der Zeichnung geändert: Die Entscheidung ist neu zu bestätigen."),
    )  # fmt: skip


def _restore_earlier(antrag: Antrag) -> None:
    """Let the decision hold again that the void one had replaced; the caller saves the case."""
    earlier: Entscheidung | None = antrag.entscheidungen.filter(stand=Entscheidungsstand.ERSETZT).last()
    if earlier is not None:
        earlier.stand = Entscheidungsstand.GETROFFEN
        earlier.save(update_fields=["stand"])
    antrag.entscheidung = earlier


def void(entscheidung: Entscheidung) -> None:
    """Take back who decided and who signed; what was prepared stays."""
    entscheidung.stand = Entscheidungsstand.VORBEREITET
    for name in ("entschieden", "gezeichnet"):
        for part in ("von", "person", "am"):
            setattr(entscheidung, f"{name}_{part}", None)
    entscheidung.angemeldet_um = entscheidung.gezeichnet_angemeldet_um = None
    entscheidung.gesehen_hash = ""
    entscheidung.save()
