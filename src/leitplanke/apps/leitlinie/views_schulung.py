"""Pages of training: entering it, and one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie.acknowledging import record_training, remove_training
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_schulung import ListForm, TrainingForm
from leitplanke.apps.leitlinie.models import Schulungsnachweis
from leitplanke.apps.leitlinie.queries import training_grace
from leitplanke.apps.leitlinie.training import ListError, read_list, record_list
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 25
MOST_WORDS = 300  # characters of a reason


@requires("leitlinie.record_training")
def schulungen(request: HttpRequest) -> HttpResponse:
    """Enter a training by hand, and see what is entered."""
    actor = actor_of(request)
    form = TrainingForm(request.POST or None, mandant=actor.mandant)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            record_training(
                actor=actor, person=data["person"], title=data["titel"], day=data["am"], until=data["gueltig_bis"]
            )
        except WrongStateError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Schulung ist eingetragen."))
            return redirect("leitlinie:schulungen")
    return _page(request, form, ListForm())


@requires("leitlinie.record_training")
@require_POST
def liste(request: HttpRequest) -> HttpResponse:
    """Enter the trainings of a CSV file."""
    actor, form = actor_of(request), ListForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            count = record_list(actor=actor, rows=read_list(form.cleaned_data["datei"].read()))
        except ListError as error:
            for problem in error.problems[:20]:
                form.add_error("datei", problem)
        else:
            messages.success(request, _("%(zahl)d Schulungen sind eingetragen.") % {"zahl": count})
            return redirect("leitlinie:schulungen")
    return _page(request, TrainingForm(mandant=actor.mandant), form)


@requires("leitlinie.record_training")
@require_POST
def loeschen(request: HttpRequest, nachweis: int) -> HttpResponse:
    """Take out what was entered by mistake."""
    try:
        remove_training(actor=actor_of(request), proof_id=nachweis, reason=request.POST.get("grund", "")[:MOST_WORDS])
    except Schulungsnachweis.DoesNotExist:
        raise Http404 from None
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Der Eintrag ist gelöscht. Warum, steht im Nachweis."))
    return redirect("leitlinie:schulungen")


@requires("leitlinie.acknowledge")
def eigene(request: HttpRequest) -> HttpResponse:
    """Show one's own trainings."""
    actor = actor_of(request)
    rows = Schulungsnachweis.objects.for_mandant(actor.mandant).filter(person=actor.person)
    context = {
        "nachweise": rows,
        "heute": timezone.localdate(),
        "zaehlt_seit": timezone.localdate() - training_grace(actor.mandant),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:oeffentlich")), (_("Meine Schulungen"), "")],
    }
    return render(request, "leitlinie/beschluss/eigene_schulungen.html", context)


def _page(request: HttpRequest, form: TrainingForm, list_form: ListForm) -> HttpResponse:
    rows = Schulungsnachweis.objects.for_mandant(actor_of(request).mandant).select_related("person")
    context = {
        "form": form,
        "listenform": list_form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("seite")),
        "heute": timezone.localdate(),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Schulungen"), "")],
    }
    status = 422 if form.errors or list_form.errors else 200
    return render(request, "leitlinie/beschluss/schulungen.html", context, status=status)
