"""Changes of Regelwerke: propose, release by a second person, withdraw."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from leitplanke.apps.regelwerk.changes import (
    UnusableError,
    WrongStateError,
    propose_change,
    release_change,
    withdraw_change,
)
from leitplanke.apps.regelwerk.library import book_for, shipped
from leitplanke.apps.regelwerk.models import Aenderung
from leitplanke.apps.regelwerk.public import engine_for, waiting_changes
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from tests.apps.regelwerk.conftest import BASE
from tests.factories import make_actor

VALUE = {
    "art": "wert", "aktion": "vorschlagen", "wert-ab": "1.1.2027", "wert-status": "in_kraft", "wert-z0": "440",
    "wert-z1": "540", "wert-z2": "650", "wert-z3": "1.000", "wert-quelle": "MZG 2027", "wert-begruendung": "Anpassung",
}  # fmt: skip


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.SACHBEARBEITUNG)


@pytest.fixture
def second(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.LEITUNG)


def proposed(actor: Actor, before: str = "wert: 40}", after: str = "wert: 41}") -> Aenderung:
    return propose_change(
        actor=actor, regelwerk="musterzuschuss", eintrag="behindertenzuschlag", datei="regeln.yaml",
        edit=lambda text: text.replace(before, after), was="Zuschlag", quelle="Gesetz", begruendung="Anpassung",
    )  # fmt: skip


def holds(mandant: Mandant) -> int | None:
    return engine_for(mandant, "musterzuschuss").regelwerk.parameter["behindertenzuschlag"].werte[0].scalar


def codes(mandant: Mandant) -> list[str]:
    found = Leaf.objects.for_mandant(mandant).filter(code__startswith="regelwerk.").order_by("pk")
    return list(found.values_list("code", flat=True))


def test_change_holds_from_release_until_it_is_withdrawn(mandant: Mandant, author: Actor, second: Actor) -> None:
    aenderung = proposed(author)
    assert holds(mandant) == 4000
    release_change(aenderung_id=aenderung.pk, actor=second)
    assert holds(mandant) == 4100
    withdraw_change(aenderung_id=aenderung.pk, actor=second, begruendung="Irrtum")

    assert holds(mandant) == 4000
    assert codes(mandant) == [
        "regelwerk.change_proposed", "regelwerk.change_released", "regelwerk.change_withdrawn",
    ]  # fmt: skip


def test_whole_file_is_stored(mandant: Mandant, author: Actor) -> None:
    aenderung = proposed(author)

    assert aenderung.vorher == shipped()["musterzuschuss"].texts["regeln.yaml"]
    assert aenderung.text == aenderung.vorher.replace("wert: 40}", "wert: 41}")


def test_withdrawn_change_gives_way_to_the_one_before(mandant: Mandant, author: Actor, second: Actor) -> None:
    first = proposed(author)
    release_change(aenderung_id=first.pk, actor=second)
    later = proposed(author, "wert: 41}", "wert: 42}")
    release_change(aenderung_id=later.pk, actor=second)
    assert holds(mandant) == 4200
    withdraw_change(aenderung_id=later.pk, actor=second, begruendung="Irrtum")

    assert holds(mandant) == 4100
    first.refresh_from_db()
    assert first.stand == "freigegeben"


@pytest.mark.security
def test_who_proposed_may_not_release(mandant: Mandant, second: Actor) -> None:
    aenderung = proposed(second)
    with pytest.raises(NotPermittedError, match="zweite Person"):
        release_change(aenderung_id=aenderung.pk, actor=second)

    assert holds(mandant) == 4000


@pytest.mark.security
def test_database_itself_refuses_a_release_by_the_same_person(mandant: Mandant, second: Actor) -> None:
    aenderung = proposed(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aenderung.objects.for_mandant(mandant).filter(pk=aenderung.pk).update(freigegeben_von=second.person)


@pytest.mark.security
@pytest.mark.parametrize("rolle", [Rolle.SACHBEARBEITUNG, Rolle.RAT, Rolle.IT, Rolle.ADMINISTRATION])
def test_only_some_may_release(mandant: Mandant, author: Actor, rolle: Rolle) -> None:
    aenderung = proposed(author)
    with pytest.raises(NotPermittedError):
        release_change(aenderung_id=aenderung.pk, actor=make_actor(mandant, rolle))


@pytest.mark.security
def test_neighbour_sees_and_gets_nothing_of_it(
    mandant: Mandant, other_mandant: Mandant, author: Actor, second: Actor
) -> None:
    aenderung = proposed(author)
    release_change(aenderung_id=aenderung.pk, actor=second)
    stranger = make_actor(other_mandant, Rolle.LEITUNG)

    assert holds(other_mandant) == 4000
    assert waiting_changes(stranger) == []
    with pytest.raises(Aenderung.DoesNotExist):
        withdraw_change(aenderung_id=aenderung.pk, actor=stranger, begruendung="x")


def test_proposal_made_before_another_release_must_be_made_anew(mandant: Mandant, author: Actor, second: Actor) -> None:
    one, other = proposed(author), proposed(author, "wert: 40}", "wert: 45}")
    release_change(aenderung_id=one.pk, actor=second)
    with pytest.raises(WrongStateError, match="seit dem Vorschlag geändert"):
        release_change(aenderung_id=other.pk, actor=second)


def test_unusable_text_is_not_even_proposed(mandant: Mandant, author: Actor) -> None:
    with pytest.raises(UnusableError) as caught:
        proposed(author, "formel: min(personen_im_haushalt, 4)", "formel: min(personen_im_hausalt, 4)")

    assert caught.value.checked.findings[0].file == "regeln.yaml"
    assert caught.value.checked.findings[0].line > 1
    assert not Aenderung.objects.for_mandant(mandant).exists()


def test_nothing_changed_is_no_proposal(mandant: Mandant, author: Actor) -> None:
    with pytest.raises(WrongStateError):
        proposed(author, "gibt es nicht", "x")


def test_value_is_proposed_and_released_in_the_browser(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    response = client.post(f"{BASE}aendern/hoechstmiete/", VALUE)
    assert response.status_code == 302, response.content.decode()
    page = client.get(response["Location"]).content.decode()
    assert "MZG 2027" in page
    assert "2027-01-01" in page
    assert "Freigeben muss sie eine zweite Person" in page

    sign_in(Rolle.LEITUNG)
    assert "Höchste zu berücksichtigende Miete: neuer Wert ab 01.01.2027" in client.get("/").content.decode()
    client.post(f"{response['Location']}freigeben/")
    newest = book_for(mandant, "musterzuschuss").regelwerk.parameter["hoechstmiete"].werte[-1]
    assert newest.cells == (440, 540, 650, 1000)
    assert "freigegeben" in client.get(BASE).content.decode()


def test_live_check_shows_cases_that_come_out_otherwise(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    values = {**VALUE, "wert-ab": "1.2.2026", "aktion": "pruefen"}
    page = client.post(f"{BASE}aendern/hoechstmiete/", values, headers={"HX-Request": "true"}).content.decode()

    assert "1 von 3 Fällen kommt anders heraus" in page
    assert "Mit einem Kind, Höchstmiete 2026" in page
    assert "<html" not in page
    assert not Aenderung.objects.for_mandant(mandant).exists()


def test_form_begins_with_the_law_in_force_not_with_a_draft(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    page = client.get(f"{BASE}aendern/foerdersatz/").content.decode()

    assert re.search(r'name="wert-z0" value="25[",]', page) is not None


def test_missing_source_and_wrong_cell_are_named_and_kept(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    response = client.post(f"{BASE}aendern/hoechstmiete/", {**VALUE, "wert-quelle": "", "wert-z1": "viel"})
    page = response.content.decode()

    assert response.status_code == 422
    assert "„viel“ ist keine ganze Zahl" in page
    assert 'value="viel"' in page
    assert 'href="#id_wert-quelle"' in page


def test_text_is_corrected(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.KI_BEAUFTRAGTE)
    values = {
        "art": "texte", "aktion": "vorschlagen", "texte-titel.de": "Höchstmiete", "texte-titel.en": "Highest rent",
        "texte-norm": "§ 3 MZG", "texte-quelle": "Schreibweise", "texte-begruendung": "Kürzer",
    }  # fmt: skip
    response = client.post(f"{BASE}aendern/hoechstmiete/", values)

    assert response.status_code == 302
    assert "Höchstmiete" in Aenderung.objects.for_mandant(mandant).get().text


def test_value_of_the_towns_layer_changes_its_own_file(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)
    values = {**VALUE, "wert-z0": "55,50"}
    client.post(f"{BASE}aendern/kinderzuschlag/?ebene=musterstadt", values)

    assert Aenderung.objects.for_mandant(mandant).get().datei == "ebenen/musterstadt/satzung.yaml"


def test_unknown_entry_or_layer_is_not_found(client: Any, mandant: Mandant, sign_in: Any) -> None:
    sign_in(Rolle.SACHBEARBEITUNG)

    assert client.get(f"{BASE}aendern/gibtesnicht/").status_code == 404
    assert client.get(f"{BASE}aendern/hoechstmiete/?ebene=gibtesnicht").status_code == 404


def test_page_asks_the_database_as_often_for_three_changes_as_for_one(
    client: Any, mandant: Mandant, sign_in: Any, author: Actor
) -> None:
    from django.db import connection

    sign_in(Rolle.LEITUNG)
    counts = []
    for number in (1, 2):
        for _again in range(number):
            proposed(author)
        client.get(BASE)
        with CaptureQueriesContext(connection) as queries:
            client.get(BASE)
        counts.append(len(queries))

    assert Aenderung.objects.for_mandant(mandant).count() == 3
    assert counts[0] == counts[1]
