"""Pages of an evaluation: plans and results of an entry, fix a plan, evaluate, see a result."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.register import rating
from leitplanke.apps.register.amt_page import frame
from leitplanke.apps.register.doing import doer
from leitplanke.apps.register.evaluating import (
    evaluate_file,
    evaluate_rows,
    evaluation_of,
    fix_plan,
    plan_of,
    report_of,
)
from leitplanke.apps.register.forms_pruefung import FileForm, PlanForm, YamlForm
from leitplanke.apps.register.models import Bewertung, Eintrag, Pruefplan
from leitplanke.apps.register.queries import entry_for
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.documents.printing import evaluation_pdf
from leitplanke.base.interview.wording import said
from leitplanke.core.evaluation import EvaluationError, needed_cases, plan_findings, read_plan
from leitplanke.core.evaluation.report_html import report_html
from leitplanke.core.evaluation.report_json import report_json
from leitplanke.core.evaluation.report_parts import Picture, Points, ReportTable
from leitplanke.core.register.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from leitplanke.core.evaluation.report import Report
    from leitplanke.core.evaluation.report_parts import Block

VERDICT_KINDS = {"bestanden": "success", "nicht_bestanden": "danger", "unzureichend": "warning"}


def _entry(request: HttpRequest, kuerzel: str) -> Eintrag:
    try:
        return entry_for(actor_of(request).mandant, kuerzel)
    except Eintrag.DoesNotExist:
        raise Http404 from None


def _plan(request: HttpRequest, kennung: UUID) -> Pruefplan:
    rows = Pruefplan.objects.for_mandant(actor_of(request).mandant).select_related("eintrag__einheit", "mandant")
    return get_object_or_404(rows, public_id=kennung)


def _may(request: HttpRequest, eintrag: Eintrag) -> bool:
    try:
        doer(actor_of(request), "register.evaluate", eintrag)
    except NotPermittedError:
        return False
    return True


def _crumbs(eintrag: Eintrag, *more: tuple[str, str]) -> list[tuple[str, str]]:
    page = reverse("register:amt_eintrag", args=[eintrag.kuerzel])
    trail = [(_("Register"), reverse("register:amt_liste")), (eintrag.name, page)]
    return [*trail, (_("Bewertung"), reverse("register:bewertung", args=[eintrag.kuerzel])), *more]


@requires("register.view")
@never_cache
def bewertung(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show plans and results of an entry."""
    eintrag = _entry(request, kuerzel)
    context = frame(request, eintrag, "bewertung") | {
        "plaene": eintrag.pruefplaene.prefetch_related("bewertungen"),
        "bewertungen": eintrag.bewertungen.select_related("plan"),
        "darf": _may(request, eintrag),
        "arten": VERDICT_KINDS,
    }
    return render(request, "register/pruefung/bewertung.html", context)


