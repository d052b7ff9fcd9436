"""Pages of the frame: where to begin, for citizens and for each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.catalogue import cards_of
from leitplanke.apps.leitlinie.waiting import to_read, to_train
from leitplanke.apps.leitlinie.waiting import waiting_for as waiting_versions
from leitplanke.apps.regelwerk.public import usable_regelwerke, waiting_changes
from leitplanke.apps.register.waiting import waiting_for as waiting_entries
from leitplanke.apps.wissen.forms import FrageForm
from leitplanke.apps.wissen.public import answers_stopped, open_spaces, waiting_for
from leitplanke.base.accounts.access import actor_of, requires

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from leitplanke.base.accounts.access import Actor

# What a role does here: shown to whoever may do it.
TASKS = (
    ("wissen.add_source", "wissen:liste", _("Quellen pflegen")),
    ("wissen.edit_vocabulary", "wissen:stichworte", _("Stichworte pflegen")),
    ("wissen.manage_space", "wissen:raum_neu", _("Wissensraum anlegen")),
    ("regelwerk.propose", "regelwerk:liste", _("Regelwerke pflegen")),
    ("register.add", "register:amt_neu", _("KI-System oder Idee eintragen")),
    ("leitlinie.record_training", "leitlinie:schulungen", _("Schulungen eintragen")),
    ("leitlinie.count_readers", "leitlinie:kenntnis_ueberblick", _("Sehen, wie viele die Leitlinie gelesen haben")),
    ("leitlinie.simulate", "leitlinie:ausprobieren", _("Leitlinie ausprobieren: Was passiert, wenn …")),
    ("simulation.start", "simulation:neu", _("Recht simulieren")),
    ("account.list_people", "personen", _("Personen und Rollen verwalten")),
    ("notify.view_all", "notify:postausgang", _("Postausgang ansehen")),
    ("evidence.list", "evidence:list", _("Nachweise durchsehen")),
    ("evidence.view_resolutions", "evidence:resolutions", _("Pseudonyme auflösen")),
    ("account.view_permissions", "berechtigungen", _("Nachlesen, wer was darf")),
    ("account.set_deputy", "konto", _("Vertretung einrichten")),
    ("antrag.list", "antrag:rueckrufe", _("Zurückrufen, wer darum bat")),
    ("wissen.view_history", "wissen:verlauf", _("Meine Fragen")),
)


@dataclass(frozen=True, slots=True)
class Task:
    """A link to something the acting person does here."""

    label: str | Promise
    url: str


def tasks_of(actor: Actor) -> list[Task]:
    """Return the tasks that `actor`'s roles allow."""
    return [Task(label, reverse(name)) for action, name, label in TASKS if actor.may(action)]


@requires("start.view")
def start(request: HttpRequest) -> HttpResponse:
    """Show where to begin."""
    actor = actor_of(request)
    context = {
        "form": FrageForm(),
        "ohne_ki": answers_stopped(actor),
        "raeume": open_spaces(actor),
        "wartend": waiting_for(actor),
        "aenderungen": waiting_changes(actor),
        "register": waiting_entries(actor) if actor.is_staff else [],
        "fassungen": waiting_versions(actor) if actor.is_staff else [],
        "zu_lesen": to_read(actor),
        "zu_schulen": to_train(actor),
        "antraege": cards_of(actor.mandant),
        "regelwerke": usable_regelwerke(actor.mandant),
        "aufgaben": tasks_of(actor) if actor.is_staff else [],
        "rollen": sorted(membership.get_rolle_display() for membership in actor.memberships),
    }
    return render(request, "start.html", context)
