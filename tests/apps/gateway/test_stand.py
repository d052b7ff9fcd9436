"""Who may do what reaches the door with its next look at the counter, whatever part of the house changed it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from leitplanke.apps.gateway import keys, registry
from leitplanke.base.accounts.founding import Founding, found_mandant
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.services import end_membership, set_blocked
from leitplanke.base.llm.loading import load_snapshot
from leitplanke.base.llm.snapshot import Keeper
from tests.apps.gateway.conftest import MODELL
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.llm.snapshot import Snapshot
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db


def looker() -> Keeper:
    """Return a keeper for which no minute passes: only the counter makes it load."""
    return Keeper(load_snapshot, clock=lambda: 0.0)


def seen(keeper: Keeper) -> Snapshot:
    keeper.look()
    found = keeper.current()
    assert found is not None
    return found


def test_a_blocked_person_and_one_whose_role_ended_lose_their_key_with_the_next_look(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "Open WebUI", timezone.localdate() + timedelta(days=30))
    own = keys.create_own_key(actor=house.clerk, plan=plan).zugang
    admin, membership, keeper = make_actor(house.mandant, Rolle.ADMINISTRATION), house.clerk.memberships[0], looker()
    assert own.pk in seen(keeper).keys_by_id
    set_blocked(actor=admin, membership=membership, blocked=True)
    assert own.pk not in seen(keeper).keys_by_id
    set_blocked(actor=admin, membership=membership, blocked=False)
    assert own.pk in seen(keeper).keys_by_id
    end_membership(actor=admin, membership=membership)
    assert own.pk not in seen(keeper).keys_by_id


def test_a_new_town_and_a_new_address_of_a_model_are_known_with_the_next_look(house: House) -> None:
    values = {**MODELL, "protokoll": "openai", "endpunkt": "http://127.0.0.1:9001/v1"}
    modell = house.model(**values)
    house.purpose()
    keeper = looker()
    assert seen(keeper).addresses == {("http://127.0.0.1:9001/v1", True)}
    registry.save_model(
        actor=house.it, kennung=modell.public_id, values={**values, "endpunkt": "http://127.0.0.1:9002/v1"}
    )
    assert seen(keeper).addresses == frozenset()  # until a second person has released it again
    found_mandant(Founding("Neustadt", "neustadt", "neustadt.example", "a@neustadt.example", "A", "B", "Kmw7!pq-Zzt29"))
    assert {"neustadt.example"} in [set(town.hosts) for town in seen(keeper).towns.values()]
