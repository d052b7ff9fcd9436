"""What the pages for applicants share: whose application it is, whom to ask, and the steps of the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from leitplanke.apps.antrag.calculating import engine_of, result_of
from leitplanke.apps.antrag.intake import NotOfferedError, settings_for
from leitplanke.apps.antrag.needed import Needed, needed_documents, open_questions
from leitplanke.apps.antrag.opening import own_application
from leitplanke.apps.antrag.procedures import Offer, verfahren_for, verfahren_of
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import ActError, Stand

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mandant, Organisationseinheit
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Verfahren

    View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Contact:
    """The human beings behind a procedure."""

    stelle: str
    telefon: str
    zeiten: str
    anschrift: str
    email: str
    url: str

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(char for char in self.telefon if char.isdigit() or char == "+")


def contact_of(mandant: Mandant, einheit: Organisationseinheit, url: str) -> Contact:
    """Return whom to ask about a procedure; `url` leads to a form that asks for a call."""
    telefon = einheit.telefon or mandant.telefon
    return Contact(einheit.name, telefon, mandant.zeiten, mandant.anschrift, mandant.email, url)


def offer_of(request: HttpRequest, name: str) -> Offer:
    """Return a procedure that the town of this request offers.

    Raises:
        Http404: it does not.
    """
    mandant = actor_of(request).mandant
    try:
        einstellung = settings_for(mandant, name)
        return Offer(verfahren_for(mandant, name), einstellung)
    except (NotOfferedError, UnknownRegelwerkError, RulesError):
        raise Http404 from None


def offer_context(request: HttpRequest, offer: Offer, *crumb: tuple[str, str]) -> dict[str, Any]:
    """Return what every page about a procedure shows."""
    verfahren, titel = offer.verfahren, said(offer.verfahren.titel)
    page = reverse("antrag:seite", args=[verfahren.name])
    call = reverse("antrag:rueckruf", args=[verfahren.name])
    return {
        "verfahren": verfahren,
        "titel": titel,
        "antragsdatum": said(verfahren.antragsdatum),
        "kontakt": contact_of(actor_of(request).mandant, offer.einstellung.einheit, call),
        "breadcrumb": [(_("Anträge"), reverse("antrag:katalog")), (titel, page if crumb else ""), *crumb],
    }


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, also where that is nothing; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def for_applicant(view: View) -> View:
    """Let only the owner or the holder of the access code in; everybody else meets a page that asks for the code."""

    @requires("antrag.apply")
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, kennung: UUID, **values: Any) -> HttpResponse:
        antrag = own_application(request, kennung)
        if antrag is None:
            return render(request, "antrag/buerger/nicht_hier.html", status=404)
        try:
            return view(request, antrag, **values)
        except ActError as error:
            messages.error(request, str(error))
            return redirect("antrag:mein_antrag", antrag.kennung)

    return guarded


def for_draft(view: View) -> View:
    """As `for_applicant`, for steps of the form: what was handed in already is shown where it stands."""

    @wraps(view)
    def filling(request: HttpRequest, antrag: Antrag, **values: Any) -> HttpResponse:
        if antrag.state is not Stand.ENTWURF:
            return redirect("antrag:mein_antrag", antrag.kennung)
        return view(request, antrag, **values)

    return for_applicant(filling)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the form as the reader sees it."""

    name: str
    label: str
    url: str
    state: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An application with what its rules say, worked out once for a page."""

    antrag: Antrag
    verfahren: Verfahren
    result: Result | None
    documents: list[Needed]
    questions: list[str]

    @property
    def title(self) -> str:
        """What is applied for."""
        return said(self.verfahren.titel)

    @property
    def missing_documents(self) -> list[Needed]:
        """The documents that are needed and not there."""
        return [item for item in self.documents if item.missing]


def case_of(antrag: Antrag) -> Case:
    """Return an application with what is missing in it."""
    verfahren = verfahren_of(antrag)
    try:
        result = result_of(antrag, engine_of(antrag))
    except RulesError:
        result = None
    questions = open_questions(antrag, result) if result is not None else []
    return Case(antrag, verfahren, result, needed_documents(antrag, verfahren, result), questions)


def case_context(case: Case, *crumb: tuple[str, str]) -> dict[str, Any]:
    """Return what every page of an application shows."""
    antrag = case.antrag
    call = reverse("antrag:mein_mensch", args=[antrag.kennung])
    home = reverse("antrag:mein_antrag", args=[antrag.kennung])
    label = f"{case.title} {antrag.nummer}".strip()
    return {
        "antrag": antrag,
        "fall": case,
        "verfahren": case.verfahren,
        "titel": case.title,
        "kontakt": contact_of(antrag.mandant, antrag.einheit, call),
        "breadcrumb": [(_("Meine Anträge"), reverse("antrag:meine")), (label, home if crumb else ""), *crumb],
    }


def steps_of(case: Case, now: str = "") -> list[Step]:
    """Return the steps of the form, with how far they are."""
    antrag = case.antrag
    missing = len([item for item in case.missing_documents if not item.spaeter])
    done = {
        "person": bool(antrag.name),
        "fragen": bool(antrag.fakten) and not case.questions,
        "unterlagen": bool(antrag.fakten) and not missing,
        "zustellung": bool(antrag.name and antrag.fakten),
        "pruefen": False,
    }
    texts = {
        "fragen": _still_open(len(case.questions)) if antrag.fakten else "",
        "unterlagen": ngettext("%(zahl)d fehlt noch", "%(zahl)d fehlen noch", missing) % {"zahl": missing}
        if missing
        else "",
    }
    texts["zustellung"] = _("im Portal") if antrag.portal else _("mit der Post") if done["zustellung"] else ""
    labels = {
        "person": _("Wer stellt den Antrag?"),
        "fragen": _("Fragen beantworten"),
        "unterlagen": _("Unterlagen beifügen"),
        "zustellung": _("Wie erreicht Sie der Bescheid?"),
        "pruefen": _("Prüfen und absenden"),
    }
    return [
        Step(
            name,
            label,
            reverse(f"antrag:schritt_{name}", args=[antrag.kennung]),
            "now" if name == now else "done" if done[name] else "open",
            texts.get(name, ""),
        )
        for name, label in labels.items()
    ]


def _still_open(number: int) -> str:
    text = ngettext("%(zahl)d Frage ist noch offen", "%(zahl)d Fragen sind noch offen", number)
    return text % {"zahl": number} if number else ""
