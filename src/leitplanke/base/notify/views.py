"""The outbox and the choice of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.notify import queries, services
from leitplanke.base.notify.categories import category_for
from leitplanke.base.notify.forms import ChoiceForm, FilterForm
from leitplanke.base.notify.models import Nachricht

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 25


@requires("notify.view_own")
def postausgang(request: HttpRequest) -> HttpResponse:
    """List mail: one's own, or all of the Mandant."""
    actor = actor_of(request)
    form = FilterForm(request.GET or None)
    found = queries.outbox_for(actor)
    if form.is_valid() and form.cleaned_data["zustand"]:
        found = found.filter(zustand=form.cleaned_data["zustand"])
    context = {
        "form": form,
        "seite": Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite")),
        "alle": actor.may("notify.view_all"),
        "breadcrumb": [(_("Mein Konto"), reverse("konto")), (_("Postausgang"), "")],
    }
    return render(request, "notify/postausgang.html", context)


@requires("notify.view_own")
def nachricht(request: HttpRequest, nachricht: int) -> HttpResponse:
    """Show a mail."""
    actor = actor_of(request)
    try:
        found = queries.outbox_for(actor).get(pk=nachricht)
    except Nachricht.DoesNotExist:
        raise Http404 from None
    context = {
        "nachricht": found,
        "kategorie": category_for(found.kategorie),
        "lesbar": queries.may_read_text(actor, found),
        "breadcrumb": [
            (_("Mein Konto"), reverse("konto")),
            (_("Postausgang"), reverse("notify:postausgang")),
            (found.betreff, ""),
        ],
    }
    return render(request, "notify/nachricht.html", context)


@requires("notify.choose")
def einstellungen(request: HttpRequest) -> HttpResponse:
    """Choose which mail one wants."""
    person = actor_of(request).person
    if person is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None, choices=queries.choices_of(person))
    if request.method == "POST" and form.is_valid():
        services.choose_categories(person=person, wanted=form.wanted())
        messages.success(request, _("Ihre Wahl ist gespeichert."))
        return redirect("notify:einstellungen")
    context = {
        "form": form,
        "breadcrumb": [(_("Mein Konto"), reverse("konto")), (_("Benachrichtigungen"), "")],
    }
    return render(request, "notify/einstellungen.html", context)
