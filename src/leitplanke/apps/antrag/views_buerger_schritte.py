"""The steps of the form. Each is kept as soon as it is sent, so nothing is lost when the browser closes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import drafts, filling
from leitplanke.apps.antrag.buerger import case_context, case_of, for_applicant, for_draft, sent, steps_of
from leitplanke.apps.antrag.forms_buerger import DeliveryForm, SubmitForm
from leitplanke.apps.antrag.intake import Anschrift, IncompleteError
from leitplanke.apps.antrag.interviewing import Answering
from leitplanke.apps.antrag.models import Beteiligung
from leitplanke.apps.antrag.opening import applicant
from leitplanke.apps.antrag.people import PeopleForms
from leitplanke.apps.antrag.uploading import Uploads
from leitplanke.base.interview.flow import ACTION
from leitplanke.base.interview.wording import said, stated
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import Stand

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.buerger import Case
    from leitplanke.apps.antrag.models import Antrag

ORDER = ("person", "fragen", "unterlagen", "zustellung", "pruefen")


def _context(case: Case, now: str, label: str) -> dict[str, Any]:
    steps = steps_of(case, now)
    return case_context(case, (label, "")) | {
        "schritte": steps,
        "nummer_schritt": ORDER.index(now) + 1,
        "anzahl_schritte": len(ORDER),
        "davor": next((step.url for step, after in pairwise(steps) if after.name == now), ""),
        "label": label,
    }


def _next(antrag: Antrag, now: str) -> HttpResponse:
    """Go on with the form, or back to where one sees everything once it was handed in."""
    if antrag.state is not Stand.ENTWURF:
        return redirect("antrag:mein_antrag", antrag.kennung)
    return redirect(f"antrag:schritt_{ORDER[ORDER.index(now) + 1]}", antrag.kennung)


@for_applicant
def person(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Say who applies, and who acts for them."""
    forms = PeopleForms(antrag, sent(request), request.FILES, applicant(request).person)
    if request.method == "POST" and forms.is_valid():
        filling.save_people(antrag.pk, applicant(request), forms.people())
        forms.keep_files(applicant(request))
        if antrag.state is not Stand.ENTWURF:
            messages.success(request, _("Danke. Die Änderung ist beim Amt."))
        return _next(antrag, "person")
    context = _context(case_of(antrag), "person", _("Wer stellt den Antrag?")) | {"forms": forms}
    return render(request, "antrag/buerger/person.html", context, status=422 if forms.errors else 200)


@for_applicant
def fragen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Ask what the rules need, a handful at a time, and keep each answer."""
    case = case_of(antrag)
    answering = Answering(case, request)
    try:
        page = answering.page(applicant(request))
    except RulesError as error:
        messages.error(request, str(error))
        return redirect("antrag:mein_antrag", antrag.kennung)
    if request.headers.get("HX-Request") and request.POST.get(ACTION) == "vorschau":
        return render(request, "interview/_ergebnis.html", {"panel": page.panel})
    if request.method == "POST":
        antrag.refresh_from_db()
        case = case_of(antrag)
    context = _context(case, "fragen", _("Fragen beantworten")) | {
        "seite": page,
        "panel": page.panel,
        "ende": "antrag/buerger/_fragen_ende.html",
        "hinweis": answering.note,
        "zu_diesen_fragen": answering.documents_of(page),
        "weiter_url": reverse("antrag:schritt_unterlagen", args=[antrag.kennung]),
    }
    return render(request, "antrag/buerger/fragen.html", context, status=422 if page.rejected else 200)


@for_applicant
def unterlagen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Take documents, say what is still missing, or that it will follow."""
    uploads = Uploads(request, antrag)
    if request.method == "POST":
        if request.POST.get(ACTION) == "weiter":
            filling.send_later(antrag.pk, applicant(request), request.POST.getlist("spaeter"))
            return _next(antrag, "unterlagen")
        if uploads.keep(applicant(request)):
            return redirect(f"{reverse('antrag:schritt_unterlagen', args=[antrag.kennung])}#{uploads.anchor}")
    case = case_of(antrag)
    cards = uploads.cards(case)
    context = _context(case, "unterlagen", _("Unterlagen beifügen")) | {
        "karten": [card for card in cards if card["sicher"] or card["belege"]],
        "vielleicht": [card for card in cards if not card["sicher"] and not card["belege"]],
        "andere": uploads.others(case),
        "fragen_wahl": uploads.questions(case),
        "fehler": uploads.errors,
        "offen": any(card["fehler"] for card in cards),
        "gewaehlt": request.POST.get("zu") or request.GET.get("zu", ""),
        "entwurf": antrag.state is Stand.ENTWURF,
    }
    return render(request, "antrag/buerger/unterlagen.html", context, status=422 if uploads.errors else 200)


