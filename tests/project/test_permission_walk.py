"""Every address, walked by everybody: the table decides, reading changes nothing, a neighbour's objects do not exist.

Addresses are found by themselves. One with parameters needs an example object in `permission_examples.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from leitplanke.apps.antrag.models import Einsicht
from leitplanke.base.accounts.access import declared_action
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import TABLE
from leitplanke.base.accounts.roles import STAFF, Rolle
from tests.factories import make_membership, make_person
from tests.project.permission_examples import EXAMPLES, SHARED
from tests.rows import rows_of_all_tables

pytestmark = pytest.mark.security

NEIGHBOUR = "nachbar.localhost"
# Answers to somebody who may: a page, a redirect, a file that does not exist (yet), a form that needs POST.
FOR_THOSE_WHO_MAY = {200, 302, 404, 405}
STRANGER = "fremd"
EVERYBODY_WALKS = connection.vendor == "sqlite"


@dataclass(frozen=True)
class Address:
    """A named pattern of ours."""

    name: str
    action: str
    parameters: frozenset[str]


def addresses() -> Iterator[Address]:
    """Return every pattern but allauth's own, which check for themselves."""

    def below(resolver: URLResolver, space: str, outer: frozenset[str]) -> Iterator[Address]:
        for entry in resolver.url_patterns:
            parameters = outer | frozenset(entry.pattern.converters)
            if isinstance(entry, URLResolver):
                if getattr(entry.urlconf_name, "__name__", "") != "allauth.urls":
                    yield from below(entry, f"{space}{entry.namespace}:" if entry.namespace else space, parameters)
            else:
                yield Address(f"{space}{name_of(entry)}", declared_action(entry.callback) or "", parameters)

    return below(get_resolver(), "", frozenset())


def name_of(entry: URLPattern) -> str:
    """Return the name of a pattern; without one it could not be walked."""
    assert entry.name, f"{entry.pattern} hat keinen Namen."
    return entry.name


ADDRESSES = {address.name: address for address in addresses()}
every_address = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
addresses_of_objects = [address for address in ADDRESSES.values() if address.parameters]


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", NEIGHBOUR]


def few(people: Iterable[str], address: Address) -> set[str]:
    """Return the public, two who may and one who may not: enough to run every page's statements on another database."""
    may = [name for name in people if TABLE.allows(roles_of(name), address.action)]
    others = [name for name in people if name not in may]
    return {Rolle.OEFFENTLICHKEIT.value, *may[:1], *may[-1:], *others[:1]}


@pytest.fixture
def walkers(mandant: Mandant, other_mandant: Mandant, request: pytest.FixtureRequest) -> dict[str, Client]:
    """A browser for everybody: the public, somebody with an account, every role, and staff of the neighbour.

    Who may is decided before any database is asked; so all walk on SQLite, and few on PostgreSQL.
    """
    people = {role.value: make_membership(mandant, role).person for role in Rolle if role in STAFF}
    people[Rolle.ANTRAGSTELLENDE_PERSON.value] = make_person()
    people[STRANGER] = make_membership(other_mandant, Rolle.ADMINISTRATION).person
    clients = {Rolle.OEFFENTLICHKEIT.value: Client()}
    walking = set(people) if EVERYBODY_WALKS else few(people, request.node.callspec.params["address"])
    for name, person in people.items():
        if name not in walking:
            continue
        clients[name] = Client()
        clients[name].force_login(person)
    return clients


def roles_of(walker: str) -> frozenset[Rolle]:
    """Return which roles somebody holds at our Mandant."""
    if walker == Rolle.OEFFENTLICHKEIT:
        return frozenset({Rolle.OEFFENTLICHKEIT})
    own = Rolle.ANTRAGSTELLENDE_PERSON if walker == STRANGER else Rolle(walker)
    return frozenset({own, Rolle.ANTRAGSTELLENDE_PERSON, Rolle.OEFFENTLICHKEIT})


