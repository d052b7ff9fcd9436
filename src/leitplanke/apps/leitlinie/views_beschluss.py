"""Pages of sign-off and adoption."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie.adopting import Adoption, adopt_version, withdraw_adoption
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_beschluss import ReasonForm, SignForm, SubmitForm
from leitplanke.apps.leitlinie.models import Leitlinienfassung, Stelle, Votum
from leitplanke.apps.leitlinie.signing_page import adopt_form, offices_for, page_of, submitted_by
from leitplanke.apps.leitlinie.submitting import discard_version, return_version, sign_version, submit_version
from leitplanke.apps.leitlinie.werkstatt_page import frame, version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated, to_confirmation
from leitplanke.base.accounts.permissions import NotPermittedError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    Act = Callable[[dict[str, Any]], object]

KEPT = "leitlinie_beschluss"  # what was entered of an adoption before the person had to confirm who they are


@requires("leitlinie.view")
def mitzeichnung(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show who has to look at a version, what they said, and the next step."""
    return _page(request, version_or_404(request, nummer))


@requires("leitlinie.submit")
@require_POST
def vorlegen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Give a draft to the offices."""
    actor, version = actor_of(request), version_or_404(request, nummer)
    return _take(
        request, version, "vorlegen", SubmitForm(request.POST),
        lambda data: submit_version(
            actor=actor, version_id=version.pk, offices=[Stelle(one) for one in data["stellen"]], until=data["frist"]
        ),
        _("Die Stellen sind gefragt und haben eine E-Mail bekommen."),
    )  # fmt: skip


@requires("leitlinie.sign")
@require_POST
def zeichnen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Say what an office says."""
    actor, version = actor_of(request), version_or_404(request, nummer)
    own = offices_for(actor, version)
    given = request.POST.get("stelle") or (own[0].value if own else "")
    office = Stelle(given) if given in Stelle.values else Stelle.RAT
    return _take(
        request, version, "zeichnen", SignForm(request.POST, prefix="zeichnen"),
        lambda data: sign_version(
            actor=actor, version_id=version.pk, office=office, verdict=Votum(data["votum"]),
            remark=data["bemerkung"],
        ),
        _("Das ist festgehalten. Bis zum Beschluss können Sie es ändern."),
    )  # fmt: skip


@requires("leitlinie.return")
@require_POST
def zurueckholen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Take a version back into draft."""
    said = _("Die Fassung ist wieder ein Entwurf. Was die Stellen gesagt haben, gilt, bis sich eine Klausel ändert.")
    return _take_back(request, nummer, "zurueckholen", return_version, said)


@requires("leitlinie.discard")
@require_POST
def verwerfen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Give a version up."""
    return _take_back(request, nummer, "verwerfen", discard_version, _("Die Fassung ist verworfen."))


@requires("leitlinie.withdraw")
@require_POST
def zuruecknehmen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Give up an adoption that does not hold yet."""
    said = _("Der Beschluss ist zurückgenommen. Es bleibt bei dem, was gilt.")
    return _take_back(request, nummer, "zuruecknehmen", withdraw_adoption, said)


@requires("leitlinie.adopt")
@require_POST
def beschliessen(request: HttpRequest, nummer: int) -> HttpResponse:
    """Enter the adoption; whoever does has just proved who they are."""
    actor, version = actor_of(request), version_or_404(request, nummer)
    form = adopt_form(version, request.POST)
    if form.is_valid() and not submitted_by(actor, version) and freshly_authenticated(request) is None:
        request.session[KEPT] = {"nummer": nummer, "werte": {name: request.POST.get(name, "") for name in form.fields}}
        return to_confirmation(request, reverse("leitlinie:mitzeichnung", args=[nummer]))

    def act(data: dict[str, Any]) -> object:
        adoption = Adoption(data["durch"], data["am"], data["gilt_ab"], data.get("trotz", ""), data["fundstelle"])
        adopted = adopt_version(actor=actor, version_id=version.pk, adoption=adoption)
        request.session.pop(KEPT, None)
        return adopted

    said = _("Der Beschluss ist eingetragen. Von dem Tag an hält die Software diese Fassung ein.")
    return _take(request, version, "beschliessen", form, act, said)


def _take_back(
    request: HttpRequest, nummer: int, step: str, verb: Callable[..., Leitlinienfassung], said: str
) -> HttpResponse:
    actor, version = actor_of(request), version_or_404(request, nummer)
    form = ReasonForm(request.POST, prefix=step)
    return _take(
        request, version, step, form,
        lambda data: verb(actor=actor, version_id=version.pk, reason=data["grund"]), said,
    )  # fmt: skip


def _take(  # noqa: PLR0913, PLR0917 - the parts of a step
    request: HttpRequest, version: Leitlinienfassung, step: str, form: forms.Form, act: Act, said: str
) -> HttpResponse:
    """Take a step with what a form says; show the page with what is wrong where it cannot be taken."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except WrongStateError as error:
            form.add_error(None, str(error))
        except NotPermittedError as error:
            if not error.reason:
                raise
            form.add_error(None, error.reason)
        else:
            messages.success(request, said)
            return redirect("leitlinie:mitzeichnung", nummer=version.nummer)
    version.refresh_from_db()
    return _page(request, version, {step: form})


def _page(request: HttpRequest, version: Leitlinienfassung, given: dict[str, forms.Form] | None = None) -> HttpResponse:
    kept = request.session.get(KEPT) or {}
    entered = kept["werte"] if kept.get("nummer") == version.nummer else None
    context = frame(request, version, "mitzeichnung") | page_of(actor_of(request), version, given, entered)
    context["frisch"] = freshly_authenticated(request) is not None
    refused = [error for form in (given or {}).values() for error in form.non_field_errors()]
    context["abgelehnt"] = refused
    return render(request, "leitlinie/beschluss/mitzeichnung.html", context, status=422 if given else 200)
