"""Declarations: what people have contributed to a release, what of it still holds, and the form for one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register import declaring
from leitplanke.apps.register.amt_page import entry_or_404, frame
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.declaring import ARTEN
from leitplanke.apps.register.doing import OutdatedError
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.forms_amt import DeclarationForm
from leitplanke.apps.register.gate_facts import gate_facts
from leitplanke.apps.register.models import Erklaerung, Erklaerungsart
from leitplanke.apps.register.next_step import may_give, optional_url, paper_url
from leitplanke.apps.register.time_limits import lapse_sentence, settings_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.interview.wording import said
from leitplanke.core.register.lifecycle import LifecycleError
from leitplanke.core.register.papers import vorlagen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.accounts.access import Actor

A = Erklaerungsart
# What each kind means, for who gives it and for who reads it.
MEANING = {
    A.VERANTWORTUNG: gettext_noop(
        "Ich sorge dafür, dass das System so eingesetzt und beaufsichtigt wird, wie der Eintrag es sagt."
    ),
    A.DATENSCHUTZ: gettext_noop(
        "Ein Rat, nie eine Freigabe: Die Stellungnahme muss vorliegen, ihr Ergebnis öffnet und schließt "
        "nichts. Über den Einsatz entscheiden andere."
    ),
    A.DSFA: gettext_noop("Die Datenschutz-Folgenabschätzung zu diesem Stand des Systems liegt vor."),
    A.GRUNDRECHTE: gettext_noop("Die Grundrechte-Folgenabschätzung zu diesem Stand des Systems liegt vor."),
    A.AUSNAHME: gettext_noop(
        "Die schriftliche Bewertung, warum das System trotz seines Gebiets nicht hochriskant ist, liegt vor."
    ),
    A.UNTERRICHTUNG: gettext_noop("Die Personalvertretung hat alle Unterlagen. Ab diesem Tag läuft ihre Frist."),
    A.MITBESTIMMUNG: gettext_noop(
        "Die Entscheidung der Personalvertretung über diesen Stand des Systems. Es gibt sie nur durch die "
        "oder den Vorsitzenden."
    ),
    A.EINIGUNG: gettext_noop("Der Beschluss der Einigungsstelle, wenn die Personalvertretung nicht zugestimmt hat."),
    A.SCHULUNG: gettext_noop("Wer mit dem System arbeitet, ist dafür geschult."),
    A.VERTRAG: gettext_noop(
        "Der Vertrag zur Auftragsverarbeitung ist geschlossen und schließt das Training mit unseren Daten "
        "aus."
    ),
    A.PFLICHT: gettext_noop("Eine Pflicht aus der Einstufung ist erfüllt."),
}  # fmt: skip
# Which fact of the gates says that a kind is needed at all; the others always are.
NEEDED_BY = {
    A.DSFA: "dsfa_noetig",
    A.GRUNDRECHTE: "grundrechte_noetig",
    A.AUSNAHME: "ausnahme_geltend",
    A.VERTRAG: "vertrag_noetig",
    A.DATENSCHUTZ: "personenbezug",
}
BY_STAFF = {A.UNTERRICHTUNG, A.MITBESTIMMUNG}
STATES = {
    "aktuell": (gettext_noop("gilt"), "success"),
    "veraltet": (gettext_noop("veraltet"), "warning"),
    "fehlt": (gettext_noop("fehlt"), "info"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of declaration on the page: what there is, whether it holds, and whether one may give it."""

    name: str
    titel: str
    sinn: str
    rows: tuple[tuple[Erklaerung, str, bool], ...]
    state: str
    colour: str
    needed: bool
    url: str
    frist: str