def path_of(address: Address, mandant: Mandant) -> str:
    """Return the path to an example object of `mandant`."""
    return reverse(address.name, kwargs=EXAMPLES[address.name](mandant) if address.parameters else {})


def database() -> dict[str, list[Any]]:
    """Return all rows of all tables, except sessions and that somebody looked at a case, which looking keeps."""
    return rows_of_all_tables(without={Session, Einsicht})


def refused(walker: str, response: Any) -> bool:
    """Tell whether somebody was turned away: strangers to the sign-in page, others by a clear page."""
    if walker == Rolle.OEFFENTLICHKEIT:
        return bool(response.status_code == 302 and response["Location"].startswith("/konto/login/?next="))
    return bool(response.status_code == 403)


def test_every_address_with_parameters_has_an_example() -> None:
    missing = sorted({address.name for address in addresses_of_objects} - EXAMPLES.keys())
    assert missing == [], "Bitte in permission_examples.py ergänzen."
    assert sorted(EXAMPLES.keys() - ADDRESSES.keys()) == []


@every_address
def test_address_declares_an_action_of_the_table(address: Address) -> None:
    assert address.action in TABLE.rows()


def read(walker: str, client: Client, path: str, *, may: bool) -> int:
    """Read a page as somebody who may or may not; return the status code."""
    response = client.get(path)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'"), walker
    assert refused(walker, response) is not may, f"{walker}: {response.status_code}"
    assert not may or response.status_code in FOR_THOSE_WHO_MAY, f"{walker}: {response.status_code}"
    return int(response.status_code)


def assert_token_is_needed(walker: str, client: Client, path: str) -> None:
    """Assert that no method which could change something does so without a CSRF token."""
    client.handler.enforce_csrf_checks = True
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(path).status_code == 403, walker


@every_address
def test_table_decides_and_neither_reading_nor_who_is_refused_changes_anything(
    address: Address, mandant: Mandant, walkers: dict[str, Client]
) -> None:
    path = path_of(address, mandant)
    before = database()
    may = [walker for walker in walkers if TABLE.allows(roles_of(walker), address.action)]
    codes = {walker: read(walker, client, path, may=walker in may) for walker, client in walkers.items()}
    posting_only = 405 in codes.values() or address.name == "vorfuehrung"
    assert posting_only or 200 in codes.values() or not EVERYBODY_WALKS, f"Niemand sieht etwas: {codes}"
    assert database() == before, "Lesen hat etwas verändert."

    for walker in [walker for walker in walkers if walker not in may]:
        assert refused(walker, walkers[walker].post(path)), walker
    # The token is asked for before anybody looks at roles: the public and one who may stand for all.
    for walker in {Rolle.OEFFENTLICHKEIT.value, may[-1]}:
        assert_token_is_needed(walker, walkers[walker], path)
    assert database() == before, "Wer nicht darf oder kein CSRF-Token hat, hat etwas verändert."


owned = [address for address in addresses_of_objects if address.name not in SHARED]


@pytest.mark.parametrize("address", owned, ids=[address.name for address in owned])
def test_objects_of_a_neighbour_do_not_exist(address: Address, mandant: Mandant, other_mandant: Mandant) -> None:
    """Who may not at all is refused before any object is looked for; that is shown above."""
    path = path_of(address, mandant)
    clients = {Rolle.OEFFENTLICHKEIT.value: Client(headers={"host": NEIGHBOUR})}
    for role in Rolle:
        if role in STAFF and TABLE.allows(roles_of(role), address.action):
            clients[role.value] = Client(headers={"host": NEIGHBOUR})
            clients[role.value].force_login(make_membership(other_mandant, role).person)
    before = database()
    for walker, client in clients.items():
        answers = client.get(path), client.post(path)
        for response in answers:
            assert response.status_code in {404, 405} or refused(walker, response), response.status_code
        assert any(response.status_code == 404 or refused(walker, response) for response in answers)
    assert database() == before
