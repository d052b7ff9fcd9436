"""Reads of the register, each within one Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from leitplanke.apps.register.doing import may
from leitplanke.apps.register.models import PUBLIC_STATES, Eintrag, Registerverlauf
from leitplanke.core.register.fields import Sicht
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def all_entries(mandant: Mandant) -> QuerySet[Eintrag]:
    """Return all entries for staff."""
    return Eintrag.objects.for_mandant(mandant).select_related("einheit", "verantwortlich__person", "bearbeitung")


def public_entries(mandant: Mandant) -> QuerySet[Eintrag]:
    """Return the entries that everybody may read, with the version that is shown.

    What was released once stays readable, also while it is examined anew. What is waiting or was given up is public
    only where it ran in a trial: an idea that came to nothing was never in use. `gezeigt_*` are of the shown version.
    """
    tried = Registerverlauf.objects.for_mandant(mandant).filter(eintrag=OuterRef("pk"), was="erproben")
    running = Q(gueltig__isnull=False) | Q(stand__in=PUBLIC_STATES)
    was_tried = Q(stand__in=(Stand.BEANTRAGT, Stand.STILLGELEGT)) & Exists(tried)
    shown = {
        f"gezeigt_{name}": Coalesce(F(f"gueltig__{name}"), F(f"bearbeitung__{name}"))
        for name in ("name", "lebensbereich", "suchtext", "klasse", "hausklasse")
    }
    rows = Eintrag.objects.for_mandant(mandant).filter(running | was_tried).alias(**shown)
    return rows.select_related("einheit", "gueltig", "bearbeitung").order_by(shown["gezeigt_name"], "pk")


def rows_of(mandant: Mandant, page: Iterable[int]) -> list[Eintrag]:
    """Return the public entries of a page of keys: sorting thousands is quick only without what they say."""
    return list(public_entries(mandant).filter(pk__in=list(page)))


def entry_for(mandant: Mandant, kuerzel: str) -> Eintrag:
    """Return an entry for staff.

    Raises:
        Eintrag.DoesNotExist: there is none here.
    """
    return all_entries(mandant).select_related("gueltig", "mandant", "beantragt_von").get(kuerzel=kuerzel)


def view_of(actor: Actor, eintrag: Eintrag) -> Sicht:
    """Return which statements somebody may see: the confidential ones only who works on the entry or oversees it."""
    members = (*actor.memberships, *actor.acting_for)
    if any(may(one, "register.view_restricted", eintrag) for one in members):
        return Sicht.VERTRAULICH
    return Sicht.INTERN if actor.may("register.view") else Sicht.OEFFENTLICH
