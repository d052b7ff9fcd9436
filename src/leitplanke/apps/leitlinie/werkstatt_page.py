"""The frame around each page of a version: its head, its tabs, and what verbs refuse as messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Leitlinienfassung
from leitplanke.apps.leitlinie.queries import version_for
from leitplanke.base.accounts.access import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.core.guideline import Block

# Pages of a version. One that this installation does not have is left out.
TABS = (
    ("fassung", gettext_noop("Klauseln")),
    ("abdeckung", gettext_noop("Abdeckung")),
    ("ausgaben", gettext_noop("Schriftstücke")),
    ("probelauf", gettext_noop("Probelauf")),
    ("mitzeichnung", gettext_noop("Mitzeichnung")),
)


def version_or_404(request: HttpRequest, nummer: int) -> Leitlinienfassung:
    """Return a version of the Mandant.

    Raises:
        Http404: there is none.
    """
    try:
        return version_for(actor_of(request), nummer)
    except Leitlinienfassung.DoesNotExist:
        raise Http404 from None


def block_or_404(baustein: str) -> Block:
    """Return a building block.

    Raises:
        Http404: there is none.
    """
    try:
        return blocks()[baustein]
    except KeyError:
        raise Http404 from None


def optional_url(name: str, *args: object) -> str:
    """Return the address of a page of the guideline, "" where this installation has none."""
    try:
        return reverse(f"leitlinie:{name}", args=args)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest, version: Leitlinienfassung, tab: str, *more: tuple[str, str]) -> dict[str, Any]:
    """Return what each page of a version shows; `more` are the last steps of the way to it."""
    home = reverse("leitlinie:fassung", args=[version.nummer])
    here = tab == "fassung" and not more
    crumbs = [(_("Leitlinie"), reverse("leitlinie:liste")), (str(version), "" if here else home)]
    label = next((_(title) for name, title in TABS if name == tab), "")
    if tab != "fassung":
        crumbs.append((label, optional_url(tab, version.nummer) if more else ""))
    return {
        "fassung": version,
        "reiter": [
            {"titel": _(title), "url": url, "hier": name == tab}
            for name, title in TABS
            if (url := optional_url(name, version.nummer))
        ],
        "darf_entscheiden": actor_of(request).may("leitlinie.edit", version.stand),
        "darf_beitragen": actor_of(request).may("leitlinie.contribute", version.stand),
        "breadcrumb": [*crumbs, *more],
    }
