"""The office side of the register by HTTP: from an idea to its release, and what people are told on the way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from leitplanke.apps.register import entries, interviewing, papers, releasing
from leitplanke.apps.register.models import Einstufung, Eintrag, Registereinstellung
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.fields import Art, felder
from leitplanke.core.register.papers import vorlagen
from tests.factories import make_actor

from .conftest import FACTS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from leitplanke.base.accounts.access import Actor

    from .conftest import Team


def browser(actor: Actor, *, fresh: bool = True) -> Client:
    """Return a browser in which somebody is signed in, just now or some hours ago."""
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    session = client.session
    at = time.time() if fresh else time.time() - 5 * 3600
    session["account_authentication_methods"] = [{"method": "password", "at": at, "mandant": actor.mandant.pk}]
    session["account_authentication_methods_user"] = str(actor.person.pk)
    session.save()
    return client


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


def next_step(client: Client, eintrag: Eintrag) -> str:
    """Return what the page of an entry says is to be done next."""
    text = page(client.get(f"/register/{eintrag.kuerzel}/"))
    return text.split('id="naechster">', 1)[1].split("<", 1)[0]


def as_sent(eintrag: Eintrag, gruppe: str, **changes: str) -> dict[str, str]:
    """Return what the form of a group would send, changed as named."""
    version = eintrag.bearbeitung
    assert version is not None
    sent = {"fassung": str(version.nummer)}
    for feld in next(one for one in felder().gruppen if one.name == gruppe).felder:
        value = version.angaben.get(feld.name, "")
        if feld.art is Art.TABELLE:
            sent[f"{feld.name}-zeilen"] = str(len(value))
            for number, row in enumerate(value):
                sent |= {f"{feld.name}-{number}-{name}": cell for name, cell in row.items()}
        else:
            sent[feld.name] = "\n".join(value) if isinstance(value, list) else value
    return {**sent, **changes}


def test_an_idea_of_an_employee_becomes_a_project(team: Team) -> None:
    council = browser(make_actor(team.mandant, Rolle.PERSONALRAT))
    unit = Organisationseinheit.objects.for_mandant(team.mandant).get(kuerzel="amt")
    idea = {"name": "Neu", "zweck": "Sortiert die Post.", "problem": "Sie liegt drei Tage.", "einheit": unit.pk}
    assert council.post("/register/neu/", idea | {"zweck": ""}).status_code == 422
    where = council.post("/register/neu/", idea)["Location"]
    eintrag = Eintrag.objects.for_mandant(team.mandant).get()
    assert where == f"/register/{eintrag.kuerzel}/"
    assert eintrag.kuerzel == "neu-2", "„neu“ ist die Adresse einer Seite"
    clerk = browser(team.clerk)
    assert "Idee prüfen" in page(clerk.get("/register/?was=mich"))
    assert next_step(clerk, eintrag) == "Prüfung beginnen"
    clerk.post(f"{where}schritt/pruefen/")
    eintrag.refresh_from_db()
    assert eintrag.stand == "pruefung"
    assert next_step(clerk, eintrag) == "Einstufung"
    shown = page(clerk.get(where))
    sure, later = shown.split("Ob auch das nötig ist, zeigt erst die Einstufung:")
    assert "Es ist niemand als verantwortlich benannt" in sure
    assert "sperren diesen Einsatz" not in shown, "das weiß vor der Einstufung niemand"
    assert "Grundrechte-Folgenabschätzung" in later
    assert "Wartet auf Sie: Einstufen" in page(browser(team.ki).get("/register/?was=mich"))


def test_list_needs_the_same_queries_for_one_and_three(team: Team, django_assert_max_num_queries: Any) -> None:
    team.entry()
    client = browser(team.ki)
    with django_assert_max_num_queries(30) as one:
        client.get("/register/")
    team.ready()
    other = team.entry()
    with django_assert_max_num_queries(len(one)):
        text = page(client.get("/register/"))
    assert text.count("<tr") == 4
    Eintrag.objects.for_mandant(team.mandant).filter(pk=other.pk).update(name="Kitaplatz", lebensbereich="bildung")
    for query, shown in (("suche=kita", 1), ("bereich=bildung", 1), ("klasse=offen", 2), ("stand=beantragt", 1)):
        assert page(client.get(f"/register/?{query}")).count("<tr") == shown + 1, query


def test_a_neighbour_has_no_such_entry(team: Team, other_mandant: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["nachbar.localhost"]
    eintrag = team.entry()
    client = Client(headers={"host": "nachbar.localhost"})
    person = make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE).person
    assert person is not None
    client.force_login(person)
    assert client.get(f"/register/{eintrag.kuerzel}/").status_code == 404
    assert eintrag.name not in page(client.get("/register/"))


def test_what_is_missing_leads_to_where_it_can_be_done(team: Team) -> None:
    eintrag = team.entry(warum_ki="")
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    clerk = page(browser(team.clerk).get(f"/register/{eintrag.kuerzel}/"))
    assert f"/register/{eintrag.kuerzel}/einstufen/" in clerk
    assert f"/register/{eintrag.kuerzel}/angaben/zweck/" in clerk
    assert f"/register/{eintrag.kuerzel}/erklaerungen/datenschutz/" not in clerk
    privacy = page(browser(team.privacy).get(f"/register/{eintrag.kuerzel}/"))
    assert f"/register/{eintrag.kuerzel}/erklaerungen/datenschutz/" in privacy
    assert f"/register/{eintrag.kuerzel}/einstufen/" not in privacy


def test_confidential_statements_are_for_those_who_work_on_it(team: Team) -> None:
    eintrag = team.entry(sicherheit="Offene Schwachstelle.")
    council = browser(make_actor(team.mandant, Rolle.RAT))
    assert "Offene Schwachstelle" not in page(council.get(f"/register/{eintrag.kuerzel}/angaben/"))
    assert "Offene Schwachstelle" in page(browser(team.chair).get(f"/register/{eintrag.kuerzel}/angaben/"))
    entries.change_entry(
        actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"sicherheit": "Behoben.", "problem": "Anders."}
    )
    text = page(council.get(f"/register/{eintrag.kuerzel}/verlauf/"))
    assert "Anders." in text
    assert "Schwachstelle" not in text


def test_each_group_can_be_saved_as_it_is_shown(team: Team) -> None:
    eintrag = team.entry()
    client = browser(team.clerk)
    for gruppe in felder().gruppen:
        where = f"/register/{eintrag.kuerzel}/angaben/{gruppe.name}/"
        assert client.get(where).status_code == 200
        assert client.post(where, as_sent(eintrag, gruppe.name)).status_code == 302
    eintrag.refresh_from_db()
    assert eintrag.bearbeitung is not None
    assert eintrag.bearbeitung.nummer == 1, "Nichts war geändert."


def test_a_table_grows_by_a_button_and_shrinks_by_emptying(team: Team) -> None:
    eintrag = team.entry()
    client, where = browser(team.clerk), f"/register/{eintrag.kuerzel}/angaben/daten/"
    more = page(client.post(where, as_sent(eintrag, "daten", zeile="daten", speicherdauer="Ein Jahr")))
    assert 'name="daten-1-was"' in more
    assert "Ein Jahr" in more
    sent = as_sent(eintrag, "daten") | {"daten-zeilen": "2", "daten-1-was": "Anträge"}
    sent |= {f"daten-0-{name}": "" for name in ("was", "herkunft", "guete", "rechtsgrundlage")}
    assert client.post(where, sent).status_code == 302
    eintrag.refresh_from_db()
    assert eintrag.bearbeitung is not None
    assert eintrag.bearbeitung.angaben["daten"] == [{"was": "Anträge"}]


def test_two_people_change_at_once_and_nothing_is_lost(team: Team) -> None:
    eintrag = team.entry()
    client, where = browser(team.clerk), f"/register/{eintrag.kuerzel}/angaben/zweck/"
    sent = as_sent(eintrag, "zweck", problem="Von mir.")
    entries.change_entry(actor=team.ki, eintrag_id=eintrag.pk, fassung=1, angaben={"problem": "Von Samira."})
    answer = client.post(where, sent)
    assert answer.status_code == 422
    assert "Von mir." in page(answer)
    assert "Von Samira." in page(answer)
    assert 'name="fassung" value="2"' in page(answer)
    assert client.post(where, sent | {"fassung": "2"}).status_code == 302
    wrong = client.post(where, as_sent(eintrag, "zweck", fassung="3") | {"wirtschaftlichkeit-0-jahr": "bald"})
    assert wrong.status_code == 422
    assert "keine Zahl" in page(wrong)


def test_interview_asks_only_what_matters_and_a_person_confirms(team: Team) -> None:
    eintrag = team.entry(personenbezug="ja")
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    client, where = browser(team.ki), f"/register/{eintrag.kuerzel}/einstufen/"
    offered = page(client.get(where))
    assert 'name="v-personal_data"' in offered
    assert "checked" not in offered, "Kein Vorschlag ist vorab angenommen."
    answer = client.post(where, {"aktion": "uebernehmen", "v-personal_data": "ja"})
    asked: set[str] = set()
    known = {name.lower(): value for name, value in FACTS.items()}
    for _step in range(20):
        text = page(answer)
        if 'value="einstufen"' in text:
            break
        form = answer.context["seite"].form
        names = [question.name for question in form.questions]
        asked |= set(names)
        sent = {name: {True: "ja", False: "nein"}.get(known[name], known[name]) for name in names}
        answer = client.post(where, hidden(text) | sent | {"aktion": "weiter"})
    else:
        pytest.fail(f"Die Befragung endet nicht: {names}")
    assert "personal_data" not in asked
    assert len(asked) < len(FACTS) - 5
    refused = client.post(where, hidden(text) | {"aktion": "einstufen"})
    assert refused.status_code == 422
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"problem": "Anders."})
    done = {"aktion": "einstufen", "geprueft": "on"}
    outdated = page(client.post(where, hidden(text) | done))
    assert "inzwischen geändert" in outdated
    assert not eintrag.einstufungen.exists()
    text = outdated
    assert client.post(where, hidden(text) | done).status_code == 302
    made = Einstufung.objects.for_mandant(team.mandant).get()
    assert made.vollstaendig
    assert made.herkunft["personal_data"] == "angabe"
    assert made.herkunft["technique"] == "mensch"
    assert "begrenztes Risiko" in page(client.get(f"/register/{eintrag.kuerzel}/einstufung/"))


def hidden(text: str) -> dict[str, str]:
    """Return what the hidden fields of the interview hold."""
    names = ("stand", "uebernommen", "fassung")
    return {name: text.split(f'name="{name}" value="', 1)[1].split('"', 1)[0] for name in names}


def test_a_change_of_the_system_makes_the_classification_outdated(team: Team) -> None:
    eintrag = team.released()
    client = browser(team.ki)
    assert "Neu einstufen" not in page(client.get("/register/?was=mich"))
    sent = as_sent(eintrag, "technik", modell="Ein anderes")
    told = page(browser(team.clerk).post(f"/register/{eintrag.kuerzel}/angaben/technik/", sent, follow=True))
    assert "veraltet" in told
    assert eintrag.name in page(client.get("/register/neu-einstufen/"))
    assert "Neu einstufen" in page(client.get("/register/?was=mich"))
    again = page(client.get(f"/register/{eintrag.kuerzel}/einstufen/"))
    assert 'value="einstufen"' in again, "Die Antworten von damals werden nur geprüft."
    Einstufung.objects.for_mandant(team.mandant).update(law_version="VO (EU) 2024/1689")
    assert "VO (EU) 2024/1689." in page(client.get("/register/neu-einstufen/"))


def test_everybody_declares_only_in_their_own_role(team: Team) -> None:
    eintrag = team.entry()
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    where = f"/register/{eintrag.kuerzel}/erklaerungen/"
    answer = {"ergebnis": "angenommen", "text": "Ja.", "fassung": "1"}
    assert browser(team.clerk).post(f"{where}verantwortung/", answer).status_code == 302
    assert not eintrag.erklaerungen.exists()
    head = browser(team.head)
    assert "Verantwortung annehmen" in page(head.get("/register/?was=mich"))
    head.post(f"{where}verantwortung/", answer)
    assert eintrag.erklaerungen.get().von == team.head.memberships[0]
    opinion = page(browser(team.privacy).get(f"{where}datenschutz/"))
    assert "nie eine Freigabe" in opinion
    informed = {"ergebnis": "vollstaendig", "text": "Alles.", "fassung": "1"}
    assert head.post(f"{where}unterrichtung/", informed).status_code == 422
    day = timezone.localdate().strftime("%d.%m.%Y")
    head.post(f"{where}unterrichtung/", informed | {"vollstaendig_ab": day, "nachweis": "Az. 7"})
    chair = browser(team.chair)
    assert "Für die Personalvertretung entscheiden" in page(chair.get("/register/?was=mich"))
    text = page(chair.get(f"{where}mitbestimmung/"))
    assert "Az. 7" in text
    assert "Die Frist läuft bis zum" in text
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"problem": "Anders."})
    decided = {"ergebnis": "zugestimmt", "text": "Beschluss.", "fassung": "1"}
    assert chair.post(f"{where}mitbestimmung/", decided).status_code == 422, "Sie sah einen anderen Stand."
    assert chair.post(f"{where}mitbestimmung/", decided | {"fassung": "2"}).status_code == 302
    assert "zugestimmt" in page(head.get(where))


def test_the_staff_representation_reads_complete_documents_and_no_drafts(team: Team) -> None:
    eintrag = team.entry()
    answers = {frage.name: "Alles gesagt." for frage in vorlagen()["dsfa"].fragen}
    papers.write_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa", answers=answers)
    chair, file = browser(team.chair), f"/register/{eintrag.kuerzel}/unterlagen/dsfa/1.pdf"
    assert chair.get(file).status_code == 404
    team.classify(eintrag)
    papers.complete_paper(actor=team.clerk, eintrag_id=eintrag.pk, art="dsfa")
    assert file in page(chair.get(f"/register/{eintrag.kuerzel}/erklaerungen/mitbestimmung/"))
    assert chair.get(file).status_code == 200


def test_a_duty_is_shown_with_evidence(team: Team) -> None:
    eintrag = team.entry()
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    team.classify(eintrag)
    client, where = browser(team.head), f"/register/{eintrag.kuerzel}/pflichten/"
    first = page(client.get(where)).split("?pflicht=", 1)[1].split('"', 1)[0]
    form = f"/register/{eintrag.kuerzel}/erklaerungen/pflicht/?pflicht={first}"
    done = {"ergebnis": "erfuellt", "text": "Hinweis steht am Chat.", "fassung": "1"}
    assert client.post(form, done)["Location"] == where
    assert "Hinweis steht am Chat." in page(client.get(where))


def test_release_shows_what_one_stands_for_and_needs_a_second_fresh_person(team: Team) -> None:
    eintrag = team.ready()
    where = f"/register/{eintrag.kuerzel}/schritt/freigeben/"
    assert "Über die Freigabe entscheiden" in page(browser(team.ki).get("/register/?was=mich"))
    tired = browser(team.ki, fresh=False)
    text = page(tired.get(where))
    for part in ("Wofür Sie damit stehen", "keine Bedenken", "begrenztes Risiko", "zugestimmt"):
        assert part in text
    assert tired.post(where, {"fassung": "1"})["Location"].startswith("/konto/bestaetigen/")
    client = browser(team.ki)
    stale = client.post(where, {"fassung": "7"}, follow=True)
    assert "inzwischen geändert" in page(stale)
    client.post(where, {"fassung": "1"})
    eintrag.refresh_from_db()
    assert eintrag.stand == "freigegeben"
    assert next_step(client, eintrag) == "Nichts zu tun"


def test_who_asked_is_told_that_another_one_releases(team: Team) -> None:
    eintrag = team.entry()
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    client = browser(team.ki)
    client.post(f"/register/{eintrag.kuerzel}/schritt/beantragen/")
    assert "Freigeben muss jemand anderes" in page(client.get(f"/register/{eintrag.kuerzel}/schritt/freigeben/"))
    back = browser(team.head)
    where = f"/register/{eintrag.kuerzel}/schritt/zurueckgeben/"
    assert back.post(where, {"text": ""}).status_code == 422
    back.post(where, {"text": "Bitte einstufen."})
    assert "Bitte einstufen." in page(client.get(f"/register/{eintrag.kuerzel}/"))


def test_a_running_system_is_changed_suspended_and_ended(team: Team) -> None:
    eintrag = team.released()
    client, home = browser(team.clerk), f"/register/{eintrag.kuerzel}/"
    client.post(f"{home}angaben/zweck/", as_sent(eintrag, "zweck", erreicht="Kürzer."))
    head = browser(team.head)
    assert next_step(head, eintrag) == "Neue Angaben veröffentlichen"
    head.post(f"{home}schritt/aktualisieren/", {"fassung": "2"})
    client.post(
        f"{home}angaben/technik/", as_sent(Eintrag.objects.for_mandant(team.mandant).get(), "technik", modell="2")
    )
    assert "Einstufung veraltet" in page(client.get(home))
    eintrag.refresh_from_db()
    team.classify(eintrag)
    team.declare(eintrag)
    assert next_step(client, eintrag) == "Freigabe der Änderung beantragen"
    client.post(f"{home}schritt/erneuern/")
    renewal = f"{home}schritt/erneuerung_freigeben/"
    assert "<del>" in page(head.get(renewal))
    head.post(renewal, {"fassung": "3"})
    eintrag.refresh_from_db()
    assert eintrag.gueltig_id == eintrag.bearbeitung_id
    browser(team.privacy, fresh=False).post(f"{home}schritt/aussetzen/", {"text": "Falsche Auskünfte."})
    assert "Falsche Auskünfte." in page(client.get(home))
    tired = browser(team.ki, fresh=False)
    assert tired.post(f"{home}schritt/stilllegen/", {"text": "Zu teuer."})["Location"].startswith("/konto/bestaetigen/")
    assert "Zu teuer." in page(tired.get(f"{home}schritt/stilllegen/")), "Was geschrieben war, ist noch da."
    head.post(f"{home}schritt/stilllegen/", {"text": "Zu teuer."})
    eintrag.refresh_from_db()
    assert eintrag.stand == "stillgelegt"
    assert client.get(f"{home}angaben/zweck/").status_code == 302


def test_settings_and_start_page(team: Team) -> None:
    team.ready()
    client = browser(team.ki)
    assert "Über die Freigabe entscheiden" in page(client.get("/"))
    values = {"vertretung": "betriebsrat", "frist_tage": "7", "frist_norm": "§ 99 BetrVG", "vorfall_schwelle": "3"}
    values["loeschen_monate"] = "6"
    assert client.post("/register/einstellungen/", values | {"frist_tage": "bald"}).status_code == 422
    client.post("/register/einstellungen/", values)
    assert Registereinstellung.objects.for_mandant(team.mandant).get().frist_tage == 7


def test_name_and_responsibility_are_changed_together(team: Team) -> None:
    eintrag = team.entry()
    member = team.ki.memberships[0]
    sent = {"name": "Stadtfinder", "einheit": str(eintrag.einheit_id), "verantwortlich": str(member.pk), "fassung": "1"}
    clerk, where = browser(team.clerk), f"/register/{eintrag.kuerzel}/kopf/"
    assert "Stadtfinder" in page(clerk.post(where, sent | {"fassung": "7"})), "Nichts ist verloren."
    assert clerk.post(where, sent).status_code == 302
    eintrag.refresh_from_db()
    assert (eintrag.name, eintrag.verantwortlich) == ("Stadtfinder", member)


def test_words_of_the_entry_are_proposals_with_their_passages(team: Team) -> None:
    eintrag = team.entry(zweck="Ein Sprachmodell beantwortet Fragen zum Wohngeld.", personenbezug="")
    names = {one.name: one for one in interviewing.proposals(eintrag)}
    assert [one.text for one in names["technique"].worte] == ["Sprachmodell"]
    assert all(one.worte or one.origin == "angabe" for one in names.values()), "Schweigen ist kein Vorschlag."
