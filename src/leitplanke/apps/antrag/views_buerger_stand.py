"""Where an application stands, and what its owner can do: read, write, supply, change, withdraw, appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitplanke.apps.antrag import calls, filling
from leitplanke.apps.antrag import messages as writing
from leitplanke.apps.antrag.belege import remove_document
from leitplanke.apps.antrag.buerger import case_context, case_of, for_applicant, sent, steps_of
from leitplanke.apps.antrag.delivered import TITLES, fetch, letters_for
from leitplanke.apps.antrag.explaining import explained
from leitplanke.apps.antrag.forms_buerger import CallForm, MessageForm, RemedyForm, WithdrawForm
from leitplanke.apps.antrag.models import Beleg, Beteiligung, Entscheidungsstand, Fristart, Richtung, Versandweg
from leitplanke.apps.antrag.opening import applicant, code_here, draft_number
from leitplanke.apps.antrag.papers import receipt, remedy_letter
from leitplanke.apps.antrag.remedies import appeal_electronically, remedy_of
from leitplanke.apps.antrag.timeline import moments, traces
from leitplanke.apps.antrag.uploading import TYPES, kind_of
from leitplanke.base.documents.services import read_file
from leitplanke.core.verfahren.acts import Originator, Stand, possible

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.buerger import Case
    from leitplanke.apps.antrag.models import Antrag, Frist, Schreiben


@for_applicant
def mein_antrag(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show where the application stands, and the one thing to do next."""
    case = case_of(antrag)
    if antrag.state is Stand.ENTWURF:
        return _draft(request, case)
    frist = _open_deadline(antrag)
    acts = {act.name for act in possible(antrag.state, Originator.BUERGER)}
    context = case_context(case) | {
        "weg": moments(antrag, case.verfahren, frist),
        "frist": frist,
        "tage": (frist.ende - timezone.localdate()).days if frist else 0,
        "fehlende": case.missing_documents if "ergaenzen" in acts else [],
        "offene_fragen": len(case.questions) if "ergaenzen" in acts else 0,
        "kann": acts,
        "nachrichten": (talk := list(antrag.mitteilungen.all())),
        "ungelesen": any(row.richtung == Richtung.VOM_AMT and row.gelesen_am is None for row in talk),
        "form": MessageForm(),
        "schreiben": [_letter(row) for row in letters_for(antrag)],
        "belege": list(antrag.belege.all()),
        "rechtsbehelf": remedy_of(case),
        "entscheidung": _decided(antrag),
        "spuren": traces(antrag),
        "einsichten": antrag.einsichten.select_related("einheit"),
        "vertretung": antrag.beteiligte.filter(rolle__in=filling.REPRESENTING).first(),
        "eigene_daten": _url_if_there("antrag:meine_daten", antrag),
    }
    return render(request, "antrag/buerger/stand.html", context)


def _letter(row: Schreiben) -> dict[str, Any]:
    in_portal = row.weg == Versandweg.PORTAL and row.pdf_id is not None
    return {
        "kennung": row.kennung, "titel": TITLES.get(row.art, row.art), "vermerk_am": row.vermerk_am,
        "im_portal": in_portal, "abgerufen_am": row.abgerufen_am, "weg": row.get_weg_display(),
    }  # fmt: skip


def _draft(request: HttpRequest, case: Case) -> HttpResponse:
    steps = steps_of(case)
    context = case_context(case) | {
        "schritte": steps,
        "naechster": next((step for step in steps if step.state == "open"), steps[-1]),
        "nummer": draft_number(case.antrag),
        "code": code_here(request, case.antrag),
    }
    return render(request, "antrag/buerger/entwurf.html", context)


def _open_deadline(antrag: Antrag) -> Frist | None:
    kinds = (Fristart.MITWIRKUNG, Fristart.ANHOERUNG)
    return antrag.fristen.filter(erledigt_am__isnull=True, art__in=kinds).order_by("ende").first()


