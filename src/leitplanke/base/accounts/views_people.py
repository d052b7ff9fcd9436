"""Administration: who works here, as what and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.base.accounts import queries, services
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.forms import MemberForm, SearchForm
from leitplanke.base.accounts.models import Mitgliedschaft

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.models import Person

PAGE_SIZE = 25


@requires("account.list_people")
def personen(request: HttpRequest) -> HttpResponse:
    """List who works here."""
    actor = actor_of(request)
    form = SearchForm(request.GET or None)
    text, ended = "", False
    if form.is_valid():
        text, ended = form.cleaned_data["suche"], form.cleaned_data["beendet"]
    found = queries.memberships_found(actor.mandant, text, ended=ended)
    context = {
        "form": form,
        "seite": Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite")),
        "heute": timezone.localdate(),
        "breadcrumb": [(_("Personen"), "")],
    }
    return render(request, "accounts/personen.html", context)


def invitation_url(request: HttpRequest, person: Person) -> str:
    """Return the address under which `person` chooses a first password; good for a few days."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    url: str = get_adapter(request).get_reset_password_from_key_url(key)
    return url


@requires("account.add_person")
def person_neu(request: HttpRequest) -> HttpResponse:
    """Give somebody a role and invite them."""
    actor = actor_of(request)
    form = MemberForm(request.POST or None, mandant=actor.mandant)
    if request.method == "POST" and form.is_valid():
        try:
            membership = services.add_member(
                actor=actor, member=form.member(), invitation_url=lambda person: invitation_url(request, person)
            )
        except services.AccountError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s bekommt eine Einladung.") % {"name": membership.person.name})
            return redirect("personen")
    context = {"form": form, "breadcrumb": [(_("Personen"), reverse("personen")), (_("Person anlegen"), "")]}
    return render(request, "accounts/person_neu.html", context)


def _membership_or_404(request: HttpRequest, key: int) -> Mitgliedschaft:
    found = (
        Mitgliedschaft.objects.for_mandant(actor_of(request).mandant)
        .select_related("person", "einheit")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


@requires("account.list_people")
def person(request: HttpRequest, mitgliedschaft: int) -> HttpResponse:
    """Show a membership and what can be done with it."""
    membership = _membership_or_404(request, mitgliedschaft)
    actor = actor_of(request)
    context = {
        "mitgliedschaft": membership,
        "in_kraft": membership.bis is None or membership.bis >= timezone.localdate(),
        "eigene": actor.person is not None and membership.person_id == actor.person.pk,
        "breadcrumb": [(_("Personen"), reverse("personen")), (membership.person.name, "")],
    }
    return render(request, "accounts/person.html", context)


@requires("account.end_membership")
@require_POST
def rolle_beenden(request: HttpRequest, mitgliedschaft: int) -> HttpResponse:
    """Take a role away."""
    membership = _membership_or_404(request, mitgliedschaft)
    services.end_membership(actor=actor_of(request), membership=membership)
    messages.success(request, _("Die Rolle ist beendet."))
    return redirect("person", membership.pk)


@requires("account.set_chair")
@require_POST
def vorsitz(request: HttpRequest, mitgliedschaft: int) -> HttpResponse:
    """Note that somebody chairs the staff representation, or no longer does."""
    membership = _membership_or_404(request, mitgliedschaft)
    chair = request.POST.get("vorsitz") == "ja"
    try:
        services.set_chair(actor=actor_of(request), membership=membership, chair=chair)
    except services.AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Der Vorsitz ist vermerkt.") if chair else _("Der Vorsitz ist beendet."))
    return redirect("person", membership.pk)


@requires("account.block_person")
@require_POST
def sperren(request: HttpRequest, mitgliedschaft: int) -> HttpResponse:
    """Block an account or open it again."""
    membership = _membership_or_404(request, mitgliedschaft)
    blocked = request.POST.get("sperren") == "ja"
    services.set_blocked(actor=actor_of(request), membership=membership, blocked=blocked)
    messages.success(request, _("Das Konto ist gesperrt.") if blocked else _("Das Konto ist wieder offen."))
    return redirect("person", membership.pk)
