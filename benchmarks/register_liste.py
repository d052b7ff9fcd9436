"""The public register with 5,000 entries: server time of list, entry and interface, through every middleware.

python benchmarks/register_liste.py [--eintraege 5000] [--aufrufe 60] [--rechenzeit]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant

LIMIT_MS = 150
WORDS = (
    "beantwortet", "fragen", "zu", "abfall", "wohngeld", "kita", "verkehr", "steuern", "bauen", "parken", "hund",
    "sperrmuell", "winterdienst", "antrag", "frist", "termin", "unterlagen", "prueft", "sortiert", "uebersetzt",
    "fasst", "zusammen", "erkennt", "zaehlt", "schlaegt", "vor", "berechnet", "sucht", "findet",
)  # fmt: skip
PAGES = {
    "Liste": "/ki-register/",
    "Liste, Seite 150": "/ki-register/?seite=150",
    "Suche mit zwei Wörtern": "/ki-register/?suche=wohngeld+frist",
    "Suche ohne Treffer": "/ki-register/?suche=gibtesnicht",
    "Filter Bereich und Klasse": "/ki-register/?bereich=soziales&klasse=high",
    "Eintrag": "/ki-register/system-2500/",
    "Schnittstelle, 50 Einträge": "/ki-register/api/v1/eintraege",
}


def town(count: int) -> Mandant:
    """Return a town with released entries, each with all public statements at a usual length."""
    from django.utils import timezone

    from leitplanke.apps.register.models import Einstufung, Eintrag, Eintragsfassung
    from leitplanke.base.accounts.models import Mandant, MandantHost, Organisationseinheit
    from leitplanke.core.register import fields, finding

    mandant = Mandant.objects.create(name="Messstadt", kurz="messstadt", telefon="0", email="mess@example.org")
    MandantHost.objects.create(mandant=mandant, host="testserver")
    unit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="amt", name="Amt", telefon="0")
    dice, now = random.Random(7), timezone.now()  # noqa: S311 - figures, no secrets
    rows = [
        Eintrag(mandant=mandant, kuerzel=f"system-{number}", name=f"System {number}", einheit=unit)
        for number in range(count)
    ]
    Eintrag.objects.bulk_create(rows)
    versions, rulings = [], []
    for row in rows:
        said = statements(dice)
        wesentlich = fields.essential_digest(said)
        klasse = dice.choice(["minimal", "limited", "high", "none"])
        versions.append(
            Eintragsfassung(
                mandant=mandant, eintrag=row, nummer=1, name=row.name, angaben=said, sha256=fields.digest(said),
                wesentlich_sha256=wesentlich, veroeffentlicht_am=now, lebensbereich=said["lebensbereich"],
                suchtext=finding.search_text(row.name, said), klasse=klasse, hausklasse=klasse,
            )
        )  # fmt: skip
        ergebnis = ruling(klasse)
        rulings.append(
            Einstufung(mandant=mandant, eintrag=row, ergebnis=ergebnis, law_version="1", wesentlich_sha256=wesentlich)
        )
    Eintragsfassung.objects.bulk_create(versions)
    Einstufung.objects.bulk_create(rulings)
    for row, version in zip(rows, versions, strict=True):
        row.bearbeitung = row.gueltig = version
        row.stand, row.freigegeben_am = "freigegeben", now
    Eintrag.objects.for_mandant(mandant).bulk_update(
        rows, ["bearbeitung", "gueltig", "stand", "freigegeben_am"], batch_size=500
    )
    return mandant


def ruling(klasse: str) -> dict[str, Any]:
    """Return a stored classification with a proof of usual length."""
    return {
        "legal_class": klasse, "house_class": klasse, "legal_basis": [], "exemption": None, "transparency": [],
        "obligations": [], "proof": ["x" * 40] * 200,
    }  # fmt: skip


def statements(dice: random.Random) -> dict[str, Any]:
    """Return everything that an entry says, about five kilobytes."""
    from leitplanke.core.register.fields import Art, checked, felder

    found: dict[str, Any] = {}
    for feld in felder():
        text = " ".join(dice.choices(WORDS, k=30))
        row = {column.name: "1" if column.art is Art.ZAHL else text[:60] for column in feld.spalten}
        values = {
            Art.AUSWAHL: dice.choice(list(feld.optionen or {"": ""})), Art.JANEIN: "ja", Art.TAG: "2026-01-01",
            Art.ZAHL: "1", Art.ZEILEN: [text[:60]], Art.TABELLE: [row, row], Art.ZEILE: text[:60],
        }  # fmt: skip
        found[feld.name] = values.get(feld.art, text)
    return checked(found)


def measure(calls: int, clock: Callable[[], float]) -> bool:
    """Print the times; tell whether every page keeps within the limit."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, good = Client(), True
    for name, address in PAGES.items():
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        asked, times = len(caught), []
        for _call in range(calls):
            begin = clock()
            client.get(address)
            times.append((clock() - begin) * 1000)
        middle, high = statistics.median(times), sorted(times)[int(0.95 * calls)]
        good &= middle <= LIMIT_MS
        size = len(answer.content) // 1024
        print(f"{name:28} Median {middle:5.0f} ms, p95 {high:5.0f} ms, {asked} Abfragen, {size} KiB")
    begin = clock()
    size = len(client.get("/ki-register/register.csv").content) // 1024
    print(f"{'Ganze Tabelle (CSV)':28} {clock() - begin:5.1f} s, {size} KiB")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description="Misst das öffentliche Register.")
    parser.add_argument("--eintraege", type=int, default=5000)
    parser.add_argument("--aufrufe", type=int, default=60)
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
        town(options.eintraege)
        return 0 if measure(options.aufrufe, time.process_time if options.rechenzeit else time.perf_counter) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
