"""Reports for the office: the list by time limit, and the page of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.register.amt_page import entry_or_404, frame
from leitplanke.apps.register.forms_vorfaelle import ReportFilterForm
from leitplanke.apps.register.incident_steps import Steps
from leitplanke.apps.register.incidents import IncidentError, may_handle
from leitplanke.apps.register.models import Massnahme
from leitplanke.apps.register.queries_vorfaelle import handled_by, next_step, reason_to_suspend
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.interview.wording import said
from leitplanke.core.register.incidents import limits
from leitplanke.core.register.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.incident_steps import Step
    from leitplanke.apps.register.models import Vorfall

PAGE_SIZE = 40


@requires("register.incidents")
def liste(request: HttpRequest) -> HttpResponse:
    """List the reports that one may handle, the next time limit first."""
    form = ReportFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_filtered(handled_by(actor_of(request)), chosen), PAGE_SIZE).get_page(request.GET.get("seite"))
    today = timezone.localdate()
    context = {
        "form": form,
        "page": page,
        "zeilen": [(row, next_step(row), row.due is not None and row.due < today) for row in page],
        "breadcrumb": [*_home(), (_("Meldungen"), "")],
    }
    return render(request, "register/vorfaelle/liste.html", context)


@requires("register.incidents")
def vorfaelle(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """List the reports on a system as a part of its entry, and offer to report something."""
    eintrag = entry_or_404(request, kuerzel)
    today = timezone.localdate()
    rows = handled_by(actor_of(request)).filter(eintrag=eintrag)
    context = {
        **frame(request, eintrag, "vorfaelle"),
        "zeilen": [(row, next_step(row), row.due is not None and row.due < today) for row in rows],
        "darf": may_handle(actor_of(request), eintrag),
    }
    return render(request, "register/vorfaelle/eintrag.html", context)


def _filtered(rows: QuerySet[Vorfall], chosen: dict[str, str]) -> QuerySet[Vorfall]:
    today, stand = timezone.localdate(), chosen.get("stand", "")
    if stand in {"", "ueberfaellig"}:
        rows = rows.filter(erledigt_am__isnull=True)
    if stand == "ueberfaellig":
        answer = Q(beantwortet_am__isnull=True, frist_am__lt=today)
        rows = rows.filter(answer | Q(behoerde_am__isnull=True, behoerde_bis__lt=today))
    if stand == "geschlossen":
        rows = rows.filter(erledigt_am__isnull=False)
    for name in ("art", "schwere"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if text := chosen.get("suche", "").strip():
        number = text.upper().removeprefix("M-").lower()
        matching = Q(eintrag__name__icontains=text)
        if number and all(char in "0123456789abcdef" for char in number):
            matching |= Q(public_id__istartswith=number)
        rows = rows.filter(matching)
    return rows


@requires("register.incidents")
@never_cache
def meldung(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show a report and do the next step with it."""
    actor = actor_of(request)
    vorfall = get_object_or_404(
        handled_by(actor).select_related("eintrag__einheit", "gemeldet_von__person"), public_id=kennung
    )
    steps = Steps(actor, vorfall, request.POST if request.method == "POST" else None)
    step = steps.chosen
    if step is not None and step.form.is_valid() and _done(step):
        messages.success(request, step.done)
        return redirect("register:meldung", kennung=kennung)
    today = timezone.localdate()
    context = {
        "vorfall": vorfall, "eintrag": vorfall.eintrag, "schritte": steps,
        "folge": limits().consequence(vorfall.folge), "aussetzen": reason_to_suspend(vorfall),
        "hinweis": said(limits().note), "hinweis_ungeprueft": not limits().note_checked,
        "massnahmen": vorfall.massnahmen.select_related("von__person"),
        "spaet": vorfall.due is not None and vorfall.due < today,
        "breadcrumb": [*_home(), (_("Meldungen"), reverse("register:meldungen")), (vorfall.nummer, "")],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "register/vorfaelle/meldung.html", context, status=status)


def _done(step: Step) -> bool:
    try:
        step.act(step.form.cleaned_data)
    except (IncidentError, LifecycleError) as error:
        step.form.add_error(None, str(error))
    except NotPermittedError:
        step.form.add_error(None, _("Das darf Ihre Rolle nicht."))
    except Massnahme.DoesNotExist:
        step.form.add_error(None, _("Diese Maßnahme gibt es nicht."))
    else:
        return True
    return False


def _home() -> list[tuple[str, str]]:
    return [(_("Register"), reverse("register:amt_liste"))]
