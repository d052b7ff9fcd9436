"""The frame around each page of an entry for the office: its head, its tabs, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.doing import OutdatedError, steps_for
from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.register.next_step import allowed, optional_url
from leitplanke.apps.register.queries import entry_for
from leitplanke.apps.register.releasing import renewal_asked, substantially_changed
from leitplanke.base.accounts.access import actor_of
from leitplanke.base.accounts.freshness import to_confirmation
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.policy import StepStoppedError, shown
from leitplanke.core.register.fields import StatementError
from leitplanke.core.register.lifecycle import LifecycleError, NotFreshError, Stand

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.base.accounts.access import Actor

# Pages of an entry: name of the address, what it is called, and who may open it. One that is not there is left out.
TABS = (
    ("amt_eintrag", gettext_noop("Überblick"), "register.view"),
    ("amt_angaben", gettext_noop("Angaben"), "register.view"),
    ("amt_einstufung", gettext_noop("Einstufung"), "register.view"),
    ("amt_erklaerungen", gettext_noop("Erklärungen"), "register.view"),
    ("amt_pflichten", gettext_noop("Pflichten"), "register.view"),
    ("bewertung", gettext_noop("Vergleich mit Menschen"), "register.view"),
    ("unterlagen", gettext_noop("Unterlagen"), "register.documents"),
    ("vorfaelle", gettext_noop("Meldungen"), "register.incidents"),
    ("verbrauch", gettext_noop("Energie und Kosten"), "register.figures"),
    ("amt_verlauf", gettext_noop("Verlauf"), "register.view"),
)
# What has a page of its own elsewhere.
ELSEWHERE = {"bearbeiten", "einstufen", "erklaeren"}


def entry_or_404(request: HttpRequest, kuerzel: str) -> Eintrag:
    """Return an entry of the Mandant.

    Raises:
        Http404: there is none.
    """
    try:
        return entry_for(actor_of(request).mandant, kuerzel)
    except Eintrag.DoesNotExist:
        raise Http404 from None


def frame(request: HttpRequest, eintrag: Eintrag, tab: str, *more: str) -> dict[str, Any]:
    """Return what each page of an entry shows; `more` are the last steps of the way to it."""
    actor = actor_of(request)
    home = reverse("register:amt_eintrag", args=[eintrag.kuerzel])
    here = tab == "amt_eintrag" and not more
    crumbs = [(_("Register"), reverse("register:amt_liste")), (eintrag.name, "" if here else home)]
    label = next((_(titel) for name, titel, _action in TABS if name == tab), "")
    if tab != "amt_eintrag":
        crumbs.append((label, optional_url(tab, eintrag.kuerzel) if more else ""))
    return {
        "eintrag": eintrag,
        "reiter": _tabs(actor, eintrag, tab),
        "darf_bearbeiten": allowed(actor, "register.bearbeiten", eintrag) and eintrag.state in _EDITABLE,
        "breadcrumb": [*crumbs, *((titel, "") for titel in more)],
    }


_EDITABLE = frozenset(Stand) - {Stand.BEANTRAGT, Stand.STILLGELEGT}


def _tabs(actor: Actor, eintrag: Eintrag, current: str) -> list[dict[str, Any]]:
    return [
        {"titel": _(titel), "url": url, "hier": name == current}
        for name, titel, action in TABS
        if (url := optional_url(name, eintrag.kuerzel))
        and (action == "register.view" or allowed(actor, action, eintrag))
    ]


def acts_for(actor: Actor, eintrag: Eintrag) -> list[tuple[str, str]]:
    """Return the acts that have a page of their own and make sense now: what they are called and where."""
    changed = eintrag.bearbeitung_id != eintrag.gueltig_id
    other = substantially_changed(eintrag)
    pointless = {
        "aktualisieren": other or not changed,
        "erneuern": not other,
        "erneuerung_freigeben": not other or not renewal_asked(eintrag),
    }
    return [
        (_(ACT_LABELS[act.name]), reverse("register:amt_schritt", args=[eintrag.kuerzel, act.name]))
        for act in steps_for(eintrag, actor)
        if act.name not in ELSEWHERE and not pointless.get(act.name, False)
    ]


def attempt(request: HttpRequest, back: str, verb: Callable[[], object]) -> tuple[bool, HttpResponse | None]:
    """Try a verb: whether it was done, and a page to go to first where somebody must prove who they are.

    What went wrong becomes a sentence on the next page.
    """
    try:
        verb()
    except NotFreshError:
        return False, to_confirmation(request, back)
    except NotPermittedError as error:
        messages.error(request, error.reason or _("Dafür fehlt Ihnen die Berechtigung. Wer es darf, steht im Eintrag."))
    except StepStoppedError as error:
        messages.error(request, shown(error.stop))
    except (LifecycleError, OutdatedError, StatementError) as error:
        messages.error(request, str(error))
    else:
        return True, None
    return False, None
