"""The workshop by HTTP: begin, decide, see what follows, and what is not possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.clauses import decide_clause, last_change
from leitplanke.apps.leitlinie.contributing import Contribution, contribute
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung
from leitplanke.apps.leitlinie.views_werkstatt_beginn import CORE_CHAPTERS
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Choice, Example
from tests.adopting import adopt
from tests.factories import make_actor

from .conftest import answered, browser

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def clause(version: Leitlinienfassung, block: str) -> str:
    return reverse("leitlinie:klausel", args=[version.nummer, block])


def newest(mandant: Mandant) -> Leitlinienfassung:
    found = Leitlinienfassung.objects.for_mandant(mandant).first()
    assert found is not None
    return found


def test_short_questions_can_be_left_and_continued(mandant: Mandant, author: Actor) -> None:
    client = browser(author)
    assert "Mit den Fragen beginnen" in answered(client, "/amt/leitlinie/beginnen/")
    answered(client, "/amt/leitlinie/beginnen/", {"weg": "fragen", "titel": " "}, 422)
    answer = client.post("/amt/leitlinie/beginnen/", {"weg": "fragen", "titel": "KI bei uns"})
    version = newest(mandant)
    assert (version.titel, version.nur_kern, version.klauseln.count()) == ("KI bei uns", True, 0)
    first = reverse("leitlinie:fragen", args=[version.nummer, "rahmen"])
    assert answer["Location"] == first
    text = answered(client, first)
    assert "unser Vorschlag" in text
    assert "Das wissen wir noch nicht" in text
    sent = {"BB01": "da", "BB01_beschluss": "die Verwaltungsleitung", "BB02": "offen", "BB02_gruppen": ""}
    client.post(first, sent | {"spaeter": "ja"})
    assert list(version.klauseln.values_list("baustein", "option", "geprueft")) == [("BB01", "da", True)]
    page = answered(client, reverse("leitlinie:fassung", args=[version.nummer]))
    assert "18 wichtige Fragen sind offen" in page
    assert 'value="offen" id="id_BB02_offen" checked' in answered(client, first)
    wrong = answered(client, first, sent | {"BB02": "konzern", "BB02_gruppen": " "}, 422)
    assert "fehlt." in wrong
    assert 'value="konzern"' in wrong


def test_all_proposals_together_can_be_adopted(author: Actor, small: Leitlinienfassung) -> None:
    client = browser(author)
    for area in CORE_CHAPTERS:
        sent: dict[str, str] = {}
        for block in blocks().values():
            if block.core and block.area is area:
                sent[block.id] = block.examples[Example.AUSGEWOGEN]
                sent |= {f"{block.id}_{one.name}": one.usual for one in block.parameters}
        answer = client.post(reverse("leitlinie:fragen", args=[small.nummer, area.value]), sent)
        assert answer.status_code == 302
    text = answered(client, reverse("leitlinie:fassung", args=[small.nummer]))
    assert "Nichts hindert den Beschluss." in text
    assert "Alles ist entschieden und angesehen." in text


def test_begin_with_an_example_then_with_that_version(mandant: Mandant, author: Actor) -> None:
    client = browser(author)
    text = answered(client, "/amt/leitlinie/beginnen/beispiel/")
    assert "Worin sie sich unterscheiden" in text
    client.post("/amt/leitlinie/beginnen/beispiel/", {"beispiel": "streng", "titel": "Streng"})
    first = newest(mandant)
    assert first.klauseln.count() == len(blocks())
    client.post("/amt/leitlinie/beginnen/", {"weg": "fassung", "fassung": str(first.nummer), "titel": "Zweite"})
    second = newest(mandant)
    assert (second.vorgaenger, second.herkunft, second.klauseln.count()) == (first, "fassung", len(blocks()))
    client.post("/amt/leitlinie/beginnen/", {"weg": "fassung", "fassung": "99", "titel": "Dritte"})
    assert newest(mandant) == second


def test_what_is_adopted_is_read_and_continued_but_not_changed(mandant: Mandant, author: Actor) -> None:
    version, client = adopt(mandant), browser(author)
    assert "Diese Fassung ist beschlossen." in answered(client, reverse("leitlinie:fassung", args=[version.nummer]))
    assert "Entwurf. " not in answered(client, reverse("leitlinie:ausgabe", args=[version.nummer, "einfach"]))
    text = answered(client, clause(version, "BB12"))
    assert 'id="id_option" disabled' in text
    assert "Als Vorschlag einreichen" not in text
    client.post("/amt/leitlinie/beginnen/", {"weg": "fassung", "fassung": str(version.nummer), "titel": "Zweite"})
    assert not newest(mandant).klauseln.filter(geprueft=False).exists()


def test_a_clause_is_decided_and_its_history_is_readable(author: Actor, draft: Leitlinienfassung) -> None:
    client = browser(author)
    seen = str(last_change(draft, "BB05"))
    sent = {
        "option": "allgemein", "wert_nutzen_monate": "6", "grund": "Wir sind klein.", "anlass": "Sitzung",
        "gesehen": seen, "wortlaut_rat": "Der Nutzen wird nach {nutzen_monate} Monaten angesehen.",
    }  # fmt: skip
    answer = client.post(clause(draft, "BB05"), sent | {"weiter": "ja"})
    assert answer["Location"] == clause(draft, "BB06")
    text = answered(client, clause(draft, "BB05"))
    assert "Der Nutzen wird nach 6 Monaten angesehen." in text
    history = text.split('id="verlauf"')[1]
    assert "Sitzung" in history
    assert "<ins>" in history
    assert "<del>" in history
    wrong = answered(client, clause(draft, "BB05"), sent | {"wert_nutzen_monate": "viel"}, 422)
    assert "ist eine ganze Zahl von" in wrong
    assert "Wir sind klein." in wrong
    assert "{unfug} steht für nichts" in answered(
        client, clause(draft, "BB05"), sent | {"wortlaut_rat": "Nach {unfug}."}, 422
    )
    now = str(last_change(draft, "BB05"))
    client.post(clause(draft, "BB05"), {"aktion": "entfernen", "anlass": "doch nicht", "gesehen": now})
    assert not draft.klauseln.filter(baustein="BB05").exists()
    assert "herausgenommen" in answered(client, clause(draft, "BB05"))


def test_what_somebody_else_decided_meanwhile_is_shown_beside_it(author: Actor, draft: Leitlinienfassung) -> None:
    client = browser(author)
    seen = last_change(draft, "BB12")
    other = Choice("BB12", "stufe1", reason="Anders besprochen.")
    decide_clause(actor=author, version_id=draft.pk, choice=other, seen=seen)
    sent = {"option": "erlaubt", "grund": "Meine Gründe.", "gesehen": str(seen)}
    text = answered(client, clause(draft, "BB12"), sent, 409)
    assert "Inzwischen hat jemand anderes entschieden" in text
    assert "Anders besprochen." in text
    assert "Meine Gründe." in text
    now = last_change(draft, "BB12")
    assert f'name="gesehen" value="{now}"' in text
    assert client.post(clause(draft, "BB12"), sent | {"gesehen": str(now)}).status_code == 302
    assert draft.klauseln.get(baustein="BB12").option == "erlaubt"


def test_the_preview_says_what_would_be_said_and_done(author: Actor, draft: Leitlinienfassung) -> None:
    client = browser(author)
    text = answered(client, f"{clause(draft, 'BB12')}vorschau/", {"option": "stufe1"})
    assert "Ein Modell will hier etwas auslösen" in text
    assert "Erst muss ein Mensch es freigeben." in text
    assert draft.klauseln.get(baustein="BB12").option == "nie_buerger"
    inserted = answered(client, clause(draft, "BB12"), {"option": "stufe1", "aktion": "einsetzen"})
    assert "erst, wenn ein Mensch sie freigegeben hat.</textarea>" in inserted


def test_only_authors_decide_and_only_in_a_draft(mandant: Mandant, author: Actor, draft: Leitlinienfassung) -> None:
    council = browser(make_actor(mandant, Rolle.PERSONALRAT))
    text = answered(council, clause(draft, "BB48"))
    assert "So entscheiden" not in text
    assert "Als Vorschlag einreichen" in text
    answered(council, clause(draft, "BB48"), {"option": "offen"}, 403)
    answered(council, "/amt/leitlinie/beginnen/", status=403)
    Leitlinienfassung.objects.for_mandant(mandant).update(stand=Fassungsstand.MITZEICHNUNG)
    client = browser(author)
    assert "So entscheiden" not in answered(client, clause(draft, "BB48"))
    answered(client, clause(draft, "BB12"), {"option": "stufe1"}, 409)
    assert client.get(reverse("leitlinie:fragen", args=[draft.nummer, "rahmen"])).status_code == 302


def test_a_neighbour_has_no_such_version(draft: Leitlinienfassung, other_mandant: Mandant, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["nachbar.localhost"]
    client = Client(headers={"host": "nachbar.localhost"})
    person = make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE).person
    assert person is not None
    client.force_login(person)
    for path in (reverse("leitlinie:fassung", args=[draft.nummer]), clause(draft, "BB12")):
        assert client.get(path).status_code == 404


def test_pages_need_the_same_queries_for_one_and_three(
    author: Actor, small: Leitlinienfassung, django_assert_max_num_queries: Any
) -> None:
    client = browser(author)
    pages = [reverse("leitlinie:fassung", args=[small.nummer]), clause(small, "BB12"), "/amt/leitlinie/"]
    pages.append(reverse("leitlinie:abdeckung", args=[small.nummer]))
    most = dict.fromkeys(pages, 40)
    for names in (["BB12"], ["BB11", "BB13", "BB26"]):
        for name in names:
            decide_clause(actor=author, version_id=small.pk, choice=Choice(name, blocks()[name].usual))
            said = Contribution(small.pk, "BB12", name, Choice("BB12", "stufe1"))
            contribute(actor=author, contribution=said)
        begin_version(actor=author, beginning=Beginning("Noch eine", Herkunft.FRAGEN))
        for path in pages:
            with django_assert_max_num_queries(most[path]) as asked:
                answered(client, path)
            most[path] = len(asked)


def test_coverage_tells_what_is_open_and_what_is_decided_otherwise(author: Actor, draft: Leitlinienfassung) -> None:
    client = browser(author)
    path = reverse("leitlinie:abdeckung", args=[draft.nummer])
    assert "offen</span>" not in answered(client, path).split('id="bausteine"')[1]
    decide_clause(actor=author, version_id=draft.pk, choice=Choice("BB12", "erlaubt"))
    draft.klauseln.filter(baustein="BB45").delete()
    text = answered(client, path)
    assert "anders entschieden</span>" in text.split('id="dortmund"')[-1]
    assert "offen</span>" in text.split('id="ki_verordnung"')[-1]


def test_what_hinders_the_adoption_leads_to_its_clause(author: Actor, small: Leitlinienfassung) -> None:
    for block, option in (("BB12", "erlaubt"), ("BB24", "lesen")):
        decide_clause(actor=author, version_id=small.pk, choice=Choice(block, option))
    client = browser(author)
    missing = answered(client, reverse("leitlinie:fassung", args=[small.nummer])).split('id="fehlt"')[1]
    assert "So lässt sich die Fassung nicht beschließen" in missing
    assert "passen nicht zusammen" in missing
    assert clause(small, "BB24") in missing


FILES = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!DOCTYPE", "md": b"# "}


@pytest.mark.parametrize("art", ["leitlinie", "merkblatt", "beschlussvorlage"])
def test_each_document_can_be_read_and_taken_along(author: Actor, draft: Leitlinienfassung, art: str) -> None:
    client = browser(author)
    path = reverse("leitlinie:ausgabe", args=[draft.nummer, art])
    assert "<strong>Entwurf. " in answered(client, path)
    for form, begins in FILES.items():
        if art == "leitlinie" or form in {"pdf", "html"}:
            answer = client.get(f"{path}{form}/")
            assert answer.status_code == 200
            assert answer.content.startswith(begins)
            assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert client.get(f"{path}exe/").status_code == 404


def test_the_other_documents_and_the_profile_can_be_read(author: Actor, draft: Leitlinienfassung) -> None:
    client = browser(author)
    home = reverse("leitlinie:ausgaben", args=[draft.nummer])
    assert "Geschäftsanweisung als PDF herunterladen" in answered(client, home)
    for art in ("geschaeftsanweisung", "praxishandbuch", "einfach", "dienstvereinbarung", "webseite", "profil"):
        answered(client, f"{home}{art}/")
    assert b"klauseln:" in client.get(f"{home}profil/yaml/").content
    assert client.get(f"{home}profil/pdf/").status_code == 404
    assert client.get(f"{home}unfug/").status_code == 404


def test_documents_call_the_town_as_it_says(mandant: Mandant, author: Actor, draft: Leitlinienfassung) -> None:
    home = reverse("leitlinie:ausgaben", args=[draft.nummer])
    client = browser(author)
    assert "Rat der Stadt Musterstadt" in answered(client, home)
    answered(browser(make_actor(mandant, Rolle.RAT)), "/amt/leitlinie/kommune/", status=403)
    answered(client, "/amt/leitlinie/kommune/", {"art": "unfug"}, 422)
    client.post("/amt/leitlinie/kommune/", {"art": "kreis", "name": "Musterland", "ki": "die Stabsstelle KI"})
    text = answered(client, home)
    assert "Kreistag des Kreises Musterland" in text
    assert "die Stabsstelle KI" in text
    assert timezone.localdate().strftime("%Y") in answered(client, f"{home}leitlinie/")