def _decided(antrag: Antrag) -> Any:
    """Return the decision once its letter is out; before that nobody learns of it here."""
    known = antrag.entscheidung
    out = antrag.state not in {Stand.ENTSCHIEDEN, Stand.ZUR_ZEICHNUNG}
    return known if known is not None and known.stand == Entscheidungsstand.GETROFFEN and out else None


def _url_if_there(name: str, antrag: Antrag) -> str:
    try:
        return reverse(name, args=[antrag.kennung])
    except NoReverseMatch:
        return ""


@for_applicant
def eingang(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Show the receipt: number, day, access code as long as this session knows it."""
    if antrag.state is Stand.ENTWURF:
        return redirect("antrag:mein_antrag", antrag.kennung)
    case = case_of(antrag)
    context = case_context(case, (_("Eingangsbestätigung"), "")) | {
        "code": code_here(request, antrag),
        "fehlende": case.missing_documents,
        "offene_fragen": len(case.questions),
        "per_mail": [row.email for row in antrag.beteiligte.all() if row.email],
    }
    return render(request, "antrag/buerger/eingang.html", context)


@for_applicant
def quittung(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Return the receipt as PDF."""
    nummer = antrag.nummer or draft_number(antrag)
    data = receipt(antrag, case_of(antrag).verfahren, nummer, code_here(request, antrag))
    return pdf(data, f"Quittung {nummer}")


def pdf(data: bytes, name: str, *, download: bool = True) -> HttpResponse:
    """Return a PDF as an answer."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@for_applicant
def nachricht(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Write to the office."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        context = case_context(case_of(antrag), (_("Nachricht schreiben"), "")) | {"form": form}
        return render(request, "antrag/buerger/nachricht.html", context, status=422)
    writing.write(antrag.pk, applicant(request), form.cleaned_data["text"])
    writing.mark_read(antrag, applicant(request))
    messages.success(request, _("Ihre Nachricht ist beim Amt."))
    return redirect(f"{reverse('antrag:mein_antrag', args=[antrag.kennung])}#nachrichten")


@require_POST
@for_applicant
def gelesen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Note that messages were read."""
    writing.mark_read(antrag, applicant(request))
    return redirect(f"{reverse('antrag:mein_antrag', args=[antrag.kennung])}#nachrichten")


@for_applicant
def mensch(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Ask for a talk with a human being, at any point."""
    own = antrag.beteiligte.filter(rolle=Beteiligung.ANTRAGSTELLEND).first()
    form = CallForm(sent(request), initial={"name": antrag.name, "telefon": own.telefon if own else ""})
    if request.method == "POST" and form.is_valid():
        _ask_for_call(antrag, request, calls.Wish(**form.cleaned_data))
        messages.success(request, _("Danke. Ein Mensch aus der zuständigen Stelle ruft Sie an."))
        return redirect("antrag:mein_antrag", antrag.kennung)
    context = case_context(case_of(antrag), (_("Mit einem Menschen sprechen"), "")) | {"form": form}
    return render(request, "antrag/buerger/mensch.html", context, status=422 if form.errors else 200)


def _ask_for_call(antrag: Antrag, request: HttpRequest, wish: calls.Wish) -> None:
    """Pass a wish on: as a message of the case; a draft is nobody's business yet, so the unit learns of it alone."""
    if antrag.state is Stand.ENTWURF:
        calls.ask_for_call(antrag.mandant, antrag.verfahren, wish)
        return
    lines = [
        _("Bitte rufen Sie mich an: %(name)s, %(telefon)s") % {"name": wish.name, "telefon": wish.telefon},
        wish.wann,
        wish.worum,
    ]
    text = "\n".join(line for line in lines if line)
    writing.write(antrag.pk, applicant(request), text, human=True)


@for_applicant
def zuruecknehmen(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Withdraw the application, after a second thought."""
    form = WithdrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        filling.withdraw(antrag.pk, applicant(request), form.cleaned_data["grund"])
        messages.success(request, _("Ihr Antrag ist zurückgenommen. Sie können jederzeit einen neuen stellen."))
        return redirect("antrag:mein_antrag", antrag.kennung)
    context = case_context(case_of(antrag), (_("Antrag zurücknehmen"), "")) | {
        "form": form,
        "moeglich": "zuruecknehmen" in {act.name for act in possible(antrag.state, Originator.BUERGER)},
    }
    return render(request, "antrag/buerger/zuruecknehmen.html", context, status=422 if form.errors else 200)


@for_applicant
def erklaerung(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Explain the decision: short, long, step by step, and what would have changed it."""
    entscheidung = _decided(antrag)
    if entscheidung is None:
        messages.info(request, _("Über Ihren Antrag ist noch nicht entschieden."))
        return redirect("antrag:mein_antrag", antrag.kennung)
    context = case_context(case_of(antrag), (_("So kam die Entscheidung zustande"), "")) | {
        "entscheidung": entscheidung,
        "erklaert": explained(entscheidung),
        "spuren": traces(antrag),
    }
    return render(request, "antrag/buerger/erklaerung.html", context)


@for_applicant
def rechtsbehelf(request: HttpRequest, antrag: Antrag) -> HttpResponse:
    """Say how to appeal, and prepare a letter to sign; a button does not replace a signature."""
    case = case_of(antrag)
    remedy = remedy_of(case)
    if remedy is None:
        raise Http404
    form = RemedyForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reasons = form.cleaned_data["begruendung"]
        if request.POST.get("aktion") == "elektronisch":
            appeal_electronically(case, applicant(request), reasons)
            messages.success(request, _("Ihr %(was)s ist beim Amt eingegangen.") % {"was": remedy.titel})
            return redirect("antrag:mein_antrag", antrag.kennung)
        sender = antrag.beteiligte.filter(rolle=Beteiligung.ANTRAGSTELLEND).first()
        return pdf(remedy_letter(antrag, sender, remedy, reasons), f"{remedy.titel} {antrag.nummer}")
    context = case_context(case, (remedy.titel, "")) | {"rechtsbehelf": remedy, "form": form}
    return render(request, "antrag/buerger/rechtsbehelf.html", context, status=422 if form.errors else 200)


@for_applicant
def schreiben(request: HttpRequest, antrag: Antrag, brief: UUID) -> HttpResponse:
    """Fetch a letter: asked first, since fetching counts, and then as PDF."""
    letter = letters_for(antrag).filter(kennung=brief).first()
    if letter is None or letter.weg != "portal" or letter.pdf is None:
        raise Http404
    if request.method == "POST":
        letter = fetch(antrag, brief, applicant(request))
    if letter.abgerufen_am is not None and letter.pdf is not None:
        return pdf(read_file(letter.pdf), f"{letter.art} {antrag.nummer}", download=False)
    context = case_context(case_of(antrag), (_("Schreiben abrufen"), "")) | {"brief": letter}
    return render(request, "antrag/buerger/schreiben.html", context)


@for_applicant
def unterlage(_request: HttpRequest, antrag: Antrag, beleg: UUID) -> HttpResponse:
    """Return a document as it was handed in."""
    row = _document(antrag, beleg)
    data = read_file(row.datei)
    response = HttpResponse(data, content_type=TYPES.get(kind_of(data), "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="unterlage.{kind_of(data) or "bin"}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@for_applicant
def unterlage_entfernen(request: HttpRequest, antrag: Antrag, beleg: UUID) -> HttpResponse:
    """Take a document out of a draft again."""
    row = _document(antrag, beleg)
    remove_document(row.pk, applicant(request))
    messages.success(request, _("„%(name)s“ ist entfernt.") % {"name": row.name})
    return redirect(f"{reverse('antrag:schritt_unterlagen', args=[antrag.kennung])}")


def _document(antrag: Antrag, kennung: UUID) -> Beleg:
    row = antrag.belege.select_related("datei").filter(kennung=kennung).first()
    if row is None:
        raise Http404
    return row