@requires("register.view")
def erklaerungen(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show what was declared, by kind and newest first, with what of it holds for the system as it is."""
    eintrag = entry_or_404(request, kuerzel)
    kinds = _kinds(eintrag, actor_of(request))
    context = frame(request, eintrag, "amt_erklaerungen") | {
        "arten": [kind for kind in kinds if kind.needed or kind.rows],
        "unnoetig": [kind.titel for kind in kinds if not (kind.needed or kind.rows)],
    }
    return render(request, "register/amt/erklaerungen.html", context)


def _kinds(eintrag: Eintrag, actor: Actor) -> list[Kind]:
    facts, declared = gate_facts(eintrag), Declared.of(eintrag, timezone.localdate())
    by_kind: dict[str, list[Erklaerung]] = {}
    for row in eintrag.erklaerungen.select_related("von__person"):
        by_kind.setdefault(row.art, []).append(row)
    found = []
    for art in A:
        if art is A.PFLICHT:
            continue
        state = declared.state(art)
        label, colour = STATES[state]
        rows, needed = by_kind.get(art.value, []), _needed(art, facts)
        informed = declared.get(art) if art is A.UNTERRICHTUNG else None
        here = reverse("register:amt_erklaeren", args=[eintrag.kuerzel, art.value])
        found.append(Kind(
            name=art.value, titel=str(art.label), sinn=_(MEANING[art]),
            rows=tuple((row, outcome_of(row), declared.holds(row)) for row in rows),
            state=_(label), colour="danger" if state == "fehlt" and needed else colour, needed=needed,
            url=here if may_give(actor, eintrag, art) else "",
            frist=lapse_sentence(informed, declared.einstellung) if informed and declared.holds(informed) else "",
        ))  # fmt: skip
    return found


def _needed(art: Erklaerungsart, facts: dict[str, object]) -> bool:
    if art in BY_STAFF:
        return facts["mitbestimmung"] != "nicht_noetig"
    if art is A.EINIGUNG:
        return facts["mitbestimmung"] == "abgelehnt"
    return bool(facts.get(NEEDED_BY[art], art is not A.AUSNAHME)) if art in NEEDED_BY else True


def outcome_of(row: Erklaerung) -> str:
    """Return the outcome of a declaration in words."""
    return _(ARTEN[Erklaerungsart(row.art)].ergebnisse.get(row.ergebnis, row.ergebnis))


@requires("register.erklaeren")
def erklaeren(request: HttpRequest, kuerzel: str, art: str) -> HttpResponse:
    """Declare something, each in their own role, on exactly the state of the system that was seen."""
    eintrag = entry_or_404(request, kuerzel)
    if art not in A.values:
        raise Http404
    kind = A(art)
    if not may_give(actor_of(request), eintrag, kind):
        messages.warning(request, _cannot(kind))
        return redirect("register:amt_erklaerungen", kuerzel=kuerzel)
    duty = request.GET.get("pflicht", "") if kind is A.PFLICHT else ""
    einstufung = eintrag.einstufungen.first()
    declared = Declared.of(eintrag, timezone.localdate())
    found = next((one for one in duties_of(einstufung, declared) if one.name == duty), None)
    if kind is A.PFLICHT and found is None:
        return redirect("register:amt_pflichten", kuerzel=kuerzel)
    number = eintrag.bearbeitung.nummer if eintrag.bearbeitung else 0
    form = DeclarationForm(request.POST or None, art=kind, initial={"fassung": number})
    if request.method == "POST" and form.is_valid() and _declare(request, eintrag, kind, duty, form):
        return redirect("register:amt_pflichten" if kind is A.PFLICHT else "register:amt_eintrag", kuerzel=kuerzel)
    tab = "amt_pflichten" if kind is A.PFLICHT else "amt_erklaerungen"
    title = said(found.title) if found else str(kind.label)
    context = frame(request, eintrag, tab, title) | {
        "form": form,
        "titel": title,
        "sinn": said(found.sentence) if found else _(MEANING[kind]),
        "pflicht": found,
        "rat": kind is A.DATENSCHUTZ,
        "schreiben": paper_url(actor_of(request), eintrag, kind),
        **_material(eintrag, kind, declared),
    }
    return render(request, "register/amt/erklaeren.html", context, status=422 if form.errors else 200)


def _cannot(kind: Erklaerungsart) -> str:
    if kind is A.VERANTWORTUNG:
        return _("Die Verantwortung nimmt nur die Person an, die im Eintrag benannt ist.")
    if ARTEN[kind].chair:
        return _("Das erklärt nur die oder der Vorsitzende der Personalvertretung.")
    return _("Das können Sie hier nicht erklären. Wer es kann, steht im Überblick.")


def _declare(request: HttpRequest, eintrag: Eintrag, kind: Erklaerungsart, duty: str, form: DeclarationForm) -> bool:
    values = form.cleaned_data
    try:
        declaring.declare(
            actor=actor_of(request), eintrag_id=eintrag.pk, art=kind, ergebnis=values["ergebnis"], text=values["text"],
            nachweis=values["nachweis"], schluessel=duty, vollstaendig_ab=values.get("vollstaendig_ab"),
            fassung=values["fassung"],
        )  # fmt: skip
    except OutdatedError:
        form.add_error(None, _("Der Eintrag wurde inzwischen geändert. Bitte sehen Sie ihn noch einmal an."))
        eintrag.refresh_from_db(fields=["bearbeitung"])
        number = eintrag.bearbeitung.nummer if eintrag.bearbeitung else 0
        form.data = {**request.POST.dict(), "fassung": str(number)}
        return False
    except NotPermittedError:
        form.add_error(None, _cannot(kind))
        return False
    except LifecycleError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Erklärt. Es gilt für den Stand des Systems, den Sie gesehen haben."))
    return True


def _material(eintrag: Eintrag, kind: Erklaerungsart, declared: Declared) -> dict[str, Any]:
    """Return what the person should have read before, for the staff representation with what it got and its limit."""
    links = [
        (_("Alle Angaben zum System"), optional_url("amt_angaben", eintrag.kuerzel)),
        (_("Einstufung nach der KI-Verordnung"), optional_url("amt_einstufung", eintrag.kuerzel)),
        (_("Alle Erklärungen"), optional_url("amt_erklaerungen", eintrag.kuerzel)),
        (_("Vergleich mit Menschen"), optional_url("bewertung", eintrag.kuerzel)),
    ]
    informed = declared.get(A.UNTERRICHTUNG)
    holds = informed is not None and declared.holds(informed)
    return {
        "unterlagen": [*((label, url) for label, url in links if url), *_papers(eintrag)],
        "unterrichtung": informed if kind is A.MITBESTIMMUNG and holds else None,
        "frist": lapse_sentence(informed, settings_of(eintrag.mandant)) if informed is not None and holds else "",
        "ohne_unterrichtung": kind is A.MITBESTIMMUNG and not holds,
    }


def _papers(eintrag: Eintrag) -> list[tuple[str, str]]:
    """Return the newest complete version of each document on an entry, as PDF."""
    newest = {row.art: row for row in eintrag.dokumente.filter(fertig_am__isnull=False).order_by("nummer")}
    return [
        (
            _("%(titel)s, Fassung %(nummer)s (PDF)") % {"titel": said(vorlage.titel), "nummer": newest[name].nummer},
            reverse("register:unterlage_datei", args=[eintrag.kuerzel, name, newest[name].nummer, "pdf"]),
        )
        for name, vorlage in vorlagen().items()
        if name in newest
    ]
