"""Files of the public register: table, feed, poster, QR code."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitplanke.apps.register import page_oeffentlich as page
from leitplanke.apps.register.history import recent_events
from leitplanke.apps.register.queries import public_entries
from leitplanke.apps.register.replying import file_answer
from leitplanke.apps.register.shown import record_of, records
from leitplanke.apps.register.views_oeffentlich import entry_or_404, site_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import Poster, poster_pdf, qr_svg
from leitplanke.core.drafting.brief import Absender
from leitplanke.core.register.exports.table import csv_lines
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.core.register.exports.record import Registereintrag

FEED_SIZE = 50
CSV, ATOM = "text/csv; charset=utf-8", "application/atom+xml; charset=utf-8"
# A picture has no script; what is set here is stricter than the policy of pages.
PICTURE_POLICY = "default-src 'none'; style-src 'none'"


@requires("register.public")
@require_safe
def tabelle(request: HttpRequest) -> HttpResponse:
    """Give the register as a table for a spreadsheet."""
    mandant = actor_of(request).mandant
    lines = csv_lines(records(mandant, public_entries(mandant), site_of(request)))
    response = file_answer(request, "".join(lines).encode(), CSV)
    response["Content-Disposition"] = f'attachment; filename="ki-register-{mandant.kurz}.csv"'
    return response


@requires("register.public")
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give what happened in public, the newest first, as Atom."""
    mandant, site = actor_of(request).mandant, site_of(request)
    address = site.url("register:feed")
    found = Atom1Feed(
        title=_("KI-Register %(stadt)s") % {"stadt": mandant.name},
        link=site.url("register:oeffentlich"),
        description=_("Neue und geänderte Einträge, Aussetzungen und Stilllegungen."),
        language="de",
        feed_url=address,
        feed_guid=address,
    )
    for event in recent_events(mandant, FEED_SIZE):
        link = site.url("register:eintrag", event.kuerzel)
        found.add_item(
            title=f"{event.name}: {event.satz}", link=link, description=event.grund or event.satz,
            unique_id=f"{link}#{event.nummer}", updateddate=event.am, pubdate=event.am, author_name=mandant.name,
        )  # fmt: skip
    if not found.items:
        found.latest_post_date = lambda: datetime(2026, 1, 1, tzinfo=UTC)  # type: ignore[method-assign]
    target = StringIO()
    found.write(target, "utf-8")
    return file_answer(request, target.getvalue().encode(), ATOM, found.latest_post_date())


@requires("register.public")
@require_safe
def qr(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give the QR code that leads to the entry."""
    entry_or_404(request, kuerzel)
    picture = qr_svg(site_of(request).url("register:eintrag", kuerzel)).encode()
    response = file_answer(request, picture, "image/svg+xml")
    response["Content-Security-Policy"] = f"{PICTURE_POLICY}; frame-ancestors 'none'"
    return response


@requires("register.public")
@require_safe
def aushang(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give a poster to hang up where the system is used."""
    mandant = actor_of(request).mandant
    found = entry_or_404(request, kuerzel)
    entry = record_of(mandant, found, site_of(request))
    pdf = poster_pdf(
        Poster(
            kicker=_kicker(entry),
            title=entry.name,
            answers=tuple(page.answers(entry, found.einheit.telefon or mandant.telefon)),
            address=entry.adresse,
            call=_("Alles darüber im KI-Register"),
            alt=_("QR-Code zur Seite %(adresse)s") % {"adresse": entry.adresse},
            office=Absender(mandant.name, entry.stelle, ()),
            datum=entry.fassung.veroeffentlicht_am or timezone.localtime(found.stand_seit).date(),
            sprache=page.language(),
        )
    )
    response = file_answer(request, pdf, "application/pdf")
    response["Content-Disposition"] = f'inline; filename="aushang-{kuerzel}.pdf"'
    return response


def _kicker(entry: Registereintrag) -> str:
    if entry.stand not in {Stand.FREIGEGEBEN, Stand.ERPROBUNG}:
        return _("Zurzeit nicht im Einsatz")
    return _("Hier arbeitet eine KI mit") if entry.art == "ki" else _("Hier arbeitet dieses System mit")
