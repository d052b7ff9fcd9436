"""Pages about one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from leitplanke.base.accounts.access import requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@requires("account.view_own")
def konto(request: HttpRequest) -> HttpResponse:
    """Show who I am here: roles, offices, deputies, ways to sign in."""
    return render(request, "accounts/konto.html", {"breadcrumb": [(_("Mein Konto"), "")]})
