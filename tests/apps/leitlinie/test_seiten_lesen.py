"""What people read, confirm and try: the rules that hold, what changed, training, and drafts on trial."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.leitlinie.acknowledging import acknowledge, record_training
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Kenntnisnahme, Schulungsnachweis
from leitplanke.apps.leitlinie.people import FEWEST, counts_by_office
from leitplanke.apps.leitlinie.queries import guideline_of, profile_for
from leitplanke.apps.leitlinie.trials import try_on_the_past
from leitplanke.apps.leitlinie.trying import facts_for
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.llm.models import Aufruf
from leitplanke.base.policy.active import shipped
from leitplanke.core.guideline import Choice, Example, numbered
from leitplanke.core.policy import compile_profile
from leitplanke.core.policy.cases import quiet
from tests.adopting import adopt, adopt_only, choices_of, drafted, held_since
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def test_without_an_adopted_guideline_the_shipped_rules_are_named_as_such(mandant: Mandant, client: Client) -> None:
    page = text(client, "/leitlinie/")
    assert "noch keine eigene Leitlinie beschlossen" in page
    assert all(clause.title in page for clause in shipped().profile.clauses[:3])
    first = shipped().profile.clauses[0]
    assert first.sentence in text(client, reverse("leitlinie:regel", args=[first.number]))
    assert "Sozialdaten" in text(client, reverse("leitlinie:regel", args=[shipped().profile.table.number]))
    assert "zu bestätigen ist nichts" in text(signed_in(make_actor(mandant, Rolle.IT)), reverse("leitlinie:kenntnis"))


def test_a_rule_says_what_why_when_and_on_what_it_stands(mandant: Mandant, client: Client) -> None:
    version = adopt(mandant, Example.AUSGEWOGEN, Choice("BB53", "check", reason="Damit es alle wissen."))
    profile = profile_for(version)
    control = next(clause for clause in profile.clauses if clause.name == "kenntnisnahme_vor_zugang")
    page = text(client, reverse("leitlinie:regel", args=[control.number]))
    for words in ("Damit es alle wissen.", "Alles davon trifft zu:", "Jemand aus der Verwaltung fragt.", "§ 106 GewO"):
        assert words in page
    assert control.sentence in page
    assert "Leitlinie jetzt lesen" not in page
    clerk = signed_in(make_actor(mandant, Rolle.SACHBEARBEITUNG))
    assert "Leitlinie jetzt lesen" in text(clerk, reverse("leitlinie:regel", args=[control.number]))
    assert text(client, reverse("leitlinie:regel", args=["1.1"]))
    assert "nur mit Platzhaltern" in text(client, reverse("leitlinie:regel", args=[profile.table.number]))
    assert client.get(reverse("leitlinie:regel", args=["99.9"])).status_code == 404


@pytest.mark.parametrize(
    ("reader", "words"),
    [("buerger", "Das Wichtigste für Sie"), ("einfach", "KI ist die Abkürzung"), ("beschaeftigte", "Darauf achtet")],
)
def test_the_guideline_reads_differently_for_whom_it_is(
    mandant: Mandant, client: Client, reader: str, words: str
) -> None:
    held_since(adopt(mandant, Example.STRENG), 9)
    adopt(mandant)
    page = text(client, f"/leitlinie/?fuer={reader}")
    assert words in page
    assert "Fassung 1, galt seit" in page


def test_a_draft_is_handed_out_to_nobody_and_what_was_adopted_to_everybody(mandant: Mandant, client: Client) -> None:
    draft = drafted(mandant, choices_of(Example.STRENG))
    assert client.get(reverse("leitlinie:dokument", args=[draft.nummer, "leitlinie", "docx"])).status_code == 404
    adopted = adopt(mandant)
    answer = client.get(reverse("leitlinie:dokument", args=[adopted.nummer, "merkblatt", "docx"]))
    assert answer.content.startswith(b"PK")
    assert client.get(reverse("leitlinie:dokument", args=[adopted.nummer, "profil", "docx"])).status_code == 404


def test_the_area_is_marked_in_the_navigation_also_where_the_public_reads(mandant: Mandant, client: Client) -> None:
    staff = signed_in(make_actor(mandant, Rolle.IT))
    for address in ("leitlinie:oeffentlich", "leitlinie:kenntnis", "leitlinie:liste"):
        page = text(staff, reverse(address))
        assert f'<a href="{reverse("leitlinie:liste")}" aria-current="page">Leitlinie</a>' in page, address
    assert f'<a href="{reverse("leitlinie:oeffentlich")}" aria-current="page">' in text(client, "/leitlinie/")


def test_a_number_of_a_version_that_held_before_says_what_became_of_its_rule(mandant: Mandant, client: Client) -> None:
    def rule(number: str) -> str:
        return text(client, reverse("leitlinie:regel", args=[number]))

    both = [Choice("BB05", "zweck"), Choice("BB53", "check", reason="Alle lesen.")]
    first = adopt_only(mandant, Choice("BB52", "schulung"), *both)
    numbers = {one.block.id: one.number for one in numbered(guideline_of(first), blocks())}
    held_since(first, 9)
    second = adopt_only(mandant, *both)
    after = {one.block.id: one.number for one in numbered(guideline_of(second), blocks())}
    assert numbers["BB53"] != after["BB53"]
    gone = rule(numbers["BB53"])
    assert f"Regel {numbers['BB53']} gilt nicht mehr" in gone
    assert "in Fassung 1" in gone
    assert f'href="{reverse("leitlinie:regel", args=[after["BB53"]])}"' in gone
    moved = rule(numbers["BB52"])
    assert numbers["BB52"] == after["BB53"]
    assert "steht dazu keine Regel mehr" in moved
    assert "in Fassung 1" not in rule(after["BB05"])
    assert f'href="{reverse("leitlinie:regel", args=[after["BB05"]])}"' in rule(f"{after['BB05']}z")
    first_rule = shipped().profile.clauses[0]
    assert first_rule.sentence in rule(first_rule.number)
    assert client.get(reverse("leitlinie:regel", args=["99.9"])).status_code == 404


def test_a_new_version_asks_again_and_shows_what_changed(mandant: Mandant) -> None:
    actor = make_actor(mandant, Rolle.SACHBEARBEITUNG)
    clerk = signed_in(actor)
    first = adopt(mandant)
    assert "Lesen und bestätigen" in text(clerk, "/")
    assert "Ich habe das gelesen" in text(clerk, reverse("leitlinie:kenntnis"))
    clerk.post(reverse("leitlinie:gelesen"), {"fassung": first.pk})
    assert "Lesen und bestätigen" not in text(clerk, "/")
    held_since(first, 1)
    second = adopt(mandant, Example.AUSGEWOGEN, Choice("BB53", "check", {"frist_tage": "21"}))
    assert "hat sich geändert" in text(clerk, "/")
    page = text(clerk, reverse("leitlinie:kenntnis"))
    assert "Das hat sich geändert" in page
    assert "21 Tage" in page
    assert page.count("<ins>") == page.count("<del>")
    clerk.post(reverse("leitlinie:gelesen"), {"fassung": first.pk})
    assert not Kenntnisnahme.objects.for_mandant(mandant).filter(fassung=second).exists()
    clerk.post(reverse("leitlinie:gelesen"), {"fassung": second.pk})
    assert "Es gibt nichts mehr zu tun" in text(clerk, reverse("leitlinie:kenntnis"))


def test_numbers_name_nobody_and_not_even_count_in_small_offices(mandant: Mandant) -> None:
    ki = signed_in(make_actor(mandant, Rolle.KI_BEAUFTRAGTE))
    version = adopt(mandant)
    address = reverse("leitlinie:kenntnis_ueberblick")
    others = [make_actor(mandant, Rolle.SACHBEARBEITUNG) for _n in range(5)]
    acknowledge(actor=others[0], version_id=version.pk)
    page = text(ki, address)
    assert 'data-label="haben gelesen">1</td>' in page
    assert not any(actor.person.email in page for actor in others if actor.person)
    assert "wird nicht gezeigt" not in page
    own = others[1].memberships[0]
    own.einheit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="klein", name="Kleines Amt")
    own.save()
    page = text(ki, address)
    assert page.count("wird nicht gezeigt") == 2, "the number of the small office follows from that of the other"
    assert 'data-label="haben gelesen">1</td>' not in page


def test_what_everybody_else_has_read_is_never_a_handful(mandant: Mandant) -> None:
    version = adopt(mandant)
    sizes = {"A": 6, "B": 7, "C": 8, "D": 2}
    for name, size in sizes.items():
        office = Organisationseinheit.objects.create(mandant=mandant, kuerzel=name.lower(), name=name)
        for _n in range(size):
            membership = make_actor(mandant, Rolle.SACHBEARBEITUNG).memberships[0]
            membership.einheit = office
            membership.save()
    assert {row.name: row.people for row in counts_by_office(version)}.items() >= sizes.items()
    hidden = {row.name for row in counts_by_office(version) if row.read is None}
    assert "D" in hidden
    rest = sum(row.people for row in counts_by_office(version) if row.read is None)
    assert rest >= FEWEST
    assert {"B", "C"}.isdisjoint(hidden)


def csv(text_of_file: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("liste.csv", text_of_file.encode("cp1252"), content_type="text/csv")


def test_trainings_come_by_hand_or_by_list_and_a_list_with_a_fault_changes_nothing(mandant: Mandant) -> None:
    trainer, clerk = make_actor(mandant, Rolle.KI_BEAUFTRAGTE), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assert clerk.person is not None
    client, rows = signed_in(trainer), Schulungsnachweis.objects.for_mandant(mandant)
    good = f"email;schulung;am;gueltig_bis\n{clerk.person.email};Prüfen üben;01.02.2026;\n"
    bad = f"{good}fremd@example.org;Prüfen üben;2026-02-01;\n"
    answer = client.post(reverse("leitlinie:schulungen_liste"), {"datei": csv(bad)})
    assert (answer.status_code, rows.count()) == (422, 0)
    assert "Zeile 3" in answer.content.decode()
    gaps = f"email;schulung;am\n\n;;\n{clerk.person.email};Prüfen üben;nie\n"
    answer = client.post(reverse("leitlinie:schulungen_liste"), {"datei": csv(gaps)})
    assert "Zeile 4" in answer.content.decode()
    gaps = f'email;schulung;am\n\n{clerk.person.email};"Prüfen\nüben";01.02.2026\nfremd@example.org;Üben;01.02.2026\n'
    answer = client.post(reverse("leitlinie:schulungen_liste"), {"datei": csv(gaps)})
    assert "Zeile 5" in answer.content.decode()
    assert client.post(reverse("leitlinie:schulungen_liste"), {"datei": csv(good)}).status_code == 302
    hand = {"person": clerk.person.pk, "titel": "Grundlagen", "am": "2026-03-01", "gueltig_bis": "2026-02-01"}
    assert client.post(reverse("leitlinie:schulungen"), hand).status_code == 422
    assert client.post(reverse("leitlinie:schulungen"), {**hand, "gueltig_bis": ""}).status_code == 302
    own = text(signed_in(clerk), reverse("leitlinie:eigene_schulungen"))
    assert "Prüfen üben" in own
    assert "Grundlagen" in own
    away = reverse("leitlinie:schulung_loeschen", args=[rows.get(titel="Grundlagen").pk])
    client.post(away)
    assert rows.count() == 2
    client.post(away, {"grund": "Doppelt eingetragen."})
    assert rows.count() == 1


def test_the_list_of_trainings_asks_equally_often_with_one_row_and_with_three(mandant: Mandant) -> None:
    trainer = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    client, counts = signed_in(trainer), []
    for number in (1, 3):
        while Schulungsnachweis.objects.for_mandant(mandant).count() < number:
            person = make_actor(mandant, Rolle.SACHBEARBEITUNG).person
            assert person is not None
            record_training(actor=trainer, person=person, title="Grundlagen", day=timezone.localdate())
        with CaptureQueriesContext(connection) as queries:
            text(client, reverse("leitlinie:schulungen"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_trying_a_case_says_what_would_happen_and_what_it_hangs_on(mandant: Mandant) -> None:
    adopt(mandant)
    client = signed_in(make_actor(mandant, Rolle.SACHBEARBEITUNG))
    address = reverse("leitlinie:ausprobieren")
    assert "Beweis: alle" in text(client, address)
    blocked = text(client, f"{address}?schritt=modellaufruf&f_kenntnisnahme_vorhanden=nein")
    assert "Erst muss die Leitlinie bestätigt sein." in blocked
    assert f'action="{address}#ergebnis"' in blocked, "sending leads to the result"
    assert blocked.index('id="angaben"') < blocked.index('href="#ergebnis"') < blocked.index('id="ergebnis"')
    assert blocked.index('id="ergebnis"') < blocked.index('href="#angaben"')
    unknown = text(client, f"{address}?schritt=modellaufruf&f_kenntnisnahme_vorhanden=unbekannt")
    assert "Darauf käme es noch an" in unknown
    draft = drafted(mandant, [])
    page = text(client, f"{address}?was={draft.nummer}&schritt=modellaufruf&f_kenntnisnahme_vorhanden=nein")
    assert "Erst muss die Leitlinie bestätigt sein." not in page
    odd = text(client, f"{address}?was=99&schritt=quatsch&f_datenklasse=quatsch&f_budget_anteil=-5")
    assert "Darauf käme es noch an" in odd


def test_only_facts_that_a_step_hangs_on_are_asked() -> None:
    asked = facts_for(shipped().profile, "schreiben_an_buerger")
    assert "mensch_gibt_frei" in asked
    assert "zweck_freigegeben" not in asked
    assert "datenklasse" not in asked


def calls(mandant: Mandant, count: int, effect: str, days: int = 1, **facts: Any) -> None:
    when = timezone.now() - timedelta(days=days)
    known = {name: value for name, value in {**quiet(), **facts}.items() if value is not None}
    Aufruf.objects.bulk_create(
        Aufruf(mandant=mandant, zweck="assistenz", art="chat", wirkung=effect, fakten=known, begonnen_am=when)
        for _n in range(count)
    )


def test_a_draft_on_trial_counts_what_would_have_become_of_calls(mandant: Mandant, other_mandant: Mandant) -> None:
    draft = drafted(mandant, choices_of(Example.AUSGEWOGEN))
    calls(mandant, 5, "log")
    calls(mandant, 4, "log", days=20, kenntnisnahme_vorhanden=False)
    calls(mandant, 3, "block")
    calls(mandant, 2, "log", kenntnisnahme_vorhanden=None)
    calls(mandant, 2, "pseudonymise")
    calls(mandant, 9, "log", days=91, kenntnisnahme_vorhanden=False)
    calls(other_mandant, 9, "log", kenntnisnahme_vorhanden=False)
    with CaptureQueriesContext(connection) as queries:
        trial = try_on_the_past(mandant, compile_profile(profile_for(draft)))
    assert (trial.all.total, trial.all.stopped, trial.all.freed, trial.all.unclear) == (16, 4, 3, 2)
    assert trial.all.other == 2
    assert [(one.title, one.stopped) for one in trial.clauses] == [("Zugang erst nach Bestätigung der Leitlinie", 4)]
    assert sum(week.total for week in trial.weeks.values()) == 16
    assert trial.missing == ["Die Person hat die Leitlinie zur Kenntnis genommen"]
    assert trial.examples[0].count == 4
    assert len(queries) < 5
    page = text(signed_in(make_actor(mandant, Rolle.RAT)), reverse("leitlinie:probelauf", args=[draft.nummer]))
    assert "<strong>4</strong>" in page
