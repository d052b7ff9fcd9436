"""Pages of the self-assessment: how it stands, showing something by hand, what was kept, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.leitlinie import assessing
from leitplanke.apps.leitlinie.assessing import Shown, assessment, point_of
from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.forms_strategie import ProofForm, today_first
from leitplanke.apps.leitlinie.labels_strategie import PRINCIPLES, STATE_KINDS, STATES, state_label
from leitplanke.apps.leitlinie.models import Selbstbewertung, Selbstnachweis
from leitplanke.apps.leitlinie.page_stand import principle_line
from leitplanke.apps.leitlinie.report import report_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.documents.printing import PrintError, record_docx, record_pdf
from leitplanke.core.guideline import Principle
from leitplanke.core.guideline.assessing import Assessed, State
from leitplanke.core.guideline.progress import changes

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.base.accounts.models import Mandant

FORMATS = {
    "pdf": (record_pdf, "application/pdf"),
    "docx": (record_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@requires("leitlinie.standing")
def selbstbewertung(request: HttpRequest) -> HttpResponse:
    """Show the eight principles with their points."""
    actor = actor_of(request)
    found = assessment(House(actor.mandant))
    lines = [principle_line(one) for one in found]
    groups = [(line, [_shown(row) for row in one.points]) for line, one in zip(lines, found, strict=True)]
    points = [row for one in found for row in one.points if row.state is not State.ENTFAELLT]
    context = {
        "gruppen": groups,
        "belegt": sum(row.state is State.BELEGT for row in points),
        "alle": len(points),
        "staende": Selbstbewertung.objects.for_mandant(actor.mandant).select_related("person")[:12],
        "darf": actor.may("leitlinie.assess"),
        "breadcrumb": [*_home(), (_("Selbstbewertung"), "")],
    }
    return render(request, "leitlinie/selbstbewertung/seite.html", context)


def _shown(row: Assessed) -> tuple[Assessed, object, str]:
    return row, STATES[row.state], STATE_KINDS[row.state]


@requires("leitlinie.standing")
def punkt(request: HttpRequest, punkt: str) -> HttpResponse:
    """Show what there is on a point, and take what somebody shows by hand."""
    actor, point = actor_of(request), point_of(punkt)
    if point is None:
        raise Http404
    may = point.by_hand and actor.may("leitlinie.assess")
    post = request.POST if request.method == "POST" else None
    form = ProofForm(post, initial=today_first(timezone.localdate()))
    if post is not None:
        actor.require("leitlinie.assess")
    if form.is_valid():
        data = form.cleaned_data
        try:
            assessing.show_proof(actor=actor, shown=Shown(point.key, data["text"], data["url"], data["am"]))
        except WrongStateError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gespeichert. Der Nachweis zählt ab jetzt."))
            return redirect("leitlinie:selbst_punkt", punkt=punkt)
    rows = Selbstnachweis.objects.for_mandant(actor.mandant).filter(punkt=punkt).select_related("person")
    context = {
        "punkt": point, "grundsatz": PRINCIPLES[point.principle], "nachweise": rows, "heute": timezone.localdate(),
        "form": form if may else None,
        "breadcrumb": [
            *_home(), (_("Selbstbewertung"), reverse("leitlinie:selbstbewertung")), (point.title, ""),
        ],
    }  # fmt: skip
    return render(request, "leitlinie/selbstbewertung/punkt.html", context, status=422 if form.errors else 200)


@requires("leitlinie.assess")
@require_POST
def zurueckziehen(request: HttpRequest, nachweis: int) -> HttpResponse:
    """Take back what was shown by hand."""
    actor = actor_of(request)
    row = get_object_or_404(Selbstnachweis.objects.for_mandant(actor.mandant), pk=nachweis)
    try:
        assessing.withdraw_proof(actor=actor, proof_id=nachweis)
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Zurückgezogen. Der Nachweis zählt nicht mehr."))
    return redirect("leitlinie:selbst_punkt", punkt=row.punkt)


@requires("leitlinie.assess")
@require_POST
def festhalten(request: HttpRequest) -> HttpResponse:
    """Keep how the town stands now."""
    row = assessing.take_snapshot(actor=actor_of(request))
    messages.success(request, _("Festgehalten. So stand es heute; daran ändert niemand mehr etwas."))
    return redirect("leitlinie:selbst_stand", nummer=row.nummer)


@requires("leitlinie.standing")
def stand(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show a kept self-assessment and what changed since the one before."""
    row, changed = _kept(actor_of(request).mandant, nummer)
    groups = [
        (PRINCIPLES[Principle(one["grundsatz"])], STATES[State(one["stand"])], STATE_KINDS[State(one["stand"])], [
            (point, state_label(point["stand"]), STATE_KINDS[State(point["stand"])]) for point in one["punkte"]
        ])
        for one in row.ergebnis
    ]  # fmt: skip
    context = {
        "stand": row, "gruppen": groups, "geaendert": changed, "vorher": row.nummer > 1,
        "breadcrumb": [
            *_home(), (_("Selbstbewertung"), reverse("leitlinie:selbstbewertung")), (str(row), ""),
        ],
    }  # fmt: skip
    return render(request, "leitlinie/selbstbewertung/stand.html", context)


@requires("leitlinie.standing")
def bericht(request: HttpRequest, nummer: int, form: str) -> HttpResponse:
    """Give a kept self-assessment as a file, with a page for signatures."""
    if form not in FORMATS:
        raise Http404
    row, changed = _kept(actor_of(request).mandant, nummer)
    make, kind = FORMATS[form]
    try:
        data = make(report_of(row, changed))
    except PrintError as error:
        messages.error(request, str(error))
        return redirect("leitlinie:selbst_stand", nummer=nummer)
    name = f"selbstbewertung-{row.nummer}.{form}"
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _kept(mandant: Mandant, number: int) -> tuple[Selbstbewertung, list[tuple[str, str, str]]]:
    rows = Selbstbewertung.objects.for_mandant(mandant).select_related("person", "mandant")
    row = get_object_or_404(rows, nummer=number)
    before = rows.filter(nummer__lt=number).first()
    if before is None:
        return row, []
    titles = {one["punkt"]: one["titel"] for kept in (before, row) for part in kept.ergebnis for one in part["punkte"]}
    changed = changes(assessing.states_of(before), assessing.states_of(row))
    return row, [(titles[key], state_label(was), state_label(now)) for key, (was, now) in changed.items()]


def _home() -> list[tuple[str, str]]:
    return [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Wo wir stehen"), reverse("leitlinie:stand"))]
