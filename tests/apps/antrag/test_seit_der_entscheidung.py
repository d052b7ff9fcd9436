from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.antrag import closing, facts

from .test_bescheid_pages import browser, page
from .test_letters import decided

if TYPE_CHECKING:
    from .conftest import Office


def test_the_desk_tells_what_came_out_otherwise_since_the_decision(office: Office) -> None:
    antrag, _made, _letter = decided(office)
    client = browser(office.clerk)
    address = f"/vorgaenge/{antrag.kennung}/nachweis/"
    assert "Kein Schritt kommt heute anders heraus" in page(client.get(address))
    closing.reopen(antrag.pk, office.doer(antrag), "Die Miete ist seit dem Antrag gesunken.")
    origin = facts.Origin(facts.Quelle.AMT)
    facts.state_facts(antrag.pk, office.doer(antrag), {"bruttokaltmiete_monat": "350.00"}, origin=origin)
    shown = page(client.get(address))
    assert "Kein Schritt kommt heute anders heraus" not in shown
    for words in ("400,00 EUR im Monat", "350,00 EUR im Monat", "Wohngeld im Monat"):
        assert words in shown
