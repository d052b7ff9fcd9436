"""Who may do what reaches the door with its next look at the counter, whatever part of the house changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db.migrations.state import ProjectState
from django.utils import timezone

from leitplanke.apps.gateway import keys, registry
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.apps.leitlinie.acknowledging import acknowledge, record_training
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.register.models import Eintrag
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.founding import Founding, found_mandant
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.services import end_membership, set_blocked
from leitplanke.base.llm.loading import load_snapshot, people_of
from leitplanke.base.llm.models import Aufruf, Zugangsschluessel
from leitplanke.base.llm.snapshot import Keeper
from leitplanke.base.policy import policy_of
from leitplanke.core.policy import Policy
from tests.adopting import adopt
from tests.apps.gateway.conftest import MODELL
from tests.factories import make_actor, make_mandant, make_membership

if TYPE_CHECKING:
    from leitplanke.base.llm.snapshot import Snapshot, TownView
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
    assert seen(keeper).keys_by_id[own.pk].role_ended


def test_a_key_opens_as_long_as_its_owner_holds_one_of_its_roles(house: House) -> None:
    house.model()
    house.purpose()
    first = house.clerk.memberships[0]
    second = make_membership(house.mandant, Rolle.IT, house.clerk.person)
    both = Actor(house.mandant, house.clerk.person, (first, second))
    plan = keys.KeyPlan("assistenz", "Open WebUI", timezone.localdate() + timedelta(days=30))
    all_roles = keys.create_own_key(actor=both, plan=plan).zugang
    only_it = keys.create_own_key(actor=both, plan=replace(plan, rollen=("it",))).zugang
    program = house.key().zugang
    assert (all_roles.rollen, only_it.rollen, program.rollen) == (["sachbearbeitung", "it"], ["it"], [])
    for wrong in (replace(plan, rollen=("leitung",)), replace(plan, rollen=("it", "rat"))):
        with pytest.raises(NotReadyError, match="Diese Rolle haben Sie nicht"):
            keys.create_own_key(actor=both, plan=wrong)
    keeper = looker()
    assert not any(key.role_ended for key in seen(keeper).keys_by_id.values())
    end_membership(actor=make_actor(house.mandant, Rolle.ADMINISTRATION), membership=second)
    ended = {key.id: key.role_ended for key in seen(keeper).keys_by_id.values()}
    assert ended == {all_roles.pk: False, only_it.pk: True, program.pk: False}


def test_existing_keys_get_the_roles_of_their_owner(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "Open WebUI", timezone.localdate() + timedelta(days=30))
    own, program = keys.create_own_key(actor=house.clerk, plan=plan).zugang, house.key().zugang
    make_membership(house.mandant, Rolle.LEITUNG, house.clerk.person)
    make_membership(house.mandant, Rolle.RAT, house.clerk.person)
    Zugangsschluessel.objects.for_mandant(house.mandant).update(rollen=[])
    migration = import_module("leitplanke.base.llm.migrations.0006_rollen_der_zugaenge")
    then = ProjectState.from_apps(apps).apps  # as migrations see models
    migration.fill(then, None)
    own.refresh_from_db()
    program.refresh_from_db()
    assert (own.rollen, program.rollen) == (["sachbearbeitung", "leitung"], [])
    yesterday = timezone.localdate() - timedelta(days=1)
    Mitgliedschaft.objects.for_mandant(house.mandant).filter(pk=own.inhaber_id).update(von=yesterday, bis=yesterday)
    migration.fill(then, None)
    own.refresh_from_db()
    assert own.rollen == []  # it was closed, and other roles do not open it


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


def test_who_has_read_the_adopted_guideline_and_is_trained_reaches_the_door(house: House) -> None:
    house.model()
    house.purpose()
    keeper, clerk = looker(), house.clerk.person
    assert clerk is not None

    def town() -> TownView:
        return seen(keeper).towns[house.mandant.pk]

    assert town().readiness.has_read(clerk.pk)
    version = adopt(house.mandant)
    assert not town().readiness.has_read(clerk.pk)
    assert not town().readiness.is_trained(clerk.pk)
    acknowledge(actor=house.clerk, version_id=version.pk)
    record_training(actor=house.ki, person=clerk, title="Grundlagen", day=timezone.localdate())
    assert town().readiness.has_read(clerk.pk)
    assert town().readiness.is_trained(clerk.pk)


def test_the_guideline_holds_for_who_works_here_and_for_the_council_where_it_says_so(house: House) -> None:
    council = make_actor(house.mandant, Rolle.RAT)
    assert council.person is not None
    assert house.clerk.person is not None
    stranger = make_actor(make_mandant("nachbarstadt", host="nachbarstadt.example"), Rolle.IT)
    assert stranger.person is not None
    adopt(house.mandant)
    people = load_snapshot().towns[house.mandant.pk].people
    assert house.clerk.person.pk in people
    assert not {council.person.pk, stranger.person.pk} & people
    profile = policy_of(house.mandant).profile
    scope = blocks()["BB02"].option("rat")
    assert scope is not None
    policy = Policy(replace(profile, clauses=(*profile.clauses, replace(scope.clauses[0], name="auch_rat"))))
    assert council.person.pk in people_of(house.mandant, policy, timezone.localdate())


def test_what_a_purpose_used_this_month_is_measured_by_the_frame_of_the_guideline(house: House) -> None:
    house.model()
    house.purpose()
    adopt(house.mandant)  # 50 kWh for each purpose
    today = timezone.localdate()
    for day, wh in ((today, 20_000), (today.replace(day=1), 5_000), (today.replace(day=1) - timedelta(days=1), 90_000)):
        at = timezone.make_aware(datetime.combine(day, time(12)))
        Aufruf.objects.create(mandant=house.mandant, zweck="assistenz", begonnen_am=at, wh_bis=wh * 1_000_000)
    assert load_snapshot().towns[house.mandant.pk].energy == {"assistenz": 50}


def test_a_prohibited_practice_is_one_for_the_door(house: House) -> None:
    house.model()
    house.purpose()
    Eintrag.objects.for_mandant(house.mandant).filter(schluessel="assistenz").update(hausklasse="prohibited")
    assert load_snapshot().towns[house.mandant.pk].purposes["assistenz"].forbidden


def test_a_clerk_says_of_their_own_key_that_its_program_shows_which_data_are_allowed(house: House) -> None:
    house.model()
    house.purpose()
    plan = keys.KeyPlan("assistenz", "WebUI", timezone.localdate() + timedelta(days=30), zeigt_datenarten=True)
    own = keys.create_own_key(actor=house.clerk, plan=plan).zugang
    machine = house.key().zugang
    found = load_snapshot().keys_by_id
    assert (found[own.pk].shows_classes, found[machine.pk].shows_classes) == (True, False)


def test_a_script_costs_what_a_busy_core_draws_and_not_what_a_model_would(house: House) -> None:
    house.model()
    house.purpose()
    (model,) = load_snapshot().towns[house.mandant.pk].purposes["assistenz"].models
    energy = model.meter(1000, 1000, 0.36)
    assert (energy.method, energy.high_uwh < 2_000) == ("B", True)
