"""What a town still needs before an own part runs: people, and for each part what is missing and who provides it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.models import Eintrag
from leitplanke.apps.register.next_step import Missing, NextStep, missing_for, next_step, parted
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.interview.wording import said, shown
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.lifecycle import Gate, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.register.parts import Part

WORKING = frozenset({Stand.FREIGEGEBEN, Stand.ERPROBUNG})


@dataclass(frozen=True, slots=True)
class Needed:
    """Somebody a release needs, and whether the town has them."""

    titel: str
    wozu: str
    wer: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """An own part with what its release lacks, what may still come, and the next step for the acting person."""

    eintrag: Eintrag
    fehlt: list[Missing]
    vielleicht: list[Missing]
    schritt: NextStep
    laeuft: bool


def rows_of(actor: Actor, parts: Iterable[Part]) -> list[PartRow]:
    """Return the own parts that are registered, in the order in which they were prepared."""
    order = {part.schluessel: place for place, part in enumerate(parts)}
    rows = Eintrag.objects.for_mandant(actor.mandant).filter(schluessel__in=order)
    found = rows.select_related("einheit", "verantwortlich__person", "bearbeitung", "gueltig", "mandant")
    return [row_of(actor, eintrag) for eintrag in sorted(found, key=lambda one: order[one.schluessel])]


def row_of(actor: Actor, eintrag: Eintrag) -> PartRow:
    """Return one own part with what is missing; nothing is while it runs or after its end."""
    settled = eintrag.state in WORKING or eintrag.state is Stand.STILLGELEGT
    missing = [] if settled else _here(eintrag, missing_for(actor, eintrag, Gate.FREIGABE))
    return PartRow(eintrag, *parted(missing), next_step(actor, eintrag, missing), eintrag.state in WORKING)


def _here(eintrag: Eintrag, missing: list[Missing]) -> list[Missing]:
    """Lead to what is prepared on the page of the part, not to the pages on which one begins from nothing."""
    names = [eintrag.kuerzel]
    home = reverse("register:inbetriebnahme_teil", args=names)
    places = {
        reverse("register:amt_einstufen", args=names): f"{home}#einstufung",
        reverse("register:amt_kopf", args=names): f"{home}#person",
    }
    return [replace(one, url=places.get(one.url, one.url)) for one in missing]


def people_of(mandant: Mandant) -> list[Needed]:
    """Return who must be there, with the names of those who are."""
    rows = Mitgliedschaft.objects.for_mandant(mandant).valid_on(timezone.localdate()).select_related("person")
    members = [row for row in rows.filter(person__is_active=True) if row.rolle]

    def names(*rollen: Rolle, chair: bool = False) -> str:
        return ", ".join(
            dict.fromkeys(row.person.name for row in members if row.rolle in rollen and (row.vorsitz or not chair))
        )

    return [
        Needed(_("KI-Beauftragte"), _("stuft ein und gibt frei"), names(Rolle.KI_BEAUFTRAGTE)),
        Needed(_("Leitung"), _("übernimmt Verantwortung, beantragt die Freigabe"), names(Rolle.LEITUNG)),
        Needed(_("Datenschutz"), _("nimmt Stellung"), names(Rolle.DATENSCHUTZ)),
        Needed(
            _("Vorsitz der Personalvertretung"), _("trägt ihre Entscheidung ein"), names(Rolle.PERSONALRAT, chair=True)
        ),
    ]


def candidates_for(eintrag: Eintrag) -> list[Mitgliedschaft]:
    """Return who can be named as responsible: people of the unit, and who looks after AI."""
    rows = Mitgliedschaft.objects.for_mandant(eintrag.mandant).valid_on(timezone.localdate())
    town_wide = Q(rolle__in=[Rolle.KI_BEAUFTRAGTE, Rolle.IT])
    of_unit = Q(rolle__in=[Rolle.LEITUNG, Rolle.SACHBEARBEITUNG], einheit=eintrag.einheit_id)
    found = rows.filter(town_wide | of_unit, person__is_active=True).select_related("person", "einheit")
    return list(found.order_by("person__nachname", "pk"))


@dataclass(frozen=True, slots=True)
class Question:
    """A proposed fact in words.

    Attributes:
        zweifel: why somebody must think about it; empty where the proposal is plain.
        optionen: answers that one can choose; `gewaehlt` is the one that somebody chose already.
    """

    name: str
    frage: str
    zweifel: str
    vorschlag: str
    antwort: str
    optionen: tuple[tuple[str, str], ...]
    gewaehlt: str = ""


def questions_of(part: Part, chosen: Mapping[str, str]) -> list[Question]:
    """Return the proposed facts as questions, the doubtful ones first."""
    doubts = {one.fakt: one.satz for one in part.zweifel}
    rows = [_question(name, value, doubts.get(name, ""), chosen.get(name, "")) for name, value in part.fakten.items()]
    return sorted(rows, key=lambda row: not row.zweifel)


def _question(name: str, value: object, zweifel: str, gewaehlt: str) -> Question:
    angabe = load_ki_verordnung().regelwerk.angaben.get(name.lower())
    frage = said(angabe.frage) or said(angabe.titel) if angabe else name
    optionen: tuple[tuple[str, str], ...]
    if isinstance(value, bool):
        optionen = (("ja", _("Ja")), ("nein", _("Nein")))
        vorschlag = "ja" if value else "nein"
    else:
        optionen = tuple((code, shown(code, angabe.shape)) for code in angabe.shape.optionen) if angabe else ()
        vorschlag = str(value)
    answer = dict(optionen).get(vorschlag, vorschlag)
    return Question(name, frage, zweifel, vorschlag, answer, optionen, gewaehlt)
