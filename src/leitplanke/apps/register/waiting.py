"""What waits for somebody: entries on which the next word is theirs, in one query however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.doing import may
from leitplanke.apps.register.models import Einstufung, Eintrag, Erklaerung, Erklaerungsart
from leitplanke.apps.register.permissions import TOWN_WIDE
from leitplanke.apps.register.queries import all_entries
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft

EXAMINED = (Stand.PRUEFUNG, Stand.ERPROBUNG, Stand.BEANTRAGT)
IN_USE = (*EXAMINED, Stand.FREIGEGEBEN)
STAFF_KINDS = (Erklaerungsart.UNTERRICHTUNG, Erklaerungsart.MITBESTIMMUNG, Erklaerungsart.EINIGUNG)

# What one has to do, in the order in which it is shown where several hold.
REASONS = {
    "freigabe": gettext_noop("Über die Freigabe entscheiden"),
    "erneuerung": gettext_noop("Über die Freigabe der Änderung entscheiden"),
    "mitbestimmung": gettext_noop("Für die Personalvertretung entscheiden"),
    "datenschutz": gettext_noop("Zum Datenschutz Stellung nehmen"),
    "verantwortung": gettext_noop("Verantwortung annehmen"),
    "einstufen": gettext_noop("Einstufen"),
    "neu_einstufen": gettext_noop("Neu einstufen"),
    "idee": gettext_noop("Idee prüfen"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for somebody: which, and what is to be done."""

    name: str
    url: str
    was: str


def with_marks(rows: QuerySet[Eintrag]) -> QuerySet[Any]:
    """Add to each entry whether its classification is of the system and the law as they are, and who accepted it."""
    newest = Einstufung.objects.filter(eintrag=OuterRef("pk")).order_by("-id")
    said = Erklaerung.objects.filter(eintrag=OuterRef("pk")).order_by("-id")
    current = said.filter(wesentlich_sha256=OuterRef("bearbeitung__wesentlich_sha256"))
    staff = current.filter(art__in=STAFF_KINDS)
    return rows.annotate(
        eingestuft_fuer=Subquery(newest.values("wesentlich_sha256")[:1]),
        eingestuft_nach=Subquery(newest.values("law_version")[:1]),
        angenommen_von=Subquery(said.filter(art=Erklaerungsart.VERANTWORTUNG).values("von")[:1]),
        vertretung_zuletzt=Subquery(staff.values("art")[:1]),
        datenschutz_liegt_vor=Exists(current.filter(art=Erklaerungsart.DATENSCHUTZ)),
    )


def law_today() -> str:
    """Return the state of the law by which one classifies today."""
    return load_ki_verordnung().law_version(timezone.localdate())


def outdated() -> Q:
    """Return the condition, after `with_marks`, of a classification of another state of the system or of the law."""
    same = Q(eingestuft_fuer=F("bearbeitung__wesentlich_sha256"), eingestuft_nach=law_today())
    return Q(eingestuft_fuer__isnull=False) & ~same


def waiting(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Add to each entry of `with_marks` in `wartet` what somebody has to do, "" where it is nothing."""
    found: dict[str, Q] = {}
    for member in (*actor.memberships, *actor.acting_for):
        for name, condition in _of(member):
            found[name] = found[name] | condition if name in found else condition
    if actor.person is not None:
        for name in ("freigabe", "erneuerung"):
            if name in found:
                found[name] &= Q(beantragt_von__isnull=True) | ~Q(beantragt_von=actor.person)
    whens = [When(found[name], then=Value(name)) for name in REASONS if name in found]
    marked: QuerySet[Any] = rows.annotate(wartet=Case(*whens, default=Value(""), output_field=CharField()))
    return marked


def _of(member: Mitgliedschaft) -> Iterator[tuple[str, Q]]:
    rolle = Rolle(member.rolle)
    here = Q() if rolle in TOWN_WIDE else Q(einheit=member.einheit_id)
    if may(member, "register.freigeben"):
        newer = Q(freigegeben_am__isnull=True) | Q(beantragt_am__gt=F("freigegeben_am"))
        asked = Q(beantragt_am__isnull=False) & newer
        yield "freigabe", here & Q(stand=Stand.BEANTRAGT)
        yield "erneuerung", here & Q(stand=Stand.FREIGEGEBEN) & asked
    if rolle is Rolle.PERSONALRAT and member.vorsitz:
        yield "mitbestimmung", Q(stand__in=IN_USE, vertretung_zuletzt=Erklaerungsart.UNTERRICHTUNG)
    if rolle is Rolle.DATENSCHUTZ:
        personal = Q(bearbeitung__angaben__personenbezug="ja", datenschutz_liegt_vor=False)
        yield "datenschutz", Q(stand__in=EXAMINED) & personal
    nobody = Q(angenommen_von__isnull=True) | ~Q(angenommen_von=member.pk)
    yield "verantwortung", Q(verantwortlich=member.pk) & ~Q(stand__in=(Stand.IDEE, Stand.STILLGELEGT)) & nobody
    if rolle is Rolle.KI_BEAUFTRAGTE:
        yield "einstufen", Q(stand__in=(Stand.PRUEFUNG, Stand.ERPROBUNG), eingestuft_fuer__isnull=True)
        yield "neu_einstufen", Q(stand__in=(Stand.PRUEFUNG, Stand.ERPROBUNG, Stand.FREIGEGEBEN)) & outdated()
    if may(member, "register.pruefen"):
        yield "idee", here & Q(stand=Stand.IDEE)


def waiting_for(actor: Actor, most: int = 6) -> list[Waiting]:
    """Return what waits for somebody in the register, the longest waiting first."""
    if not actor.may("register.list"):
        return []
    rows = waiting(with_marks(all_entries(actor.mandant)), actor).exclude(wartet="").order_by("stand_seit")[:most]
    return [
        Waiting(row.name, reverse("register:amt_eintrag", args=[row.kuerzel]), _(REASONS[row.wartet])) for row in rows
    ]
