"""Pages on which pseudonyms are resolved: ask for a cause, decide as a second person, look at the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.evidence import resolution
from leitplanke.base.evidence.forms import ResolutionForm
from leitplanke.base.evidence.models import Resolution
from leitplanke.base.evidence.views import PAGE_SIZE

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.models import Person


@requires("evidence.view_resolutions")
def resolutions(request: HttpRequest) -> HttpResponse:
    """Show the requests one has to do with, and make a new one."""
    form = ResolutionForm(request.POST or None, initial={"pseudonym": request.GET.get("pseudonym", "")})
    if request.method == "POST" and form.is_valid():
        try:
            resolution.request_resolution(actor=actor_of(request), **form.cleaned_data)
        except resolution.ResolutionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Beantragt. Jetzt entscheidet eine zweite Person in einer anderen Rolle."))
            return redirect("evidence:resolutions")
    return _page(request, form, status=422 if form.errors else 200)


@requires("evidence.decide_resolution")
@require_POST
def decide(request: HttpRequest, kennung: uuid.UUID) -> HttpResponse:
    """Approve or reject a request."""
    approve = request.POST.get("entscheidung") == "ja"
    try:
        resolution.decide_resolution(actor=actor_of(request), request_id=kennung, approve=approve)
    except Resolution.DoesNotExist:
        raise Http404 from None
    except resolution.ResolutionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Der Antrag ist genehmigt.") if approve else _("Der Antrag ist abgelehnt."))
    return redirect("evidence:resolutions")


@requires("evidence.request_resolution")
@require_POST
def show_name(request: HttpRequest, kennung: uuid.UUID) -> HttpResponse:
    """Show the name, on this one page only: it stands in no session, cookie or address."""
    try:
        person = resolution.resolve(actor=actor_of(request), request_id=kennung)
    except Resolution.DoesNotExist:
        raise Http404 from None
    except resolution.ResolutionError as error:
        messages.error(request, str(error))
        return redirect("evidence:resolutions")
    return _page(request, ResolutionForm(), person=person)


def _page(
    request: HttpRequest, form: ResolutionForm, *, person: Person | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    crumbs = [(_("Nachweise"), reverse("evidence:list"))] if actor.may("evidence.list") else []
    context = {
        "form": form,
        "person": person,
        "page": Paginator(resolution.requests_for(actor), PAGE_SIZE).get_page(request.GET.get("seite")),
        "darf_beantragen": actor.may(resolution.REQUEST),
        "darf_entscheiden": actor.may(resolution.DECIDE),
        "breadcrumb": [*crumbs, (_("Pseudonyme auflösen"), "")],
    }
    response = render(request, "evidence/aufloesung.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
