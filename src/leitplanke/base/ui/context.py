"""What every page needs: the town, who acts, the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the page frame."""
    return {
        "mandant": getattr(request, "mandant", None),
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
    }
