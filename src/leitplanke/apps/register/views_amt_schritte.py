"""The acts of a system's life, each on one page: what will happen, on what it stands, and one button that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register import releasing
from leitplanke.apps.register.amt_page import ELSEWHERE, attempt, entry_or_404, frame
from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.forms_amt import ReasonForm
from leitplanke.apps.register.gate_facts import is_current
from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.apps.register.next_step import allowed, missing_for, parted
from leitplanke.apps.register.policy_facts import points
from leitplanke.apps.register.statements import differences
from leitplanke.apps.register.views_amt_erklaerung import outcome_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.freshness import freshly_authenticated
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import Sicht
from leitplanke.core.register.lifecycle import ACTS, Originator

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.core.register.lifecycle import Act

EFFECTS = {
    "pruefen": gettext_noop(
        "Die Idee wird zum Vorhaben. Als Nächstes wird das System eingestuft, und alle, die etwas beitragen "
        "müssen, sehen es."
    ),
    "erproben": gettext_noop(
        "Beschäftigte dürfen das System ab jetzt erproben. Der Eintrag wird öffentlich. Für Bürgerinnen und "
        "Bürger bleibt die KI aus."
    ),
    "beantragen": gettext_noop(
        "Der Eintrag wird festgehalten und lässt sich bis zur Entscheidung nicht ändern. Eine zweite Person "
        "entscheidet über die Freigabe. Was noch fehlt, darf bis dahin kommen."
    ),
    "zurueckgeben": gettext_noop(
        "Der Antrag auf Freigabe geht zurück in die Prüfung. Alle können wieder am Eintrag arbeiten."
    ),
    "freigeben": gettext_noop(
        "Die KI darf ab jetzt laufen, auch gegenüber Bürgerinnen und Bürgern. Der Eintrag ist öffentlich. Sie "
        "stehen mit Ihrem Namen dafür."
    ),
    "aktualisieren": gettext_noop(
        "Die neuen Angaben werden veröffentlicht. Am System selbst ändert sich nichts Wesentliches, die "
        "Freigabe gilt weiter."
    ),
    "erneuern": gettext_noop(
        "Eine zweite Person entscheidet über die neue Fassung. Bis dahin läuft das System in der "
        "freigegebenen Fassung weiter."
    ),
    "erneuerung_freigeben": gettext_noop(
        "Die neue Fassung gilt ab jetzt und wird veröffentlicht. Sie stehen mit Ihrem Namen dafür."
    ),
    "aussetzen": gettext_noop(
        "Die KI hält sofort an. Anträge, Entscheidungen von Hand und Fristen laufen weiter. Der Grund steht "
        "öffentlich im Eintrag."
    ),
    "stilllegen": gettext_noop(
        "Das System endet endgültig. Der Eintrag bleibt lesbar, lässt sich aber nie wieder öffnen. Der Grund "
        "steht öffentlich im Eintrag."
    ),
}  # fmt: skip
DONE = {
    "pruefen": gettext_noop("Die Prüfung läuft. Als Nächstes wird eingestuft."),
    "beantragen": gettext_noop("Beantragt. Eine zweite Person entscheidet."),
    "erneuern": gettext_noop("Beantragt. Eine zweite Person entscheidet."),
    "freigeben": gettext_noop("Freigegeben."),
    "erneuerung_freigeben": gettext_noop("Die Änderung ist freigegeben."),
    "aussetzen": gettext_noop("Ausgesetzt. Die KI läuft nicht mehr."),
}
# Acts on whose page stands everything that the person answers for.
ANSWERING = {"erproben", "freigeben", "erneuerung_freigeben"}
KEPT = "register-grund"


@requires("register.view")
def schritt(request: HttpRequest, kuerzel: str, act: str) -> HttpResponse:
    """Show what an act does and on what it stands; a POST does it."""
    eintrag = entry_or_404(request, kuerzel)
    if act not in ACTS or act in ELSEWHERE or Originator.PERSON not in ACTS[act].by:
        raise Http404
    home = reverse("register:amt_eintrag", args=[kuerzel])
    if not allowed(actor_of(request), f"register.{act}", eintrag) or eintrag.state not in ACTS[act].before:
        messages.warning(request, _("„%(was)s“ ist hier gerade nicht möglich.") % {"was": _(ACT_LABELS[act])})
        return redirect(home)
    key = f"{KEPT}-{eintrag.pk}-{act}"
    kept = {"text": request.session.get(key, "")}
    form = ReasonForm(request.POST or None, initial=kept) if ACTS[act].reason else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _do(request, eintrag, act, form, key)
    context = frame(request, eintrag, "amt_eintrag", _(ACT_LABELS[act])) | _page(request, eintrag, ACTS[act])
    wrong = form is not None and form.errors
    return render(request, "register/amt/schritt.html", context | {"form": form}, status=422 if wrong else 200)


def _page(request: HttpRequest, eintrag: Eintrag, act: Act) -> dict[str, Any]:
    actor = actor_of(request)
    missing = missing_for(actor, eintrag, act.gate) if act.gate is not None else []
    sure, later = parted(missing)
    asked = actor.person is not None and actor.person.pk == eintrag.beantragt_von_id
    return {
        "akt": act.name,
        "titel": _(ACT_LABELS[act.name]),
        "wirkung": _(EFFECTS[act.name]),
        "fehlt": sure,
        "vielleicht": later,
        "leitlinie": points(eintrag, act.gate)[1] if act.gate is not None else None,
        "selbst": act.second and asked,
        "moeglich": not missing and not (act.second and asked),
        "frisch": freshly_authenticated(request) is not None,
        "gefahr": act.name in {"aussetzen", "stilllegen"},
        "braucht_bestaetigung": act.fresh,
        **(_answers_for(eintrag) if act.name in ANSWERING else {}),
    }


def _answers_for(eintrag: Eintrag) -> dict[str, Any]:
    """Return everything the person stands for: version, class, declarations, evaluation, and what is new."""
    declared = Declared.of(eintrag, timezone.localdate())
    newest = eintrag.einstufungen.first()
    names = {duty.name: said(duty.title) for duty in duties_of(newest, declared)}
    holding = [row for row in declared.newest.values() if declared.holds(row)]
    work, valid = eintrag.bearbeitung, eintrag.gueltig
    changed = differences(valid.angaben, work.angaben, Sicht.INTERN) if valid and work and valid != work else []
    return {
        "verantwortet": True,
        "einstufung": newest,
        "aktuell": newest is not None and is_current(newest, eintrag),
        "erklaert": [(names.get(row.schluessel, row.get_art_display()), row, outcome_of(row)) for row in holding],
        "bewertung": eintrag.bewertungen.first(),
        "neu": changed,
        "vorfaelle": eintrag.vorfaelle.filter(erledigt_am__isnull=True).count(),
    }


def _do(request: HttpRequest, eintrag: Eintrag, act: str, form: ReasonForm | None, key: str) -> HttpResponse:
    here = reverse("register:amt_schritt", args=[eintrag.kuerzel, act])
    text = form.cleaned_data["text"] if form is not None else ""
    done, first = attempt(request, here, lambda: _verb(request, eintrag, act, text))
    if not done:
        request.session[key] = text  # whoever must prove who they are first comes back to what they wrote
        return first or redirect(here)
    request.session.pop(key, None)
    messages.success(request, _(DONE.get(act, gettext_noop("Erledigt."))))
    return redirect("register:amt_eintrag", kuerzel=eintrag.kuerzel)


def _verb(request: HttpRequest, eintrag: Eintrag, act: str, text: str) -> object:
    actor, fresh = actor_of(request), freshly_authenticated(request)
    seen = request.POST.get("fassung", "")
    what: dict[str, Any] = {"actor": actor, "eintrag_id": eintrag.pk}
    version: dict[str, Any] = {**what, "fassung": int(seen) if seen.isdigit() and len(seen) < 7 else 0}
    verbs: dict[str, Callable[[], object]] = {
        "pruefen": lambda: releasing.examine(**what),
        "erproben": lambda: releasing.try_out(**what, fresh_at=fresh),
        "beantragen": lambda: releasing.ask_release(**what),
        "zurueckgeben": lambda: releasing.send_back(**what, text=text),
        "freigeben": lambda: releasing.release(**version, fresh_at=fresh),
        "aktualisieren": lambda: releasing.publish(**version),
        "erneuern": lambda: releasing.ask_renewal(**what),
        "erneuerung_freigeben": lambda: releasing.release_renewal(**version, fresh_at=fresh),
        "aussetzen": lambda: releasing.suspend(**what, text=text),
        "stilllegen": lambda: releasing.decommission(**what, text=text, fresh_at=fresh),
    }
    return verbs[act]()
