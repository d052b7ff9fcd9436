"""From the host name to the Mandant, from the session to the acting person, from the table to yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.base.accounts.access import Actor, actor_of, declared_action
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Person, Vertretung
from leitplanke.base.accounts.permissions import NotPermittedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Responder = Callable[[HttpRequest], HttpResponse]

# Paths of third-party sign-in views, which check for themselves who may see them.
THIRD_PARTY_PREFIXES = ("/konto/",)


def mandant_for(host: str) -> Mandant | None:
    """Return the Mandant reached under `host` (with or without port)."""
    return Mandant.objects.filter(hosts__host=host.rsplit(":", 1)[0].lower()).first()


class MandantMiddleware:
    """Sets `request.mandant` and `request.actor`; an unknown host name meets a plain 404."""

    def __init__(self, get_response: Responder) -> None:
        """Remember what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Resolve, then answer."""
        mandant = mandant_for(request.get_host())
        if mandant is None:
            return HttpResponse(_("Unter dieser Adresse ist keine Kommune eingerichtet."), status=404)
        request.mandant = mandant  # type: ignore[attr-defined]
        request.actor = self._actor(request, mandant)  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def _actor(request: HttpRequest, mandant: Mandant) -> Actor:
        if not isinstance(request.user, Person):
            return Actor(mandant)
        today = timezone.localdate()
        memberships = (
            Mitgliedschaft.objects.for_mandant(mandant)
            .filter(person=request.user)
            .valid_on(today)
            .select_related("einheit", "person")
        )
        deputies = (
            Vertretung.objects.for_mandant(mandant)
            .filter(vertretung__person=request.user)
            .valid_on(today)
            .select_related("vertretene__einheit", "vertretene__person")
        )
        return Actor(mandant, request.user, tuple(memberships), tuple(deputy.vertretene for deputy in deputies))


class AccessMiddleware:
    """Checks the declared permission before a view runs, and turns a refusal into a page."""

    def __init__(self, get_response: Responder) -> None:
        """Remember what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; signed-in pages are kept out of shared caches."""
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what is not allowed: to the sign-in page for strangers, a clear page for others."""
        action = declared_action(view)
        if action is None:
            return None if request.path.startswith(THIRD_PARTY_PREFIXES) else self._refusal(request)
        if actor_of(request).may(action):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return self._refusal(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the same page where a verb refused."""
        return self._refusal(request, exception) if isinstance(exception, NotPermittedError) else None

    @staticmethod
    def _refusal(request: HttpRequest, exception: NotPermittedError | None = None) -> HttpResponse:
        reason = exception.reason if exception else ""
        return HttpResponseForbidden(render_to_string("403.html", {"reason": reason}, request))
