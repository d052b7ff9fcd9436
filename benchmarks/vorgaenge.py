"""Many cases: computing all open ones anew, the work list, and many people who apply at once.

    python benchmarks/vorgaenge.py [--faelle 50000] [--menschen 50]

Everything happens in a temporary SQLite database. Applications go through HTTP against a real server.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

SEED = 20261127
REPEATS = 15
LISTS = {
    "offene, nach Frist": "",
    "eigene": "?wer=meine",
    "Frist abgelaufen": "?was=ueberfaellig",
    "Suche nach Namen": "?suche=Person+4711",
    "letzte Seite": "?seite=last",
}


def set_up(data: Path) -> None:
    os.environ.update(
        LEITPLANKE_DATA=str(data), LEITPLANKE_MODE="demo", DJANGO_SETTINGS_MODULE="leitplanke.project.settings"
    )
    import django

    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # or Django keeps every query
    from leitplanke.project.cli.manage import prepare

    prepare()


def make_cases(count: int) -> dict[str, Any]:
    """Make a town with an office and `count` open cases that were computed with older rules."""
    from django.utils import timezone

    from leitplanke.apps.antrag.models import Antrag, Verfahrenseinstellung
    from leitplanke.base.accounts.models import Mandant, MandantHost, Mitgliedschaft, Organisationseinheit, Person

    mandant = Mandant.objects.create(
        name="Messstadt", kurz="messstadt", musterdaten=True, anschrift="Markt 1, 12345 Messstadt"
    )
    for host in ("127.0.0.1", "testserver"):
        MandantHost.objects.create(mandant=mandant, host=host)
    unit = Organisationseinheit.objects.create(mandant=mandant, kuerzel="SOZ", name="Sozialamt")
    person = Person.objects.create_user("amt@messstadt.example", vorname="Kim", nachname="Amt")
    member = Mitgliedschaft.objects.create(mandant=mandant, person=person, einheit=unit, rolle="sachbearbeitung")
    einstellung = Verfahrenseinstellung.objects.create(mandant=mandant, verfahren="wohngeld", einheit=unit)
    random.seed(SEED)
    common = {"mandant": mandant, "einheit": unit, "verfahren": "wohngeld"}
    rows = (Antrag(**common, **_case(member, number, timezone.localdate())) for number in range(count))
    Antrag.objects.bulk_create(rows, batch_size=1000)
    return {"einstellung": einstellung, "person": person, "mandant": mandant}


def _case(member: Any, number: int, today: Any) -> dict[str, Any]:
    """Return what differs from case to case, the same at each run."""
    pick, choose = random.randint, random.choice
    facts: dict[str, Any] = {
        "haushaltsmitglieder": pick(1, 6),
        "mietenstufe": pick(1, 7),
        "bruttokaltmiete_monat": f"{pick(250, 1200)}.00",
        "gesamteinkommen_monat": f"{pick(600, 3200)}.00",
        "alle_in_foerderungsfaehiger_ausbildung": False,
        "vermoegen": f"{pick(0, 40000)}.00",
    }
    if number % 4 == 0:
        facts.pop(choose(list(facts)))  # every fourth lacks something
    came = today - timedelta(days=pick(0, 120))
    return {
        "nummer": f"WG-{number:06d}",
        "name": f"Person {number}",
        "stand": choose(("eingegangen", "in_bearbeitung", "wartet")),
        "eingang_am": came,
        "stichtag": came.replace(day=1),
        "frist_am": came + timedelta(days=42),
        "bearbeitung": member if number % 3 else None,
        "fakten": facts,
        "betrag_von": "1.00",
        "betrag_bis": "1.00",
        "digest": "alt",
    }


def recompute(einstellung: Any, title: str) -> None:
    from leitplanke.apps.antrag import recomputing
    from leitplanke.apps.antrag.models import Neuberechnung

    lauf = Neuberechnung.objects.create(
        mandant=einstellung.mandant, verfahren="wohngeld", regelwerk_sha256=recomputing.digest_of(einstellung)
    )
    wall, cpu = time.perf_counter(), time.process_time()
    lauf = recomputing.run(lauf)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{title}: {lauf.berechnet} berechnet, {lauf.geaendert} geändert, {wall:.1f} s (Prozessor {cpu:.1f} s)")


def work_list(person: Any) -> None:
    """Measure what the server does for a page of the list, without the network."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(person)
    for title, query in LISTS.items():
        client.get(f"/vorgaenge/{query}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/vorgaenge/{query}").status_code == 200
        count = len(queries)  # the next request empties the log
        times, cpu = [], time.process_time()
        for _ in range(REPEATS):
            started = time.perf_counter()
            client.get(f"/vorgaenge/{query}")
            times.append((time.perf_counter() - started) * 1000)
        cpu = (time.process_time() - cpu) * 1000 / REPEATS
        print(
            f"Liste, {title}: Median {statistics.median(times):.0f} ms, kürzeste {min(times):.0f} ms, "
            f"Prozessor {cpu:.0f} ms, {count} Abfragen"
        )