@for_applicant
def zustellung(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Choose post, or consent to letters in the portal."""
    applying = antrag.beteiligte.filter(rolle=Beteiligung.ANTRAGSTELLEND).first()
    known = (applying.email if applying else "") or (antrag.konto.email if antrag.konto else "")
    initial = {"weg": "portal" if antrag.portal else "post"}
    form = DeliveryForm(sent(request), initial=initial, known=known)
    if request.method == "POST" and form.is_valid():
        if email := form.cleaned_data.get("email"):
            filling.save_people(antrag.pk, applicant(request), [_with_email(antrag, email)])
        filling.choose_delivery(antrag.pk, applicant(request), portal=form.cleaned_data["weg"] == "portal")
        return _next(antrag, "zustellung")
    context = _context(case_of(antrag), "zustellung", _("Wie erreicht Sie der Bescheid?")) | {
        "form": form,
        "adresse": known,
        "anschrift": applying.anschrift if applying else (),
    }
    return render(request, "antrag/buerger/zustellung.html", context, status=422 if form.errors else 200)


def _with_email(antrag: Antrag, email: str) -> Anschrift:
    name = {} if antrag.name else {"nachname": _("(noch ohne Namen)")}
    return Anschrift(Beteiligung.ANTRAGSTELLEND, {**name, "email": email})


@for_draft
def pruefen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show everything once more, and hand in."""
    form = SubmitForm(sent(request))
    case = case_of(antrag)
    if request.method == "POST" and form.is_valid():
        try:
            filling.submit(antrag.pk, applicant(request), case.verfahren)
        except IncompleteError as error:
            messages.error(request, str(error))
            return redirect("antrag:schritt_person", antrag.kennung)
        return redirect("antrag:mein_eingang", antrag.kennung)
    context = _context(case, "pruefen", _("Prüfen und absenden")) | {
        "form": form,
        "angaben": answers_of(case),
        "personen": list(antrag.beteiligte.all()),
        "belege": list(antrag.belege.all()),
    }
    return render(request, "antrag/buerger/pruefen.html", context, status=422 if form.errors else 200)


def answers_of(case: Case) -> list[dict[str, Any]]:
    """Return what was stated, with the address at which one changes it; items of a list below it."""
    if case.result is None:
        return []
    book, antrag = case.result.regelwerk, case.antrag
    url = reverse("antrag:schritt_fragen", args=[antrag.kennung])
    found = []
    for name, value in antrag.fakten.items():
        angabe = book.fact(name)
        if angabe is None or name == case.verfahren.antragstag:
            continue
        rows = value if isinstance(value, list) else []
        items = [
            [(said(part.titel), stated(row[part.name], part.shape, part.shape.einheit)) for part in angabe.felder
             if part.name in row]
            for row in rows
        ]  # fmt: skip
        text = stated(value, angabe.shape, angabe.shape.einheit)
        found.append({"titel": said(angabe.titel), "text": text, "eintraege": items, "url": f"{url}?frage={name}"})
    return found


@for_applicant
def aendern(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show what can be changed after handing in; each change goes to the office."""
    case = case_of(antrag)
    context = case_context(case, (_("Änderung mitteilen"), "")) | {"angaben": answers_of(case)}
    return render(request, "antrag/buerger/aendern.html", context)


@require_POST
@for_draft
def verwerfen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Delete a draft with everything in it."""
    if request.POST.get("sicher") != "ja":
        raise Http404
    drafts.discard(antrag.pk, applicant(request))
    messages.success(request, _("Der Entwurf ist gelöscht."))
    return redirect("antrag:katalog")
