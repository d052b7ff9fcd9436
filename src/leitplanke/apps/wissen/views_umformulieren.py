"""An answer in other words, written to the page sentence by sentence as each has been checked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
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

    from leitplanke.apps.wissen.rewording import Sentence, Writing

# Where the sentences and what is to be known of them go; nobody can enter these signs.
SENTENCES, NOTE = "\ue000", "\ue001"
SECOND = 1.0


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
        "kennzeichen": None if isinstance(found, Refusal) else found.label,
    }  # fmt: skip
    page = render_to_string("wissen/umformuliert.html", context, request)
    if isinstance(found, Refusal):
        return HttpResponse(page)
    parts = _parts(found, page)
    body = threaded(parts, found.stop) if isinstance(request, ASGIRequest) else parts
    return StreamingHttpResponse(body, headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"})


def _parts(writing: Writing, page: str) -> Iterator[str]:
    head, _sign, rest = page.partition(SENTENCES)
    yield head
    yield from paced(map(_shown, writing.sentences()), time.monotonic)
    before, _sign, tail = rest.partition(NOTE)
    yield before
    if note := rewording.told(writing.antwort):
        yield format_html("{}", note)
    yield tail


def _shown(sentence: Sentence) -> str:
    text = sentence.text if sentence.by_model else format_html("<q>{}</q>", sentence.text)
    return format_html(
        '<p>{} <a class="lp-ref" href="#aussage-{}">[{}]</a></p>\n', text, sentence.number, sentence.number
    )


def paced(parts: Iterable[str], clock: Callable[[], float]) -> Iterator[str]:
    """Yield what comes, together where it comes more than once a second: screen readers read each change aloud."""
    waiting, last = "", clock() - SECOND
    for part in parts:
        waiting += part
        if clock() - last >= SECOND:
            yield waiting
            waiting, last = "", clock()
    if waiting:
        yield waiting


async def threaded(parts: Iterator[str], stop: Callable[[], None]) -> AsyncIterator[str]:
    """Yield parts, each taken in a thread: what gives them waits for a model. Whoever goes away ends the call."""

    def step() -> str | None:
        try:
            return next(parts, None)
        finally:
            close_old_connections()

    try:
        while (part := await asyncio.to_thread(step)) is not None:
            yield part
    finally:
        stop()
