"""The overview of all systems, the calendar of what is due, and its feed for calendar programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leitplanke.apps.register import portfolio, subscribing
from leitplanke.apps.register.figures_reading import month_of
from leitplanke.apps.register.incidents import ACTION as HANDLES
from leitplanke.apps.register.portfolio_dates import Book, weeks
from leitplanke.apps.register.portfolio_figures import series
from leitplanke.apps.register.portfolio_overrides import overruled
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.register.ical import Entry, calendar
from leitplanke.core.register.incidents import months_later

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from leitplanke.apps.register.portfolio_dates import Termin

SOON = 8


@requires("register.portfolio")
def ueberblick(request: HttpRequest) -> HttpResponse:
    """Show all systems on one page, for the council as well as for the office."""
    actor, today = actor_of(request), timezone.localdate()
    months = 24 if request.GET.get("monate") == "24" else 12
    book = Book.of(actor.mandant, today)
    dates = book.dates()
    context = {
        "zahlen": portfolio.totals(actor.mandant),
        "staende": portfolio.states(),
        "klassen": portfolio.matrix(actor.mandant),
        "ueberfaellig": [one for one in dates if one.day < today],
        "naechste": [one for one in dates if one.day >= today][:SOON],
        "ohne_nachweis": book.unshown(),
        "ablaufend": portfolio.expiring(actor.mandant, today),
        "veraltet": [(one, portfolio.entry_url(one.eintrag.kuerzel)) for one in book.outdated()],
        "flecken": portfolio.spots(actor.mandant),
        "verlauf": series(actor.mandant, today, months),
        "monate": months,
        "geaendert": overruled(actor.mandant, today),
        "gebracht": portfolio.brought(actor.mandant),
        "meldungen_url": reverse("register:meldungen") if actor.may(HANDLES) else "",
        "zahlen_url": reverse("register:zahlen_hochladen") if actor.may("register.figures") else "",
        "heute": today,
        "breadcrumb": [(_("Register"), reverse("register:amt_liste")), (_("Überblick"), "")],
    }
    return render(request, "register/ueberblick/ueberblick.html", context)


@requires("register.portfolio")
@never_cache
def termine(request: HttpRequest) -> HttpResponse:
    """Show what is due, by month as a sheet and as a list, and the address for one's own calendar program."""
    actor, today = actor_of(request), timezone.localdate()
    month = month_of(request.GET.get("monat", "")) or today.replace(day=1)
    dates = Book.of(actor.mandant, today).dates()
    abo = subscribing.own(actor)
    context = {
        "monat": month,
        "titel": date_format(month, "F Y"),
        "davor": months_later(month, -1),
        "danach": months_later(month, 1),
        "wochen": weeks(month, dates, today),
        "tage": _by_day([one for one in dates if one.day.replace(day=1) == month]),
        "ueberfaellig": [one for one in dates if one.day < today],
        "adresse": _feed(request, subscribing.sign_of(abo)) if abo is not None else "",
        "breadcrumb": [
            (_("Register"), reverse("register:amt_liste")),
            (_("Überblick"), reverse("register:ueberblick")),
            (_("Termine"), ""),
        ],
    }
    return render(request, "register/ueberblick/termine.html", context)


def _by_day(dates: list[Termin]) -> list[tuple[date, list[Termin]]]:
    found: dict[date, list[Termin]] = {}
    for one in dates:
        found.setdefault(one.day, []).append(one)
    return list(found.items())


def _feed(request: HttpRequest, sign: str) -> str:
    return request.build_absolute_uri(reverse("register:kalender", args=[sign]))


@requires("register.portfolio")
@require_POST
def abo(request: HttpRequest) -> HttpResponse:
    """Make or end the address for one's own calendar program."""
    actor = actor_of(request)
    if request.POST.get("was") == "beenden":
        subscribing.unsubscribe(actor)
        messages.success(request, _("Die Adresse gilt nicht mehr."))
    else:
        subscribing.subscribe(actor)
        messages.success(request, _("Die Adresse ist da. Eine frühere gilt nicht mehr."))
    return redirect("register:termine")


@requires("register.public")
def kalender(request: HttpRequest, zeichen: str) -> HttpResponse:
    """Give a calendar program the dates; its secret address stands for the membership it was made for."""
    actor = actor_of(request)
    if subscribing.opened(actor.mandant, zeichen) is None:
        raise Http404
    now = timezone.now()
    entries = [
        Entry(
            f"{one.key}@leitplanke.{actor.mandant.kurz}", one.day, f"{one.title}: {one.system}",
            url=request.build_absolute_uri(one.url),
        )
        for one in Book.of(actor.mandant, timezone.localdate(now)).dates()
    ]  # fmt: skip
    name = _("KI-Register %(stadt)s") % {"stadt": actor.mandant.name}
    answer = HttpResponse(calendar(name, entries, now=now), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="ki-register.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
