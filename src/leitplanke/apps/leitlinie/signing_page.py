"""What the page of sign-off and adoption shows: who said what, what is void, and which step is whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.leitlinie.adopting import answers_for, open_sign_offs
from leitplanke.apps.leitlinie.forms_beschluss import AdoptForm, ReasonForm, SignForm, SubmitForm
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung, Mitzeichnung, Stelle, Votum
from leitplanke.apps.leitlinie.overview import lacks_of, missing_in
from leitplanke.apps.leitlinie.submitting import agrees
from leitplanke.apps.leitlinie.towns import town_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.http import QueryDict

    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.guideline import Block

KINDS = {Votum.OFFEN: "info", Votum.ZUGESTIMMT: "success", Votum.EINWAENDE: "danger"}


@dataclass(frozen=True, slots=True)
class SignOff:
    """What an office said; `void` where clauses (`changed`) are others than those it was given for."""

    row: Mitzeichnung
    kind: str
    void: bool
    changed: tuple[Block, ...]
    agrees: bool


def sign_offs_of(version: Leitlinienfassung) -> list[SignOff]:
    """Return what the offices said, in their order."""
    rows = list(version.mitzeichnungen.select_related("person"))
    changes = list(version.klauselstaende.order_by("nummer").values_list("nummer", "baustein")) if rows else []
    return [
        _sign_off(row, version, changes) for row in sorted(rows, key=lambda row: list(Stelle).index(Stelle(row.stelle)))
    ]


def _sign_off(row: Mitzeichnung, version: Leitlinienfassung, changes: list[tuple[int, str]]) -> SignOff:
    void = row.votum != Votum.OFFEN and row.aenderungszaehler != version.aenderungszaehler
    names = dict.fromkeys(block for number, block in changes if void and number > row.aenderungszaehler)
    changed = tuple(blocks()[name] for name in names if name in blocks())
    return SignOff(row, "warning" if void else KINDS[Votum(row.votum)], void, changed, agrees(row, version))


def offices_for(actor: Actor, version: Leitlinienfassung) -> list[Stelle]:
    """Return the offices that were asked and for which somebody may speak."""
    own = {role.value for role in actor.roles}
    return [Stelle(row.stelle) for row in version.mitzeichnungen.all() if row.stelle in own]


def forms_for(
    actor: Actor,
    version: Leitlinienfassung,
    given: Mapping[str, forms.Form] | None = None,
    entered: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the forms of the steps that somebody may take now, by step.

    `given` are those that were sent, `entered` what was entered of the adoption before.
    """
    given = given or {}
    may = {step for step in STEPS if actor.may(f"leitlinie.{STEPS[step]}", version.stand)}
    found: dict[str, Any] = {}
    if "vorlegen" in may:
        asked = [row.stelle for row in version.mitzeichnungen.all()]
        found["vorlegen"] = SubmitForm(initial={"stellen": asked} if asked else None)
    if "zeichnen" in may and offices_for(actor, version):
        found["zeichnen"] = SignForm(prefix="zeichnen")
    if "beschliessen" in may and not submitted_by(actor, version):
        found["beschliessen"] = adopt_form(version, entered=entered)
    to_come = version.gilt_ab is not None and version.gilt_ab > timezone.localdate()
    if "zuruecknehmen" in may and to_come and answers_for(actor, version):
        found["zuruecknehmen"] = ReasonForm(prefix="zuruecknehmen")
    for step in ("zurueckholen", "verwerfen"):
        if step in may:
            found[step] = ReasonForm(prefix=step)
    return found | {step: form for step, form in given.items() if step in found}


STEPS = {
    "vorlegen": "submit", "zeichnen": "sign", "zurueckholen": "return", "verwerfen": "discard",
    "beschliessen": "adopt", "zuruecknehmen": "withdraw",
}  # fmt: skip


def adopt_form(
    version: Leitlinienfassung, data: QueryDict | None = None, entered: Mapping[str, str] | None = None
) -> AdoptForm:
    """Return the form of the adoption of a version, filled with what was `entered` before."""
    initial = {"durch": town_of(version).adopts, **(entered or {})}
    return AdoptForm(data, all_agree=not open_sign_offs(version), initial=initial)


def submitted_by(actor: Actor, version: Leitlinienfassung) -> bool:
    """Tell whether somebody submitted a version, so that another person enters the adoption."""
    return actor.person is not None and version.vorgelegt_von_id == actor.person.pk


def page_of(
    actor: Actor,
    version: Leitlinienfassung,
    given: Mapping[str, forms.Form] | None = None,
    entered: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return what the page shows."""
    draft = version.stand == Fassungsstand.ENTWURF
    missing = missing_in(version, lacks_of(version)) if draft else []
    offices = offices_for(actor, version)
    return {
        "zeichnungen": sign_offs_of(version),
        "schwer": [one for one in missing if one.grave],
        "formulare": forms_for(actor, version, given, entered),
        "stellen": offices,
        "selbst_vorgelegt": submitted_by(actor, version) and actor.may("leitlinie.adopt", version.stand),
        "adresse": version.fundstelle if version.fundstelle.startswith("https://") else "",
        "gilt_schon": version.gilt_ab is not None and version.gilt_ab <= timezone.localdate(),
        "ueberfaellig": version.frist is not None and version.frist < timezone.localdate(),
    }
