"""Whether somebody has just proved who they are, for acts that need more than an open session.

allauth notes in the session how and when somebody signed in or confirmed who they are. `note_proof` adds to each note
for which Mandant that was, so that a session cookie carried to another host proves nothing there.

A decision takes two steps: a verb saves what was entered as a draft, then a POST without content decides it. So whoever
is sent away to confirm who they are loses nothing, and comes back to the page that shows the draft:

    @requires("antrag.decide")
    @requires_fresh()
    def entscheiden(request, antrag): ...   # GET shows the draft, POST decides
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from leitplanke.base.accounts.access import actor_of
from leitplanke.base.accounts.models import Mandant, Person
from leitplanke.base.accounts.queries import demo_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    _View = TypeVar("_View", bound=Callable[..., Any])

# How allauth names what counts. A link from a mail does not: whoever sits at an open session may read its mails, too.
PASSWORD, KEY, SERVICE = "password", "mfa", "socialaccount"
CLICK = "musterperson"
MANDANT, SINCE = "mandant", "auth_time"


def freshly_authenticated(request: HttpRequest) -> datetime | None:
    """Return when the person last proved who they are, in this session and for this Mandant.

    None where they never did, or longer ago than `settings.FRESH_MINUTES`.
    """
    times = [at for record in _records(request) if (at := _time_of(request, record)) is not None]
    latest = max(times, default=None)
    if latest is None or timezone.now() - latest > timedelta(minutes=settings.FRESH_MINUTES):
        return None
    return latest


def requires_fresh(back: Callable[..., str] | None = None) -> Callable[[_View], _View]:
    """Let only people through who have just proved who they are; others confirm it and come back by GET.

    They come back to the page itself, or where `back` says, given what the view is given. What a POST contained is gone
    by then: see above.
    """

    def guard(view: _View) -> _View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if freshly_authenticated(request) is not None:
                return view(request, *args, **kwargs)
            return to_confirmation(request, back(*args, **kwargs) if back else request.get_full_path())

        return cast("_View", guarded)

    return guard


def to_confirmation(request: HttpRequest, back: str) -> HttpResponse:
    """Send the person to confirm who they are, then `back`."""
    target = f"{reverse('bestaetigen')}?{urlencode({REDIRECT_FIELD_NAME: back})}"
    if request.headers.get("HX-Request"):  # a part of a page is no place to confirm anything
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def may_click(request: HttpRequest) -> bool:
    """Tell whether it is a made-up person, for whom a click stands for the proof: only in the demo."""
    person = actor_of(request).person
    return person is not None and demo_people(actor_of(request).mandant).filter(pk=person.pk).exists()


def record_click(request: HttpRequest) -> None:
    """Note that a made-up person has confirmed who they are.

    Raises:
        ValueError: it is no made-up person, or this is no demo.
    """
    if not may_click(request):
        raise ValueError(CLICK)
    record_authentication(request, _person(request), CLICK, reauthenticated=True)


def service_is_silent(request: HttpRequest) -> bool:
    """Tell whether the sign-in service was asked, but does not say when the person signed in there."""
    return any(record.get("method") == SERVICE and record.get(SINCE) is None for record in _records(request))


def note_proof(*, request: HttpRequest, user: Person, method: str, **_signal: Any) -> None:
    """Add to the note that allauth just made for which Mandant it is, and when a sign-in service saw the person."""
    mandant, records = getattr(request, "mandant", None), get_authentication_records(request, user)
    if not isinstance(mandant, Mandant) or not records:
        return
    record = records[-1]
    record[MANDANT] = mandant.pk
    if method == SERVICE:
        record[SINCE] = _seen_by_service(user, record)
    request.session.modified = True


def _seen_by_service(person: Person, record: dict[str, Any]) -> float | None:
    """Return when the person signed in at the service: it may have let them through without asking anything."""
    account = SocialAccount.objects.filter(user=person, provider=record.get("provider"), uid=record.get("uid")).first()
    claims = account.extra_data.get("id_token") if account else None
    since = claims.get(SINCE) if isinstance(claims, dict) else None
    return float(since) if isinstance(since, int | float) and not isinstance(since, bool) else None


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    """Return allauth's notes about the person of this session that were made for this Mandant."""
    if not isinstance(request.user, Person):
        return []
    here = actor_of(request).mandant.pk
    return [record for record in get_authentication_records(request, request.user) if record.get(MANDANT) == here]


def _time_of(request: HttpRequest, record: dict[str, Any]) -> datetime | None:
    method, at = record.get("method"), float(record["at"])
    if method == SERVICE:
        since = record.get(SINCE)
        return datetime.fromtimestamp(min(at, since), UTC) if since is not None else None
    if method in {PASSWORD, KEY} or (method == CLICK and may_click(request)):
        return datetime.fromtimestamp(at, UTC)
    return None


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)
