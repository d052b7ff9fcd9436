"""Pages of the workshop: the list of versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.leitlinie import queries
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import active

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 25
# What else there is to do here: address, permission, title, what for.
WAYS = (
    ("oeffentlich", "public", _("Was gilt, lesen"), _("Alle Regeln, wie jede und jeder sie sieht.")),
    ("ausprobieren", "simulate", _("Was passiert, wenn …"), _("Einen Fall durchspielen, ohne dass etwas geschieht.")),
    ("vergleich", "compare", _("Leitlinien vergleichen"), _("Fassungen, Beispiele und andere Kommunen daneben.")),
    ("wer_wie", "compare", _("Wer entscheidet wie?"), _("Welche Kommune welche Antwort gab, mit Quelle.")),
    ("einlesen", "begin", _("Leitlinie einlesen"), _("Aus PDF oder DOCX, Fund für Fund bestätigt.")),
    ("stand", "standing", _("Wo wir stehen"), _("Eine Seite für den Rat: Ziele, Systeme, Selbstbewertung.")),
    ("selbstbewertung", "standing", _("Selbstbewertung"), _("Acht Grundsätze des Code of Conduct, mit Nachweisen.")),
    ("strategie", "standing", _("Leitbild und Ziele"), _("Was die Kommune erreichen will, und woran sie es misst.")),
    ("kenntnis_ueberblick", "count_readers", _("Kenntnisnahme"), _("Wie viele die Leitlinie gelesen haben, je Amt.")),
    ("schulungen", "record_training", _("Schulungen"), _("Eintragen, wer geschult ist, einzeln oder als Liste.")),
    ("kommune", "town", _("Angaben zur Kommune"), _("Namen und Stellen für die Schriftstücke.")),
)


@requires("leitlinie.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the versions and what holds today."""
    actor = actor_of(request)
    page = Paginator(queries.versions_of(actor.mandant), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "gilt": active(actor.mandant),
        "darf_beginnen": actor.may("leitlinie.begin"),
        "wege": [
            {"url": reverse(f"leitlinie:{name}"), "titel": titel, "wozu": wozu}
            for name, action, titel, wozu in WAYS
            if actor.may(f"leitlinie.{action}")
        ],
        "breadcrumb": [(gettext("Leitlinie"), "")],
    }
    return render(request, "leitlinie/liste.html", context)
