"""Models: the list, one of them, and its way into use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.gateway import queries, registry
from leitplanke.apps.gateway.carrying import carried, code_of
from leitplanke.apps.gateway.comparing import energy_page
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.gateway.forms import ModelForm, ReasonForm
from leitplanke.apps.gateway.forms_energie import grouped
from leitplanke.apps.gateway.labels import MODEL_LABELS, STATE_KINDS, reach_of
from leitplanke.apps.gateway.page import attempt, found_or_404, frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated, to_confirmation
from leitplanke.base.llm.models import Modell

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CARRIED = "zugangscode_versiegelt"


@requires("gateway.view")
def liste(request: HttpRequest) -> HttpResponse:
    """Show all models."""
    actor = actor_of(request)
    rows = [
        {"modell": one, "wo": MODEL_LABELS[one.klasse], "art": STATE_KINDS[one.stand], "da": reach_of(one)}
        for one in queries.models_of(actor.mandant)
    ]
    context = {**frame(request, "modelle"), "zeilen": rows, "darf": actor.may("gateway.models")}
    return render(request, "gateway/modelle.html", context)


@requires("gateway.models")
def neu(request: HttpRequest) -> HttpResponse:
    """Enter a model."""
    return _edit(request, None)


@requires("gateway.models")
def aendern(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Change a model."""
    return _edit(request, _model_or_404(request, kennung))


def _edit(request: HttpRequest, modell: Modell | None) -> HttpResponse:
    actor = actor_of(request)
    form = ModelForm(request.POST if request.method == "POST" else None, instance=modell)
    # Browsers are never sent a password back, so after an error in another field it is kept sealed.
    code = request.POST.get("zugangscode", "").strip() or code_of(request.POST.get(CARRIED, ""), actor)
    if request.method == "POST" and form.is_valid():
        values, secret, energy = form.values(), code, form.energy()
        kennung = modell.public_id if modell else None
        done = attempt(
            form,
            lambda: registry.save_model(actor=actor, kennung=kennung, values=values, secret=secret, energy=energy),
        )
        if done is not None:
            messages.success(request, _("Gespeichert."))
            return redirect("gateway:modell", done.public_id)
    title = _("%(name)s ändern") % {"name": modell.titel} if modell else _("Modell eintragen")
    context = {
        **frame(request, "modelle", (_("Modelle"), reverse("gateway:modelle")), (title, "")),
        "form": form, "gruppen": grouped(form, _("Das Modell und wo es läuft")),
        "code": carried(code, actor) if code else "", "code_name": CARRIED,
        "titel": title, "freigegeben": modell is not None and modell.stand == "freigegeben",
    }  # fmt: skip
    return render(request, "gateway/modell_form.html", context, status=422 if form.errors else 200)


@requires("gateway.view")
def modell(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show one model, and what can be done with it."""
    found, actor = _model_or_404(request, kennung), actor_of(request)
    own = actor.person is not None and found.beantragt_von_id == actor.person.pk
    context = {
        **frame(request, "modelle", (_("Modelle"), reverse("gateway:modelle")), (found.titel, "")),
        "modell": found,
        "wo": MODEL_LABELS[found.klasse],
        "art": STATE_KINDS[found.stand],
        "da": reach_of(found),
        "fehlt": registry.lacking_for(found) if found.stand in {"entwurf", "gesperrt"} else [],
        "darf_aendern": actor.may("gateway.models"),
        "darf_beantragen": actor.may("gateway.models") and found.stand in {"entwurf", "gesperrt"},
        "darf_freigeben": actor.may("gateway.release_model") and found.stand == "beantragt" and not own,
        "eigen": own and found.stand == "beantragt",
        "darf_sperren": actor.may("gateway.block_model") and found.stand != "gesperrt",
        "zwecke": found.zwecke.all(),
        **energy_page(found),
    }
    return render(request, "gateway/modell.html", context)


@requires("gateway.models")
@require_POST
def beantragen(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Ask for the release."""
    try:
        registry.request_release(actor=actor_of(request), kennung=_model_or_404(request, kennung).public_id)
        messages.success(request, _("Beantragt. Eine zweite Person gibt das Modell frei."))
    except NotReadyError as error:
        messages.error(request, str(error))
    return redirect("gateway:modell", kennung)


@requires("gateway.release_model")
def freigeben(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show what somebody answers for, and release by POST."""
    found = _model_or_404(request, kennung)
    if request.method == "POST":
        if freshly_authenticated(request) is None:
            return to_confirmation(request, request.get_full_path())
        try:
            registry.release_model(actor=actor_of(request), kennung=found.public_id)
            messages.success(request, _("Freigegeben. Das Modell kann ab jetzt gefragt werden."))
        except NotReadyError as error:
            messages.error(request, str(error))
        return redirect("gateway:modell", kennung)
    context = {
        **frame(
            request, "modelle", (_("Modelle"), reverse("gateway:modelle")),
            (found.titel, reverse("gateway:modell", args=[kennung])), (_("Freigeben"), ""),
        ),
        "modell": found, "wo": MODEL_LABELS[found.klasse],
    }  # fmt: skip
    return render(request, "gateway/modell_freigeben.html", context)


@requires("gateway.block_model")
def sperren(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Take a model out of use."""
    found = _model_or_404(request, kennung)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        grund = form.cleaned_data["grund"]
        if attempt(form, lambda: registry.block_model(actor=actor_of(request), kennung=found.public_id, grund=grund)):
            messages.success(request, _("Gesperrt. Laufende Antworten enden in wenigen Sekunden."))
            return redirect("gateway:modell", kennung)
    context = {
        **frame(
            request, "modelle", (_("Modelle"), reverse("gateway:modelle")),
            (found.titel, reverse("gateway:modell", args=[kennung])), (_("Sperren"), ""),
        ),
        "modell": found, "form": form,
    }  # fmt: skip
    return render(request, "gateway/modell_sperren.html", context, status=422 if form.errors else 200)


def _model_or_404(request: HttpRequest, kennung: UUID) -> Modell:
    row: Modell = found_or_404(queries.models_of(actor_of(request).mandant), public_id=kennung)
    return row
