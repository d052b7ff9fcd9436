"""Pages on which a guideline is tried: on one step, and on the calls of the last 90 days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.forms_probieren import IN_FORCE, TryForm, query_of
from leitplanke.apps.leitlinie.models import Fassungsstand
from leitplanke.apps.leitlinie.queries import profile_for, versions_of
from leitplanke.apps.leitlinie.trials import DAYS, try_on_the_past
from leitplanke.apps.leitlinie.trying import facts_for, outcome_of
from leitplanke.apps.leitlinie.werkstatt_page import frame, version_or_404
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.policy import active, policy_of
from leitplanke.core.guideline.writing.cases import fact_words
from leitplanke.core.policy import Case, Policy, compile_profile

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor

MOST_PRESETS = 6


@requires("leitlinie.simulate")
def ausprobieren(request: HttpRequest) -> HttpResponse:
    """Try what a guideline says of a step."""
    actor = actor_of(request)
    versions = list(versions_of(actor.mandant).exclude(stand=Fassungsstand.VERWORFEN))
    tried = next((one for one in versions if str(one.nummer) == request.GET.get("was")), None)
    policy = compile_profile(profile_for(tried)) if tried else policy_of(actor.mandant)
    given = request.GET.dict()
    clause = next((one for one in policy.profile.clauses if one.number == given.get("klausel")), None)
    if clause is not None and "schritt" not in given and clause.cases:
        given |= query_of(next((case for case in clause.cases if case.applies), clause.cases[0]))
    if tried is None:
        given["was"] = IN_FORCE
    form = TryForm(given, policy.profile, _offered(actor, versions))
    context = {
        "form": form,
        "ergebnis": outcome_of(policy, form.facts()),
        "verlinkt": tried is None,
        "faelle": _presets(policy, str(form.step), str(given["was"]), given.get("klausel", "")),
        "breadcrumb": [(_("Leitlinie"), reverse("leitlinie:liste")), (_("Was passiert, wenn …"), "")],
    }
    partial = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "ergebnis"
    return render(request, f"leitlinie/probieren/{'_ergebnis' if partial else 'ausprobieren'}.html", context)


def _offered(actor: Actor, versions: list[Leitlinienfassung]) -> list[tuple[str, str]]:
    now = active(actor.mandant)
    holds = _("Was heute gilt (Fassung %(nummer)s)") if now.adopted else _("Was heute gilt (Grundregeln)")
    return [
        (IN_FORCE, holds % {"nummer": now.version} if now.adopted else holds),
        *((str(one.nummer), f"{one} ({one.get_stand_display()})") for one in versions),
    ]


def _presets(policy: Policy, step: str, what: str, number: str) -> list[tuple[str, str]]:
    """Return cases of the clauses that speak of this step, those of a clause that was asked for first."""
    found: list[tuple[str, str]] = []
    clauses = sorted(policy.profile.clauses, key=lambda clause: clause.number != number)
    asked = set(facts_for(policy.profile, step))
    for clause in clauses:
        own = [case for case in clause.cases if _step_of(case) == step and set(case.facts) - {"schritt"} <= asked]
        if own:
            query = urlencode({"was": what, **query_of(own[0])})
            found.append((own[0].text or _words(own[0]), f"?{query}"))
        if len(found) == MOST_PRESETS:
            break
    return found


def _words(case: Case) -> str:
    words = (fact_words(name, value) for name, value in case.facts.items() if name != "schritt")
    return " ".join(words) or _("Jedes Mal")


def _step_of(case: Case) -> str:
    return str(case.facts.get("schritt") or "modellaufruf")


@requires("leitlinie.simulate")
def probelauf(request: HttpRequest, nummer: int) -> HttpResponse:
    """Show what a version would have said to the calls of the last 90 days."""
    version = version_or_404(request, nummer)
    mandant = actor_of(request).mandant
    trial = try_on_the_past(mandant, compile_profile(profile_for(version)))
    context: dict[str, Any] = frame(request, version, "probelauf") | {
        "lauf": trial,
        "tage": DAYS,
        "wochen": [(week, tally) for week, tally in trial.weeks.items()],
        "zwecke": list(trial.purposes.items()),
        "gilt": active(mandant),
    }
    return render(request, "leitlinie/probieren/probelauf.html", context)
