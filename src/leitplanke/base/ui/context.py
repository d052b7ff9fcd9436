"""What every page needs: the town, who acts, the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from leitplanke.base.ui.navigation import links

if TYPE_CHECKING:
    from django.http import HttpRequest

THEME_COOKIE = "thema"
THEMES = ("light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the page frame."""
    actor = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "mandant": getattr(request, "mandant", None),
        "actor": actor,
        "demo": settings.DEMO,
        "thema": theme if theme in THEMES else "",
        "navigation": links(request, actor, "main") if actor else [],
        "footer_links": links(request, actor, "footer") if actor else [],
    }
