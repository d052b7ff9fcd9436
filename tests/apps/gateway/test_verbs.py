"""Keys, models, purposes, held tools and disclosure: who may, what holds, what is left as evidence."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leitplanke.apps.gateway import disclosing, keys, queries, registry, tools
from leitplanke.apps.gateway.carrying import carried, code_of
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.llm.models import (
    Aufruf,
    Fallschluessel,
    Gespeichert,
    Modell,
    Schnappschuss,
    Werkzeugfreigabe,
    Zugangsschluessel,
)
from leitplanke.base.llm.vault import open_content, seal
from tests.apps.gateway.conftest import MODELL
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db


def count() -> int:
    return Schnappschuss.objects.get(pk=1).zaehler


def test_a_model_is_used_only_after_a_second_person_released_it(house: House) -> None:
    modell = house.model(released=False)
    registry.request_release(actor=house.it, kennung=modell.public_id)
    with pytest.raises(NotReadyError, match="zweite Person"):
        registry.release_model(actor=house.it, kennung=modell.public_id)
    before = count()
    registry.release_model(actor=house.ki, kennung=modell.public_id)

    modell.refresh_from_db()
    assert (modell.stand, modell.freigegeben_von) == ("freigegeben", house.ki.person)
    assert count() == before + 1
    assert Leaf.objects.for_mandant(house.mandant).filter(code="llm.modell").count() == 3


def test_the_database_refuses_a_release_by_the_same_person(house: House) -> None:
    modell = house.model(released=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Modell.objects.for_mandant(house.mandant).filter(pk=modell.pk).update(
            beantragt_von=house.it.person, freigegeben_von=house.it.person
        )


def test_a_substantial_change_takes_a_released_model_out_of_use(house: House) -> None:
    modell = house.model()
    registry.save_model(actor=house.it, kennung=modell.public_id, values={**MODELL, "titel": "Anderer Name"})
    modell.refresh_from_db()
    assert modell.stand == "freigegeben"
    registry.save_model(actor=house.it, kennung=modell.public_id, values={**MODELL, "modellname": "anderes"})
    modell.refresh_from_db()
    assert (modell.stand, modell.freigegeben_von) == ("entwurf", None)


def test_a_model_elsewhere_needs_contract_day_and_proof(house: House) -> None:
    modell = house.model(released=False, klasse="eu", protokoll="openai", endpunkt="https://modell.example/v1")
    with pytest.raises(NotReadyError, match="Vertrag") as found:
        registry.request_release(actor=house.it, kennung=modell.public_id)
    assert "trainiert" in str(found.value)


@pytest.mark.parametrize(
    "address", ["http://modell.example/v1", "ftp://x/v1", "https://a@x/v1", "", "https://x/v1?a=1"]
)
def test_an_address_that_is_not_safe_is_refused(house: House, address: str) -> None:
    with pytest.raises(NotReadyError) as found:
        house.model(released=False, klasse="eu", protokoll="openai", endpunkt=address)
    assert found.value.field == "endpunkt"


def test_blocking_needs_a_reason_and_holds_at_once(house: House) -> None:
    modell = house.model()
    with pytest.raises(NotReadyError):
        registry.block_model(actor=house.council, kennung=modell.public_id, grund=" ")
    registry.block_model(actor=house.council, kennung=modell.public_id, grund="Der Anbieter trainiert doch.")
    modell.refresh_from_db()
    assert modell.stand == "gesperrt"


def test_the_access_code_of_a_service_is_kept_sealed(house: House) -> None:
    modell = registry.save_model(actor=house.it, kennung=None, values=MODELL, secret="sehr-geheim")
    assert modell.zugang is not None
    assert b"sehr-geheim" not in bytes(modell.zugang)


def test_the_secret_of_a_key_is_nowhere_kept(house: House) -> None:
    house.model()
    house.purpose()
    new = house.key()
    row = Zugangsschluessel.objects.for_mandant(house.mandant).get()
    assert bytes(row.pruefwert) == keys.hash_of(new.secret)
    assert new.secret not in json.dumps([str(value) for value in row.__dict__.values()])
    told = "".join(Leaf.objects.for_mandant(house.mandant).values_list("payload", flat=True))
    assert new.secret not in told


def test_keys_end_in_time_and_only_for_purposes_that_are_set_up(house: House) -> None:
    house.model()
    house.purpose()
    for day in (timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=500)):
        with pytest.raises(NotReadyError) as found:
            house.key(gueltig_bis=day)
        assert found.value.field == "gueltig_bis"
    with pytest.raises(NotReadyError):
        house.key("unbekannt")


def test_people_revoke_their_own_key_and_some_everybodys(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "Mein Werkzeug", timezone.localdate() + timedelta(days=30))
    own = keys.create_own_key(actor=house.clerk, plan=plan).zugang
    stranger = make_actor(house.mandant, Rolle.SACHBEARBEITUNG)
    with pytest.raises(NotPermittedError):
        keys.revoke_key(actor=stranger, kennung=own.public_id)
    before = count()
    keys.revoke_key(actor=house.clerk, kennung=own.public_id)
    assert count() == before + 1
    other = keys.create_own_key(actor=house.clerk, plan=plan).zugang
    keys.revoke_key(actor=house.council, kennung=other.public_id)
    with pytest.raises(NotReadyError):
        keys.revoke_key(actor=house.council, kennung=other.public_id)


def test_clerks_make_no_keys_for_programs(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "Programm", timezone.localdate())
    with pytest.raises(NotPermittedError):
        keys.create_machine_key(actor=house.clerk, plan=plan)


def held(mandant: Mandant) -> Werkzeugfreigabe:
    call = Aufruf.objects.create(mandant=mandant, zweck="assistenz", art="chat")
    arguments = seal(json.dumps({"tag": "2026-12-01", "name": "Kim"}).encode())
    return Werkzeugfreigabe.objects.create(mandant=mandant, aufruf=call, werkzeug="termin_buchen", argumente=arguments)


def test_a_held_tool_call_is_decided_once_by_a_person(house: House) -> None:
    row = held(house.mandant)
    assert tools.arguments_of(row)["name"] == "Kim"
    with pytest.raises(NotReadyError, match="Grund"):
        tools.decide_tool_call(actor=house.clerk, kennung=row.public_id, yes=False)
    tools.decide_tool_call(actor=house.clerk, kennung=row.public_id, yes=True)
    with pytest.raises(NotReadyError, match="schon entschieden"):
        tools.decide_tool_call(actor=house.ki, kennung=row.public_id, yes=False, grund="Doch nicht")
    with pytest.raises(NotPermittedError):
        tools.decide_tool_call(actor=house.it, kennung=row.public_id, yes=True)


def test_what_the_key_of_a_person_asked_for_concerns_their_office_alone(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "Open WebUI", timezone.localdate() + timedelta(days=30))
    row = held(house.mandant)
    row.aufruf.zugang = keys.create_own_key(actor=house.clerk, plan=plan).zugang
    row.aufruf.save()
    office = Organisationseinheit.objects.create(mandant=house.mandant, kuerzel="XYZ", name="Anderes Amt")
    stranger = make_actor(house.mandant, Rolle.SACHBEARBEITUNG)
    Mitgliedschaft.objects.for_mandant(house.mandant).filter(pk=stranger.memberships[0].pk).update(einheit=office)
    stranger.memberships[0].refresh_from_db()
    assert not queries.held_calls(stranger).exists()
    with pytest.raises(Werkzeugfreigabe.DoesNotExist):
        tools.decide_tool_call(actor=stranger, kennung=row.public_id, yes=True)
    assert queries.held_calls(house.ki).exists()
    with pytest.raises(NotReadyError, match="zweite Person"):
        tools.decide_tool_call(actor=house.clerk, kennung=row.public_id, yes=True)
    colleague = make_actor(house.mandant, Rolle.SACHBEARBEITUNG)
    tools.decide_tool_call(actor=colleague, kennung=row.public_id, yes=True)


def kept(mandant: Mandant, text: str = "Frage und Antwort") -> Aufruf:
    from cryptography.fernet import Fernet

    key = Fernet.generate_key()
    day = timezone.localdate() + timedelta(days=30)
    call = Aufruf.objects.create(mandant=mandant, zweck="assistenz", art="chat")
    case = Fallschluessel.objects.create(mandant=mandant, fall=str(call.pk), verpackt=seal(key), loeschen_am=day)
    Gespeichert.objects.create(
        mandant=mandant, aufruf=call, schluessel=case, inhalt=Fernet(key).encrypt(text.encode()), loeschen_am=day
    )
    return call


REASON = "Eine Bürgerin beschwert sich über eine falsche Auskunft."


def test_content_is_read_only_with_a_cause_and_two_roles(house: House) -> None:
    call = kept(house.mandant)
    with pytest.raises(NotReadyError):
        disclosing.request_disclosure(actor=house.privacy, aufruf=call.public_id, grund="Neugier")
    row = disclosing.request_disclosure(actor=house.privacy, aufruf=call.public_id, grund=REASON)
    with pytest.raises(NotReadyError):
        disclosing.read_content(actor=house.privacy, kennung=row.public_id)
    with pytest.raises(NotReadyError, match="selbst"):
        disclosing.decide_disclosure(actor=house.privacy, kennung=row.public_id, yes=True)
    same_role = make_actor(house.mandant, Rolle.DATENSCHUTZ)
    with pytest.raises(NotReadyError, match="Rolle"):
        disclosing.decide_disclosure(actor=same_role, kennung=row.public_id, yes=True)
    disclosing.decide_disclosure(actor=house.council, kennung=row.public_id, yes=True)

    assert open_content(disclosing.read_content(actor=house.privacy, kennung=row.public_id)) == "Frage und Antwort"
    with pytest.raises(NotReadyError):
        disclosing.read_content(actor=house.council, kennung=row.public_id)
    row.refresh_from_db()
    row.gueltig_bis = timezone.now() - timedelta(seconds=1)
    row.save()
    with pytest.raises(NotReadyError, match="abgelaufen"):
        disclosing.read_content(actor=house.privacy, kennung=row.public_id)
    assert Leaf.objects.for_mandant(house.mandant).filter(code="llm.inhalt").count() == 3


def test_a_code_that_a_page_carries_is_for_the_same_person_for_an_hour(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = carried("sk-geheim-77", house.it)
    assert (code_of(sealed, house.it), code_of(sealed, house.ki), code_of("x" + sealed, house.it)) == (
        "sk-geheim-77", "", "",
    )  # fmt: skip
    assert code_of(base64.urlsafe_b64encode(seal(b"anderes")).decode(), house.it) == ""
    now = time.time()
    monkeypatch.setattr("leitplanke.apps.gateway.carrying.time.time", lambda: now + 3601)
    assert code_of(sealed, house.it) == ""
