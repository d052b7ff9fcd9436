from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from leitplanke.apps.antrag import closing, dispatch, intake, letters
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Briefstand, Kanal, Verfahrenseinstellung, Versandweg
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.verfahren.acts import Stand
from tests.factories import make_actor, make_mandant

from .conftest import COMPLETE
from .test_letters import decided

if TYPE_CHECKING:
    from django.http import HttpResponse

    from leitplanke.base.accounts.access import Actor

    from .conftest import Office


def browser(actor: Actor, *, fresh: bool = True) -> Client:
    """Return a browser in which somebody is signed in, just now or some hours ago."""
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    session = client.session
    at = time.time() if fresh else time.time() - 5 * 3600
    record = {"method": "password", "at": at, "mandant": actor.mandant.pk}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(actor.person.pk)
    session.save()
    return client


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_standard_case_is_decided_released_and_sent_on_pages(office: Office) -> None:
    antrag = office.ready()
    client = browser(office.clerk)
    here = f"/vorgaenge/{antrag.kennung}/"
    form = page(client.get(f"{here}entscheiden/"))
    assert "Was die Regeln ergeben" in form
    assert "checked" not in form.split('name="art"', 1)[1][:400]
    data = {"art": "bewilligung", "von_tag": "01.11.2026", "bis_tag": "31.10.2027"}
    answer = client.post(f"{here}entscheiden/", data)
    assert answer.status_code == 302
    shown = page(client.get(answer["Location"]))
    assert "Noch einmal ansehen" in shown
    gesehen = shown.split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    done = client.post(answer["Location"], {"schritt": "treffen", "gesehen": gesehen}, follow=True)
    assert "Entschieden." in page(done)
    letter = antrag.schreiben.get(art="bescheid")
    sheet = page(client.get(f"/schreiben/{letter.kennung}/"))
    assert "Geprüft: Alles steht auf" in sheet
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "freigeben"})
    assert antrag.nummer in page(client.get("/vorgaenge/ausgang/"))
    today = timezone.localdate().strftime("%d.%m.%Y")
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "absenden", "weg": "post", "am": today})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.BEKANNTGEGEBEN
    assert client.get(f"/schreiben/{letter.kennung}/datei.pdf").content.startswith(b"%PDF")
    assert client.get(f"/schreiben/{letter.kennung}/datei.docx").content.startswith(b"PK")


def test_who_is_not_fresh_confirms_first_and_comes_back(office: Office) -> None:
    antrag = office.ready()
    fresh = browser(office.clerk)
    here = f"/vorgaenge/{antrag.kennung}/"
    where = fresh.post(f"{here}entscheiden/", {"art": "bewilligung", "von_tag": "01.11.2026", "bis_tag": "31.10.2027"})
    gesehen = page(fresh.get(where["Location"])).split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    stale = browser(office.clerk, fresh=False)
    answer = stale.post(where["Location"], {"schritt": "treffen", "gesehen": gesehen})
    assert answer["Location"].startswith("/konto/")
    antrag.refresh_from_db()
    assert antrag.stand == Stand.IN_BEARBEITUNG


def test_where_nothing_can_be_decided_the_desk_says_so_before_anything_is_typed(office: Office) -> None:
    antrag, _made, _letter = decided(office)
    answer = browser(office.clerk).get(f"/vorgaenge/{antrag.kennung}/entscheiden/", follow=True)
    assert answer.redirect_chain == [(f"/vorgaenge/{antrag.kennung}/", 302)]
    assert "ist im Stand „Entschieden“ nicht möglich" in page(answer)


def test_history_says_which_act_an_entry_stands_for(office: Office) -> None:
    antrag, _made, _letter = decided(office)
    history = page(browser(office.clerk).get(f"/vorgaenge/{antrag.kennung}/verlauf/"))
    assert re.search(r"· Entscheiden</p><p>Bewilligung", history)


def test_what_is_missing_is_said_on_the_form_and_nothing_is_lost(office: Office) -> None:
    antrag = office.application()
    client = browser(office.clerk)
    client.post(f"/vorgaenge/{antrag.kennung}/schritt/uebernehmen/")
    words = "Die Wohnung ist seit Mai bewohnt."
    answer = client.post(f"/vorgaenge/{antrag.kennung}/entscheiden/", {"art": "bewilligung", "begruendung": words})
    assert answer.status_code == 422
    assert "Diese Urteile stehen noch aus" in page(answer)
    assert words in page(answer)


def test_somebody_of_another_office_or_town_finds_nothing(office: Office, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    antrag = office.ready()
    other = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="jug", name="Jugendamt")
    stranger = make_actor(office.mandant, Rolle.SACHBEARBEITUNG)
    stranger.memberships[0].einheit = other
    stranger.memberships[0].save()
    foreign = make_actor(make_mandant("fremd", host="fremd.example"), Rolle.LEITUNG)
    for actor, host in ((stranger, "testserver"), (foreign, "fremd.example")):
        client = browser(actor)
        for path in ("entscheiden/", "schreiben/mitwirkung/"):
            assert client.get(f"/vorgaenge/{antrag.kennung}/{path}", headers={"host": host}).status_code == 404


def test_the_second_person_signs_on_the_page_and_the_first_cannot(office: Office) -> None:
    office.einstellung.zeichnung = Verfahrenseinstellung.Zeichnung.IMMER
    office.einstellung.save()
    antrag = office.ready()
    first, second = browser(office.clerk), browser(office.head)
    where = first.post(
        f"/vorgaenge/{antrag.kennung}/entscheiden/",
        {"art": "bewilligung", "von_tag": "01.11.2026", "bis_tag": "31.10.2027"},
    )["Location"]
    gesehen = page(first.get(where)).split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    first.post(where, {"schritt": "treffen", "gesehen": gesehen})
    assert "Wartet auf die zweite Zeichnung" in page(first.get(where))
    first.post(where, {"schritt": "zeichnen", "gesehen": gesehen})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ZUR_ZEICHNUNG
    second.post(where, {"schritt": "zeichnen", "gesehen": gesehen})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.ENTSCHIEDEN


