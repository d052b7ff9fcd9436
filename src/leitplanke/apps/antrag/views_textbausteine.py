"""Text blocks of the office for judgements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import textbausteine
from leitplanke.apps.antrag.forms_akte import BlockForm
from leitplanke.apps.antrag.models import Textbaustein
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError, engine_for
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.access import Actor


def _judgements(actor: Actor) -> dict[str, str]:
    """Return every judgement of the procedures that `actor` is answerable for, as „verfahren/urteil“ with its title."""
    found: dict[str, str] = {}
    for name in textbausteine.procedures_of(actor):
        try:
            book = engine_for(actor.mandant, name).regelwerk
        except (RulesError, UnknownRegelwerkError):
            continue
        found |= {f"{name}/{key}": f"{said(book.titel)}: {said(item.titel)}" for key, item in book.ermessen.items()}
    return found


@requires("antrag.textblocks")
def liste(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """List the text blocks, and add or change one."""
    actor = actor_of(request)
    titles = _judgements(actor)
    row = _own_or_404(actor, pk) if pk is not None else None
    initial = {"wofuer": f"{row.verfahren}/{row.urteil}", "titel": row.titel, "text": row.text} if row else None
    form = BlockForm(titles.items(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        verfahren, _slash, urteil = form.cleaned_data["wofuer"].partition("/")
        block = textbausteine.Block(verfahren, urteil, form.cleaned_data["titel"], form.cleaned_data["text"])
        try:
            textbausteine.save_block(actor, block, pk=pk)
        except textbausteine.BlockError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("Textbaustein gespeichert."))
            return redirect("antrag:textbausteine")
    context = {
        "form": form,
        "zeile": row,
        "zeilen": [
            (one, titles.get(f"{one.verfahren}/{one.urteil}", one.urteil)) for one in textbausteine.own_blocks(actor)
        ],
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (_("Textbausteine"), "")],
    }
    return render(request, "antrag/akte/textbausteine.html", context, status=422 if form.errors else 200)


def _own_or_404(actor: Actor, pk: int) -> Textbaustein:
    try:
        return textbausteine.own_blocks(actor).get(pk=pk)
    except Textbaustein.DoesNotExist:
        raise Http404 from None


@requires("antrag.textblocks")
@require_POST
def loeschen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text block out of use."""
    try:
        textbausteine.delete_block(actor_of(request), pk)
    except Textbaustein.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Textbaustein gelöscht. Urteile, die ihn nutzen, behalten ihren Text."))
    return redirect("antrag:textbausteine")
