"""Pages and acts of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from leitplanke.base.accounts.access import requires
from leitplanke.base.ui.context import THEME_COOKIE, THEMES

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR = 365 * 24 * 3600


@requires("frame.appearance")
@require_POST
def darstellung(request: HttpRequest) -> HttpResponse:
    """Choose language or light and dark, and go back to where one was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("sprache", "")
    if language and check_for_language(language):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if "thema" in request.POST:
        theme = request.POST["thema"]
        if theme in THEMES:
            _keep(response, THEME_COOKIE, theme)
        else:
            response.delete_cookie(THEME_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
