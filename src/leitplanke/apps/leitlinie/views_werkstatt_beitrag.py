"""What people say about a clause, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie.clauses import UnknownChoiceError, UnusableChoiceError
from leitplanke.apps.leitlinie.contributing import Contribution, EmptyContributionError, contribute, settle
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_werkstatt import ContributionForm
from leitplanke.apps.leitlinie.models import Beitrag, Beitragsstand
from leitplanke.apps.leitlinie.werkstatt_page import block_or_404, version_or_404
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SAID = {
    Beitragsstand.UEBERNOMMEN: gettext_noop("Der Vorschlag ist übernommen und steht jetzt in der Klausel."),
    Beitragsstand.ABGELEHNT: gettext_noop("Der Vorschlag ist abgelehnt. Der Grund steht dabei."),
    Beitragsstand.ERLEDIGT: gettext_noop("Als erledigt vermerkt."),
}


@requires("leitlinie.contribute")
@require_POST
def beitrag(request: HttpRequest, nummer: int, baustein: str) -> HttpResponse:
    """Say something about a clause, or answer somebody."""
    version, block = version_or_404(request, nummer), block_or_404(baustein)
    form = ContributionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bitte schreiben Sie einen Satz dazu."))
    else:
        said = Contribution(version.pk, block.id, form.cleaned_data["text"], answers=form.cleaned_data["antwort_auf"])
        try:
            contribute(actor=actor_of(request), contribution=said)
            messages.success(request, _("Ihr Beitrag steht in der Diskussion."))
        except (WrongStateError, EmptyContributionError) as error:
            messages.error(request, str(error))
        except Beitrag.DoesNotExist:
            raise Http404 from None
    return redirect(f"{reverse('leitlinie:klausel', args=[version.nummer, block.id])}#diskussion")


@requires("leitlinie.settle")
@require_POST
def entscheiden(request: HttpRequest, nummer: int, beitrag: int) -> HttpResponse:
    """Decide what becomes of a contribution."""
    version = version_or_404(request, nummer)
    row = version.beitraege.filter(pk=beitrag).first()
    outcome = request.POST.get("stand", "")
    if row is None or outcome not in SAID:
        raise Http404
    try:
        settle(
            actor=actor_of(request), beitrag_id=row.pk, outcome=Beitragsstand(outcome),
            reason=request.POST.get("grund", ""),
        )  # fmt: skip
        messages.success(request, _(SAID[Beitragsstand(outcome)]))
    except (WrongStateError, EmptyContributionError, UnknownChoiceError, UnusableChoiceError) as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('leitlinie:klausel', args=[version.nummer, row.baustein])}#diskussion")