def test_asking_for_documents_needs_three_clicks(office: Office) -> None:
    antrag = office.application({name: value for name, value in COMPLETE.items() if name != "vermoegen"})
    client = browser(office.clerk)
    client.post(f"/vorgaenge/{antrag.kennung}/schritt/uebernehmen/")
    made = client.post(f"/vorgaenge/{antrag.kennung}/schreiben/mitwirkung/", {"tage": "14"})
    client.post(made["Location"], {"schritt": "freigeben"})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.WARTET
    assert antrag.schreiben.get(art="mitwirkung").stand == Briefstand.FREIGEGEBEN


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_costs_the_same_with_one_and_three_letters(
    office: Office, rows: int, django_assert_max_num_queries: Any
) -> None:
    day = timezone.localdate()
    for place in range(rows):
        person = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Kim", "nachname": f"Muster{place}"})
        intake.record_paper(office.clerk, office.verfahren, intake.PaperIntake(Kanal.POST, day, (person,)))
    client = browser(office.clerk)
    client.get("/vorgaenge/ausgang/")
    with django_assert_max_num_queries(12):
        answer = client.get("/vorgaenge/ausgang/")
    assert all(f"Muster{place}" in page(answer) for place in range(rows))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_work_list_costs_the_same_with_one_and_three_cases(
    office: Office, rows: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(rows):
        office.application({}, name=f"Muster{place}")
    client = browser(office.clerk)
    client.get("/vorgaenge/")
    with django_assert_max_num_queries(12):
        answer = client.get("/vorgaenge/")
    assert page(answer).count("WG-") >= rows


def test_many_cases_are_assigned_at_once_and_what_cannot_be_done_is_told(office: Office) -> None:
    first, second = office.application({}, name="Eins"), office.application({}, name="Zwei")
    client = browser(office.clerk)
    mine = office.clerk.memberships[0]
    data = {"vorgang": [str(first.kennung), str(second.kennung)], "schritt": "zuteilen", "zuteilen_an": str(mine.pk)}
    client.post("/vorgaenge/", data)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.bearbeitung == second.bearbeitung == mine
    assert "Eins" in page(client.get("/vorgaenge/?wer=meine"))
    assert "Eins" not in page(client.get("/vorgaenge/?wer=frei"))


def test_paper_becomes_the_same_case_with_the_day_of_the_stamp(office: Office) -> None:
    client = browser(office.clerk)
    data = {
        "kanal": "schalter", "eingang_am": "02.11.2026", "vorname": "Ada", "nachname": "Papier", "strasse": "Weg 3",
        "plz": "12345", "ort": "Amtsstadt", "angabe-haushaltsmitglieder": "1", "angabe-mietenstufe": "3",
    }  # fmt: skip
    answer = client.post("/vorgaenge/eingang/wohngeld/", data)
    assert answer.status_code == 302
    antrag = Antrag.objects.for_mandant(office.mandant).get(name="Ada Papier")
    assert (antrag.kanal, str(antrag.eingang_am), antrag.stand) == ("schalter", "2026-11-02", Stand.EINGEGANGEN)
    assert antrag.fakten["mietenstufe"] == "3"
    assert antrag.beteiligte.get(rolle=Beteiligung.ANTRAGSTELLEND).ort == "Amtsstadt"
    receipt = page(client.get(answer["Location"]))
    assert antrag.nummer in receipt
    assert "nur einmal gezeigt" in receipt
    assert "nur einmal gezeigt" not in page(client.get(answer["Location"]))


def test_a_wrong_value_on_paper_is_named_at_its_field_and_nothing_is_lost(office: Office) -> None:
    client = browser(office.clerk)
    data = {"kanal": "post", "eingang_am": "31.12.2099", "nachname": "Papier", "angabe-mietenstufe": "neun"}
    answer = client.post("/vorgaenge/eingang/wohngeld/", data)
    assert answer.status_code == 422
    text = page(answer)
    assert "„neun“ ist keine" in text
    assert "in der Zukunft" in text
    assert 'value="Papier"' in text
    assert not Antrag.objects.for_mandant(office.mandant).exists()


def test_figures_name_people_only_where_it_is_allowed(office: Office) -> None:
    office.application({})
    head = browser(office.head)
    assert "Verteilung der offenen Vorgänge" not in page(head.get("/vorgaenge/zahlen/"))
    head.post("/vorgaenge/verfahren/wohngeld/", {"aktiv": "on", "zeichnung": "nie", "fallverteilung": "on"})
    assert "Verteilung der offenen Vorgänge" in page(head.get("/vorgaenge/zahlen/"))
    assert browser(office.clerk).get("/vorgaenge/zahlen/").status_code == 403


def test_a_remedy_after_its_time_is_told_as_late_and_still_kept(office: Office) -> None:
    antrag, _made, letter = decided(office)
    letters.release(letter.pk, office.doer(antrag))
    today = timezone.localdate()
    dispatch.send(letter.pk, office.doer(antrag), Versandweg.POST, today)
    letter.refresh_from_db()
    letter.rechtsbehelf_bis = today - timedelta(days=1)
    letter.save()
    antrag.refresh_from_db()
    made = closing.record_appeal(antrag.pk, office.doer(antrag), closing.Appeal("widerspruch", today, "schriftlich"))
    antrag.refresh_from_db()
    assert (made.rechtzeitig, antrag.stand) == (False, Stand.RECHTSBEHELF)
