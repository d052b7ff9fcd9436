"""What the pages of the gateway share: the tabs, and how refusals of a verb reach the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.base.accounts.access import actor_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet
    from django.forms import BaseForm
    from django.http import HttpRequest

TABS = (
    ("uebersicht", gettext_lazy("Übersicht"), "gateway.view"),
    ("sehen", gettext_lazy("Was sieht das Modell?"), "gateway.look"),
    ("oeffentlich", gettext_lazy("Öffentliche Namen"), "gateway.view"),
    ("modelle", gettext_lazy("Modelle"), "gateway.view"),
    ("energie", gettext_lazy("Energie und Kosten"), "gateway.energy"),
    ("zugaenge", gettext_lazy("Zugänge"), "gateway.own_key"),
    ("aufrufe", gettext_lazy("Aufrufe"), "gateway.calls"),
    ("werkzeuge", gettext_lazy("Werkzeuge"), "gateway.tools"),
    ("einsichten", gettext_lazy("Einsicht"), "gateway.disclose"),
)


def frame(request: HttpRequest, here: str, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """Return tabs and breadcrumb of a page below the tab `here`."""
    actor = actor_of(request)
    tabs = [
        {"titel": label, "url": reverse(f"gateway:{name}"), "hier": name == here}
        for name, label, action in TABS
        if actor.may(action)
    ]
    return {"reiter": tabs, "breadcrumb": [(_("Gateway"), reverse("gateway:uebersicht") if crumbs else ""), *crumbs]}


def found_or_404(rows: QuerySet[Any], **lookup: object) -> Any:
    """Return the one row, or say that the page does not exist."""
    row: Model | None = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row


def attempt(form: BaseForm, verb: Callable[[], Any]) -> Any:
    """Do something; what cannot be done becomes an error of the form, and nothing is returned."""
    try:
        return verb()
    except NotReadyError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
