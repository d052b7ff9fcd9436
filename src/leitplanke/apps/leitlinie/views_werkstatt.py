"""Pages of a version: its clauses at a glance, and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from leitplanke.apps.leitlinie import overview
from leitplanke.apps.leitlinie.coverage import coverage_of
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.apps.leitlinie.werkstatt_page import frame, optional_url, version_or_404
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("leitlinie.view")
def fassung(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show the clauses of a version in their order, what is missing, and what comes next."""
    version = version_or_404(request, nummer)
    page = frame(request, version, "fassung")
    chapters = overview.chapters_of(version)
    missing = overview.missing_in(version, overview.lacks_of(version))
    rows = [row for chapter in chapters for row in (*chapter.rows, *chapter.later)]
    decided = [row for row in rows if row.said]
    context = page | {
        "kapitel": chapters,
        "schwer": [one for one in missing if one.grave],
        "hinweise": [one for one in missing if not one.grave],
        "schritt": overview.next_step(version, chapters, missing, may_edit=page["darf_entscheiden"]),
        "entschieden": len(decided),
        "angesehen": sum(row.looked_at for row in decided),
        "alle": len(rows),
        "kern": sum(row.block.core for row in rows),
        "kern_entschieden": sum(row.block.core for row in decided),
        "darf_beginnen": actor_of(request).may("leitlinie.begin"),
        "offen": sum(row.open for row in rows),
        "vorlegen": optional_url("mitzeichnung", version.nummer),
    }
    return render(request, "leitlinie/werkstatt/fassung.html", context)


@requires("leitlinie.view")
def abdeckung(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show what a version covers of what it is held against."""
    version = version_or_404(request, nummer)
    context = frame(request, version, "abdeckung") | {"teile": coverage_of(guideline_of(version))}
    return render(request, "leitlinie/werkstatt/abdeckung.html", context)
