"""Without AI: the register stops reading and proposing; people take a case from its intake to the letter by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from leitplanke.apps.antrag import assigning, belege, facts, messages, settling
from leitplanke.apps.antrag.ai import open_proposals
from leitplanke.apps.antrag.doing import Doer, allowed, citizen
from leitplanke.apps.antrag.models import Belegstand
from leitplanke.apps.register.models import Eintrag
from leitplanke.core.register.lifecycle import Stand as Registerstand
from leitplanke.core.rules import FactError
from leitplanke.core.verfahren.acts import OF_AI, ActError, Acting, Originator, Stand, StoppedError, require
from tests.registered import set_state

from .conftest import COMPLETE, Office
from .test_bescheid_pages import browser, page

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag

KEY = "antrag.wohngeld"
PDF = b"%PDF-1.4 leer"


def no_entry(office: Office) -> None:
    Eintrag.objects.for_mandant(office.mandant).filter(schluessel=KEY).update(schluessel="")


def examined(office: Office) -> None:
    set_state(office.mandant, KEY, Registerstand.PRUEFUNG)


def suspended(office: Office) -> None:
    set_state(office.mandant, KEY, Registerstand.AUSGESETZT)


def expired(office: Office) -> None:
    Eintrag.objects.for_mandant(office.mandant).filter(schluessel=KEY).update(
        gueltig_bis=timezone.localdate() - timedelta(days=1)
    )


def proposed(office: Office, antrag: Antrag) -> None:
    """Have a document propose another value, as it did before the stop."""
    beleg = belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", PDF)
    antrag.vorschlaege.create(mandant=office.mandant, beleg=beleg, pfad="vermoegen", wert="1999.00")


@pytest.mark.parametrize("stop", [no_entry, examined, suspended, expired])
def test_nothing_is_read_or_proposed_where_the_register_does_not_allow_it(office: Office, stop: object) -> None:
    antrag = office.application()
    proposed(office, antrag)
    assert open_proposals(antrag).count() == 1
    stop(office)  # type: ignore[operator] - one of the functions above
    assert open_proposals(antrag).count() == 0
    beleg = belege.add_document(antrag.pk, citizen(office.mandant), "konto.pdf", PDF)
    read = belege.read(office.mandant, beleg.pk)
    assert (read.stand, read.text) == (Belegstand.NEU, "")
    for name in ("felder_vorschlagen", "vorlesen"):
        with pytest.raises(StoppedError):
            allowed(antrag, name, Doer(office.mandant, Originator.REGEL))


def test_a_trial_serves_the_office_and_what_waited_is_read_once_the_ai_runs_again(office: Office) -> None:
    antrag = office.application()
    suspended(office)
    beleg = belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", PDF)
    antrag.belege.update(eingang_am=timezone.now() - timedelta(hours=2), stand=Belegstand.NEU)
    assert belege.read_waiting(office.mandant) == 0
    set_state(office.mandant, KEY, Registerstand.ERPROBUNG)
    assert belege.read_waiting(office.mandant) == 1
    allowed(antrag, "felder_vorschlagen", Doer(office.mandant, Originator.REGEL))
    assert beleg.pk


def test_no_act_of_the_ai_passes_a_stop_whoever_else_sets_it_going() -> None:
    for name in OF_AI:
        for by in set(Originator) - {Originator.PERSON, Originator.BUERGER}:
            with pytest.raises(ActError):
                require(name, Stand.IN_BEARBEITUNG, Acting(by, stopped="Ausgesetzt."))


def test_a_value_proposed_before_the_stop_is_neither_shown_nor_taken(office: Office) -> None:
    antrag = office.ready({name: value for name, value in COMPLETE.items() if name != "vermoegen"})
    proposed(office, antrag)
    here = f"/vorgaenge/{antrag.kennung}/"
    client = browser(office.clerk)
    assert "1.999,00" in page(client.get(here))
    suspended(office)
    shown = page(client.get(here))
    assert "1.999,00" not in shown
    assert "Hier arbeitet gerade keine KI" in shown
    with pytest.raises(FactError):
        settling.confirm_undisputed(antrag.pk, office.doer(antrag), ["vermoegen"])


def test_a_case_goes_from_intake_to_the_letter_by_hand_while_the_ai_is_suspended(office: Office) -> None:
    suspended(office)
    antrag = office.application()
    belege.add_document(antrag.pk, citizen(office.mandant), "miete.pdf", PDF)
    messages.write(antrag.pk, citizen(office.mandant), "Wann höre ich von Ihnen?")
    assigning.begin(antrag.pk, office.doer(antrag))
    facts.confirm_facts(antrag.pk, office.doer(antrag), COMPLETE)
    office.judged(antrag)
    client, here = browser(office.clerk), f"/vorgaenge/{antrag.kennung}/"
    assert 'id="ergebnis"' not in page(client.get(here))
    assert 'id="ergebnis"' in page(client.get(f"{here}?rechnen=1"))
    blank = page(client.get(f"{here}entscheiden/"))
    assert "Nach den Regeln rechnen" in blank
    assert "<dt>Ergebnis</dt>" not in blank
    where = client.post(f"{here}entscheiden/", {"art": "bewilligung", "von_tag": "01.11.2026", "bis_tag": "31.10.2027"})
    assert where.status_code == 302, page(where)
    gesehen = page(client.get(where["Location"])).split('name="gesehen" value="', 1)[1].split('"', 1)[0]
    client.post(where["Location"], {"schritt": "treffen", "gesehen": gesehen})
    letter = antrag.schreiben.get(art="bescheid")
    assert letter.pruefung == []
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "freigeben"})
    today = timezone.localdate().strftime("%d.%m.%Y")
    client.post(f"/schreiben/{letter.kennung}/", {"schritt": "absenden", "weg": "post", "am": today})
    antrag.refresh_from_db()
    assert antrag.stand == Stand.BEKANNTGEGEBEN
    assert antrag.fristen.exists()
