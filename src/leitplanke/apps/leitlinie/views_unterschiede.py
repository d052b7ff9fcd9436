"""What one version of the guideline says otherwise than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.differences import differences_of
from leitplanke.apps.leitlinie.werkstatt_page import version_or_404
from leitplanke.base.accounts.access import requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("leitlinie.view")
def unterschiede(request: HttpRequest, nummer: int, andere: int) -> HttpResponse:
    """Show what version `andere` says otherwise than version `nummer`."""
    before, after = version_or_404(request, nummer), version_or_404(request, andere)
    context = {
        "vorher": before,
        "nachher": after,
        "unterschiede": differences_of(before, after),
        "breadcrumb": [
            (_("Leitlinie"), reverse("leitlinie:liste")),
            (str(after), reverse("leitlinie:fassung", args=[after.nummer])),
            (_("Unterschiede"), ""),
        ],
    }
    return render(request, "leitlinie/vergleich/unterschiede.html", context)
