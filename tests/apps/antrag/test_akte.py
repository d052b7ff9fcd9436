"""The desk of one case through HTTP: who sees it, what it shows, what must never happen, what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.antrag import casework, messages, settling
from leitplanke.apps.antrag.doing import OutdatedError, citizen, locked, machine
from leitplanke.apps.antrag.models import (
    Antrag,
    Einsicht,
    Fristart,
)
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_mandant, make_membership

from .akte import HOUSEHOLD, PERSON, begun, desk, document, proposal, send
from .conftest import COMPLETE, Office

# Who sees it.


@pytest.mark.security
@override_settings(ALLOWED_HOSTS=["testserver", "nachbar.localhost"])
def test_another_unit_and_another_town_find_nothing(office: Office, antrag: Antrag) -> None:
    other = make_membership(office.mandant, Rolle.SACHBEARBEITUNG)
    other.einheit = Organisationseinheit.objects.create(
        mandant=office.mandant, kuerzel="bau", name="Bauamt", telefon=""
    )
    other.save()
    neighbour = make_membership(make_mandant("nachbarstadt", host="nachbar.localhost"), Rolle.LEITUNG)
    for membership, host in ((other, "testserver"), (neighbour, "nachbar.localhost")):
        client = Client(headers={"host": host})
        client.force_login(membership.person)
        for name in ("akte", "akte_nachweis", "akte_verlauf", "akte_nachrichten"):
            assert client.get(reverse(f"antrag:{name}", args=[antrag.kennung])).status_code == 404
        assert client.post(reverse("antrag:angaben_bestaetigen", args=[antrag.kennung])).status_code == 404


def test_opening_is_kept_once_for_each_unit_and_day(clerk: Client, antrag: Antrag) -> None:
    desk(clerk, antrag)
    desk(clerk, antrag)
    seen = Einsicht.objects.for_mandant(antrag.mandant).get(antrag=antrag)
    assert (seen.einheit_id, seen.tag) == (antrag.einheit_id, timezone.localdate())


def test_what_was_new_has_been_seen_by_opening(clerk: Client, antrag: Antrag) -> None:
    messages.write(antrag.pk, citizen(antrag.mandant), "Ist alles da?")
    desk(clerk, antrag)
    antrag.refresh_from_db()
    assert antrag.neues is False


# What it shows.


def test_head_says_what_this_is_and_that_no_model_takes_part(clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag)
    assert "Kim Muster" in page
    assert antrag.nummer in page
    assert "Kein Sprachmodell wirkt an diesem Vorgang mit" in page
    assert "In Bearbeitung" in page


def test_deadlines_are_said_with_days(clerk: Client, antrag: Antrag) -> None:
    today = timezone.localdate()
    antrag.fristen.create(
        mandant=antrag.mandant, art=Fristart.MITWIRKUNG, ab=today, ende=today + timezone.timedelta(days=5)
    )
    assert "noch 5 Tage" in desk(clerk, antrag)


def test_warning_names_what_is_missing_and_why(office: Office, clerk: Client) -> None:
    given = {name: wert for name, wert in COMPLETE.items() if name not in {"mietenstufe", "bruttokaltmiete_monat"}}
    page = desk(clerk, begun(office, office.application(given)))
    assert "Zwei Angaben fehlen" in page
    assert "Bruttokaltmiete im Monat" in page
    assert "Grenzt den Betrag um etwa" in page
    assert "Belegt durch: Mietvertrag" in page


def test_a_new_case_asks_to_begin(office: Office, clerk: Client) -> None:
    antrag = office.application()
    page = desk(clerk, antrag)
    assert "Neu eingegangen" in page
    send(clerk, "schritt", antrag, "uebernehmen")
    antrag.refresh_from_db()
    assert (antrag.stand, antrag.bearbeitung) == ("in_bearbeitung", office.clerk.memberships[0])
    assert "Entscheiden" in desk(clerk, antrag)


def test_items_of_a_list_stand_together(office: Office, clerk: Client) -> None:
    antrag = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON, PERSON]}))
    page = desk(clerk, antrag)
    assert re.findall(r'<h3 class="kern-title">(.*?)</h3>', page)[:3] == [
        "Zum Fall", "Personen im Haushalt, Eintrag 1", "Personen im Haushalt, Eintrag 2",
    ]  # fmt: skip
    assert "vermutet das Gesetz" in page


def test_proof_shows_norm_value_and_state_and_a_page_of_its_own_every_step(clerk: Client, antrag: Antrag) -> None:
    page = desk(clerk, antrag)
    assert "§§ 19 und 21 Nr. 1 WoGG" in page
    assert "berechnet" in page
    whole = clerk.get(reverse("antrag:akte_nachweis", args=[antrag.kennung])).content.decode()
    assert "Wohngeld im Monat" in whole
    assert "Ohne den gewerblich genutzten Teil" in whole


# What must never happen, and how much it costs.


def test_a_machine_settles_nothing(antrag: Antrag) -> None:
    from leitplanke.core.verfahren.acts import ActError

    row = proposal(document(antrag), "bruttokaltmiete_monat", "410.00")
    for verb in (
        lambda: settling.confirm_undisputed(antrag.pk, machine(antrag.mandant), ["vermoegen"]),
        lambda: settling.settle_fact(antrag.pk, machine(antrag.mandant), "vermoegen", "1"),
        lambda: settling.reject_proposal(antrag.pk, machine(antrag.mandant), row.pk),
        lambda: casework.write_note(antrag.pk, machine(antrag.mandant), "Text"),
    ):
        with pytest.raises(ActError):
            verb()


def test_services_refuse_an_outdated_view(office: Office, antrag: Antrag) -> None:
    doer = office.doer(antrag)
    with pytest.raises(OutdatedError):
        settling.settle_fact(antrag.pk, doer, "vermoegen", "1", fassung=antrag.fassung - 1)
    with pytest.raises(OutdatedError):
        settling.leave_disputed(antrag.pk, doer, "vermoegen", fassung=antrag.fassung - 1)


def test_rules_that_cannot_be_used_leave_the_case_readable(clerk: Client, antrag: Antrag) -> None:
    document(antrag)
    Antrag.objects.for_mandant(antrag.mandant).filter(pk=antrag.pk).update(fakten={"gibt_es_nicht": 1})
    page = desk(clerk, antrag)
    assert "lässt sich gerade nicht berechnen" in page
    assert clerk.get(reverse("antrag:akte_nachweis", args=[antrag.kennung])).status_code == 200


def queries(client: Client, antrag: Antrag) -> int:
    desk(client, antrag)  # the first view of the day is kept
    with CaptureQueriesContext(
        connection,
    ) as caught:
        desk(client, antrag)
    return len(caught)


def test_the_desk_asks_the_database_as_often_for_much_as_for_little(office: Office, clerk: Client) -> None:
    small = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON]}, name="Klein"))
    large = begun(office, office.application({**HOUSEHOLD, "personen": [PERSON] * 30}, name="Gross"))
    proposal(document(small), "bruttokaltmiete_monat", "410.00")
    for number in range(30):
        beleg = document(large, f"Miete {number}: 410,00 EUR")
        proposal(beleg, f"personen[{number + 1}].bruttoeinkommen_jahr", "19680.00")
        proposal(beleg, "bruttokaltmiete_monat", "410.00")
    for place in (1, 2, 3):
        with transaction.atomic():
            antrag = locked(office.mandant, large.pk)
            antrag.urteile_getroffen.create(
                mandant=office.mandant, name=f"u{place}", wert=True, begruendung="Weil es so ist.",
                von=office.clerk.memberships[0], begruendung_hash="x",
            )  # fmt: skip
    assert queries(clerk, small) == queries(clerk, large)
