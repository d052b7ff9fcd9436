"""Pages before an application: what there is, what it is about, what would come out, a human voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.apps.antrag import calls
from leitplanke.apps.antrag.buerger import offer_context, offer_of, sent
from leitplanke.apps.antrag.catalogue import cards_of
from leitplanke.apps.antrag.forms_buerger import CallForm
from leitplanke.apps.antrag.papers import paper_form
from leitplanke.apps.antrag.precheck import ShortWalk, fresh_state, opened_state
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.flow import ACTION
from leitplanke.base.interview.state import FIELD
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.base.interview.flow import Page


@requires("antrag.catalogue")
def katalog(request: HttpRequest) -> HttpResponse:
    """Show what one can apply for, or what fits a search."""
    frage = request.GET.get("suche", "").strip()[:200]
    mandant = actor_of(request).mandant
    karten = cards_of(mandant, frage)
    context = {
        "suche": frage,
        "karten": karten,
        "alle": cards_of(mandant) if frage and not karten else [],
        "breadcrumb": [(_("Anträge"), "")],
    }
    return render(request, "antrag/buerger/katalog.html", context)


@requires("antrag.catalogue")
def seite(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Tell everything about one application, also in Einfache Sprache."""
    offer = offer_of(request, verfahren)
    page = offer.verfahren.seite
    context = offer_context(request, offer) | {
        "einfach": request.GET.get("sprache") == "einfach",
        "seite": {name: _paragraphs(said(getattr(page, name))) for name in TEXTS},
        "leicht": [block.splitlines() for block in said(page.einfach).strip().split("\n\n")],
        "unterlagen": [
            {"titel": said(item.titel), "hinweis": said(item.hinweis), "immer": item.wenn is None}
            for item in offer.verfahren.unterlagen
        ],
    }
    return render(request, "antrag/buerger/seite.html", context)


TEXTS = ("worum", "wer", "kosten", "dauer", "papier", "hinweise", "datenschutz", "haushalt")


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@requires("antrag.catalogue")
def formular(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Return the application as a form on paper."""
    offer = offer_of(request, verfahren)
    engine = engine_for(actor_of(request).mandant, verfahren, offer.einstellung.ebene or None)
    data = paper_form(offer, engine.regelwerk, timezone.localdate().replace(day=1))
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="Antrag {verfahren}.pdf"'
    return response


@requires("antrag.catalogue")
@never_cache
def vorab(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Ask little and show what may come out; nothing is stored, nothing is decided."""
    offer = offer_of(request, verfahren)
    mandant, note = actor_of(request).mandant, ""
    state = fresh_state(mandant, offer)
    if FIELD in request.POST:
        known = opened_state(request, offer)
        note = "" if known else _("Die Seite war zu alt. Bitte beginnen Sie noch einmal.")
        state = known or state
    try:
        walk = ShortWalk.of(mandant, offer, state)
        page = walk.answered(request.POST) if request.method == "POST" and not note else walk.page()
    except RulesError:  # the Regelwerk was changed since, and knows the answers no more
        note = _("Die Seite war zu alt. Bitte beginnen Sie noch einmal.")
        page = ShortWalk.of(mandant, offer, fresh_state(mandant, offer)).page()
    if request.headers.get("HX-Request") and request.POST.get(ACTION) == "vorschau":
        return render(request, "interview/_ergebnis.html", {"panel": page.panel})
    context = offer_context(request, offer, (_("Vorab prüfen"), "")) | _page(page) | {"hinweis": note}
    return render(request, "antrag/buerger/vorab.html", context, status=422 if page.rejected else 200)


def _page(page: Page) -> dict[str, Any]:
    return {
        "seite": page,
        "panel": page.panel,
        "ende": "antrag/buerger/_vorab_ende.html",
        "fuss": "antrag/buerger/_vorab_fuss.html",
    }


@requires("antrag.catalogue")
@never_cache
def rueckruf(request: HttpRequest, verfahren: str) -> HttpResponse:
    """Take a wish for a call, before anybody applies for anything."""
    offer = offer_of(request, verfahren)
    form = CallForm(sent(request))
    if request.method == "POST" and form.is_valid():
        calls.ask_for_call(actor_of(request).mandant, verfahren, calls.Wish(**form.cleaned_data))
        messages.success(request, _("Danke. Ein Mensch aus der zuständigen Stelle ruft Sie an."))
        return redirect("antrag:seite", verfahren)
    context = offer_context(request, offer, (_("Mit einem Menschen sprechen"), "")) | {"form": form}
    return render(request, "antrag/buerger/rueckruf.html", context, status=422 if form.errors else 200)


@requires("antrag.list")
@never_cache
def rueckrufe(request: HttpRequest) -> HttpResponse:
    """Show the office who waits for a call, and note who was called."""
    actor = actor_of(request)
    if request.method == "POST":
        calls.mark_called(actor, int(request.POST.get("wer") or 0))
        messages.success(request, _("Als erledigt vermerkt."))
        return redirect("antrag:rueckrufe")
    context = {
        "rueckrufe": calls.open_calls(actor),
        "breadcrumb": [(_("Rückrufe"), "")],
        "start": reverse("start"),
    }
    return render(request, "antrag/buerger/rueckrufe.html", context)
