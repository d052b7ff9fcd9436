"""Ask, read answers and read sources."""

from __future__ import annotations

import hashlib
import time
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leitplanke.apps.register.public import purpose_in_use
from leitplanke.apps.wissen import answers, queries
from leitplanke.apps.wissen.ai import KEY, AiStoppedError, stopped_for
from leitplanke.apps.wissen.forms import FrageForm
from leitplanke.apps.wissen.models import Antwort, Fassung, Wissensraum
from leitplanke.apps.wissen.presentation import answer_page, shown_document, version_facts
from leitplanke.apps.wissen.rewording import may_reword
from leitplanke.apps.wissen.word_search import places_with
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.transfer import blocks_from_json
from leitplanke.base.llm.lights import allowed_data

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 25
QUESTIONS_PER_MINUTE = 20
IPV6 = 6


def network_of(address: str) -> str:
    """Return what one household has: an IPv4 address, or the 64 bits that stay of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((address, 64), strict=False)) if found.version == IPV6 else address


def too_many_questions(request: HttpRequest) -> bool:
    """Tell whether this address asks faster than a person does; it counts the question."""
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    key = f"wissen-fragen:{hashlib.sha256(network.encode()).hexdigest()}:{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) > QUESTIONS_PER_MINUTE


def space_or_404(request: HttpRequest, kurz: str) -> Wissensraum:
    """Return a space of the acting person's."""
    try:
        return queries.space_for(actor_of(request), kurz)
    except Wissensraum.DoesNotExist:
        raise Http404 from None


def space_crumbs(raum: Wissensraum, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from Wissen to a space and on."""
    return [(_("Wissen"), reverse("wissen:liste")), (raum.name, reverse("wissen:raum", args=[raum.kurz])), *more]


@requires("wissen.list")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the spaces."""
    actor = actor_of(request)
    context = {
        "raeume": queries.spaces_for(actor),
        "darf_anlegen": actor.may("wissen.manage_space"),
        "breadcrumb": [(_("Wissen"), "")],
    }
    return render(request, "wissen/liste.html", context)


@requires("wissen.ask")
def raum(request: HttpRequest, kurz: str) -> HttpResponse:
    """Ask a question in a space; the answer has its own address."""
    space = space_or_404(request, kurz)
    form = FrageForm(request.POST or None, initial={"frage": request.GET.get("frage", "")})
    if request.method == "POST" and too_many_questions(request):
        return render(request, "429.html", status=429)
    actor = actor_of(request)
    if request.method == "POST" and form.is_valid():
        frage = form.cleaned_data["frage"]
        try:
            antwort = answers.ask(raum=space, actor=actor, frage=frage)
        except AiStoppedError as error:
            return _without_ai(request, error, [space], frage)
        return redirect("wissen:antwort", antwort.kennung)
    stopped = stopped_for(actor)
    context = {
        "ohne_ki": stopped,
        "quellen": queries.released_versions(space) if stopped else (),
        "raum": space,
        "form": form,
        "darf_quellen": actor.may("wissen.list_sources"),
        "darf_bearbeiten": actor.may("wissen.manage_space"),
        "breadcrumb": space_crumbs(space),
    }
    return render(request, "wissen/raum.html", context, status=422 if form.errors else 200)


def _without_ai(request: HttpRequest, stopped: AiStoppedError, spaces: list[Wissensraum], frage: str) -> HttpResponse:
    """Say that no AI answers, and show where the words of the question stand."""
    context = {
        "ohne_ki": stopped.permit,
        "frage": frage,
        "stellen": places_with(spaces, frage),
        "raeume": spaces,
        "breadcrumb": [(_("Wissen"), reverse("wissen:liste")), (_("Ohne KI"), "")],
    }
    return render(request, "wissen/ohne_ki.html", context)


@requires("wissen.ask")
@require_POST
def fragen(request: HttpRequest) -> HttpResponse:
    """Answer a question from the start page in whichever space knows best."""
    if too_many_questions(request):
        return render(request, "429.html", status=429)
    form = FrageForm(request.POST)
    if not form.is_valid():
        return render(request, "wissen/fragen.html", {"form": form, "breadcrumb": [(_("Fragen"), "")]}, status=422)
    actor, frage = actor_of(request), form.cleaned_data["frage"]
    try:
        antwort = answers.ask_anywhere(actor=actor, frage=frage)
    except AiStoppedError as error:
        return _without_ai(request, error, list(queries.spaces_for(actor)), frage)
    if antwort is None:
        messages.info(request, _("Noch ist keine Quelle freigegeben. Bitte fragen Sie im Rathaus nach."))
        return redirect("wissen:liste")
    return redirect("wissen:antwort", antwort.kennung)


@requires("wissen.view_answer")
def antwort(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show an answer with its quotes, its evidence entry and the way to a human."""
    try:
        found = queries.answer_for(actor_of(request), kennung)
    except Antwort.DoesNotExist:
        raise Http404 from None
    withdrawn = queries.withdrawn_versions(found)
    rewordable = may_reword(found, actor_of(request)) and not withdrawn
    context = {
        "antwort": found,
        "seite": answer_page(found, withdrawn),
        "zurueckgezogen": bool(withdrawn) and found.ergebnis != "refused",
        "raum": found.raum,
        "form": FrageForm(),
        "darf_umformulieren": rewordable,
        "datenarten": allowed_data(found.mandant, KEY) if rewordable else None,
        "ohne_ki": stopped_for(actor_of(request)),
        "melden": purpose_in_use(found.mandant, KEY).report_url,
        "breadcrumb": space_crumbs(found.raum, (_("Antwort"), "")),
    }
    return render(request, "wissen/antwort.html", context)


@requires("wissen.ask")
def fassung(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source as text, the passage from `von` to `bis` marked."""
    try:
        found = queries.version_for(actor_of(request), pk)
    except Fassung.DoesNotExist:
        raise Http404 from None
    start, end = _span(request, len(found.text))
    document = shown_document(found.text, blocks_from_json(found.bloecke), start, end, request.GET.get("abschnitt", ""))
    context = {
        "fassung": found,
        "raum": found.quelle.raum,
        "dokument": document,
        "angaben": version_facts(found),
        "ausser_kraft": not found.valid_on(timezone.localdate()),
        "breadcrumb": space_crumbs(found.quelle.raum, (found.titel, "")),
    }
    return render(request, "wissen/fassung.html", context)


def _span(request: HttpRequest, length: int) -> tuple[int, int]:
    try:
        start, end = int(request.GET.get("von", "0")), int(request.GET.get("bis", "0"))
    except ValueError:
        return 0, 0
    return (start, end) if 0 <= start < end <= length else (0, 0)


@requires("wissen.view_history")
def verlauf(request: HttpRequest) -> HttpResponse:
    """Show one's own questions."""
    page = Paginator(queries.history_of(actor_of(request)), PAGE_SIZE).get_page(request.GET.get("seite"))
    return render(request, "wissen/verlauf.html", {"page": page, "breadcrumb": [(_("Mein Verlauf"), "")]})


@requires("wissen.view_history")
@require_POST
def verlauf_loeschen(request: HttpRequest) -> HttpResponse:
    """Delete all of one's own questions, or the one named."""
    count = answers.delete_own(actor=actor_of(request), kennung=request.POST.get("kennung", ""))
    text = ngettext(
        "Gelöscht: %(anzahl)s Frage mit ihrer Antwort.", "Gelöscht: %(anzahl)s Fragen mit ihren Antworten.", count
    )
    messages.success(request, text % {"anzahl": count})
    return redirect("wissen:verlauf")
