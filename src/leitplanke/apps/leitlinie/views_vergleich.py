"""Guidelines side by side, and who decided how."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie import choosers, sides
from leitplanke.apps.leitlinie.models import Klausel
from leitplanke.apps.leitlinie.queries import in_force, versions_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.cells import safe_cell
from leitplanke.core.guideline import Area
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.leitlinie.sides import Cell
    from leitplanke.base.accounts.models import Mandant


@requires("leitlinie.compare")
def vergleich(request: HttpRequest) -> HttpResponse:
    """Show two to six guidelines side by side."""
    mandant = actor_of(request).mandant
    keys = request.GET.getlist("mit") or _usual(mandant)
    chosen = sides.sides_for(mandant, keys)
    problem = ""
    if len(chosen) < sides.LEAST:
        problem = _("Bitte wählen Sie mindestens zwei Leitlinien.")
    elif len(chosen) > sides.MOST:
        problem = _("Nebeneinander passen höchstens sechs Leitlinien. Hier stehen die ersten sechs.")
        chosen = chosen[: sides.MOST]
    only, chapter = request.GET.get("nur") == "unterschiede", _chapter(request)
    chapters, silent = sides.side_by_side(chosen, only_differences=only, chapter=chapter)
    picked = {side.key for side in chosen}
    context = {
        "auswahl": [
            (title, [(key, name, key in picked) for key, name in entries]) for title, entries in sides.offered(mandant)
        ],
        "seiten": chosen, "kapitel": chapters, "stumm": silent, "problem": problem, "nur": only,
        "alle_kapitel": _chapters(), "gewaehltes": chapter, "zeigen": len(chosen) >= sides.LEAST,
        "abfrage": request.GET.urlencode() or "&".join(f"mit={key}" for key in keys),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Vergleich"), "")],
    }  # fmt: skip
    return render(request, "leitlinie/vergleich/vergleich.html", context)


@requires("leitlinie.compare")
def vergleich_csv(request: HttpRequest) -> HttpResponse:
    """Hand out the same comparison as a table."""
    mandant = actor_of(request).mandant
    chosen = sides.sides_for(mandant, request.GET.getlist("mit") or _usual(mandant))[: sides.MOST]
    only = request.GET.get("nur") == "unterschiede"
    chapters, _silent = sides.side_by_side(chosen, only_differences=only, chapter=_chapter(request))
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    heads = [head for side in chosen for head in (side.name, _("Quelle: %(name)s") % {"name": side.name})]
    table.writerow([_("Kapitel"), _("Baustein"), _("Frage"), *map(safe_cell, heads)])
    for chapter in chapters:
        for line in chapter.lines:
            cells = [text for cell in line.cells for text in _texts(cell)]
            table.writerow(map(safe_cell, [chapter.title, line.block.id, line.block.question, *cells]))
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="leitlinien-vergleich.csv"'},
    )  # fmt: skip


@requires("leitlinie.compare")
def wer_wie(request: HttpRequest) -> HttpResponse:
    """Show who elsewhere decided how, question by question."""
    mandant = actor_of(request).mandant
    level = request.GET.get("ebene", "") if request.GET.get("ebene") in sides.LEVELS else ""
    country = request.GET.get("land", "") if request.GET.get("land") in sides.COUNTRIES else ""
    version = in_force(mandant) or versions_of(mandant).first()
    ours: dict[str, str] = {}
    if version is not None:
        clauses = Klausel.objects.for_mandant(mandant).filter(fassung=version)
        ours = dict(clauses.values_list("baustein", "option"))
    context = {
        "kapitel": choosers.chapters_of(ours=ours, level=level, country=country, chapter=_chapter(request)),
        "fassung": version, "alle_kapitel": _chapters(), "gewaehltes": _chapter(request),
        "ebenen": [(key, _(title)) for key, title in sides.LEVELS.items()], "ebene": level,
        "laender": [(key, _(title)) for key, title in sides.COUNTRIES.items()], "land": country,
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Wer entscheidet wie?"), "")],
    }  # fmt: skip
    return render(request, "leitlinie/vergleich/wer_wie.html", context)


def _usual(mandant: Mandant) -> list[str]:
    """Return what to begin with: what holds here or the newest version, an example, and a town."""
    version = in_force(mandant) or versions_of(mandant).first()
    own = [f"fassung-{version.nummer}"] if version else ["beispiel-streng"]
    return [*own, "beispiel-ausgewogen", "bekannt-dortmund"]


def _chapters() -> list[tuple[str, str]]:
    return [(area.value, _(CHAPTERS[area])) for area in Area]


def _chapter(request: HttpRequest) -> str:
    asked = request.GET.get("kapitel", "")
    return asked if asked in set(Area) else ""


def _texts(cell: Cell) -> tuple[str, str]:
    if not cell.said.option:
        return "", ""
    values = "; ".join(f"{name}: {value}" for name, value in cell.said.values.items())
    pages = " ".join(source.url for source in cell.side.sources)
    unchecked = _("(nicht am Original geprüft)") if cell.side.unchecked else ""
    said = f"{cell.said.title} ({values})" if values else cell.said.title
    return said, " ".join(filter(None, (cell.source, unchecked, pages)))
