"""The desk of one case: server time with 200 facts and 30 documents, through every middleware, without the network.

python benchmarks/schreibtisch.py [--aufrufe 100]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mitgliedschaft

PEOPLE, DOCUMENTS = 30, 30
PERSON = {
    "einkommensart": "nichtselbststaendig",
    "bruttoeinkommen_jahr": "12000.00",
    "werbungskosten_jahr": "1230.00",
    "zahlt_steuern": True,
    "zahlt_krankenversicherung": True,
    "zahlt_rentenversicherung": True,
    "kind_unter_25": False,
}
PAGES = {
    "Schreibtisch": "",
    "mit offenem Urteil": "?urteil=einstehensgemeinschaft",
    "mit offener Angabe": "?angabe=personen%5B7%5D.bruttoeinkommen_jahr",
    "mit Unterlage": "?stellen=100-112",
}


def office() -> Mitgliedschaft:
    """Return somebody of an office that runs Wohngeld."""
    from leitplanke.apps.antrag.models import Verfahrenseinstellung
    from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person
    from leitplanke.base.accounts.roles import Rolle

    mandant = Mandant.objects.create(name="Messstadt", kurz="messstadt", telefon="0", email="mess@example.org")
    MandantHost.objects.create(mandant=mandant, host="testserver")
    einheit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="amt", name="Amt", telefon="0")
    Verfahrenseinstellung.objects.create(mandant=mandant, verfahren="wohngeld", einheit=einheit)
    person = Person.objects.create_user("messung@example.org", vorname="Kim", nachname="Muster")
    return Mitgliedschaft.objects.create(mandant=mandant, person=person, einheit=einheit, rolle=Rolle.SACHBEARBEITUNG)


def case(membership: Mitgliedschaft) -> Antrag:
    """Return a case with about 200 facts, 30 documents of two pages, and proposals that agree and contradict."""
    from leitplanke.apps.antrag import assigning, facts, intake
    from leitplanke.apps.antrag.doing import citizen, clerk
    from leitplanke.apps.antrag.models import Beleg, Belegstand, Beteiligung, Quelle, Vorschlag
    from leitplanke.apps.antrag.procedures import verfahren_for
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.documents.services import store_file

    mandant = membership.mandant
    verfahren = verfahren_for(mandant, "wohngeld")
    antrag, _code = intake.start_draft(mandant, verfahren)
    doer = citizen(mandant)
    intake.name_person(
        antrag.pk, doer, intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Kim", "nachname": "Muster"})
    )
    given: dict[str, Any] = {
        "haushaltsmitglieder": PEOPLE, "mietenstufe": 3, "bruttokaltmiete_monat": "900.00",
        "alle_in_foerderungsfaehiger_ausbildung": False, "personen": [PERSON] * PEOPLE,
    }  # fmt: skip
    facts.fill_draft(antrag.pk, doer, given)
    antrag = intake.hand_in(antrag.pk, doer, verfahren)
    text = "Bescheinigung über das Einkommen: 12.000,00 EUR im Jahr.\n" * 80
    boxes = [[at, at + 6, 1 + at // 2400, 0.1, 0.1, 0.2, 0.12] for at in range(0, len(text), 7)]
    for number in range(DOCUMENTS):
        file = store_file(mandant, f"{number}.pdf", f"{number}".encode(), None)
        beleg = Beleg.objects.create(
            mandant=mandant, antrag=antrag, datei=file, name=f"lohn-{number}.pdf", art="verdienstbescheinigung",
            text=text, boxen=boxes, seiten=2, stand=Belegstand.GELESEN, quelle=Quelle.BUERGER, befunde=["Auffällig."],
        )  # fmt: skip
        for wert in ("12000.00", "13000.00")[: 1 + (number % 10 == 0)]:
            Vorschlag.objects.create(
                mandant=mandant, antrag=antrag, beleg=beleg, pfad=f"personen[{number + 1}].bruttoeinkommen_jahr",
                wert=wert, stellen=[[34, 43]],
            )  # fmt: skip
    actor = Actor(mandant, membership.person, (membership,))
    return assigning.begin(antrag.pk, clerk(actor, antrag, "antrag.view"))


def measure(membership: Mitgliedschaft, antrag: Antrag, calls: int, clock: Callable[[], float]) -> bool:
    """Print the times; tell whether every page keeps within 150 ms."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(membership.person)
    address = reverse("antrag:akte", args=[antrag.kennung])
    print(f"{antrag.angaben.filter(ersetzt_am=None).count()} Angaben, {antrag.belege.count()} Unterlagen")
    good = True
    for name, query in PAGES.items():
        client.get(address + query)
        with CaptureQueriesContext(connection) as caught:
            size = len(client.get(address + query).content)
        asked, times = len(caught), []
        for _call in range(calls):
            begin = clock()
            client.get(address + query)
            times.append((clock() - begin) * 1000)
        middle, high = statistics.median(times), sorted(times)[int(0.95 * calls)]
        good &= middle <= 150
        print(f"{name:20} Median {middle:5.0f} ms, p95 {high:5.0f} ms, {asked} Abfragen, {size // 1024} KiB")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description="Misst den Schreibtisch eines Vorgangs.")
    parser.add_argument("--aufrufe", type=int, default=100)
    parser.add_argument("--rechenzeit", action="store_true", help="nur die Zeit des Prozesses (belegte Maschine)")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="leitplanke-messung-")
    os.environ |= {
        "LEITPLANKE_MODE": "test", "LEITPLANKE_DATA": folder, "DJANGO_SETTINGS_MODULE": "leitplanke.project.settings",
    }  # fmt: skip
    try:
        import django

        django.setup()
        from leitplanke.project.cli.manage import prepare

        prepare()
        membership = office()
        clock = time.process_time if options.rechenzeit else time.perf_counter
        return 0 if measure(membership, case(membership), options.aufrufe, clock) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
