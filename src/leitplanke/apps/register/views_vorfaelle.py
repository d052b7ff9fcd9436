"""Reporting on a system, for everybody: the form, the receipt with the code, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from allauth.core import ratelimit
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.register import incidents
from leitplanke.apps.register.forms_vorfaelle import CodeForm, ReportForm
from leitplanke.apps.register.incident_codes import code_here, new_code, newest_here
from leitplanke.apps.register.models import Eintrag, Vorfall, Vorfallart
from leitplanke.apps.register.queries import all_entries, public_entries
from leitplanke.apps.register.queries_vorfaelle import by_code
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.incidents import limits

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

REPORTS, CODES = "meldung", "meldungscode"


@requires("register.report")
@never_cache
def melden(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Report an error, a complaint or an incident; staff also on what the public does not know yet."""
    actor, eintrag = actor_of(request), _entry(request, kuerzel)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"kennung": uuid4(), "art": _art(request)})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if _sent_before(request, form.cleaned_data["kennung"]):
                return redirect("register:meldung_eingang")
            if ratelimit.consume(request, action=REPORTS):
                incidents.report(actor=actor, eintrag_id=eintrag.pk, meldung=_report(request, form.cleaned_data))
                return redirect("register:meldung_eingang")
            form.add_error(None, _("Das waren viele Meldungen in kurzer Zeit. Bitte warten Sie zehn Minuten, oder rufen Sie an."))
            status = 429
    context = {
        "eintrag": eintrag, "form": form, "monate": settings_of(actor.mandant).loeschen_monate,
        "tage": limits().answer_days, "breadcrumb": [(_("Melden: %(system)s") % {"system": eintrag.name}, "")],
    }  # fmt: skip
    return render(request, "register/vorfaelle/melden.html", context, status=status)


def _entry(request: HttpRequest, kuerzel: str) -> Eintrag:
    actor = actor_of(request)
    rows = all_entries(actor.mandant) if actor.may("register.view") else public_entries(actor.mandant)
    found = rows.filter(kuerzel=kuerzel).first()
    if found is None:
        raise Http404
    return found


def _art(request: HttpRequest) -> str:
    wish = request.GET.get("art", "")
    return wish if wish in Vorfallart.values else ""


def _sent_before(request: HttpRequest, kennung: Any) -> bool:
    return Vorfall.objects.for_mandant(actor_of(request).mandant).filter(public_id=kennung).exists()


def _report(request: HttpRequest, said: dict[str, Any]) -> incidents.Report:
    code = new_code(request, said["kennung"])
    return incidents.Report(said["kennung"], Vorfallart(said["art"]), said["text"], said["kontakt"], code)


@requires("register.report")
@never_cache
def eingang(request: HttpRequest) -> HttpResponse:
    """Show the receipt of what was reported last in this session, with its code."""
    kennung = newest_here(request)
    rows = Vorfall.objects.for_mandant(actor_of(request).mandant).select_related("eintrag__einheit")
    vorfall = rows.filter(public_id=kennung).first() if kennung else None
    if vorfall is None or kennung is None:
        return redirect("register:meldung_stand")
    context = {
        "vorfall": vorfall, "code": code_here(request, kennung),
        "adresse": request.build_absolute_uri(reverse("register:meldung_stand")),
        "breadcrumb": [(_("Meldung eingegangen"), "")],
    }  # fmt: skip
    return render(request, "register/vorfaelle/eingang.html", context)


@requires("register.report")
@never_cache
def stand(request: HttpRequest) -> HttpResponse:
    """Show what became of a report, to whoever has its code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    vorfall, status = None, 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            vorfall, status = _opened(request, form)
    context = {"form": form, "vorfall": vorfall, "breadcrumb": [(_("Was wurde aus meiner Meldung?"), "")]}
    return render(request, "register/vorfaelle/stand.html", context, status=status)


def _opened(request: HttpRequest, form: CodeForm) -> tuple[Vorfall | None, int]:
    """Open a report by its code; only codes that open nothing are counted, as attempts to sign in are."""
    if not ratelimit.consume(request, action=CODES, dry_run=True):
        form.add_error(None, _("Das waren zu viele Versuche. Bitte warten Sie eine Minute, oder rufen Sie an."))
        return None, 429
    vorfall = by_code(actor_of(request).mandant, form.cleaned_data["code"])
    if vorfall is None:
        ratelimit.consume(request, action=CODES)
        form.add_error("code", _("Zu diesem Code gibt es keine Meldung. Bitte vergleichen Sie jedes Zeichen."))
    return vorfall, 422 if vorfall is None else 200
