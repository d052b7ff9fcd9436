"""Reports on systems: by everybody without an account, handled by the office, forgotten after their time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leitplanke.apps.register import incident_mail, incidents
from leitplanke.apps.register.incident_retention import delete_personal
from leitplanke.apps.register.models import Eintrag, Registerverlauf, Schwere, Vorfall, Vorfallart
from leitplanke.apps.register.queries_vorfaelle import published
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import CommitmentSalt, Leaf
from leitplanke.base.notify.models import Nachricht
from leitplanke.core.register.lifecycle import Stand
from tests.factories import make_actor, make_mandant, make_membership

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db
SECRET = "Der Stadtassistent schickte Frau Özdemir zum falschen Amt."
MAIL = "melderin@example.org"
CODE = re.compile(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}")


def browser(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def running(team: Any) -> Eintrag:
    """A system in use, without the long way to its release."""
    eintrag = team.entry()
    Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk).update(stand=Stand.ERPROBUNG, klasse="high")
    eintrag.refresh_from_db()
    return eintrag  # type: ignore[no-any-return]


def form(**changes: str) -> dict[str, str]:
    return {"kennung": str(uuid4()), "art": "vorfall", "text": SECRET, "kontakt": MAIL, **changes}


def reported(team: Any, eintrag: Eintrag, actor: Actor | None = None, **changes: Any) -> Vorfall:
    meldung = incidents.Report(uuid4(), Vorfallart.VORFALL, SECRET, MAIL, f"ABCD-EFGH-JKLM-{eintrag.pk + 2222}")
    row = incidents.report(actor=actor or Actor(team.mandant), eintrag_id=eintrag.pk, meldung=meldung)
    Vorfall.objects.for_mandant(team.mandant).filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    return row


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_anybody_reports_without_an_account_and_follows_it_with_a_code(team: Any) -> None:
    eintrag, client, sent = running(team), Client(), form()
    path = f"/ki-register/{eintrag.kuerzel}/melden/"
    assert "12 Monate" in text(client.get(path))
    for _click in range(2):
        receipt = client.post(path, sent, follow=True)
    row = Vorfall.objects.for_mandant(team.mandant).get()
    found = CODE.search(text(receipt))
    assert found is not None
    code = found[0]
    assert row.frist_am == timezone.localdate() + timedelta(days=30)
    assert row.code_hash == incidents.code_hash(code.lower().replace("-", " "))
    stranger = Client()
    assert SECRET in text(stranger.post("/ki-register/meldung/", {"code": code}))
    wrong = stranger.post("/ki-register/meldung/", {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert wrong.status_code == 422
    assert SECRET not in text(wrong)
    assert "nichts mehr" in text(stranger.get("/ki-register/meldung/eingang/"))

    mails = Nachricht.objects.for_mandant(team.mandant)
    assert mails.filter(empfaenger=MAIL).count() == 1
    assert mails.filter(empfaenger=team.ki.person.email).count() == 1
    leaves = Leaf.objects.for_mandant(team.mandant).filter(code="register.gemeldet")
    kept = [*leaves.values_list("payload", flat=True), *mails.values_list("text", flat=True)]
    kept += Registerverlauf.objects.for_mandant(team.mandant).values_list("text", flat=True)
    for secret in (SECRET, "Özdemir", code):
        assert not any(secret in one for one in kept)


def test_a_form_that_does_not_do_loses_nothing(team: Any) -> None:
    path = f"/ki-register/{running(team).kuerzel}/melden/"
    client = Client()
    for sent in (form(kontakt="a@b"), form(homepage="https://werbung.example"), form(art="")):
        answer = client.post(path, sent)
        assert answer.status_code == 422
        assert SECRET in text(answer)
    assert not Vorfall.objects.for_mandant(team.mandant).exists()


def test_too_many_reports_from_one_place_are_turned_away(team: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "meldung": "2/10m/ip"}
    path = f"/ki-register/{running(team).kuerzel}/melden/"
    codes = [Client().post(path, form()).status_code for _number in range(3)]
    assert codes == [302, 302, 429]
    assert Vorfall.objects.for_mandant(team.mandant).count() == 2


def test_an_idea_is_known_to_staff_only(team: Any) -> None:
    path = f"/ki-register/{team.entry().kuerzel}/melden/"
    assert Client().get(path).status_code == 404
    assert browser(team.clerk).post(path, form()).status_code == 302
    assert Vorfall.objects.for_mandant(team.mandant).get().gemeldet_von == team.clerk.memberships[0]


def test_the_office_takes_a_serious_incident_to_its_end(team: Any) -> None:
    eintrag, client = running(team), browser(team.ki)
    row = reported(team, eintrag)
    path = f"/register/meldungen/{row.public_id}/"

    def step(name: str, **data: str) -> int:
        return int(client.post(path, {"schritt": name, **data}).status_code)

    assert step("antworten", text="Zu früh.") == 422
    assert step("beurteilen", schwere="schwer") == 422
    assert step("beurteilen", schwere="schwer", folge="tod") == 302
    row.refresh_from_db()
    assert row.behoerde_bis == timezone.localdate() + timedelta(days=10)
    alarmed = Nachricht.objects.for_mandant(team.mandant).filter(kategorie="register.alarm")
    assert {mail.empfaenger for mail in alarmed} >= {team.head.person.email, team.privacy.person.email}
    assert step("massnahme", text="Ratgeber berichtigen", bis="31.12.2026") == 302
    assert step("erledigen", massnahme=str(row.massnahmen.get().pk)) == 302
    assert step("schliessen") == 422
    assert step("behoerde", tag=f"{timezone.localdate():%d.%m.%Y}") == 302
    assert step("antworten", text="Sie hatten recht.") == 302
    assert step("veroeffentlichen", text="Eine Auskunft war falsch.") == 302
    assert step("schliessen") == 302
    assert step("antworten", text="Nachtrag") == 422
    assert [one.text for one in published(eintrag)] == ["Eine Auskunft war falsch."]
    assert step("aufnehmen") == 302


def test_a_person_suspends_the_system_on_a_serious_incident(team: Any) -> None:
    eintrag = running(team)
    row = reported(team, eintrag)
    path, sent = f"/register/meldungen/{row.public_id}/", {"schritt": "aussetzen", "text": "Falsche Auskünfte."}
    assert browser(team.head).post(path, sent).status_code == 422
    incidents.assess(actor=team.ki, vorfall_id=row.pk, schwere=Schwere.SCHWER, folge="andere")
    assert "Aussetzen prüfen" in text(browser(team.clerk).get(path))
    assert browser(team.clerk).post(path, sent).status_code == 422
    assert browser(team.head).post(path, sent).status_code == 302
    eintrag.refresh_from_db()
    assert eintrag.state is Stand.AUSGESETZT


@pytest.mark.parametrize(
    ("changes", "by_staff", "counts"),
    [
        ({}, False, 0), ({}, True, 1), ({"schwere": "mittel"}, False, 1), ({"schwere": "schwer"}, False, 1),
        ({"schwere": "leicht"}, True, 0), ({"schwere": "schwer", "art": "fehler"}, False, 0),
        ({"schwere": "schwer", "gemeldet_am": timezone.now() - timedelta(days=31)}, False, 0),
        ({"schwere": "schwer", "erledigt_am": timezone.now()}, False, 0),
    ],
)  # fmt: skip
def test_what_counts_for_the_threshold(team: Any, changes: dict[str, Any], by_staff: bool, counts: int) -> None:
    eintrag = running(team)
    reported(team, eintrag, team.clerk if by_staff else None, **changes)
    assert incidents.recent_count(eintrag) == counts


def test_what_is_personal_is_forgotten_after_its_time(team: Any) -> None:
    eintrag = running(team)
    row = reported(team, eintrag, team.clerk)
    incidents.assess(actor=team.ki, vorfall_id=row.pk, schwere=Schwere.LEICHT)
    incidents.add_measure(actor=team.ki, vorfall_id=row.pk, text="Frau Özdemir anrufen")
    incidents.close(actor=team.ki, vorfall_id=row.pk, grund="Frau Özdemir hat es zurückgenommen.")
    today = timezone.localdate()
    assert delete_personal(team.mandant, today + timedelta(days=360)) == 0
    assert delete_personal(team.mandant, today + timedelta(days=366)) == 1
    assert delete_personal(team.mandant, today + timedelta(days=366)) == 0
    row.refresh_from_db()
    said = (row.text, row.kontakt, row.code_hash, row.abschlussgrund, row.massnahmen.get().text)
    assert said == ("", "", "", "", "")
    assert row.gemeldet_von is None
    assert not CommitmentSalt.objects.for_mandant(team.mandant).filter(value__contains="Özdemir").exists()
    with pytest.raises(incidents.IncidentError):
        incidents.reopen(actor=team.ki, vorfall_id=row.pk)


def test_people_are_reminded_once_a_day_until_it_is_answered(team: Any) -> None:
    row = reported(team, running(team), schwere="leicht")
    day = row.frist_am - timedelta(days=3)
    found = [incident_mail.remind(team.mandant, one) for one in (day - timedelta(days=1), day, day)]
    assert found == [0, 1, 0]
    incidents.answer(actor=team.ki, vorfall_id=row.pk, text="Erledigt.")
    assert incident_mail.remind(team.mandant, day + timedelta(days=1)) == 0


def test_the_list_asks_the_database_as_often_for_three_as_for_one(team: Any) -> None:
    eintrag, client = running(team), browser(team.ki)
    reported(team, eintrag)
    counts = []
    for more in (0, 2):
        for _number in range(more):
            reported(team, eintrag)
        client.get("/register/meldungen/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert f"{1 + more} Meldung" in text(client.get("/register/meldungen/?suche=stadt"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    for chosen, count in (("stand=ueberfaellig", 0), ("stand=geschlossen", 0), ("art=vorfall&schwere=offen", 3)):
        assert f"{count} Meldung" in text(client.get(f"/register/meldungen/?{chosen}"))


def test_another_unit_and_another_town_do_not_see_it(team: Any, mandant: Mandant) -> None:
    path = f"/register/meldungen/{reported(team, running(team)).public_id}/"
    other = make_membership(mandant, Rolle.LEITUNG)
    other.einheit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="x", name="Anderes Amt")
    other.save()
    client = Client()
    client.force_login(other.person)
    assert client.get(path).status_code == 404
    assert "Keine Meldungen" in text(client.get("/register/meldungen/"))
    stranger = make_actor(make_mandant("fremdstadt", host="fremd.localhost"), Rolle.KI_BEAUFTRAGTE)
    assert browser(stranger).get(path).status_code in {403, 404}
