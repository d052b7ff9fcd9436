"""Pages of the frame: start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitplanke.base.accounts.access import requires


@requires("start.view")
def start(request: HttpRequest) -> HttpResponse:
    """Show where to begin, for citizens and for each role."""
    return render(request, "start.html")
