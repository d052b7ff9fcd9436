"""Pages of letters: draft, edit, release, send; and the outbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag import checking_words, deadlines, dispatch, letters
from leitplanke.apps.antrag.akte_page import case_or_404
from leitplanke.apps.antrag.doing import Doer, clerk, hashed
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.forms_bescheid import HearingForm, NewLetterForm, SendForm
from leitplanke.apps.antrag.models import Briefstand, Schreiben, Versandweg
from leitplanke.apps.antrag.policy_facts import release_guidance
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.queries import units_of
from leitplanke.apps.antrag.rewording import may_reword
from leitplanke.apps.antrag.trying import tried
from leitplanke.apps.antrag.views_bescheid import crumbs, what_next
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated
from leitplanke.base.documents.printing import letter_docx, letter_pdf
from leitplanke.base.documents.printing.words import percent
from leitplanke.base.documents.services import read_file
from leitplanke.base.llm.lights import allowed_data
from leitplanke.core.drafting.brief import Paragraph, brief_from_json
from leitplanke.core.drafting.case import DraftError
from leitplanke.core.verfahren.acts import ActError
from leitplanke.core.verfahrensrecht import RechtsdatenError

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE_SIZE = 40
PREFIX = "absatz-"
OWN = "eigener-"
DONE = {
    "bearbeiten": gettext_lazy("Gespeichert und geprüft."),
    "freigeben": gettext_lazy("Freigegeben. Das Schreiben liegt im Ausgang."),
    "ki_geprueft": gettext_lazy("Festgehalten: Sie haben die Worte des Modells geprüft."),
    "verwerfen": gettext_lazy("Der Entwurf ist verworfen."),
    "absenden": gettext_lazy("Abgang vermerkt."),
    "freigabe_zuruecknehmen": gettext_lazy("Die Freigabe ist zurückgenommen. Das Schreiben ist wieder ein Entwurf."),
    "neu_entwerfen": gettext_lazy("Neu entworfen. Eigene Änderungen sind nicht mehr enthalten."),
}
SIMPLE: dict[str, Callable[[Schreiben, Doer, str], object]] = {
    "freigeben": lambda letter, doer, gesehen: letters.release(letter.pk, doer, gesehen=gesehen),
    "verwerfen": lambda letter, doer, _gesehen: letters.discard(letter.pk, doer),
    "neu_entwerfen": lambda letter, doer, _gesehen: letters.redraft(letter.pk, doer),
    "freigabe_zuruecknehmen": lambda letter, doer, _gesehen: letters.withdraw_release(letter.pk, doer),
}
KINDS = {letters.MITWIRKUNG: "antrag.mitwirkung_fordern", letters.ANHOERUNG: "antrag.anhoeren"}


@requires("antrag.brief_bearbeiten")
def neu(request: HttpRequest, kennung: UUID, art: str) -> HttpResponse:
    """Draft a letter that sets a time limit: asking for what is missing, or hearing the person."""
    if art not in KINDS:
        raise Http404
    antrag = case_or_404(request, kennung)
    verfahren = verfahren_of(antrag)
    kind = HearingForm if art == letters.ANHOERUNG else NewLetterForm
    form = kind(request.POST or None, initial={"tage": verfahren.mitwirkung_tage})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        today = timezone.localdate()
        try:
            doer = clerk(actor_of(request), antrag, "antrag.view", freshly_authenticated(request))
            end = deadlines.office_deadline(antrag, verfahren, today, values["tage"]).am
            occasion = Occasion(
                art, antrag.entscheidung if art == letters.ANHOERUNG else None, values.get("vorhaben", ""),
                values.get("gruende", ""), end, doer.membership, today,
            )  # fmt: skip
            made = letters.draft(antrag.pk, doer, occasion)
        except (DraftError, RechtsdatenError, ActError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("antrag:schreiben", kennung=made.kennung)
    title = _("Zur Mitwirkung auffordern") if art == letters.MITWIRKUNG else _("Anhören")
    context = {"antrag": antrag, "form": form, "titel": title, "breadcrumb": crumbs(antrag, (title, ""))}
    return render(request, "antrag/bescheid/neu.html", context, status=422 if form.errors else 200)


def letter_or_404(request: HttpRequest, kennung: UUID) -> Schreiben:
    """Return a letter of the actor's units; others do not exist for them."""
    rows = (
        Schreiben.objects.for_mandant(actor_of(request).mandant)
        .filter(antrag__einheit__in=units_of(actor_of(request)))
        .select_related(
            "antrag__mandant", "antrag__einheit", "entscheidung__vorbereitet_von__person", "angelegt_von__person",
            "freigegeben_von__person", "versandt_von__person", "pdf",
        )
    )  # fmt: skip
    return get_object_or_404(rows, kennung=kennung)


