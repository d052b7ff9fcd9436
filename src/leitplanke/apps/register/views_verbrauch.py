"""Figures: what a system used and cost in a month, and a table of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.register import figures
from leitplanke.apps.register.amt_page import entry_or_404, frame
from leitplanke.apps.register.doing import may
from leitplanke.apps.register.figures_reading import HEAD, read_table
from leitplanke.apps.register.forms_ueberblick import MonthForm, TableForm
from leitplanke.apps.register.portfolio_figures import series
from leitplanke.apps.register.queries import all_entries
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.permissions import NotPermittedError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.register.models import Eintrag

MONTHS = 24


@requires("register.figures")
def verbrauch(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show what a system used and cost, and keep the figures of a month."""
    actor = actor_of(request)
    eintrag = entry_or_404(request, kuerzel)
    today = timezone.localdate()
    form = MonthForm(request.POST if request.method == "POST" else None, initial={"monat": f"{today:%m.%Y}"})
    if form.is_valid() and _kept(request, eintrag, form):
        messages.success(request, _("Gespeichert."))
        return redirect("register:verbrauch", kuerzel=kuerzel)
    context = {
        **frame(request, eintrag, "verbrauch"),
        "form": form,
        "darf": any(may(one, figures.ACTION, eintrag) for one in (*actor.memberships, *actor.acting_for)),
        "verlauf": series(actor.mandant, today, MONTHS, eintrag),
    }
    return render(request, "register/ueberblick/verbrauch.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, eintrag: Eintrag, form: MonthForm) -> bool:
    month = figures.Month(eintrag.kuerzel, form.cleaned_data["monat"], form.figures())
    try:
        figures.set_month(actor=actor_of(request), month=month)
    except figures.FigureError as error:
        form.add_error(error.field or None, str(error))
    except NotPermittedError:
        form.add_error(None, _("Das System gehört zu einer anderen Stelle."))
    else:
        return True
    return False


@requires("register.figures")
def hochladen(request: HttpRequest) -> HttpResponse:
    """Keep figures of many systems and months from a table, all of them or none."""
    form = TableForm(request.POST or None, request.FILES or None) if request.method == "POST" else TableForm()
    if form.is_valid():
        try:
            count = figures.set_months(actor=actor_of(request), months=read_table(form.cleaned_data["datei"].read()))
        except figures.FigureError as error:
            form.add_error("datei", str(error))
        except NotPermittedError:
            form.add_error("datei", _("Ein System darin gehört zu einer anderen Stelle. Nichts wurde gespeichert."))
        else:
            text = ngettext("%(zahl)s Zahl gespeichert.", "%(zahl)s Zahlen gespeichert.", count) % {"zahl": count}
            messages.success(request, text)
            return redirect("register:ueberblick")
    rows = all_entries(actor_of(request).mandant)
    context = {
        "form": form, "kopf": ";".join(HEAD), "systeme": rows.values_list("kuerzel", "name"),
        "breadcrumb": [*_home(), (_("Zahlen hochladen"), "")],
    }  # fmt: skip
    return render(request, "register/ueberblick/hochladen.html", context, status=422 if form.errors else 200)


def _home() -> list[tuple[str, str]]:
    return [(_("Register"), reverse("register:amt_liste")), (_("Überblick"), reverse("register:ueberblick"))]
