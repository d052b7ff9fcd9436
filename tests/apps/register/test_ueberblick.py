"""The overview of all systems, its dates and calendar feed, and figures of months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leitplanke.apps.register import figures, incidents, portfolio, subscribing
from leitplanke.apps.register.models import Eintrag, Verbrauch, Vorfallart
from leitplanke.apps.register.portfolio_dates import Book, weeks
from leitplanke.apps.register.portfolio_figures import months_until, series
from leitplanke.apps.register.portfolio_overrides import overruled
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import Stand
from tests.factories import make_actor, make_membership

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

pytestmark = pytest.mark.django_db
HEAD = "system;monat;energie_kwh;kosten_eur;anfragen;ueberstimmt;herkunft\n"


def browser(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def tried(team: Any) -> Eintrag:
    """A system in trial, classified, on which the staff representation has to decide."""
    eintrag = team.entry(lebensbereich="soziales", erreicht="Antworten in Minuten statt Tagen.")
    team.classify(eintrag)
    in_a_month = timezone.localdate() + timedelta(days=30)
    rows = Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk)
    rows.update(stand=Stand.ERPROBUNG, gueltig_bis=in_a_month)
    incidents.report(
        actor=team.clerk, eintrag_id=eintrag.pk,
        meldung=incidents.Report(uuid4(), Vorfallart.BESCHWERDE, "Vertraulich!", "", f"C{uuid4()}"),
    )  # fmt: skip
    return rows.get()  # type: ignore[no-any-return]


def test_the_council_reads_everything_on_one_page_whatever_the_number_of_systems(team: Any) -> None:
    tried(team)
    client, counts = browser(make_actor(team.mandant, Rolle.RAT)), []
    for more in (0, 2):
        for _number in range(more):
            tried(team)
        client.get("/register/ueberblick/")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/register/ueberblick/?monate=24"))
        counts.append(len(queries))
        assert "Bewertung gilt bis" in page
        assert "Antworten in Minuten statt Tagen." in page
        assert "nicht gegen Menschen geprüft" in page
        assert "Vertraulich!" not in page
    assert counts[0] == counts[1]


def test_matrix_and_white_spots_count_what_there_is(team: Any) -> None:
    eintrag = tried(team)
    rows = portfolio.matrix(team.mandant)
    assert [(row.total, sum(cell.count for cell in row.cells)) for row in rows] == [(1, 1)]
    found = {spot.label: spot for spot in portfolio.spots(team.mandant)}
    assert found["Soziales und Wohnen"].running == 1
    assert found["Soziales und Wohnen"].white
    assert found["Bildung und Kita"].sentence == "kein System"
    eintrag.stand = Stand.IDEE
    eintrag.save()
    assert portfolio.spots(team.mandant)[0].white
    assert portfolio.totals(team.mandant)["laufend"] == 0


def test_dates_come_from_duties_evaluations_and_reports(team: Any) -> None:
    eintrag = tried(team)
    book = Book.of(team.mandant, timezone.localdate())
    found = book.dates()
    assert {"bewertung", "meldung"} <= {one.kind for one in found}
    assert [(one.eintrag, one.count > 0) for one in book.unshown()] == [(eintrag, True)]
    assert {one.kind for one in Book.of(team.mandant, date(2020, 1, 1)).dates()} >= {"pflicht"}
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert book.outdated() == []
    eintrag.bearbeitung.wesentlich_sha256 = "0" * 64
    eintrag.bearbeitung.save()
    assert [one.what for one in Book.of(team.mandant, timezone.localdate()).outdated()] == [("Einstufung",)]


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 3, 1), date(2024, 2, 1), date(2027, 2, 1)])
def test_a_month_is_shown_in_whole_weeks(month: date) -> None:
    days = [day for week in weeks(month, [], month) for day in week]
    assert days[0].day.weekday() == 0
    assert len(days) % 7 == 0
    inside = [day.day for day in days if day.inside]
    assert inside[0] == month
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert len(days) - len(inside) < 14


def test_a_calendar_program_gets_the_dates_by_a_secret_address_while_the_membership_lasts(team: Any) -> None:
    tried(team)
    client = browser(team.head)
    assert client.post("/register/ueberblick/termine/abo/", {"was": "neu"}).status_code == 302
    abo = subscribing.own(team.head)
    assert abo is not None
    path = f"/register/ueberblick/kalender/{subscribing.sign_of(abo)}/"
    assert path in text(client.get("/register/ueberblick/termine/"))
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"Vertraulich" not in answer.content
    assert Client().get(f"/register/ueberblick/kalender/{abo.kennung.hex}-{'0' * 32}/").status_code == 404
    membership = team.head.memberships[0]
    membership.von, membership.bis = date(2020, 1, 1), timezone.localdate() - timedelta(days=1)
    membership.save()
    assert Client().get(path).status_code == 404
    membership.bis = None
    membership.save()
    client.post("/register/ueberblick/termine/abo/", {"was": "neu"})
    assert Client().get(path).status_code == 404
    client.post("/register/ueberblick/termine/abo/", {"was": "beenden"})
    assert subscribing.own(team.head) is None


def test_figures_of_a_month_are_kept_and_shown(team: Any) -> None:
    eintrag, client, today = tried(team), browser(team.head), timezone.localdate()
    path = f"/register/{eintrag.kuerzel}/verbrauch/"
    origin = {f"herkunft_{name}": "gemessen" for name in ("energie", "kosten", "anfragen")}
    sent = {"monat": f"{today:%m.%Y}", "energie": "12,5", "anfragen": "100", "ueberstimmt": "4", **origin}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, {**sent, "energie": "", "kosten": "1.240,00"}).status_code == 302
    line = series(team.mandant, today, 12).lines[-1]
    assert (line.values["energie"], line.values["kosten"]) == (Decimal(12500), Decimal(1240))
    assert "12,50" in text(client.get("/register/ueberblick/"))
    for wrong in ({"ueberstimmt": "101"}, {"energie": "-1"}, {"monat": "01.2101"}, {"anfragen": "viel"}):
        answer = client.post(path, {**sent, **wrong})
        assert answer.status_code == 422
        assert next(iter(wrong.values())) in text(answer)


def test_the_overview_tells_chance_from_change_in_what_people_overrule(team: Any) -> None:
    eintrag, today = tried(team), timezone.localdate()
    months = months_until(today, 8)
    for number, month in enumerate(months):
        counts = {"anfragen": 100} if number == 0 else {"anfragen": 100, "ueberstimmt": 60 if number == 7 else 5}
        said = {name: figures.Figure(Decimal(wert), "gemessen") for name, wert in counts.items()}
        figures.set_month(actor=team.head, month=figures.Month(eintrag.kuerzel, month, said))
    (found,) = overruled(team.mandant, today)
    assert [odd for *_rest, odd in found.rows] == [False] * 6 + [True]
    page = text(browser(team.head).get("/register/ueberblick/"))
    assert found.sentence in page
    assert "60,0 %" in page


def test_a_table_is_kept_whole_or_not_at_all(team: Any) -> None:
    name, client = tried(team).kuerzel, browser(team.head)

    def upload(lines: str) -> Any:
        file = SimpleUploadedFile("zahlen.csv", (HEAD + lines).encode())
        return client.post("/register/ueberblick/hochladen/", {"datei": file})

    bad = upload(f"{name};03.2026;1;2;3;0;gemessen\n{name};13.2026;1;;;;gemessen\n{name};2026-04;viel;;;;rechnung\n")
    assert bad.status_code == 422
    assert "Zeile 3" in text(bad)
    assert "Zeile 4" in text(bad)
    assert upload(f"{name};03.2026;1;2;3;0;gemessen\nfehlt;03.2026;1;;;;gemessen\n").status_code == 422
    assert not Verbrauch.objects.for_mandant(team.mandant).exists()
    assert upload(f"{name};03.2026;1,5;2;3;0;gemessen\n{name};2026-04;2;;;;geschätzt\n").status_code == 302
    assert Verbrauch.objects.for_mandant(team.mandant).count() == 5


def test_figures_of_another_unit_are_its_own(team: Any) -> None:
    other = make_membership(team.mandant, Rolle.LEITUNG)
    other.einheit = Organisationseinheit.objects.create(mandant=team.mandant, kuerzel="x", name="Anderes Amt")
    other.save()
    client = Client()
    client.force_login(other.person)
    path = f"/register/{tried(team).kuerzel}/verbrauch/"
    assert "anderen Stelle" in text(client.get(path))
    origin = {f"herkunft_{name}": "gemessen" for name in ("energie", "kosten", "anfragen")}
    assert client.post(path, {"monat": "03.2026", "energie": "1", **origin}).status_code == 422
    assert not Verbrauch.objects.for_mandant(team.mandant).exists()


def test_the_last_months_end_with_the_present_one() -> None:
    assert months_until(date(2026, 2, 28), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
