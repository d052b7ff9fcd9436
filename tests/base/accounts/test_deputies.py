"""Deputies: set for oneself, effective today, recorded as such."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from leitplanke.base.accounts import services
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.middleware import MandantMiddleware
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Organisationseinheit, Vertretung
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.notify.models import Nachricht
from tests.factories import make_membership

TODAY = date(2026, 7, 1)
summer = freeze_time("2026-07-01T09:00:00+02:00")


def actor_for(membership: Mitgliedschaft) -> Actor:
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = membership.person
    return MandantMiddleware._actor(request, membership.mandant)


@pytest.fixture
def absent(mandant: Mandant) -> Mitgliedschaft:
    return member(mandant)


@pytest.fixture
def deputy(mandant: Mandant) -> Mitgliedschaft:
    other = Organisationseinheit.objects.create(mandant=mandant, kuerzel="jug", name="Jugendamt")
    membership = member(mandant)
    membership.einheit = other
    membership.save()
    return membership


def member(mandant: Mandant, rolle: Rolle = Rolle.SACHBEARBEITUNG) -> Mitgliedschaft:
    membership = make_membership(mandant, rolle)
    membership.von = date(2026, 1, 1)
    membership.save()
    return membership


def set_deputy(absent: Mitgliedschaft, deputy: Mitgliedschaft, first: int = 0, last: int = 7) -> Vertretung:
    return services.set_deputy(
        actor=actor_for(absent),
        membership=absent,
        deputy=deputy,
        von=TODAY + timedelta(first),
        bis=TODAY + timedelta(last),
    )


@summer
def test_deputy_acts_for_the_absent_person(absent: Mitgliedschaft, deputy: Mitgliedschaft) -> None:
    set_deputy(absent, deputy)

    actor = actor_for(deputy)

    assert actor.acting_for == (absent,)
    assert actor.memberships == (deputy,)


@summer
def test_capacity_tells_vertretung_only_in_the_absent_persons_office(
    absent: Mitgliedschaft, deputy: Mitgliedschaft
) -> None:
    set_deputy(absent, deputy)
    actor = actor_for(deputy)

    own = actor.capacity("wissen.add_source", einheit=deputy.einheit_id)
    theirs = actor.capacity("wissen.add_source", einheit=absent.einheit_id)

    assert own is not None
    assert theirs is not None
    assert (own.membership, own.deputises) == (deputy, False)
    assert (theirs.membership, theirs.deputises) == (absent, True)
    assert actor.capacity("account.add_person") is None


@pytest.mark.parametrize(("first", "last"), [(1, 7), (-7, -1)])
@summer
def test_only_the_days_named_count(absent: Mitgliedschaft, deputy: Mitgliedschaft, first: int, last: int) -> None:
    Vertretung.objects.create(
        mandant=absent.mandant,
        vertretene=absent,
        vertretung=deputy,
        von=TODAY + timedelta(first),
        bis=TODAY + timedelta(last),
    )
    assert actor_for(deputy).acting_for == ()


@summer
def test_ending_counts_at_once_and_stays_on_record(absent: Mitgliedschaft, deputy: Mitgliedschaft) -> None:
    vertretung = set_deputy(absent, deputy)

    services.end_deputy(actor=actor_for(absent), vertretung=vertretung)
    services.end_deputy(actor=actor_for(absent), vertretung=vertretung)

    assert actor_for(deputy).acting_for == ()
    codes = list(Leaf.objects.for_mandant(absent.mandant).order_by("pk").values_list("code", flat=True))
    assert codes == ["account.deputy_set", "account.deputy_ended"]
    assert [mail.betreff for mail in Nachricht.objects.for_mandant(absent.mandant).order_by("pk")] == [
        "Sie vertreten Kim Muster",
        "Ihre Vertretung für Kim Muster ist beendet",
    ]


@pytest.mark.parametrize("side", ["absent", "deputy"])
@summer
def test_vertretung_falls_with_either_role(absent: Mitgliedschaft, deputy: Mitgliedschaft, side: str) -> None:
    set_deputy(absent, deputy)
    ended = {"absent": absent, "deputy": deputy}[side]
    ended.bis = TODAY - timedelta(1)
    ended.save()

    assert actor_for(deputy).acting_for == ()


@summer
def test_another_role_or_town_cannot_stand_in(absent: Mitgliedschaft, mandant: Mandant, other_mandant: Mandant) -> None:
    for stranger in (member(mandant, Rolle.LEITUNG), member(other_mandant)):
        with pytest.raises(services.AccountError, match="dieselbe Rolle"):
            set_deputy(absent, stranger)


@summer
def test_nobody_sets_a_deputy_for_somebody_else(absent: Mitgliedschaft, deputy: Mitgliedschaft) -> None:
    with pytest.raises(NotPermittedError):
        services.set_deputy(actor=actor_for(deputy), membership=absent, deputy=deputy, von=TODAY, bis=TODAY)
    vertretung = set_deputy(absent, deputy)
    with pytest.raises(NotPermittedError):
        services.end_deputy(actor=actor_for(deputy), vertretung=vertretung)


@summer
def test_the_same_number_of_queries_for_one_and_three_deputies(
    client: Client, mandant: Mandant, deputy: Mitgliedschaft
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/konto/").status_code == 200
        return len(captured)

    client.force_login(deputy.person)
    set_deputy(member(mandant), deputy)
    with_one = queries()
    for _number in range(2):
        set_deputy(member(mandant), deputy)

    assert queries() == with_one


@summer
def test_by_the_page(client: Client, absent: Mitgliedschaft, deputy: Mitgliedschaft) -> None:
    client.force_login(absent.person)
    page = f"/konto/vertretung/{absent.pk}/neu/"
    assert "Jugendamt" in client.get(page).content.decode()

    wrong = client.post(page, {"vertretung": deputy.pk, "von": "2026-07-05", "bis": "2026-07-01"})
    assert "Der letzte Tag liegt vor dem ersten" in wrong.content.decode()
    assert client.post(page, {"vertretung": deputy.pk, "von": "2026-07-01", "bis": "2026-07-05"}).status_code == 302
    assert "vertritt Sie vom 01.07.2026 bis zum 05.07.2026" in client.get("/konto/").content.decode()

    vertretung = Vertretung.objects.for_mandant(absent.mandant).get()
    client.post(f"/konto/vertretung/{vertretung.pk}/beenden/")
    assert "Niemand vertritt Sie" in client.get("/konto/").content.decode()
