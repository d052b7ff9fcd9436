"""Pages on which people say what a system is: a new entry, its statements by group, who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.register import entries
from leitplanke.apps.register.amt_page import entry_or_404, frame
from leitplanke.apps.register.doing import OutdatedError
from leitplanke.apps.register.forms_amt import HeadForm, NewEntryForm
from leitplanke.apps.register.forms_amt_angaben import ADD, GroupForm, initial_of
from leitplanke.apps.register.queries import view_of
from leitplanke.apps.register.statements import Difference, differences, groups_of
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import Gruppe, Sicht, StatementError, checked, essential_digest, felder
from leitplanke.core.register.lifecycle import LifecycleError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.apps.register.models import Eintrag


@requires("register.add")
def neu(request: HttpRequest) -> HttpResponse:
    """Take up an idea, in four answers."""
    actor = actor_of(request)
    own = next((one.einheit_id for one in actor.memberships if one.einheit_id), "")
    form = NewEntryForm(request.POST or None, mandant=actor.mandant, initial={"einheit": own})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        unit = Organisationseinheit.objects.for_mandant(actor.mandant).get(pk=values["einheit"])
        angaben = {"zweck": values["zweck"], "problem": values["problem"]}
        eintrag = entries.add_entry(actor=actor, name=values["name"], einheit=unit, angaben=angaben)
        messages.success(request, _("Eingetragen. Die Stelle und die KI-Beauftragte sehen die Idee jetzt."))
        return redirect("register:amt_eintrag", kuerzel=eintrag.kuerzel)
    context = {
        "form": form,
        "breadcrumb": [(_("Register"), reverse("register:amt_liste")), (_("System oder Idee eintragen"), "")],
    }
    return render(request, "register/amt/neu.html", context, status=422 if form.errors else 200)


@requires("register.view")
def angaben(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Show what the entry says, as far as the acting person may see it, and what is new."""
    eintrag = entry_or_404(request, kuerzel)
    sicht = view_of(actor_of(request), eintrag)
    work, valid = eintrag.bearbeitung, eintrag.gueltig
    now = work.angaben if work else {}
    released = valid.angaben if valid is not None and valid != work else None
    context = frame(request, eintrag, "amt_angaben") | {
        "gruppen": groups_of(now, released, sicht),
        "sicht": sicht.value,
        "neuer": released is not None,
        "anders": released is not None and essential_digest(now) != essential_digest(released),
    }
    return render(request, "register/amt/angaben.html", context)


@requires("register.bearbeiten")
def gruppe(request: HttpRequest, kuerzel: str, gruppe: str) -> HttpResponse:
    """Change a group of statements; what somebody else saved meanwhile is told, and nothing entered is lost."""
    eintrag = entry_or_404(request, kuerzel)
    chosen = _group_or_404(gruppe)
    if not frame(request, eintrag, "amt_angaben")["darf_bearbeiten"]:
        messages.error(request, _("Diesen Eintrag können Sie gerade nicht ändern. Warum, zeigt der Überblick."))
        return redirect("register:amt_eintrag", kuerzel=kuerzel)
    changed_meanwhile: list[Difference] = []
    if ADD in request.POST:
        form = GroupForm.with_row(chosen, request.POST, request.POST[ADD])
    elif request.method == "POST":
        form = GroupForm(request.POST, gruppe=chosen)
        if form.is_valid():
            answer = _save(request, eintrag, form)
            if answer is not None:
                return answer
            eintrag = entry_or_404(request, kuerzel)
            changed_meanwhile = _meanwhile(eintrag, form)
    else:
        form = GroupForm(gruppe=chosen, initial=_known(eintrag, chosen))
    context = frame(request, eintrag, "amt_angaben", said(chosen.titel)) | {
        "form": form,
        "titel": said(chosen.titel),
        "inzwischen": changed_meanwhile,
        "gebunden": eintrag.einstufungen.exists() or eintrag.erklaerungen.exists(),
    }
    return render(request, "register/amt/gruppe.html", context, status=422 if form.errors else 200)


def _known(eintrag: Eintrag, chosen: Gruppe) -> dict[str, Any]:
    version = eintrag.bearbeitung
    number = version.nummer if version else 0
    return initial_of(chosen, version.angaben if version else {}) | {"fassung": number}


def _group_or_404(name: str) -> Gruppe:
    found = next((one for one in felder().gruppen if one.name == name), None)
    if found is None:
        raise Http404
    return found