class Citizen:
    """Somebody who secures the date of an application through the pages."""

    def __init__(self, address: str, number: int) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))
        self.url, self.number = f"http://{address}/antraege/wohngeld/datum-sichern/", number
        self.seconds, self.error = 0.0, ""

    def apply(self, start: threading.Barrier) -> None:
        try:
            page = self.opener.open(self.url, timeout=120).read().decode()
            fields = dict(re.findall(r'name="(csrfmiddlewaretoken|kennung)" value="([^"]+)"', page))
            body = urllib.parse.urlencode({**fields, "vorname": "Kim", "nachname": f"Mensch {self.number}"}).encode()
            start.wait()
            began = time.perf_counter()
            answer = self.opener.open(self.url, body, timeout=120)
            self.seconds = time.perf_counter() - began
            if not answer.url.endswith("/eingang/"):
                self.error = f"blieb auf {answer.url}"
        except (OSError, threading.BrokenBarrierError) as error:
            self.error = repr(error)


def apply_at_once(data: Path, people: int) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = (data / "server.txt").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "leitplanke", "serve", "--address", address], stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _wait(address)
        citizens = [Citizen(address, number) for number in range(people)]
        start = threading.Barrier(people)
        threads = [threading.Thread(target=citizen.apply, args=(start,)) for citizen in citizens]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait(30)
        log.close()
    failed = [citizen.error for citizen in citizens if citizen.error]
    times = sorted(citizen.seconds for citizen in citizens if not citizen.error)
    if times:
        middle = statistics.median(times)
        print(f"{people} zugleich: {len(times)} angekommen, Median {middle:.2f} s, längste {times[-1]:.2f} s")
    for error in failed[:5]:
        print(f"Fehler: {error}")
    return len(failed)


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=10).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("Der Server kam nicht hoch.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faelle", type=int, default=50_000, help="wie viele offene Vorgänge")
    parser.add_argument("--menschen", type=int, default=50, help="wie viele zugleich einen Antrag stellen")
    options = parser.parse_args()
    data = Path(tempfile.mkdtemp(prefix="leitplanke-vorgaenge-"))
    try:
        set_up(data)
        started = time.perf_counter()
        town = make_cases(options.faelle)
        print(f"{options.faelle} Vorgänge angelegt: {time.perf_counter() - started:.1f} s")
        print(f"Last zu Beginn: {os.getloadavg()[0]:.1f}")
        recompute(town["einstellung"], "Alle Ergebnisse ändern sich")
        recompute(town["einstellung"], "Kein Ergebnis ändert sich")
        work_list(town["person"])
        from django.db import connection

        connection.close()
        failed = apply_at_once(data, options.menschen)
        from leitplanke.apps.antrag.models import Antrag

        kept = (
            Antrag.objects.for_mandant(town["mandant"]).filter(name__startswith="Kim Mensch").exclude(nummer="").count()
        )
        print(f"gespeichert: {kept} von {options.menschen}")
    finally:
        shutil.rmtree(data, ignore_errors=True)
    return 1 if failed or kept != options.menschen else 0


if __name__ == "__main__":
    sys.exit(main())
