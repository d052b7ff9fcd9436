"""The interface for programs: JSON, linked data, schema, OpenAPI. Reading only; no keys, no cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitplanke.apps.register.forms_oeffentlich import PublicFilterForm
from leitplanke.apps.register.history import published_versions
from leitplanke.apps.register.queries import public_entries, rows_of
from leitplanke.apps.register.replying import JSON_LD, json_answer
from leitplanke.apps.register.shown import office_of, record_of, records, shown_version
from leitplanke.apps.register.views_oeffentlich import site_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.evidence.models import Checkpoint
from leitplanke.core.register.exports import linked
from leitplanke.core.register.exports.canonical import (
    FORMAT,
    SCHEMA_VERSION,
    Paging,
    entry_document,
    list_document,
    short_document,
)
from leitplanke.core.register.exports.niederlande import dutch_document
from leitplanke.core.register.exports.openapi import MOST_PER_PAGE, PER_PAGE, openapi
from leitplanke.core.register.exports.schema import entry_schema
from leitplanke.core.register.fields import Sicht, visible

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.core.register.exports.record import Registereintrag

WHOLE_PER_PAGE = 500


class _RequestError(ValueError):
    """A filter or page is none; the message says which."""


@requires("register.public")
@require_safe
def eintraege(request: HttpRequest) -> HttpResponse:
    """List entries, filtered, page by page."""
    try:
        size = _number(request, "je_seite", PER_PAGE, MOST_PER_PAGE)
        page = _page(request, size)
    except _RequestError as error:
        return json_answer(request, {"fehler": str(error)}, status=400)
    rows = [short_document(entry) for entry in _records(request, page)]
    return json_answer(request, _listed(request, page, rows))


@requires("register.public")
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Give all entries whole, for another register to take over."""
    try:
        page = _page(request, WHOLE_PER_PAGE)
    except _RequestError as error:
        return json_answer(request, {"fehler": str(error)}, status=400)
    return json_answer(request, _listed(request, page, [entry_document(entry) for entry in _records(request, page)]))


@requires("register.public")
@require_safe
def niederlande(request: HttpRequest) -> HttpResponse:
    """Give all entries in the field set of the Dutch standard."""
    try:
        page = _page(request, WHOLE_PER_PAGE)
    except _RequestError as error:
        return json_answer(request, {"fehler": str(error)}, status=400)
    found = _listed(request, page, [dutch_document(entry) for entry in _records(request, page)])
    names = ("anzahl", "seite", "seiten", "naechste")
    return json_answer(request, {**{name: found[name] for name in names}, "algoritmes": found["eintraege"]})