def _save(request: HttpRequest, eintrag: Eintrag, form: GroupForm) -> HttpResponse | None:
    """Save what was said; None where the page is shown again with what is wrong."""
    before = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    back = redirect(f"{reverse('register:amt_angaben', args=[eintrag.kuerzel])}#{form.gruppe.name}")
    try:
        after = checked({**before, **form.angaben()})
        if after == before:
            messages.info(request, _("Es war nichts geändert."))
            return back
        entries.change_entry(
            actor=actor_of(request), eintrag_id=eintrag.pk, fassung=form.cleaned_data["fassung"],
            angaben=form.angaben(), anlass=form.cleaned_data["anlass"],
        )  # fmt: skip
    except StatementError as error:
        form.add_error(error.name if error.name in form.fields else None, str(error))
    except OutdatedError:
        form.add_error(None, _("Jemand hat den Eintrag inzwischen geändert. Ihre Eingaben stehen noch hier."))
    except NotPermittedError:
        form.add_error(None, _("Dafür fehlt Ihnen die Berechtigung. Wer es darf, steht im Eintrag."))
    except LifecycleError as error:
        form.add_error(None, str(error))
    else:
        _tell(request, eintrag, essential=essential_digest(before) != essential_digest(after))
        return back
    return None


def _tell(request: HttpRequest, eintrag: Eintrag, *, essential: bool) -> None:
    bound = eintrag.einstufungen.exists() or eintrag.erklaerungen.exists()
    if essential and bound:
        text = _("Gespeichert. Am System ist damit Wesentliches anders: Einstufung und Erklärungen sind veraltet.")
        messages.warning(request, text)
    else:
        messages.success(request, _("Gespeichert."))


def _meanwhile(eintrag: Eintrag, form: GroupForm) -> list[Difference]:
    """Return where one's own input differs from what is saved now; the next try is made against the new version."""
    version = eintrag.bearbeitung
    if version is None or version.nummer == form.cleaned_data.get("fassung"):
        return []
    form.data = {**form.data.dict(), "fassung": str(version.nummer)} if isinstance(form.data, QueryDict) else form.data
    try:
        own = checked({**version.angaben, **form.angaben()})
    except StatementError:
        return []
    return differences(version.angaben, own, Sicht.VERTRAULICH)


@requires("register.bearbeiten")
def kopf(request: HttpRequest, kuerzel: str) -> HttpResponse:
    """Say what an entry is called and who answers for it."""
    eintrag = entry_or_404(request, kuerzel)
    actor = actor_of(request)
    initial = {
        "name": eintrag.name,
        "einheit": str(eintrag.einheit_id),
        "verantwortlich": str(eintrag.verantwortlich_id or ""),
        "fassung": eintrag.bearbeitung.nummer if eintrag.bearbeitung else 0,
    }
    form = HeadForm(request.POST or None, mandant=actor.mandant, initial=initial)
    if request.method == "POST" and form.is_valid() and _save_head(request, eintrag, form):
        messages.success(request, _("Gespeichert."))
        return redirect("register:amt_eintrag", kuerzel=kuerzel)
    title = _("Name und Verantwortung")
    context = frame(request, eintrag, "amt_eintrag", title) | {"form": form, "titel": title}
    return render(request, "register/amt/kopf.html", context, status=422 if form.errors else 200)


def _save_head(request: HttpRequest, eintrag: Eintrag, form: HeadForm) -> bool:
    """Save name, unit and responsible person; where that is not possible, the form says why and keeps all input."""
    actor, values = actor_of(request), form.cleaned_data
    member = Mitgliedschaft.objects.for_mandant(actor.mandant).filter(pk=values["verantwortlich"] or 0).first()
    unit = Organisationseinheit.objects.for_mandant(actor.mandant).get(pk=values["einheit"])
    try:
        entries.change_entry(
            actor=actor, eintrag_id=eintrag.pk, fassung=values["fassung"], angaben={}, name=values["name"],
            verantwortlich=member, einheit=unit,
        )  # fmt: skip
    except OutdatedError:
        form.add_error(None, _("Jemand hat den Eintrag inzwischen geändert. Ihre Eingaben stehen noch hier."))
        number = eintrag.bearbeitung.nummer if eintrag.bearbeitung else 0
        form.data = {**request.POST.dict(), "fassung": str(number)}
    except NotPermittedError:
        form.add_error(None, _("Dafür fehlt Ihnen die Berechtigung. Wer es darf, steht im Eintrag."))
    except LifecycleError as error:
        form.add_error(None, str(error))
    else:
        return True
    return False
