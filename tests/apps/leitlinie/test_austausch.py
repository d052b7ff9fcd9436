"""Passing a guideline on and taking it over by HTTP, clause by clause, and files that nobody should trust."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.leitlinie.exchanging import passed_of
from leitplanke.apps.leitlinie.library import CONTENT
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung
from leitplanke.apps.leitlinie.towns import state_town
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Audience, Choice
from leitplanke.core.guideline.exchanging import guideline_yaml
from tests.factories import make_actor

from .conftest import answered, browser
from .test_vergleich import begun

if TYPE_CHECKING:
    from django.test import Client

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db

HOME = "/amt/leitlinie/uebernehmen/"
WORDS = {Audience.EINFACH: "Ein Mensch schreibt Ihnen."}


def uploaded(client: Client, data: bytes, status: int = 200) -> str:
    answer = client.post(HOME, {"datei": SimpleUploadedFile("q.yaml", data)})
    assert answer.status_code == status
    return str(answer.content.decode())


def adopt(version: Leitlinienfassung) -> None:
    day = timezone.localdate()
    Leitlinienfassung.objects.for_mandant(version.mandant).filter(pk=version.pk).update(
        stand=Fassungsstand.BESCHLOSSEN, beschlossen_am=day, gilt_ab=day, profil_sha256=f"{version.pk:064}"
    )


def test_what_one_town_hands_out_another_takes_over(mandant: Mandant, author: Actor, other_mandant: Mandant) -> None:
    there = make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE)
    state_town(actor=there, stated={"lizenz": "CC BY 4.0"})
    theirs = begun(
        there, Choice("BB12", "nie_buerger", reason="Vertrauen.", wording=WORDS), Choice("BB05", "zweck"),
        Choice("BB01", "da", source="Stadt Y, Fassung 7"),
    )  # fmt: skip
    written = guideline_yaml(passed_of(theirs)).encode()
    adopt(begun(author, Choice("BB05", "allgemein", reason="Unser Grund."), Choice("BB02", "beschaeftigte")))
    here = browser(author)
    text = uploaded(here, written)
    assert "Vertrauen." in text
    assert "Unser Grund." in text
    kept = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', text, re.DOTALL)
    assert kept is not None
    sent = {"text": unescape(kept[1]), "BB12": "dort", "BB05": "hier", "BB01": "dort", "BB02": "offen"}
    assert here.post(HOME, sent | {"beginnen": "ja"}).status_code == 302
    made = Leitlinienfassung.objects.for_mandant(mandant).latest("pk")
    rows = {row.baustein: row for row in made.klauseln.all()}
    assert rows.keys() == {"BB12", "BB05", "BB01"}
    said = f"{other_mandant.name}, Fassung {theirs.nummer}"
    assert (rows["BB12"].quelle, rows["BB12"].lizenz, rows["BB12"].wortlaut) == (
        said, "CC BY 4.0", {"einfach": WORDS[Audience.EINFACH]},
    )  # fmt: skip
    assert rows["BB12"].grund == f"{other_mandant.name} begründet es so: Vertrauen."
    assert rows["BB01"].quelle == f"{said}; dort nach: Stadt Y, Fassung 7"
    assert (rows["BB05"].option, rows["BB05"].quelle) == ("allgemein", "")
    assert not any(row.geprueft for row in rows.values())
    assert (made.herkunft, made.herkunft_text) == (Herkunft.UEBERNOMMEN, said)
    nothing = sent | {"BB12": "offen", "BB01": "offen", "beginnen": "ja"}
    assert "mindestens eine Klausel" in answered(here, HOME, nothing, 422)


def test_what_holds_is_public_as_a_file_and_a_draft_is_not(mandant: Mandant, author: Actor, client: Client) -> None:
    version = begun(author, Choice("BB12", "nie_buerger"))
    assert b"baustein: BB12" not in client.get("/leitlinie/export/").content
    assert client.get(reverse("leitlinie:export", args=[version.nummer])).status_code in {302, 403}
    adopt(version)
    assert b"baustein: BB12" in client.get("/leitlinie/export/").content
    answer = browser(author).get(reverse("leitlinie:export", args=[version.nummer]), {"form": "json"})
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["klauseln"] == [{"baustein": "BB12", "option": "nie_buerger"}]
    assert author.person is not None
    assert author.person.name.encode() not in answer.content


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "kein Text in UTF-8"),
        (b"a: &a [x]\nb: [*a, *a]\n", "Zeile 1: Verweise"),
        (b"x" * 500_001, "größer als 500 KB"),
        (b"a: !!python/name:os.system\n", "Typangaben"),
        (b"<script>alert(1)</script>: 1\n", "&lt;script&gt;"),
    ],
)
def test_hostile_files_are_named_line_by_line(author: Actor, data: bytes, said: str) -> None:
    text = uploaded(browser(author), data, 422)
    assert said in text
    assert "Es wurde nichts übernommen" in text


def test_only_authors_take_over_and_a_changed_text_is_checked_anew(mandant: Mandant, author: Actor) -> None:
    example = (CONTENT / "austausch/quellstadt.yaml").read_bytes()
    assert "Stadt Quellstadt" in uploaded(browser(author), example)
    uploaded(browser(make_actor(mandant, Rolle.PERSONALRAT)), example, 403)
    changed = {"text": example.decode().replace("BB12", "BB99"), "beginnen": "ja"}
    assert "BB99" in answered(browser(author), HOME, changed, 422)
    assert not Leitlinienfassung.objects.for_mandant(mandant).exists()
