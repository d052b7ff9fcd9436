"""Confirm who one is, before an act that needs more than an open session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from leitplanke.base.accounts import freshness
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.models import Person

ASK_AGAIN = "prompt=login&max_age=0"  # a sign-in service is to ask the person even where its own session is open


@requires("account.confirm")
@never_cache
def bestaetigen(request: HttpRequest) -> HttpResponse:
    """Send to password or key, and back; made-up people of the demo confirm with a click."""
    target = _target(request)
    by_click = freshness.may_click(request)
    if request.method == "POST":
        if not by_click:
            raise Http404
        freshness.record_click(request)
        return redirect(target)
    if freshness.freshly_authenticated(request) is not None:
        return redirect(target)
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if methods and not by_click:
        return redirect(f"{methods[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: target})}")
    person = actor_of(request).person
    context = {
        "klick": by_click,
        "next": target,
        "dienst": "" if by_click else _service(person),
        "dienst_url": _service_url(target),
        "schweigt": freshness.service_is_silent(request),
        "breadcrumb": [(_("Mein Konto"), reverse("konto")), (_("Bestätigen"), "")],
    }
    return render(request, "accounts/bestaetigen.html", context)


def _target(request: HttpRequest) -> str:
    data = request.POST if request.method == "POST" else request.GET
    target = data.get(REDIRECT_FIELD_NAME, "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("start")


def _service(person: Person | None) -> str:
    """Return the name of the sign-in service that knows the person."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    known = apps and SocialAccount.objects.filter(user=person, provider=apps[0]["provider_id"]).exists()
    return str(apps[0]["name"]) if known else ""


def _service_url(target: str) -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    if not apps:
        return ""
    query = {"process": "login", REDIRECT_FIELD_NAME: target, "auth_params": ASK_AGAIN}
    return f"{reverse('openid_connect_login', args=[apps[0]['provider_id']])}?{urlencode(query)}"
