"""Pages about one's own account: who I am here, my deputies, what my role may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.base.accounts import queries, services
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.forms import DeputyForm, RolleForm
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.base.accounts.reading import rows_for
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.ui.navigation import links

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft, Person


@requires("account.view_own")
def konto(request: HttpRequest) -> HttpResponse:
    """Show who I am here: roles, offices, deputies, ways to sign in."""
    actor = actor_of(request)
    context = {
        "breadcrumb": [(_("Mein Konto"), "")],
        "factors": _factors(actor.person),
        "darf_vertreten": actor.may("account.set_deputy") and actor.is_staff,
        "vertretungen": queries.open_deputies(actor),
        "pflichten": queries.open_duties(actor),
        "anmeldedienst": _sign_in_service(),
        "verbunden": SocialAccount.objects.filter(user=actor.person).exists(),
        "mehr": links(request, actor, "konto"),
    }
    return render(request, "accounts/konto.html", context)


def _factors(person: Person | None) -> dict[str, int]:
    kinds = Authenticator.objects.filter(user=person).values_list("type", flat=True)
    return {kind: sum(other == kind for other in kinds) for kind in Authenticator.Type.values}


def _sign_in_service() -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def _own_membership(actor: Actor, key: int) -> Mitgliedschaft:
    for membership in actor.memberships:
        if membership.pk == key:
            return membership
    raise Http404


@requires("account.set_deputy")
def vertretung_neu(request: HttpRequest, mitgliedschaft: int) -> HttpResponse:
    """Choose who stands in for me, and when."""
    actor = actor_of(request)
    membership = _own_membership(actor, mitgliedschaft)
    form = DeputyForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.set_deputy(
                actor=actor, membership=membership, deputy=data["vertretung"], von=data["von"], bis=data["bis"]
            )
        except services.AccountError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Vertretung ist eingerichtet. Ihre Vertretung bekommt eine Nachricht."))
            return redirect("konto")
    context = {
        "form": form,
        "mitgliedschaft": membership,
        "niemand": not queries.colleagues(membership).exists(),
        "breadcrumb": [(_("Mein Konto"), reverse("konto")), (_("Vertretung einrichten"), "")],
    }
    return render(request, "accounts/vertretung.html", context)


@requires("account.set_deputy")
@require_POST
def vertretung_beenden(request: HttpRequest, vertretung: int) -> HttpResponse:
    """End a deputy of mine, at once."""
    actor = actor_of(request)
    row = queries.open_deputies(actor).filter(pk=vertretung).first()
    if row is None:
        raise Http404
    services.end_deputy(actor=actor, vertretung=row)
    messages.success(request, _("Die Vertretung ist beendet."))
    return redirect("konto")


@requires("account.view_permissions")
def berechtigungen(request: HttpRequest) -> HttpResponse:
    """Show the permission table in words."""
    form = RolleForm(request.GET or None)
    chosen = form.cleaned_data["rolle"] if form.is_valid() else ""
    context = {
        "form": form,
        "zeilen": rows_for(TABLE, Rolle(chosen) if chosen else None),
        "rolle": Rolle(chosen).label if chosen else "",
        "breadcrumb": [(_("Mein Konto"), reverse("konto")), (_("Berechtigungen"), "")],
    }
    return render(request, "accounts/berechtigungen.html", context)
