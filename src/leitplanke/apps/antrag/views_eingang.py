"""Intake of what came on paper: the same case as one that came online."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import intake, procedures
from leitplanke.apps.antrag.doing import clerk
from leitplanke.apps.antrag.forms_liste import PaperForm, ScanForm
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Kanal
from leitplanke.apps.antrag.queries import units_of, visible_cases
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.limits import MAX_BYTES
from leitplanke.base.interview.forms import QuestionForm
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError
from leitplanke.core.rules.interview import Question
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.procedures import Offer
    from leitplanke.base.accounts.access import Actor

CODE_KEY = "antrag-zugang"


def _offers(actor: Actor) -> list[Offer]:
    return [offer for offer in procedures.offers(actor.mandant) if offer.einstellung.einheit_id in units_of(actor)]


@requires("antrag.intake")
def eingang(request: HttpRequest) -> HttpResponse:
    """Choose what was applied for."""
    actor = actor_of(request)
    context = {
        "angebote": [(offer, said(offer.verfahren.titel)) for offer in _offers(actor)],
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (_("Antrag erfassen"), "")],
    }
    return render(request, "antrag/liste/eingang.html", context)


@requires("antrag.intake")
def erfassen(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Record a paper application: head, scans, and the facts that one types quickest."""
    actor = actor_of(request)
    offer = next((found for found in _offers(actor) if found.verfahren.name == verfahren), None)
    if offer is None:
        raise Http404
    engine = engine_for(actor.mandant, verfahren, offer.einstellung.ebene or None)
    questions = [Question(angabe) for angabe in engine.regelwerk.angaben.values() if _quick(angabe)]
    data = request.POST if request.method == "POST" else None
    form = PaperForm(data, initial={"eingang_am": timezone.localdate()})
    scans = ScanForm(data, request.FILES if data is not None else None)
    facts = QuestionForm(questions, data, demand=False, prefix="angabe")
    if data is not None and all([form.is_valid(), facts.is_valid(), scans.is_valid(), _small(scans)]):
        try:
            antrag, code = _record(actor, offer, form, facts, scans)
        except (RulesError, intake.IncompleteError) as error:
            form.add_error(None, str(error))
        else:
            request.session[CODE_KEY] = {str(antrag.kennung): code}
            return redirect("antrag:erfasst", kennung=antrag.kennung)
    failed = data is not None
    context = {
        "form": form,
        "angaben": facts,
        "dateien": scans,
        "titel": said(offer.verfahren.titel),
        "breadcrumb": [
            (_("Vorgänge"), reverse("antrag:liste")),
            (_("Antrag erfassen"), reverse("antrag:eingang")),
            (said(offer.verfahren.titel), ""),
        ],
    }
    return render(request, "antrag/liste/erfassen.html", context, status=422 if failed else 200)


def _quick(angabe: Any) -> bool:
    """Tell whether a fact is typed on the first page: it is needed, and no list."""
    return angabe.annahme is None and angabe.shape.kind is not Kind.LISTE


def _small(scans: ScanForm) -> bool:
    for file in scans.cleaned_data.get("dateien", ()):
        if file.size > MAX_BYTES:
            text = _("%(name)s ist größer als %(mb)d MB. Bitte teilen Sie die Datei auf.")
            scans.add_error("dateien", text % {"name": file.name, "mb": MAX_BYTES // 1024**2})
    return not scans.errors


def _record(actor: Actor, offer: Offer, form: PaperForm, facts: QuestionForm, scans: ScanForm) -> tuple[Antrag, str]:
    values = form.cleaned_data
    address = {name: values[name] for name in PaperForm.ADDRESS}
    paper = intake.PaperIntake(
        Kanal(values["kanal"]),
        values["eingang_am"],
        (intake.Anschrift(Beteiligung.ANTRAGSTELLEND, address),),
        facts.facts(),
        values["formlos"],
        tuple((file.name, file.read()) for file in scans.cleaned_data["dateien"]),
    )
    return intake.record_paper(actor, offer.verfahren, paper)


@requires("antrag.intake")
def erfasst(request: HttpRequest, kennung: str) -> HttpResponse:
    """Show number and access code once, for the receipt that the person takes along."""
    antrag = get_object_or_404(visible_cases(actor_of(request)).select_related("einheit"), kennung=kennung)
    code = request.session.pop(CODE_KEY, {}).get(str(antrag.kennung), "")
    context = {
        "antrag": antrag,
        "code": code,
        "tag": formats.date_format(antrag.eingang_am, "SHORT_DATE_FORMAT") if antrag.eingang_am else "",
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (antrag.nummer, "")],
    }
    return render(request, "antrag/liste/erfasst.html", context)


@requires("antrag.intake")
@require_POST
def zugang(request: HttpRequest, kennung: str) -> HttpResponse:
    """Give a person who showed who they are a new access code."""
    actor = actor_of(request)
    antrag = get_object_or_404(visible_cases(actor), kennung=kennung)
    _antrag, code = intake.renew_code(antrag.pk, clerk(actor, antrag, "antrag.intake"))
    request.session[CODE_KEY] = {str(antrag.kennung): code}
    messages.success(request, _("Der alte Zugangscode gilt nicht mehr."))
    return redirect("antrag:erfasst", kennung=antrag.kennung)
