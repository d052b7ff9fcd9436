"""An answer in other words, written to the page sentence by sentence as each has been checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.wissen import queries, rewording
from leitplanke.apps.wissen.models import Antwort
from leitplanke.apps.wissen.views import space_crumbs
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.calls import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from leitplanke.apps.wissen.rewording import Sentence

# Where the sentences and what is to be known of them go; nobody can enter these signs.
SENTENCES, NOTE = "\ue000", "\ue001"


@requires("wissen.view_answer")
@require_POST
def umformulieren(request: HttpRequest, kennung: UUID) -> HttpResponse | StreamingHttpResponse:
    """Have a model reword an answer, and show what the quotes support."""
    actor = actor_of(request)
    try:
        antwort = queries.answer_for(actor, kennung)
    except Antwort.DoesNotExist:
        raise Http404 from None
    if not rewording.may_reword(antwort, actor):
        return redirect("wissen:antwort", kennung)
    found = rewording.reword(antwort, actor)
    context = {
        "antwort": antwort, "raum": antwort.raum, "saetze": SENTENCES, "hinweis": NOTE,
        "breadcrumb": space_crumbs(antwort.raum, (_("In anderen Worten"), "")),
        "ablehnung": found if isinstance(found, Refusal) else None,
    }  # fmt: skip
    page = render_to_string("wissen/umformuliert.html", context, request)
    parts = _parts(antwort, page, iter(()) if isinstance(found, Refusal) else found)
    body = _threaded(parts) if isinstance(request, ASGIRequest) else parts
    return StreamingHttpResponse(body, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


def _parts(antwort: Antwort, page: str, sentences: Iterator[Sentence]) -> Iterator[str]:
    head, _sign, rest = page.partition(SENTENCES)
    yield head
    for sentence in sentences:
        yield format_html(
            '<p>{} <a class="lp-ref" href="#aussage-{}">[{}]</a></p>\n', sentence.text, sentence.number, sentence.number
        )
    before, _sign, tail = rest.partition(NOTE)
    yield before
    if note := rewording.told(antwort):
        yield format_html("{}", note)
    yield tail


async def _threaded(parts: Iterator[str]) -> AsyncIterator[str]:
    """Take each part in a thread: what gives them waits for a model."""

    def step() -> str | None:
        try:
            return next(parts, None)
        finally:
            close_old_connections()

    while (part := await asyncio.to_thread(step)) is not None:
        yield part
