"""Pages of simulations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.apps.simulation import files, presentation, queries, services
from leitplanke.apps.simulation.choices import columns_of, laws_of
from leitplanke.apps.simulation.forms import LawForm, PlanForm
from leitplanke.apps.simulation.models import Simulationslauf
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.services import safe_name

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from leitplanke.apps.simulation.choices import LawChoice

PAGE_SIZE = 25
SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# Kinds of export: ending and media type.
EXPORTS = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
}


def run_or_404(request: HttpRequest, kennung: UUID) -> Simulationslauf:
    """Return a simulation of the acting person's."""
    try:
        return queries.run_for(actor_of(request), kennung)
    except Simulationslauf.DoesNotExist:
        raise Http404 from None


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the list on."""
    return [(_("Simulationen"), reverse("simulation:liste") if more else ""), *more]


@requires("simulation.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the simulations."""
    actor = actor_of(request)
    page = Paginator(queries.runs_for(actor), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "darf_beginnen": actor.may("simulation.start"),
        "breadcrumb": crumbs(),
    }
    return render(request, "simulation/liste.html", context)


@requires("simulation.start")
def neu(request: HttpRequest) -> HttpResponse:
    """Choose the law, then say what to reckon; the simulation runs in the background."""
    laws = laws_of(actor_of(request))
    today = timezone.localdate()
    form = LawForm(request.GET if "regelwerk" in request.GET else None, laws=laws, initial={"am": today})
    if form.is_bound and form.is_valid():
        return _einrichten(request, laws[form.cleaned_data["regelwerk"]], form)
    context = {"form": form, "breadcrumb": crumbs((_("Neue Simulation"), ""))}
    return render(request, "simulation/neu.html", context, status=422 if form.errors else 200)


def _einrichten(request: HttpRequest, law: LawChoice, law_form: LawForm) -> HttpResponse:
    actor, day = actor_of(request), law_form.cleaned_data["am"]
    engine = engine_for(actor.mandant, law.name, law.ebene)
    initial, again = _again(request)
    form = PlanForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        engine=engine, day=day, actor=actor, initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        lauf = services.start_simulation(
            actor=actor,
            law=services.Law(law.name, law.ebene, engine),
            plan=form.plan(),
            uploads=form.chosen_uploads(),
            bezeichnung=form.cleaned_data["bezeichnung"] or law.label,
        )
        return redirect("simulation:ergebnis", lauf.kennung)
    context = {
        "form": form,
        "law_form": law_form,
        "regelwerk": law,
        "stichtag": day,
        "aus": again,
        "spalten": columns_of(engine.regelwerk),
        "breadcrumb": crumbs((_("Neue Simulation"), reverse("simulation:neu")), (law.label, "")),
    }
    return render(request, "simulation/einrichten.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest) -> tuple[dict[str, Any], Simulationslauf | None]:
    """Return what to fill the form with: the simulation to be reckoned again, where the address names one."""
    actor = actor_of(request)
    wanted = request.GET.get("aus", "")
    found = next((lauf for lauf in queries.runs_for(actor)[:200] if str(lauf.kennung) == wanted), None)
    return (presentation.initial_of(actor, found), found) if found else ({}, None)


@requires("simulation.view")
def ergebnis(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show how far a simulation is, and what came out."""
    lauf = run_or_404(request, kennung)
    actor = actor_of(request)
    context = {
        "lauf": lauf,
        "fehler": _(lauf.fehler) if lauf.fehler else "",
        "seite": presentation.result_of(lauf, request.GET.get("wert", "")) if lauf.done else None,
        "einstellungen": presentation.settings_of(lauf),
        "geaendert": presentation.changes_of(lauf),
        "darf_stoppen": queries.may_stop(actor, lauf),
        "darf_ausgeben": actor.may("simulation.export", lauf.bevoelkerung),
        "noch_einmal": presentation.again_url(lauf) if actor.may("simulation.start", lauf.bevoelkerung) else "",
        "breadcrumb": crumbs((lauf.bezeichnung, "")),
    }
    return render(request, "simulation/ergebnis.html", context)


@requires("simulation.view")
def stand(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show only how far it is; the page asks again, and is loaded anew once there is a result."""
    lauf = run_or_404(request, kennung)
    response = render(request, "simulation/_stand.html", {"lauf": lauf})
    if not lauf.under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@requires("simulation.view")
def bild(request: HttpRequest, kennung: UUID, nummer: int) -> HttpResponse:
    """Show a picture of the result."""
    lauf = run_or_404(request, kennung)
    file = files.picture_file(lauf, nummer, "svg")
    if not lauf.done or not file.is_file():
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = SEALED
    return response


@requires("simulation.export")
@require_POST
def ausgeben(request: HttpRequest, kennung: UUID) -> HttpResponse | FileResponse:
    """Hand out the result as a file; that leaves evidence, so it is a POST."""
    lauf, art = run_or_404(request, kennung), request.POST.get("art", "")
    number = request.POST.get("bild", "")
    if art not in EXPORTS:
        raise Http404
    if art in {"png", "svg"}:
        file = files.picture_file(lauf, int(number) if number.isdecimal() else 1, art)
    else:
        file = files.summary_file(lauf) if art == "json" else files.result_file(lauf, art)
    if not file.is_file():
        raise Http404
    try:
        services.note_export(actor=actor_of(request), kennung=kennung, art=art)
    except services.NotReadyError as error:
        messages.error(request, str(error))
        return redirect("simulation:ergebnis", kennung)
    name = safe_name(f"{lauf.bezeichnung}.{art}")
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=EXPORTS[art])
    response.headers["Content-Security-Policy"] = SEALED
    return response


@requires("simulation.stop")
@require_POST
def abbrechen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Stop a simulation."""
    lauf = run_or_404(request, kennung)
    try:
        services.cancel_simulation(actor=actor_of(request), kennung=lauf.kennung)
    except services.NotReadyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Abgebrochen."))
    return redirect("simulation:ergebnis", lauf.kennung)


@requires("simulation.stop")
@require_POST
def loeschen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Delete a simulation with all its files."""
    lauf = run_or_404(request, kennung)
    services.delete_simulation(actor=actor_of(request), kennung=lauf.kennung)
    messages.success(request, _("Gelöscht, mit allen Tabellen und Ergebnissen."))
    return redirect("simulation:liste")
