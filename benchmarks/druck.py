"""How long one letter, form and record take, and whether memory stays the same over many of them.

python benchmarks/druck.py [--briefe 300]
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path


def set_up() -> None:
    """Start Django in test mode: the words on paper come from gettext."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ["LEITPLANKE_MODE"] = "test"
    os.environ["LEITPLANKE_DATA"] = tempfile.mkdtemp(prefix="leitplanke-druck-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"
    import django

    django.setup()


def measure(name: str, make: Callable[[int], bytes], count: int) -> None:
    """Print the time of the first and of the others; each is a different document, so nothing comes from a cache."""
    times, size = [], 0
    for number in range(count):
        start = time.perf_counter()
        size = len(make(number))
        times.append((time.perf_counter() - start) * 1000)
    rest = times[1:]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:22} erstes {times[0]:6.0f} ms, dann Median {statistics.median(rest):6.1f} ms, "
        f"95 % unter {statistics.quantiles(rest, n=20)[-1]:6.1f} ms, {size / 1024:5.0f} kB, "
        f"Speicher bis {memory:5.0f} MB"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--briefe", type=int, default=300, help="wie viele je Art")
    count = parser.parse_args().briefe
    set_up()
    from leitplanke.base.documents.printing import form_pdf, letter_docx, letter_pdf, record_pdf
    from tests.base.documents.printing import samples

    def brief(number: int):  # noqa: ANN202 - the type is imported after set-up
        name = ("Frau", f"Erika Beispiel {number}", "Lindenweg 7", "01234 Musterstadt")
        return replace(samples.bescheid(), aktenzeichen=f"50.2-WG-2026-{number:06}", empfaenger=name)

    measure("Bescheid, PDF", lambda number: letter_pdf(brief(number)), count)
    measure("Bescheid, DOCX", lambda number: letter_docx(brief(number)), count)
    measure("Formular, PDF", lambda number: form_pdf(replace(samples.formular(), title=f"Antrag {number}")), count)
    measure("Eingangsbestätigung", lambda number: record_pdf(replace(samples.quittung(), title=f"Nr. {number}")), count)
    measure("Bescheid, PDF, nochmal", lambda number: letter_pdf(brief(number + count)), count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
