"""A folder of content is all that a new application type needs: it is dropped in and driven through the product."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from leitplanke.apps.antrag import assigning, facts, filling, intake, judging, procedures
from leitplanke.apps.antrag.doing import citizen, clerk
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Verfahrenseinstellung
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.drafting.brief import brief_from_json
from leitplanke.core.verfahren.acts import Stand
from tests.factories import make_actor, make_mandant

from .test_bescheid_pages import browser, page

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

SOURCE = Path(__file__).parents[2] / "regelwerke" / "musterzuschuss"
FACTS = {
    "personen_im_haushalt": 2, "miete_monat": "600.00", "wohnung": "miete", "einzug_am": "2025-03-01",
    "behinderung": False, "kinder": [],
}  # fmt: skip


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Mandant:
    """Return a town that offers what was dropped into a folder of the house."""
    shutil.copytree(SOURCE, tmp_path / "fachverfahren" / "musterzuschuss")
    settings.REGELWERK_FOLDERS = [*settings.REGELWERK_FOLDERS, tmp_path / "fachverfahren"]
    mandant = make_mandant("musterstadt", host="testserver")
    mandant.anschrift = "Markt 1, 12345 Musterstadt"
    mandant.save()
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    Verfahrenseinstellung.objects.create(
        mandant=mandant, verfahren="musterzuschuss", einheit=einheit, ebene="musterstadt",
        gericht="Verwaltungsgericht Musterstadt\nGerichtsweg 2, 12345 Musterstadt",
    )  # fmt: skip
    return mandant


def handed_in(mandant: Mandant) -> Antrag:
    verfahren = procedures.verfahren_for(mandant, "musterzuschuss")
    doer = citizen(mandant)
    antrag = filling.begin(mandant, verfahren, filling.Beginning(intake.Ticket()))
    address = {"vorname": "Kim", "nachname": "Muster", "strasse": "Weg 1", "plz": "12345", "ort": "Musterstadt"}
    filling.save_people(antrag.pk, doer, [intake.Anschrift(Beteiligung.ANTRAGSTELLEND, address)])
    facts.fill_draft(antrag.pk, doer, FACTS)
    return filling.submit(antrag.pk, doer, verfahren)


def test_its_pages_are_there_for_everybody(town: Mandant) -> None:
    client = Client()
    assert "Musterzuschuss" in page(client.get("/antraege/"))
    shown = page(client.get("/antraege/musterzuschuss/"))
    for words in ("Ein erfundener Zuschuss zur Miete.", "Mietbescheinigung", "Musterzuschussgesetz"):
        assert words in shown
    assert client.get("/antraege/musterzuschuss/vorab/").status_code == 200


def test_it_goes_from_the_application_to_the_delivered_letter(town: Mandant) -> None:
    antrag = handed_in(town)
    assert antrag.nummer == f"MZ-{timezone.localdate().year}-0001"
    actor = make_actor(town, Rolle.SACHBEARBEITUNG)
    doer = clerk(actor, antrag, "antrag.view", timezone.now())
    assigning.begin(antrag.pk, doer)
    antrag.refresh_from_db()
    stated = set(antrag.angaben.filter(ersetzt_am__isnull=True).values_list("pfad", flat=True)) - {"kinder"}
    facts.confirm_facts(antrag.pk, doer, stated)
    reasons = judging.Reasons(eigene="Eine besondere Härte ist hier nicht ersichtlich.")
    judging.judge(antrag.pk, doer, "haertefall", wert=False, reasons=reasons)
    client = browser(actor)
    here = f"/vorgaenge/{antrag.kennung}/"
    assert "Miete im Monat" in page(client.get(here))
    today = timezone.localdate().strftime("%d.%m.%Y")
    where = client.post(f"{here}entscheiden/", {"art": "bewilligung", "von_tag": today})
    assert where.status_code == 302, page(where)
    gesehen = page(client.get(where["Location"])).split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    client.post(where["Location"], {"schritt": "treffen", "gesehen": gesehen})
    antrag.refresh_from_db()
    if antrag.stand == Stand.ZUR_ZEICHNUNG:
        head = browser(make_actor(town, Rolle.LEITUNG))
        head.post(where["Location"], {"schritt": "zeichnen", "gesehen": gesehen})
    letter = antrag.schreiben.get(art="bescheid")
    assert letter.pruefung == []
    assert "Verwaltungsgericht Musterstadt" in brief_from_json(letter.brief).text
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "freigeben"})
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "absenden", "weg": "post", "am": today})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.BEKANNTGEGEBEN
