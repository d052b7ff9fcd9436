"""Pages of one entry: what it is and the one next step, its duties, and how it came to be what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.amt_page import acts_for, entry_or_404, frame
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.gate_facts import is_current
from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.apps.register.models import Eintrag, Eintragsfassung, Erklaerungsart
from leitplanke.apps.register.next_step import gate_of, may_give, missing_for, next_step, optional_url, parted
from leitplanke.apps.register.queries import view_of
from leitplanke.apps.register.statements import differences
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.reading import whole_number
from leitplanke.base.interview.wording import said
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.fields import felder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.duties import Duty
    from leitplanke.base.accounts.access import Actor

# Acts of the history that are not acts of the life cycle.
OTHER_ACTS = {
    "angelegt": gettext_noop("Eingetragen"),
    "pruefplan": gettext_noop("Prüfplan festgelegt"),
    "bewertet": gettext_noop("Bewertung ausgewertet"),
    "unterlage": gettext_noop("Unterlage erstellt"),
    "gemeldet": gettext_noop("Vorfall oder Beschwerde gemeldet"),
    "vorfall_bearbeitet": gettext_noop("Meldung bearbeitet"),
    "uebernommen": gettext_noop("Aus einer Datei übernommen"),
}
WHEN = {
    "vor_einsatz": gettext_noop("vor dem Einsatz"),
    "laufend": gettext_noop("laufend"),
    "sofort": gettext_noop("sofort"),
}
MOST_HISTORY = 200


@requires("register.view")
def eintrag(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show what a system is, where it stands, the one next step, and what is missing for the next gate."""
    entry = entry_or_404(request, kuerzel)
    actor = actor_of(request)
    gate = gate_of(entry)
    missing = missing_for(actor, entry, gate) if gate is not None else []
    sure, later = parted(missing)
    step = next_step(actor, entry, missing)
    newest = entry.einstufungen.first()
    said_now = entry.bearbeitung.angaben if entry.bearbeitung else {}
    context = frame(request, entry, "amt_eintrag") | {
        "schritt": step,
        "fehlt": sure,
        "vielleicht": later,
        "tor": gate is not None,
        "eingestuft": newest,
        "aktuell": newest is not None and is_current(newest, entry),
        "zweck": said_now.get("zweck", ""),
        "eckdaten": list(_key_facts(said_now)),
        "schritte": [(label, url) for label, url in acts_for(actor, entry) if url != step.url],
        "oeffentlich": optional_url("eintrag", entry.kuerzel) if entry.is_public else "",
        "neuer": entry.gueltig is not None and entry.gueltig_id != entry.bearbeitung_id,
    }
    return render(request, "register/amt/eintrag.html", context)


def _key_facts(angaben: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return the few statements that tell a system from another."""
    for name in ("anbieter", "modell", "betrieb", "automatisierung", "lebensbereich"):
        feld, value = felder()[name], angaben.get(name)
        if value:
            yield said(feld.titel), said(feld.optionen[value]) if feld.optionen and value in feld.optionen else value


@requires("register.view")
def pflichten(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show the duties that follow from the classification, by due date, with evidence where there is some."""
    entry = entry_or_404(request, kuerzel)
    today = timezone.localdate()
    duties = duties_of(entry.einstufungen.first(), Declared.of(entry, today))
    rows = [_duty(actor_of(request), entry, duty, today) for duty in duties]
    context = frame(request, entry, "amt_pflichten") | {
        "offen": [row for row in rows if not row["pflicht"].fulfilled],
        "erfuellt": [row for row in rows if row["pflicht"].fulfilled],
        "faellig": sum(bool(row["faellig"]) for row in rows),
        "eingestuft": entry.einstufungen.exists(),
    }
    return render(request, "register/amt/pflichten.html", context)


def _duty(actor: Actor, entry: Eintrag, duty: Duty, today: date) -> dict[str, Any]:
    """Return a duty in words, with where the acting person can show that it is fulfilled."""
    owner = load_ki_verordnung().owners.get(duty.owner)
    url = ""
    if duty.art is not None and may_give(actor, entry, duty.art):
        url = reverse("register:amt_erklaeren", args=[entry.kuerzel, duty.art.value])
        url += f"?{urlencode({'pflicht': duty.name})}" if duty.art is Erklaerungsart.PFLICHT else ""
    return {
        "pflicht": duty,
        "titel": said(duty.title),
        "satz": said(duty.sentence),
        "wer": said(owner) if owner is not None else duty.owner,
        "wann": _(WHEN[duty.when]) if duty.when in WHEN else "",
        "faellig": duty.is_open(today),
        "url": url,
    }


@requires("register.view")
def verlauf(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show what happened to an entry, and in what two of its versions differ."""
    entry = entry_or_404(request, kuerzel)
    versions = list(entry.fassungen.select_related("von").defer("angaben"))
    before, after = _chosen(request, entry, versions)
    sicht = view_of(actor_of(request), entry)
    history = entry.verlauf.select_related("von__person")[:MOST_HISTORY]
    context = frame(request, entry, "amt_verlauf") | {
        "verlauf": [{"zeile": row, "was": _act_in_words(row.was)} for row in history],
        "fassungen": versions,
        "vorher": before,
        "nachher": after,
        "unterschiede": differences(before.angaben, after.angaben, sicht) if before and after else [],
    }
    return render(request, "register/amt/verlauf.html", context)


def _act_in_words(name: str) -> str:
    return _(ACT_LABELS.get(name) or OTHER_ACTS.get(name, name))


def _chosen(
    request: HttpRequest, entry: Eintrag, versions: list[Eintragsfassung]
) -> tuple[Eintragsfassung | None, Eintragsfassung | None]:
    """Return the versions to compare: those asked for, else the newest two."""
    numbers = {one.nummer for one in versions}
    newest = [one.nummer for one in versions[:2]]
    asked = [whole_number(request.GET.get(name, "")) for name in ("von", "bis")]
    wanted = sorted(number for number in asked if number in numbers) if None not in asked else sorted(newest)
    if len(wanted) != 2 or wanted[0] == wanted[1]:
        wanted = sorted(newest)
    if len(wanted) != 2:
        return None, None
    found = {one.nummer: one for one in entry.fassungen.filter(nummer__in=wanted)}
    return found[wanted[0]], found[wanted[1]]