@requires("antrag.view")
def schreiben(request: HttpRequest, kennung: UUID) -> HttpResponse:
    """Show a letter with what the checker says; a POST edits, releases, sends or discards it."""
    letter = letter_or_404(request, kennung)
    antrag = letter.antrag
    sending = SendForm(request.POST if request.POST.get("schritt") == "absenden" else None, antrag=antrag)
    if request.method == "POST":
        answer = _do(request, letter, sending)
        if answer is not None:
            return answer
        letter = letter_or_404(request, kennung)
    brief = brief_from_json(letter.brief)
    findings = letters.findings_of(letter)
    draft = letter.stand == Briefstand.ENTWURF
    person = actor_of(request).person
    said = release_guidance(letter, antrag, person.pk if person else None) if draft else None
    rewordable = may_reword(letter)
    context = {
        "antrag": antrag,
        "schreiben": letter,
        "brief": brief,
        "gesehen": hashed(letter.brief),
        "absaetze": [_editable(block, findings) for block in brief.body if isinstance(block, Paragraph)],
        "befunde": findings,
        "gesperrt": any(finding["blocking"] for finding in findings),
        "anteil": round(float(letter.maschinenanteil) * 100),
        "ki_anteil": percent(brief.model_share),
        "entwurf": draft,
        "leitlinie": said,
        "ki_pruefen": bool(said and said.stop and brief.model_share and not letter.ki_geprueft.get("belege")),
        "umformulierbar": rewordable,
        "datenarten": allowed_data(letter.mandant, f"antrag.{letter.antrag.verfahren}") if rewordable else None,
        "frei": letter.stand == Briefstand.FREIGEGEBEN,
        "versand": sending,
        "bearbeiten": draft and bool(findings or "bearbeiten" in request.GET),
        "naechster": what_next(actor_of(request), antrag) if letter.stand == Briefstand.VERSANDT else None,
        "breadcrumb": crumbs(antrag, (brief.betreff, "")),
    }
    return render(request, "antrag/bescheid/schreiben.html", context, status=422 if sending.errors else 200)


def _editable(block: Paragraph, findings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "key": block.key,
        "name": PREFIX + block.key,
        "titel": block.heading or said_of(block),
        "text": block.text,
        "zeilen": max(2, min(12, len(block.text) // 80 + block.text.count("\n") + 1)),
        "befunde": [finding for finding in findings if finding["paragraph"] == block.key],
    }


def said_of(block: Paragraph) -> str:
    """Return what a paragraph without a heading is called on the page."""
    first = block.text.split("\n", 1)[0]
    return first if len(first) <= 50 else f"{first[:48]} …"


def _do(request: HttpRequest, letter: Schreiben, sending: SendForm) -> HttpResponse | None:
    """Do what was pressed; None where the page is shown again."""
    here = reverse("antrag:schreiben", args=[letter.kennung])
    step = request.POST.get("schritt", "")
    if step == "absenden" and not sending.is_valid():
        return None
    try:
        outcome = tried(request, here, lambda: _step(request, letter, sending, step))
    except dispatch.DispatchError as error:
        sending.add_error(None, str(error))
        return None
    if outcome.first is not None:
        return outcome.first
    if outcome.done:
        messages.success(request, DONE.get(step, _("Erledigt.")))
        return redirect(_where_next(request, letter, step) or here)
    return redirect(here)


def _where_next(request: HttpRequest, letter: Schreiben, step: str) -> str:
    """Return the page that follows a step; empty where it is the same one."""
    if step == "verwerfen":
        return reverse("antrag:akte", args=[letter.antrag.kennung])
    if step == "freigeben" or request.POST.get("zurueck") == "ausgang":
        return reverse("antrag:ausgang")
    return ""


def _step(request: HttpRequest, letter: Schreiben, sending: SendForm, step: str) -> None:
    doer = clerk(actor_of(request), letter.antrag, "antrag.view", freshly_authenticated(request))
    gesehen = request.POST.get("gesehen", "")
    if step == "bearbeiten":
        letters.edit(letter.pk, doer, _typed(request, letter), _own(request), gesehen=gesehen)
    elif step == "absenden":
        values = sending.cleaned_data
        dispatch.send(letter.pk, doer, Versandweg(values["weg"]), values["am"])
    elif step == "ki_geprueft":
        opened = request.POST.get("belege") == "ja"
        checking_words.note_checked(letter.pk, doer, opened=opened, gesehen=gesehen)
    elif step in SIMPLE:
        SIMPLE[step](letter, doer, gesehen)


def _typed(request: HttpRequest, letter: Schreiben) -> dict[str, str]:
    keys = {block["key"] for block in letter.brief["body"] if block["kind"] == "paragraph"}
    return {key: request.POST[PREFIX + key] for key in keys if PREFIX + key in request.POST}


def _own(request: HttpRequest) -> dict[str, str]:
    """Return the grounds that the person named for sentences of their own."""
    words, ground = request.POST.get(f"{OWN}satz", "").strip(), request.POST.get(f"{OWN}grund", "").strip()
    return {words: ground} if words and ground else {}


@requires("antrag.view")
def datei(request: HttpRequest, kennung: UUID, form: str) -> HttpResponse:
    """Hand out a letter as PDF or DOCX; what was released is handed out as it was kept."""
    letter = letter_or_404(request, kennung)
    brief = brief_from_json(letter.brief)
    name = f"{letter.antrag.nummer}-{letter.art}"
    if form == "docx":
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return _download(letter_docx(brief), kind, f"{name}.docx")
    data = read_file(letter.pdf) if letter.pdf is not None else letter_pdf(brief)
    return _download(data, "application/pdf", f"{name}.pdf")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@requires("antrag.outbox")
def ausgang(request: HttpRequest) -> HttpResponse:
    """Show what was released and has not left yet."""
    actor = actor_of(request)
    page = Paginator(dispatch.outbox(actor), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "zeilen": [_waiting(letter) for letter in page],
        "heute": timezone.localdate(),
        "naechster": what_next(actor),
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (_("Ausgang"), "")],
    }
    return render(request, "antrag/bescheid/ausgang.html", context)


def _waiting(letter: Schreiben) -> dict[str, Any]:
    """Return a letter of the outbox with the way it goes as a rule: the portal only where the person agreed."""
    way = Versandweg.PORTAL if letter.antrag.portal else Versandweg.POST
    return {"brief": letter, "betreff": letter.brief["betreff"], "weg": way.value}
