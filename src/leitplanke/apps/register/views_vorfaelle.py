"""Reporting on a system, for everybody: the form, the receipt with the code, and what became of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from uuid import uuid4

from allauth.core import ratelimit
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.register import incidents
from leitplanke.apps.register.forms_vorfaelle import CodeForm, ReportForm
from leitplanke.apps.register.incident_codes import code_hash, code_here, new_code, newest_here
from leitplanke.apps.register.models import Eintrag, Vorfall, Vorfallart
from leitplanke.apps.register.queries import all_entries, public_entries
from leitplanke.apps.register.queries_vorfaelle import by_code
from leitplanke.apps.register.time_limits import settings_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.incidents import limits

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

REPORTS, CODES, TOO_MANY = "meldung", "meldungscode", "zu_viele"


@requires("register.report")
@never_cache
def melden(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Report an error, a complaint or an incident; staff also on what the public does not know yet."""
    eintrag = _entry(request, kuerzel)
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, initial={"kennung": uuid4(), "art": _art(request)})
    if form.is_valid() and _taken(request, eintrag, form):
        return redirect("register:meldung_eingang")
    version = None if actor_of(request).may("register.view") else eintrag.shown_version
    name = version.name if version is not None else eintrag.name
    context = {
        "eintrag": eintrag, "name": name, "form": form, "monate": settings_of(eintrag.mandant).loeschen_monate,
        "tage": limits().answer_days, "breadcrumb": [*_way_to(eintrag, name), (_("Melden"), "")],
    }  # fmt: skip
    status = 429 if form.has_error(NON_FIELD_ERRORS, TOO_MANY) else 422 if form.errors else 200
    return render(request, "register/vorfaelle/melden.html", context, status=status)


def _taken(request: HttpRequest, eintrag: Eintrag, form: ReportForm) -> bool:
    """Take the report in, unless there were too many from one place; a second click takes nothing in twice."""
    said = form.cleaned_data
    if Vorfall.objects.for_mandant(eintrag.mandant).filter(public_id=said["kennung"]).exists():
        return True
    if not ratelimit.consume(request, action=REPORTS):
        text = _("Das waren viele Meldungen in kurzer Zeit. Bitte warten Sie zehn Minuten, oder rufen Sie an.")
        form.add_error(None, ValidationError(text, code=TOO_MANY))
        return False
    code = new_code(request, said["kennung"])
    meldung = incidents.Report(said["kennung"], Vorfallart(said["art"]), said["text"], said["kontakt"], code)
    with contextlib.suppress(IntegrityError):  # both clicks at once: the other one took it in
        incidents.report(actor=actor_of(request), eintrag_id=eintrag.pk, meldung=meldung)
    return True


def _entry(request: HttpRequest, kuerzel: str) -> Eintrag:
    actor = actor_of(request)
    rows = all_entries(actor.mandant) if actor.may("register.view") else public_entries(actor.mandant)
    found = rows.select_related("mandant").filter(kuerzel=kuerzel).first()
    if found is None:
        raise Http404
    return found


def _way_to(eintrag: Eintrag, name: str) -> list[tuple[str, str]]:
    """Return the way to a system in the public register; there is none to what the public does not know yet."""
    if not eintrag.is_public:
        return [(name, "")]
    home = (_("KI-Register"), reverse("register:oeffentlich"))
    return [home, (name, reverse("register:eintrag", args=[eintrag.kuerzel]))]


def _art(request: HttpRequest) -> str:
    wish = request.GET.get("art", "")
    return wish if wish in Vorfallart.values else ""


@requires("register.report")
@never_cache
def eingang(request: HttpRequest) -> HttpResponse:
    """Show the receipt of what was reported last in this session, with its code."""
    kennung = newest_here(request)
    rows = Vorfall.objects.for_mandant(actor_of(request).mandant).select_related("eintrag__einheit")
    vorfall = rows.filter(public_id=kennung).first() if kennung else None
    context = {
        "vorfall": vorfall, "code": _code(request, vorfall) if vorfall is not None else "",
        "adresse": request.build_absolute_uri(reverse("register:meldung_stand")),
        "breadcrumb": [(_("Meldung eingegangen"), "")],
    }  # fmt: skip
    return render(request, "register/vorfaelle/eingang.html", context)


def _code(request: HttpRequest, vorfall: Vorfall) -> str:
    """Return the code of a report as far as this session knows the one that opens it."""
    code = code_here(request, vorfall.public_id)
    return code if code and constant_time_compare(code_hash(code), vorfall.code_hash) else ""


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