@requires("register.evaluate")
@never_cache
def plan_neu(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Write a plan, see how many cases it needs, and fix it."""
    eintrag = _entry(request, kuerzel)
    if not _may(request, eintrag):
        raise Http404
    form, upload = PlanForm(None), YamlForm(None)
    text = ""
    if request.method == "POST":
        if "hochladen" in request.POST:
            upload = YamlForm(request.POST, request.FILES)
            if upload.is_valid():
                text = upload.cleaned_data["datei"].read(200_000).decode("utf-8", "replace")
        else:
            form = PlanForm(request.POST)
            if form.is_valid():
                text = form.as_yaml(eintrag, timezone.localdate())
    shown = _plan_preview(text, upload if "hochladen" in request.POST else form)
    if shown is not None and ("festlegen" in request.POST or "hochladen" in request.POST):
        try:
            row = fix_plan(actor=actor_of(request), eintrag_id=eintrag.pk, text=text)
        except LifecycleError as error:
            (upload if "hochladen" in request.POST else form).add_error(None, str(error))
        else:
            messages.success(request, _("Der Plan ist festgelegt. Er wird nicht mehr geändert."))
            return redirect("register:pruefplan", kennung=row.public_id)
    context = {
        "eintrag": eintrag, "form": form, "upload": upload, "vorschau": shown,
        "breadcrumb": _crumbs(eintrag, (_("Neuer Plan"), "")),
    }  # fmt: skip
    failed = form.errors or upload.errors
    return render(request, "register/pruefung/plan_neu.html", context, status=422 if failed else 200)


def _plan_preview(text: str, form: forms.Form) -> dict[str, object] | None:
    """Return what a plan needs and what is unwise about it; faults go into the form."""
    if not text:
        return None
    try:
        plan = read_plan(text)
    except EvaluationError as error:
        form.add_error(None, list(error.faults))
        return None
    return {"bedarf": needed_cases(plan), "hinweise": [said(one.text) for one in plan_findings(plan)], "plan": plan}


@requires("register.view")
@never_cache
def pruefplan(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show a fixed plan, and how far its evaluation is."""
    row = _plan(request, kennung)
    plan = plan_of(row)
    context = {
        "row": row, "eintrag": row.eintrag, "plan": plan, "titel": said(plan.titel), "frage": said(plan.frage),
        "ja": said(plan.ergebnis.ja), "wie": said(plan.wahrheit_wie), "bedarf": needed_cases(plan),
        "hinweise": [said(one.text) for one in plan_findings(plan)], "spalten": plan.spalten.all(),
        "gruppen": [said(words) for _name, words in plan.merkmale], "fortschritt": rating.progress(row),
        "form": FileForm(), "darf": _may(request, row.eintrag), "bewertungen": row.bewertungen.all(),
        "arten": VERDICT_KINDS, "breadcrumb": _crumbs(row.eintrag, (row.titel, "")),
    }  # fmt: skip
    return render(request, "register/pruefung/plan.html", context)


@requires("register.evaluate")
@require_POST
def auswerten(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Evaluate an uploaded file, or what was collected here."""
    row, actor = _plan(request, kennung), actor_of(request)
    form = FileForm(request.POST, request.FILES)
    try:
        if "gesammelt" in request.POST:
            found = evaluate_rows(actor=actor, plan_id=row.pk, rows=rating.collected_rows(row))
        elif form.is_valid():
            found = evaluate_file(actor=actor, plan_id=row.pk, data=form.cleaned_data["datei"].read())
        else:
            messages.error(request, _("Bitte wählen Sie eine CSV-Datei."))
            return redirect("register:pruefplan", kennung=kennung)
    except (EvaluationError, LifecycleError) as error:
        messages.error(request, str(error))
        return redirect("register:pruefplan", kennung=kennung)
    return redirect("register:ergebnis", kennung=found.public_id)


@requires("register.evaluate")
@require_POST
def faelle_laden(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Take the cases that people judge blindly."""
    row = _plan(request, kennung)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie eine CSV-Datei."))
    else:
        try:
            number = rating.load_cases(actor=actor_of(request), plan_id=row.pk, data=form.cleaned_data["datei"].read())
        except LifecycleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(zahl)d Fälle warten darauf, beurteilt zu werden.") % {"zahl": number})
    return redirect("register:pruefplan", kennung=kennung)


def _result(request: HttpRequest, kennung: UUID) -> Bewertung:
    rows = Bewertung.objects.for_mandant(actor_of(request).mandant).select_related("plan", "eintrag")
    return get_object_or_404(rows, public_id=kennung)


def _report(row: Bewertung) -> Report:
    return report_of(row, get_language() or "de")


@requires("register.view")
@never_cache
def ergebnis(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show a result as a council can read it."""
    row = _result(request, kennung)
    made = _report(row)
    sections = [(section.heading, [(_kind(block), block) for block in section.blocks]) for section in made.sections]
    context = {
        "row": row, "eintrag": row.eintrag, "bericht": made, "abschnitte": sections, "art": VERDICT_KINDS[row.verdikt],
        "breadcrumb": _crumbs(row.eintrag, (_("Ergebnis"), "")),
    }  # fmt: skip
    return render(request, "register/pruefung/ergebnis.html", context)


def _kind(block: Block) -> str:
    kinds = {Points: "liste", ReportTable: "tabelle", Picture: "bild"}
    return kinds.get(type(block), "text")


@requires("register.view")
@never_cache
def ergebnis_bild(request: HttpRequest, kennung: UUID, name: str) -> HttpResponse:
    """Give a picture of a result."""
    for picture in _report(_result(request, kennung)).pictures:
        if picture.name == name:
            return HttpResponse(picture.svg, content_type="image/svg+xml")
    raise Http404


@requires("register.view")
@never_cache
def ergebnis_datei(request: HttpRequest, kennung: UUID, endung: str) -> HttpResponse:
    """Give a result as a file: page, PDF or data."""
    row = _result(request, kennung)
    kinds = {"html": "text/html; charset=utf-8", "pdf": "application/pdf", "json": "application/json"}
    if endung not in kinds:
        raise Http404
    content: str | bytes = (
        evaluation_pdf(_report(row)) if endung == "pdf"
        else report_html(_report(row)) if endung == "html"
        else report_json(evaluation_of(row))
    )  # fmt: skip
    response = HttpResponse(content, content_type=kinds[endung])
    response["Content-Disposition"] = f'attachment; filename="bewertung-{row.eintrag.kuerzel}.{endung}"'
    return response
