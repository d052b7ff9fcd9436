"""Beginning a version: short questions, an example, a document, another town's guideline, the previous version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.clauses import decide_clause, last_change, remove_clause
from leitplanke.apps.leitlinie.doing import WrongStateError, whole_number
from leitplanke.apps.leitlinie.forms_fragen import ChapterForm
from leitplanke.apps.leitlinie.forms_werkstatt import ExampleForm, TitleForm
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung
from leitplanke.apps.leitlinie.queries import choice_of, guideline_of, versions_of
from leitplanke.apps.leitlinie.werkstatt_page import frame, optional_url, version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.core.guideline import Area, Example, compare, example_guideline
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.core.guideline import Block, Choice

# What an example is called and for whom it is.
EXAMPLES = {
    Example.STRENG: (
        gettext_noop("streng"),
        gettext_noop(
            "Für den vorsichtigen Anfang: wenige Werkzeuge, Daten bleiben im Haus, jeder Schritt wird freigegeben."
        ),
    ),
    Example.AUSGEWOGEN: (
        gettext_noop("ausgewogen"),
        gettext_noop("Für die meisten Kommunen: Menschen entscheiden, vieles ist mit Regeln erlaubt."),
    ),
    Example.OFFEN: (
        gettext_noop("offen"),
        gettext_noop("Für Kommunen mit Erfahrung: mehr Freiheit für Beschäftigte, mehr Verantwortung bei ihnen."),
    ),
}
CORE_CHAPTERS = tuple(area for area in Area if any(block.core and block.area is area for block in blocks().values()))


@requires("leitlinie.begin")
def beginnen(request: HttpRequest) -> HttpResponse:
    """Show the ways to begin; begin with short questions or with a version that exists."""
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("weg") == "fassung":
            return _from_version(request, request.POST.get("fassung", ""), form.cleaned_data["titel"])
        beginning = Beginning(form.cleaned_data["titel"], Herkunft.FRAGEN, core=True)
        version = begin_version(actor=actor_of(request), beginning=beginning)
        return redirect("leitlinie:fragen", nummer=version.nummer, kapitel=CORE_CHAPTERS[0].value)
    context = {
        "form": form,
        "fassungen": versions_of(actor_of(request).mandant)[:20],
        "angefangen": versions_of(actor_of(request).mandant).filter(stand=Fassungsstand.ENTWURF, nur_kern=True).first(),
        "einlesen": optional_url("einlesen"),
        "uebernehmen": optional_url("uebernehmen"),
        "fragen": sum(block.core for block in blocks().values()),
        "alle": len(blocks()),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Beginnen"), "")],
    }
    return render(request, "leitlinie/werkstatt/beginnen.html", context, status=422 if form.errors else 200)


def _from_version(request: HttpRequest, number: str, title: str) -> HttpResponse:
    actor = actor_of(request)
    before = next((one for one in versions_of(actor.mandant) if str(one.nummer) == number), None)
    if before is None:
        messages.error(request, _("Bitte wählen Sie die Fassung, mit der Sie beginnen wollen."))
        return redirect("leitlinie:beginnen")
    # What the town has adopted, people have looked at.
    beginning = Beginning(
        title, Herkunft.FASSUNG, str(before), guideline_of(before).choices,
        looked_at=before.stand == Fassungsstand.BESCHLOSSEN, core=before.nur_kern, before=before,
    )  # fmt: skip
    return redirect("leitlinie:fassung", nummer=begin_version(actor=actor, beginning=beginning).nummer)


@requires("leitlinie.begin")
def beispiel(request: HttpRequest) -> HttpResponse:
    """Show the examples side by side; begin with one of them."""
    form = ExampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        example = Example(form.cleaned_data["beispiel"])
        choices = example_guideline(blocks(), example).choices
        beginning = Beginning(form.cleaned_data["titel"], Herkunft.BEISPIEL, example.value, choices)
        version = begin_version(actor=actor_of(request), beginning=beginning)
        messages.success(request, _("Begonnen. Sehen Sie jetzt die Klauseln an; jede lässt sich ändern."))
        return redirect("leitlinie:fassung", nummer=version.nummer)
    guidelines = [example_guideline(blocks(), example) for example in EXAMPLES]
    rows = compare(guidelines, blocks(), only_differences=True)
    context = {
        "form": form,
        "beispiele": [(example.value, _(name), _(text)) for example, (name, text) in EXAMPLES.items()],
        "kapitel": [
            (_(CHAPTERS[area]), here) for area in Area if (here := [row for row in rows if row.block.area is area])
        ],
        "gleich": len(blocks()) - len(rows),
        "breadcrumb": [
            (_("Leitlinie"), reverse("leitlinie:liste")), (_("Beginnen"), reverse("leitlinie:beginnen")),
            (_("Beispiele"), ""),
        ],
    }  # fmt: skip
    return render(request, "leitlinie/werkstatt/beispiel.html", context, status=422 if form.errors else 200)


@requires("leitlinie.edit")
def fragen(request: HttpRequest, nummer: int, kapitel: str) -> HttpResponse:
    """Ask the short questions of a chapter; what was answered is kept at once, so that it can be left at any time."""
    version = version_or_404(request, nummer)
    if kapitel not in set(CORE_CHAPTERS):
        raise Http404
    if version.stand != Fassungsstand.ENTWURF:
        messages.warning(request, _("Diese Fassung ist kein Entwurf mehr. Ihre Antworten ändern sich nicht mehr."))
        return redirect("leitlinie:fassung", nummer=nummer)
    area = Area(kapitel)
    place = CORE_CHAPTERS.index(area)
    asked = [block for block in blocks().values() if block.core and block.area is area]
    decided = {clause.baustein: choice_of(clause) for clause in version.klauseln.all()}
    form = ChapterForm(
        request.POST or None, blocks=asked, decided=decided, answered=_left_open(version, asked, decided)
    )
    if request.method == "POST" and form.is_valid():
        _keep(request, version, form, decided)
        later = "spaeter" in request.POST or place + 1 == len(CORE_CHAPTERS)
        if later:
            messages.success(request, _("Ihre Antworten sind gespeichert."))
            return redirect("leitlinie:fassung", nummer=nummer)
        return redirect("leitlinie:fragen", nummer=nummer, kapitel=CORE_CHAPTERS[place + 1].value)
    context = frame(request, version, "fassung", (_("Fragen"), "")) | {
        "form": form,
        "gesehen": request.POST.get("gesehen") or version.aenderungszaehler,
        "titel": _(CHAPTERS[area]),
        "schritte": _steps(version, place, decided),
        "nummer": place + 1,
        "anzahl": len(CORE_CHAPTERS),
        "zurueck": reverse("leitlinie:fragen", args=[nummer, CORE_CHAPTERS[place - 1].value]) if place else "",
    }
    return render(request, "leitlinie/werkstatt/fragen.html", context, status=422 if form.errors else 200)


def _left_open(version: Leitlinienfassung, asked: list[Block], decided: dict[str, Choice]) -> frozenset[str]:
    """Return the questions of a chapter that somebody has been at and left open."""
    names = {block.id for block in asked}
    been_here = bool(names & decided.keys())
    touched = set(version.klauselstaende.filter(baustein__in=names).values_list("baustein", flat=True))
    return frozenset(name for name in names - decided.keys() if been_here or name in touched)


def _keep(request: HttpRequest, version: Leitlinienfassung, form: ChapterForm, decided: dict[str, Choice]) -> None:
    """Keep what was answered; words and reasons that stand there already stay."""
    actor, why, taken = actor_of(request), _("kurze Fragen"), []
    seen = whole_number(request.POST.get("gesehen", ""))
    try:
        for block, answer in form.choices():
            before = decided.get(block)
            if last_change(version, block) > seen:  # somebody else was here since the page was opened
                taken.append(blocks()[block].title)
                continue
            if answer is not None:
                choice = replace(before, option=answer.option, values=answer.values) if before else answer
                decide_clause(actor=actor, version_id=version.pk, choice=choice, reason=why)
            elif before is not None:
                remove_clause(actor=actor, version_id=version.pk, block=block, reason=why)
    except WrongStateError as error:
        messages.error(request, str(error))
    if taken:
        text = _("Inzwischen hat jemand anderes entschieden, Ihre Antwort dazu ist nicht übernommen: %(fragen)s")
        messages.warning(request, text % {"fragen": ", ".join(taken)})


def _steps(version: Leitlinienfassung, place: int, decided: dict[str, Choice]) -> list[dict[str, str]]:
    steps = []
    for number, area in enumerate(CORE_CHAPTERS):
        names = [block.id for block in blocks().values() if block.core and block.area is area]
        state = "now" if number == place else "done" if any(name in decided for name in names) else "open"
        url = reverse("leitlinie:fragen", args=[version.nummer, area.value])
        steps.append({"titel": _(CHAPTERS[area]), "state": state, "url": url, "anzahl": str(len(names))})
    return steps
