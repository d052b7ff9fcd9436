"""The server with all statutes indexed: memory of the web process, and time per answer over HTTP.

    python benchmarks/server.py --gesetze ../shared/data/gesetze [--vektoren CACHE] [--fragen 60]

`--vektoren` takes a cache of vectors from an earlier run, so that nothing is embedded twice; without it the first run
embeds every passage, which takes the better part of an hour on two cores.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ADDRESS = "127.0.0.1:8765"


def load(gesetze: Path) -> None:
    """Set up Musterstadt with a space that holds the statutes, released, with every vector computed."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
    django.setup()
    from tqdm import tqdm

    from leitplanke.apps.wissen import index, sources, spaces
    from leitplanke.base.accounts.models import Organisationseinheit
    from leitplanke.base.accounts.roles import Rolle
    from leitplanke.core.retrieval.extract import extract
    from leitplanke.project.cli.manage import prepare
    from leitplanke.project.musterstadt import demo_actor, load_musterstadt

    prepare()
    mandant = load_musterstadt(report=print)
    adding, releasing = demo_actor(mandant, Rolle.SACHBEARBEITUNG), demo_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    raum = spaces.save_space(
        kurz="gesetze",
        actor=releasing,
        values={
            "name": "Gesetze",
            "beschreibung": "Bundesgesetze.",
            "sichtbarkeit": "oeffentlich",
            "einheit": Organisationseinheit.objects.for_mandant(mandant).earliest("pk"),
            "kontakt_stelle": "Rathaus",
            "kontakt_telefon": mandant.telefon,
            "kontakt_email": mandant.email,
            "eroeffnung": "Guten Tag!",
        },
    )
    for path in tqdm(sorted((gesetze / "xml").glob("*.xml")), desc="Gesetze", disable=None):
        fassung = sources.add_source(
            raum=raum, actor=adding, name=path.name, data=path.read_bytes(), details=sources.SourceDetails()
        )
        sources.read(fassung, reader=lambda name, data, source: extract(name, data, source=source))
        sources.release_source(fassung_id=fassung.pk, actor=releasing)
    opened = index.renew(raum)
    with tqdm(total=opened.pending, desc="Einbetten", disable=None) as bar:
        opened.embed_pending(progress=lambda done, _total: bar.update(done - bar.n))


class Visitor:
    """Somebody who asks through the pages."""

    def __init__(self) -> None:
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )

    def ask(self, question: str) -> float:
        """Return milliseconds from sending the question to the finished answer page."""
        page = self.opener.open(f"http://{ADDRESS}/wissen/gesetze/").read().decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "frage": question}).encode()
        started = time.perf_counter()
        self.opener.open(f"http://{ADDRESS}/wissen/gesetze/", body).read()
        return (time.perf_counter() - started) * 1000


def memory(pid: int) -> dict[str, float]:
    """Return resident and private memory in MB; mapped index pages count as resident but can be dropped any time."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    values = {name: int(size) / 1024 for name, size in re.findall(r"(\w+):\s+(\d+) kB", rollup)}
    return {"rss_mb": round(values["Rss"]), "privat_mb": round(values["Private_Dirty"] + values["Private_Clean"])}


def wait_until_up() -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"http://{ADDRESS}/wissen/", timeout=2).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("Der Server antwortet nicht.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gesetze", type=Path, default=HERE.parent.parent / "shared/data/gesetze")
    parser.add_argument("--vektoren", type=Path)
    parser.add_argument("--fragen", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leitplanke-bench-") as folder:
        os.environ |= {"LEITPLANKE_MODE": "demo", "LEITPLANKE_DATA": folder}
        if options.vektoren:
            (Path(folder) / "index").mkdir(parents=True)
            shutil.copyfile(options.vektoren, Path(folder) / "index" / "vektoren.sqlite")
        load(options.gesetze)
        server = subprocess.Popen(
            [sys.executable, "-m", "leitplanke", "serve", "--ohne-hintergrund", "--address", ADDRESS]
        )
        try:
            wait_until_up()
            lines = (HERE / "daten/gesetze/offen.jsonl").read_text(encoding="utf-8").splitlines()
            questions = [json.loads(line)["question"] for line in lines][: options.fragen]
            visitor = Visitor()
            cold = visitor.ask(questions[0])
            times = np.array([visitor.ask(question) for question in questions])
            figures = {
                "erste_antwort_ms": round(cold),
                "p50_ms": round(float(np.percentile(times, 50))),
                "p95_ms": round(float(np.percentile(times, 95))),
                "fragen": len(times),
                **memory(server.pid),
            }
            print(json.dumps(figures, ensure_ascii=False))
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
