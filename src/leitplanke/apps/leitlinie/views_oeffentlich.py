"""What everybody may read: the guideline that holds, its documents, and each of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung
from leitplanke.apps.leitlinie.past_rules import past_rules
from leitplanke.apps.leitlinie.public_documents import FORMATS, PUBLIC, document_of, file_of, material_of_version
from leitplanke.apps.leitlinie.queries import in_force, versions_of
from leitplanke.apps.leitlinie.rules import chapters_of, rule_of, table_rows
from leitplanke.apps.leitlinie.views_werkstatt_ausgaben import TYPES, shown_nodes
from leitplanke.apps.leitlinie.waiting import to_read
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import PrintError
from leitplanke.base.policy import active
from leitplanke.core.guideline import Audience
from leitplanke.core.guideline.writing import Output
from leitplanke.core.guideline.writing.selection import WEB

if TYPE_CHECKING:
    from django.http import HttpRequest

# For whom the guideline is shown, by the word in the address.
READERS = {
    "buerger": gettext_noop("Für Bürgerinnen und Bürger"),
    "einfach": gettext_noop("In Einfacher Sprache"),
    "beschaeftigte": gettext_noop("Für Beschäftigte"),
}
AUDIENCES = {"buerger": Audience.RAT, "beschaeftigte": Audience.BESCHAEFTIGTE}


@requires("leitlinie.public")
def leitlinie(request: HttpRequest) -> HttpResponse:
    """Show what holds today, for whoever reads it."""
    actor = actor_of(request)
    version = in_force(actor.mandant)
    reader = request.GET.get("fuer", "")
    if reader not in READERS:
        reader = "beschaeftigte" if actor.is_staff else "buerger"
    context: dict[str, Any] = {
        "gilt": active(actor.mandant),
        "fassung": version,
        "zu_lesen": to_read(actor),
        "breadcrumb": [(_("Leitlinie"), "")],
    }
    if version is None:
        context["zeilen"] = table_rows(context["gilt"].profile.table)
        return render(request, "leitlinie/oeffentlich/grundregeln.html", context)
    context |= {
        "fuer": reader,
        "leserinnen": [(key, _(label), key == reader) for key, label in READERS.items()],
        "dokumente": [(kind.value, _(label)) for kind, label in PUBLIC.items()],
        "formate": list(FORMATS.items()),
        "andere": _others(version),
        "adresse": version.fundstelle if version.fundstelle.startswith("https://") else "",
    }
    if reader == "einfach":
        document = document_of(version, Output.EINFACH)
        context |= {"schriftstueck": document, "knoten": shown_nodes(document)}
    else:
        audience, chapters = AUDIENCES[reader], chapters_of(version)
        context["kapitel"] = [
            (chapter.title, [(one, one.text(audience), kept) for one, kept in chapter.clauses]) for chapter in chapters
        ]
    if reader == "buerger":
        context["wichtig"] = [(one, one.text(Audience.EINFACH)) for one in material_of_version(version).some(WEB)]
    return render(request, "leitlinie/oeffentlich/leitlinie.html", context)


def _others(version: Leitlinienfassung) -> list[Leitlinienfassung]:
    """Return the other adopted versions: those that are to hold later, and those that held before."""
    rows = versions_of(version.mandant).filter(stand=Fassungsstand.BESCHLOSSEN).exclude(pk=version.pk)
    return list(rows.order_by("-gilt_ab"))


@requires("leitlinie.public")
@never_cache
def dokument(request: HttpRequest, nummer: int, art: str, form: str) -> HttpResponse:
    """Hand out a document of an adopted version as a file."""
    rows = versions_of(actor_of(request).mandant).filter(stand=Fassungsstand.BESCHLOSSEN, nummer=nummer)
    version = rows.first()
    if version is None or form not in FORMATS or art not in {kind.value for kind in PUBLIC}:
        raise Http404
    try:
        made = file_of(version, Output(art), form)
    except PrintError as error:
        messages.error(request, str(error))
        return redirect("leitlinie:oeffentlich")
    name = f"{art}-{version.mandant.kurz}-fassung-{version.nummer}.{form}"
    return HttpResponse(
        made, headers={"Content-Type": TYPES[form], "Content-Disposition": f'attachment; filename="{name}"'}
    )


@requires("leitlinie.public")
def regel(request: HttpRequest, nummer: str) -> HttpResponse:
    """Show one rule of what holds today: what, why, what to do instead; and what its number meant before."""
    actor = actor_of(request)
    gilt = active(actor.mandant)
    table, rule = gilt.profile.table, rule_of(actor.mandant, nummer)
    context: dict[str, Any] = {
        "gilt": gilt,
        "tabelle": table,
        "nummer": nummer,
        "frueher": past_rules(actor.mandant, nummer, exists=rule is not None),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:oeffentlich")), (nummer, "")],
    }
    if rule is None or nummer == table.number:
        if nummer != table.number:
            if not context["frueher"]:
                raise Http404
            return render(request, "leitlinie/oeffentlich/regel_frueher.html", context)
        return render(request, "leitlinie/oeffentlich/tabelle.html", context | {"zeilen": table_rows(table)})
    context |= {"regel": rule, "laut": _wordings(rule.clause) if rule.clause else []}
    return render(request, "leitlinie/oeffentlich/regel.html", context)


def _wordings(clause: Any) -> list[tuple[str, str]]:
    wanted = (
        (Audience.BESCHAEFTIGTE, _("Für Beschäftigte")),
        (Audience.RAT, _("Im Wortlaut des Beschlusses")),
        (Audience.EINFACH, _("In Einfacher Sprache")),
    )
    return [(label, clause.text(audience)) for audience, label in wanted]
