"""Sign in as a made-up person, in demo mode only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from leitplanke.base.accounts import queries
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_DIGITS = 12  # more than any row has, less than what a database refuses
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@requires("account.demo_sign_in")
def vorfuehrung(request: HttpRequest) -> HttpResponse:
    """Sign in as the chosen made-up person; outside the demo this page does not exist."""
    mandant = actor_of(request).mandant
    if not queries.demo_possible(mandant):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    key = request.POST.get("person", "")
    if not key.isdecimal() or len(key) > MAX_DIGITS:
        raise Http404
    person = get_object_or_404(queries.demo_people(mandant), pk=int(key))
    login(request, person, backend=BACKEND)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("start")
    return redirect(target)
