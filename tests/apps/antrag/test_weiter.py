"""One page leads to the next: from the decision to the letter, the outbox and the next case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from leitplanke.apps.antrag import assigning, worklist
from leitplanke.apps.antrag.models import Antrag
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.verfahren.acts import Stand
from tests.factories import make_actor

from .test_bescheid_pages import browser, page

if TYPE_CHECKING:
    from typing import Any

    from django.test import Client

    from .conftest import Office

PERIOD = {"art": "bewilligung", "von_tag": "01.11.2026", "bis_tag": "31.10.2027"}


def decided(client: Client, antrag: Antrag) -> str:
    """Decide a case; returns where the page leads."""
    where = client.post(f"/vorgaenge/{antrag.kennung}/entscheiden/", PERIOD)["Location"]
    gesehen = page(client.get(where)).split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    return str(client.post(where, {"schritt": "treffen", "gesehen": gesehen})["Location"])


def test_each_step_leads_to_the_next_page(office: Office) -> None:
    other = office.application(name="Danach")
    antrag = office.ready()
    client = browser(office.clerk)
    letter = antrag.schreiben.filter(art="bescheid")
    where = decided(client, antrag)
    assert where == f"/schreiben/{letter.get().kennung}/"
    assert client.post(where, {"schritt": "freigeben"})["Location"] == "/vorgaenge/ausgang/"
    outbox = page(client.get("/vorgaenge/ausgang/"))
    assert "Heute zur Post gegeben" in outbox
    am = outbox.split('name="am" value="', 1)[1].split('"', 1)[0]
    sent = client.post(where, {"schritt": "absenden", "weg": "post", "am": am, "zurueck": "ausgang"}, follow=True)
    assert sent.redirect_chain[-1][0] == "/vorgaenge/ausgang/"
    assert f"/vorgaenge/{other.kennung}/" in page(sent)


def test_after_a_judgement_the_next_open_one_is_shown(office: Office) -> None:
    antrag = office.application()
    assigning.begin(antrag.pk, office.doer(antrag))
    client = browser(office.clerk)
    antrag.refresh_from_db()
    data = {"wert": "keine", "begruendung": "Sie lebt nach Aktenlage allein.", "fassung": antrag.fassung}
    answer = client.post(f"/vorgaenge/{antrag.kennung}/urteil/einstehensgemeinschaft/", data)
    assert answer["Location"].startswith(f"/vorgaenge/{antrag.kennung}/?urteil=")
    assert "einstehensgemeinschaft" not in answer["Location"]


def test_the_next_case_is_ones_own_or_nobodys_and_the_most_urgent(office: Office) -> None:
    first, second, third = (office.application(name=f"Nummer{number}") for number in range(3))
    rows = Antrag.objects.for_mandant(office.mandant)
    colleague = make_actor(office.mandant, Rolle.SACHBEARBEITUNG)
    rows.filter(pk=second.pk).update(frist_am="2026-01-02")
    rows.filter(pk=third.pk).update(frist_am="2026-01-01", bearbeitung=colleague.memberships[0])
    assert worklist.next_case(office.clerk) == second
    assert worklist.next_case(colleague) == third
    assert worklist.next_case(office.clerk, second) == first
    rows.filter(pk__in=[first.pk, second.pk]).update(stand=Stand.WARTET, neues=False)
    assert worklist.next_case(office.clerk) is None


@pytest.mark.parametrize(("rolle", "shown"), [(Rolle.SACHBEARBEITUNG, False), (Rolle.LEITUNG, True)])
def test_only_a_head_is_offered_figures_and_settings(office: Office, rolle: Any, *, shown: bool) -> None:
    text = page(browser(make_actor(office.mandant, rolle)).get("/vorgaenge/"))
    assert ("/vorgaenge/zahlen/" in text) is shown
    assert ("/vorgaenge/verfahren/" in text) is shown
    assert "/vorgaenge/ausgang/" in text
