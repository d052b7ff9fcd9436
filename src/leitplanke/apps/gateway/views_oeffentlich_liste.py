"""Many public names at once: read from a list, released together by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.gateway import declaring, public_lists, queries
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.forms_oeffentlich import ListForm
from leitplanke.apps.gateway.labels_oeffentlich import CAUTIONS
from leitplanke.apps.gateway.page import attempt, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated, to_confirmation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

AT_ONCE = 50


@requires("gateway.public")
def einlesen(request: HttpRequest) -> HttpResponse:
    """Enter a list; what cannot be taken comes back with the reason and stays in the field."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    outcome = _read(request, form) if form.is_valid() else None
    if outcome is not None and outcome.entered:
        said = ngettext(
            "%(zahl)d Angabe eingetragen. Sie gilt, sobald eine zweite Person sie freigegeben hat.",
            "%(zahl)d Angaben eingetragen. Sie gelten, sobald eine zweite Person sie freigegeben hat.", outcome.entered,
        )  # fmt: skip
        messages.success(request, said % {"zahl": outcome.entered})
        if not outcome.problems:
            return redirect("gateway:oeffentlich")
    crumbs = ((_("Öffentliche Namen"), reverse("gateway:oeffentlich")), (_("Liste einlesen"), ""))
    context = {**frame(request, "oeffentlich", *crumbs), "form": form, "ergebnis": outcome}
    wrong = bool(form.errors) or (outcome is not None and bool(outcome.problems))
    return render(request, "gateway/oeffentlich_einlesen.html", context, status=422 if wrong else 200)


def _read(request: HttpRequest, form: ListForm) -> public_lists.Outcome | None:
    """Enter what the form holds; afterwards the form shows what is left, also of a file."""
    file, text = form.cleaned_data["datei"], form.cleaned_data["liste"]
    only_good = request.POST.get("tun") == "gute"

    def enter() -> public_lists.Outcome:
        said = public_lists.text_of(file.read()) if file else text
        form.data = {"liste": said}
        found = public_lists.enter_list(actor=actor_of(request), text=said, only_good=only_good)
        form.data = {"liste": found.left}
        return found

    done: public_lists.Outcome | None = attempt(form, enter)
    return done


@requires("gateway.release_public")
def freigeben(request: HttpRequest) -> HttpResponse:
    """Show what waits and what to think about; release what was chosen by POST."""
    actor = actor_of(request)
    if request.method == "POST":
        wanted = _chosen(request.POST.getlist("angabe"))
        asked = {"seite": request.GET.get("seite", ""), "angabe": wanted}
        back = f"{request.path}?{urlencode(asked, doseq=True)}"  # what was chosen stays so
        if freshly_authenticated(request) is None:
            return to_confirmation(request, back)
        try:
            count = declaring.release_public(actor=actor, kennungen=wanted)
            said = ngettext("%(zahl)d Angabe gilt jetzt.", "%(zahl)d Angaben gelten jetzt.", count)
            messages.success(request, said % {"zahl": count})
            return redirect("gateway:oeffentlich")
        except NotReadyError as error:
            messages.error(request, str(error))
            return redirect(back)
    page = Paginator(queries.public_waiting(actor.mandant), AT_ONCE).get_page(request.GET.get("seite"))
    chosen = set(_chosen(request.GET.getlist("angabe")))
    rows = [
        {
            "angabe": row,
            "bedenken": [CAUTIONS[one] for one in declaring.cautions_of(row)],
            "eigen": actor.person is not None and row.eingetragen_von_id == actor.person.pk,
            "gewaehlt": row.public_id in chosen,
        }
        for row in page
    ]
    crumbs = ((_("Öffentliche Namen"), reverse("gateway:oeffentlich")), (_("Freigeben"), ""))
    context = {
        **frame(request, "oeffentlich", *crumbs), "page": page, "zeilen": rows,
        "moeglich": any(not row["eigen"] for row in rows),
    }  # fmt: skip
    return render(request, "gateway/oeffentlich_freigeben.html", context)


def _chosen(texts: list[str]) -> list[UUID]:
    """Return what was chosen; what is no key was never offered."""
    found = []
    for text in texts[:AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
