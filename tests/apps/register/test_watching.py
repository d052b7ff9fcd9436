"""Regular work: a rule suspends and never opens, mail goes once to those who answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from leitplanke.apps.register import watching
from leitplanke.apps.register.models import Einstufung, Eintrag, Schwere, Vorfall, Vorfallart
from leitplanke.base.notify.models import Nachricht

if TYPE_CHECKING:
    from tests.apps.register.conftest import Team


@pytest.fixture
def entry(team: Team) -> Eintrag:
    return team.released()


def incidents(entry: Eintrag, count: int, **more: Any) -> None:
    values = {"art": Vorfallart.VORFALL, "schwere": Schwere.MITTEL, "text": "x", "frist_am": timezone.localdate()}
    for _number in range(count):
        Vorfall.objects.create(mandant=entry.mandant, eintrag=entry, **{**values, **more})


def told(entry: Eintrag) -> list[tuple[str, str]]:
    rows = Nachricht.objects.for_mandant(entry.mandant).filter(kategorie="register").order_by("pk")
    return [(row.empfaenger, row.betreff) for row in rows]


def test_expired_evaluation_stops_the_ai_and_tells_who_answers_once(team: Team, entry: Eintrag) -> None:
    Eintrag.objects.for_mandant(team.mandant).filter(pk=entry.pk).update(
        gueltig_bis=timezone.localdate() - timedelta(days=1)
    )
    watching.watch(team.mandant)
    watching.watch(team.mandant)
    entry.refresh_from_db()
    assert entry.stand == "ausgesetzt"
    assert entry.verlauf.get(was="aussetzen").durch == "regel"
    people = {team.head.memberships[0].person.email, team.ki.memberships[0].person.email}
    assert {address for address, _subject in told(entry)} == people
    assert len(told(entry)) == 2


def test_incidents_stop_it_at_the_threshold_and_reports_nobody_judged_do_not(team: Team, entry: Eintrag) -> None:
    incidents(entry, 9, schwere=Schwere.OFFEN)
    incidents(entry, 4)
    incidents(entry, 3, gemeldet_am=timezone.now() - timedelta(days=31))
    incidents(entry, 3, erledigt_am=timezone.now())
    assert watching.suspend_where_due(team.mandant, timezone.localdate()) == []
    incidents(entry, 1)
    assert [row.pk for row in watching.suspend_where_due(team.mandant, timezone.localdate())] == [entry.pk]
    assert watching.suspend_where_due(team.mandant, timezone.localdate()) == []


@pytest.mark.parametrize(("days", "mails"), [(0, 2), (30, 2), (31, 0)])
def test_what_falls_due_in_thirty_days_is_told_once(team: Team, entry: Eintrag, days: int, mails: int) -> None:
    Eintrag.objects.for_mandant(team.mandant).filter(pk=entry.pk).update(
        gueltig_bis=timezone.localdate() + timedelta(days=days), naechste_pflicht_am=None
    )
    assert watching.remind(team.mandant, timezone.localdate()) == mails
    assert watching.remind(team.mandant, timezone.localdate()) == 0


def test_a_change_of_law_is_told_once_to_who_looks_after_ai(team: Team, entry: Eintrag) -> None:
    assert watching.tell_of_change_of_law(team.mandant, timezone.localdate()) == 0
    Einstufung.objects.for_mandant(team.mandant).update(law_version="früher")
    assert watching.tell_of_change_of_law(team.mandant, timezone.localdate()) == 1
    assert watching.tell_of_change_of_law(team.mandant, timezone.localdate()) == 0
    mail = Nachricht.objects.for_mandant(team.mandant).get(kategorie="register")
    assert (mail.empfaenger, entry.name in mail.text) == (team.ki.memberships[0].person.email, True)