@requires("register.public")
@require_safe
def eintrag(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give one entry."""
    found = _entry(request, kuerzel)
    return json_answer(request, entry_document(found[1]), changed=_changed(found[0])) if found else _nothing(request)


@requires("register.public")
@require_safe
def niederlande_eintrag(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give one entry in the field set of the Dutch standard."""
    found = _entry(request, kuerzel)
    return json_answer(request, dutch_document(found[1])) if found else _nothing(request)


@requires("register.public")
@require_safe
def schema_org(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give one entry as search engines read it."""
    found = _entry(request, kuerzel)
    return json_answer(request, linked.schema_org(found[1]), kind=JSON_LD) if found else _nothing(request)


@requires("register.public")
@require_safe
def fassungen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Give every published version of an entry."""
    found = public_entries(actor_of(request).mandant).filter(kuerzel=kuerzel).first()
    if found is None:
        return _nothing(request)
    rows = [
        {
            "nummer": one.nummer,
            "name": one.name,
            "veroeffentlicht_am": one.veroeffentlicht_am.isoformat() if one.veroeffentlicht_am else None,
            "gilt": one.gilt,
            "sha256": one.sha256,
            "sha256_oeffentlich": one.sha256_oeffentlich,
            "nachweis": one.nachweis or None,
            "angaben": dict(one.angaben),
        }
        for one in published_versions(found, site_of(request))
    ]
    head = {"format": FORMAT, "format_version": SCHEMA_VERSION, "kuerzel": kuerzel}
    return json_answer(request, {**head, "fassungen": rows}, changed=_changed(found))


@requires("register.public")
@require_safe
def katalog(request: HttpRequest) -> HttpResponse:
    """Give the register as a data set, with the newest checkpoint of the evidence log."""
    mandant, site = actor_of(request).mandant, site_of(request)
    rows = list(public_entries(mandant))
    pages = [
        linked.Seite(
            str(row.public_id),
            shown_version(row).name,
            visible(shown_version(row).angaben, Sicht.OEFFENTLICH).get("zweck", ""),
            site.url("register:eintrag", row.kuerzel),
        )
        for row in rows
    ]
    forms = [
        linked.Verteilung("JSON", site.url("register:api_export"), "application/json"),
        linked.Verteilung("CSV", site.url("register:csv"), "text/csv"),
        linked.Verteilung("Atom", site.url("register:feed"), "application/atom+xml"),
    ]
    changed = max((_changed(row) for row in rows), default=None)
    found = linked.dcat_catalogue(
        office_of(mandant, site), site.url("register:oeffentlich"), forms, pages,
        changed=changed.date() if changed else None, checkpoint=checkpoint_of(request),
    )  # fmt: skip
    return json_answer(request, found, kind=JSON_LD, changed=changed)


@requires("register.public")
@require_safe
def schema(request: HttpRequest, version: str) -> HttpResponse:
    """Give the JSON Schema of an entry."""
    if version != SCHEMA_VERSION:
        return _nothing(request)
    return json_answer(request, entry_schema(_schema_address(request)))


@requires("register.public")
@require_safe
def openapi_document(request: HttpRequest) -> HttpResponse:
    """Give the description of this interface."""
    server = site_of(request).url("register:api_openapi").removesuffix("/openapi.json")
    title = f"KI-Register {actor_of(request).mandant.name}"
    return json_answer(request, openapi(server, title, _schema_address(request)))


def checkpoint_of(request: HttpRequest) -> dict[str, Any] | None:
    """Return the newest signed checkpoint of the evidence log, for everybody who wants to keep it."""
    found = Checkpoint.objects.for_mandant(actor_of(request).mandant).order_by("-size").first()
    if found is None:
        return None
    address = site_of(request).url("evidence:checkpoint", found.size)
    return {"groesse": found.size, "am": found.created_at.isoformat(), "adresse": address, "text": found.note}


def _schema_address(request: HttpRequest) -> str:
    return site_of(request).url("register:api_schema", SCHEMA_VERSION)


def _entry(request: HttpRequest, kuerzel: str) -> tuple[Eintrag, Registereintrag] | None:
    mandant = actor_of(request).mandant
    found = public_entries(mandant).filter(kuerzel=kuerzel).first()
    return (found, record_of(mandant, found, site_of(request))) if found else None


def _changed(eintrag: Eintrag) -> Any:
    return max(shown_version(eintrag).veroeffentlicht_am or eintrag.stand_seit, eintrag.stand_seit)


def _nothing(request: HttpRequest) -> HttpResponse:
    return json_answer(request, {"fehler": _("Das gibt es in diesem Register nicht.")}, status=404)


def _records(request: HttpRequest, page: Page[int]) -> list[Registereintrag]:
    mandant = actor_of(request).mandant
    return list(records(mandant, rows_of(mandant, page), site_of(request)))


def _page(request: HttpRequest, size: int) -> Page[int]:
    form = PublicFilterForm(request.GET)
    if not form.is_valid():
        raise _RequestError(_("Diesen Filter gibt es nicht: %(namen)s.") % {"namen": ", ".join(form.errors)})
    rows = form.apply(public_entries(actor_of(request).mandant))
    try:
        return Paginator(rows.values_list("pk", flat=True), size).page(request.GET.get("seite") or 1)
    except (EmptyPage, PageNotAnInteger):
        raise _RequestError(_("Diese Seite gibt es nicht.")) from None


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise _RequestError(_("%(name)s muss zwischen 1 und %(most)s liegen.") % {"name": name, "most": most})
    return int(text)


def _listed(request: HttpRequest, page: Page[int], rows: list[dict[str, Any]]) -> dict[str, Any]:
    query = request.GET.copy()
    following = ""
    if page.has_next():
        query["seite"] = str(page.next_page_number())
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    paging = Paging(page.paginator.count, page.number, page.paginator.num_pages, following)
    return list_document(rows, actor_of(request).mandant.name, paging, checkpoint_of(request))
