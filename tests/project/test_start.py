"""Everybody begins where their own work is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.base.accounts.roles import STAFF, Rolle
from tests.factories import make_membership

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db
OWN = {
    Rolle.SACHBEARBEITUNG: "Quellen pflegen",
    Rolle.LEITUNG: "Stichworte pflegen",
    Rolle.KI_BEAUFTRAGTE: "Wissensraum anlegen",
    Rolle.DATENSCHUTZ: "Nachweise durchsehen",
    Rolle.PERSONALRAT: "Nachweise durchsehen",
    Rolle.RAT: "Nachlesen, wer was darf",
    Rolle.IT: "Postausgang ansehen",
    Rolle.ADMINISTRATION: "Personen und Rollen verwalten",
}


def test_every_role_has_an_example() -> None:
    assert set(OWN) == STAFF


@pytest.mark.parametrize("rolle", sorted(STAFF))
def test_tasks_of_a_role_are_its_own_and_open(client: Any, mandant: Mandant, rolle: Rolle) -> None:
    client.force_login(make_membership(mandant, rolle).person)
    page = client.get("/").content.decode()
    box = page[page.index("Ihre Aufgaben") : page.index("</aside>")]
    tasks = dict(re.findall(r'href="([^"]+)">([^<]+)<', box))

    assert OWN[rolle] in tasks.values()
    assert {url: client.get(url).status_code for url in tasks} == dict.fromkeys(tasks, 200)
