"""The outbox shows everybody their own mail, and IT and Administration that of the Mandant, without the texts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.ports import DEPUTIES, SECURITY
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.notify import services
from leitplanke.base.notify.models import Nachricht
from tests.factories import make_membership, make_person


def tell(mandant: Mandant | None, address: str, category: str = DEPUTIES) -> Nachricht:
    from leitplanke.base.accounts.models import Person

    person = Person.objects.filter(email=address).first() or make_person(address)
    return services.notify(person, category=category, subject="Betreff", body="Der Text selbst.", mandant=mandant)


def test_everybody_sees_only_their_own_mail(client: Client, mandant: Mandant) -> None:
    member = make_membership(mandant, Rolle.SACHBEARBEITUNG)
    client.force_login(member.person)
    own, foreign = tell(mandant, member.person.email), tell(mandant, "andere@example.org")

    assert [row.pk for row in client.get("/postausgang/").context["seite"]] == [own.pk]
    assert "Der Text selbst." in client.get(f"/postausgang/{own.pk}/").content.decode()
    assert client.get(f"/postausgang/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("rolle", [Rolle.IT, Rolle.ADMINISTRATION])
def test_it_sees_that_mail_went_out_but_not_what_it_says(
    client: Client, mandant: Mandant, other_mandant: Mandant, rolle: Rolle
) -> None:
    client.force_login(make_membership(mandant, rolle).person)
    here, elsewhere = tell(mandant, "a@example.org"), tell(other_mandant, "b@example.org")

    assert [row.pk for row in client.get("/postausgang/").context["seite"]] == [here.pk]
    page = client.get(f"/postausgang/{here.pk}/").content.decode()
    assert "a@example.org" in page
    assert "Der Text selbst." not in page
    assert client.get(f"/postausgang/{elsewhere.pk}/").status_code == 404


@pytest.mark.security
def test_link_that_opens_an_account_is_never_shown_outside_the_demo(
    client: Client, mandant: Mandant, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "leitplanke.base.notify.outbox.OutboxBackend"
    member = make_membership(mandant, Rolle.IT)
    client.force_login(member.person)
    own = tell(mandant, member.person.email, SECURITY)

    assert "Der Text selbst." not in client.get(f"/postausgang/{own.pk}/").content.decode()
    settings.DEMO = True
    assert "Der Text selbst." not in client.get(f"/postausgang/{own.pk}/").content.decode()
    mandant.musterdaten = True
    mandant.save()
    assert "Der Text selbst." in client.get(f"/postausgang/{own.pk}/").content.decode()


def test_filter_by_state(client: Client, mandant: Mandant) -> None:
    member = make_membership(mandant, Rolle.IT)
    client.force_login(member.person)
    tell(mandant, member.person.email)

    assert len(client.get("/postausgang/?zustand=sent").context["seite"]) == 1
    assert "Keine E-Mails" in client.get("/postausgang/?zustand=failed").content.decode()


def test_choice_of_mail_by_the_page(client: Client, mandant: Mandant) -> None:
    member = make_membership(mandant, Rolle.RAT)
    client.force_login(member.person)
    form = client.get("/postausgang/einstellungen/").context["form"]
    fields = {form._codes[name]: field for name, field in form.fields.items()}
    assert fields[SECURITY].disabled
    assert fields[DEPUTIES].initial is True

    client.post("/postausgang/einstellungen/", {})

    form = client.get("/postausgang/einstellungen/").context["form"]
    wanted = {form._codes[name]: field.initial for name, field in form.fields.items()}
    assert wanted[SECURITY] is True
    assert wanted[DEPUTIES] is False


def test_the_same_number_of_queries_for_one_and_three_mails(client: Client, mandant: Mandant) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/postausgang/")
        return len(captured)

    client.force_login(make_membership(mandant, Rolle.IT).person)
    tell(mandant, "a@example.org")
    with_one = queries()
    tell(mandant, "b@example.org")
    tell(mandant, "c@example.org")
    assert queries() == with_one
