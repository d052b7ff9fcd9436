"""What an attacker found, and what it is like since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.leitlinie.acknowledging import acknowledge, record_training
from leitplanke.apps.leitlinie.clauses import ChangedMeanwhileError, decide_clause, last_change, remove_clause
from leitplanke.apps.leitlinie.models import Mitzeichnung, Schulungsnachweis, Votum
from leitplanke.apps.leitlinie.overview import lacks_of
from leitplanke.apps.leitlinie.towns import state_town, town_of
from leitplanke.apps.leitlinie.training import ListError, read_list
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.guideline import Choice, Example, Kind
from tests.adopting import adopt, choices_of, drafted, submitted
from tests.factories import make_actor

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def test_an_adopted_version_keeps_the_name_of_the_town_it_was_adopted_under(mandant: Mandant) -> None:
    version = adopt(mandant)
    before = town_of(version)
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    state_town(actor=author, stated={"art": "kreis", "name": "Gotham", "leitung": "der Joker"})
    version.refresh_from_db()
    assert town_of(version) == before
    assert town_of(drafted(mandant, ())).name == "Gotham"


def test_a_clause_that_changed_meanwhile_is_not_taken_out(mandant: Mandant) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    version = drafted(mandant, choices_of(Example.AUSGEWOGEN))
    seen = last_change(version, "BB05")
    decide_clause(actor=author, version_id=version.pk, choice=Choice("BB05", "allgemein"))
    with pytest.raises(ChangedMeanwhileError):
        remove_clause(actor=author, version_id=version.pk, block="BB05", seen=seen)


def test_short_questions_leave_alone_what_somebody_decided_meanwhile(mandant: Mandant, client: Client) -> None:
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    version = drafted(mandant, choices_of(Example.AUSGEWOGEN))
    assert author.person is not None
    client.force_login(author.person)
    path = f"/amt/leitlinie/fassung/{version.nummer}/fragen/rahmen/"
    seen = client.get(path).context["gesehen"]
    other = Choice("BB01", "charta", {}, "Grund der anderen.")
    decide_clause(actor=make_actor(mandant, Rolle.LEITUNG), version_id=version.pk, choice=other)
    said = {"BB01": "stufen", "BB01_beschluss": "die Leitung", "BB02": "rat", "BB02_gruppen": "Beschäftigte"}
    said["gesehen"] = str(seen)
    answer = client.post(path, said, follow=True)
    rows = {row.baustein: row for row in version.klauseln.filter(baustein__in=["BB01", "BB02"])}
    assert (rows["BB01"].option, rows["BB01"].grund) == ("charta", "Grund der anderen.")
    assert "nicht übernommen" in answer.content.decode()


def test_the_log_does_not_tell_the_role_of_who_has_read(mandant: Mandant) -> None:
    version = adopt(mandant)
    acknowledge(actor=make_actor(mandant, Rolle.PERSONALRAT), version_id=version.pk)
    leaf = Leaf.objects.for_mandant(mandant).get(code="leitlinie.gelesen")
    assert "personalrat" not in str(leaf.payload)


@pytest.mark.parametrize(
    "raw",
    [b"e-mail;schulung;am\r\n" + b"a" * 200_000, b"\x00\x01\x02\xff", b'e-mail;schulung;am\n"a'],
)
def test_a_list_that_is_no_table_says_so(raw: bytes) -> None:
    with pytest.raises(ListError):
        read_list(raw)


def test_a_corrected_end_of_a_training_is_kept(mandant: Mandant) -> None:
    trainer, clerk = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    day = timezone.localdate() - timedelta(days=3)
    for until in (date(2030, 1, 1), date(2031, 1, 1)):
        record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=day, until=until)
    assert [row.gueltig_bis for row in Schulungsnachweis.objects.for_mandant(mandant)] == [date(2031, 1, 1)]


def test_nobody_signs_for_another_office_and_long_numbers_are_none(mandant: Mandant, client: Client) -> None:
    version = submitted(drafted(mandant, choices_of(Example.AUSGEWOGEN)))
    council = make_actor(mandant, Rolle.PERSONALRAT)
    assert council.person is not None
    client.force_login(council.person)
    path = reverse("leitlinie:zeichnen", args=[version.nummer])
    answer = client.post(path, {"stelle": "datenschutz", "zeichnen-votum": "zugestimmt"})
    assert "Für diese Stelle können Sie nicht mitzeichnen" in answer.content.decode()
    votes = Mitzeichnung.objects.for_mandant(mandant).values_list("votum", flat=True)
    assert set(votes) == {Votum.OFFEN}
    assert client.post("/leitlinie/kenntnis/gelesen/", {"fassung": "9" * 5000}).status_code < 500


def test_whoever_is_not_trained_reads_so_on_the_start_page_until_they_are(mandant: Mandant, client: Client) -> None:
    clerk, trainer = make_actor(mandant, Rolle.SACHBEARBEITUNG), make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    assert clerk.person is not None
    client.force_login(clerk.person)
    assert "Ihnen fehlt noch eine Schulung" not in client.get("/").content.decode()
    adopt(mandant)
    assert "Ihnen fehlt noch eine Schulung" in client.get("/").content.decode()
    end = timezone.localdate() - timedelta(days=3)
    record_training(actor=trainer, person=clerk.person, title="Grundlagen", day=end - timedelta(days=9), until=end)
    assert "Ihnen fehlt noch eine Schulung" not in client.get("/").content.decode()
    assert "zählt noch" in client.get("/leitlinie/schulung/").content.decode()


def test_a_duty_of_the_ai_act_that_no_clause_sees_to_is_named(mandant: Mandant) -> None:
    whole = choices_of(Example.AUSGEWOGEN)
    assert not [lack for lack in lacks_of(drafted(mandant, whole)) if lack.kind is Kind.PFLICHT]
    without = drafted(mandant, [choice for choice in whole if choice.block not in {"BB52", "BB54"}])
    (duty,) = [lack for lack in lacks_of(without) if lack.kind is Kind.PFLICHT]
    assert duty.message.startswith("KI-Verordnung, Art. 4: ")
    assert not duty.grave
