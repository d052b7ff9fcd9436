"""How well values are read out of evidence documents: precision and recall per field on generated documents.

`python benchmarks/auszug.py [--anzahl 110] [--fehler]` measures the development set and the held-out set. A proposal
counts as right when field and value are as written; a document whose kind is not recognised has no proposals.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, InvalidOperation
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from auszug_belege import Beleg, generate

from leitplanke.base.documents.muster import Musterbeleg, make_muster
from leitplanke.base.documents.reading import read_beleg
from leitplanke.core.extraction import Belegart, load_belegarten, propose, recognise

CONTENT = Path(__file__).parents[1] / "src" / "leitplanke" / "content"
Wert = str | bool
ENDINGS = {"pdf": "pdf", "scan": "pdf", "foto": "jpg", "docx": "docx"}
# Measured by themselves: what a person reads anyway, and what follows from the kind alone.
NOT_COUNTED = frozenset(
    {"anschrift", "iban", "abrechnungsmonat", "arbeitgeber", "chipnummer", "stand_vom", "merkzeichen", "art"}
)


def read(number: int, beleg: Beleg, arten: dict[str, Belegart]) -> tuple[str, list[tuple[str, str | bool]], str]:
    file = f"beleg-{number}.{ENDINGS[beleg.form]}"
    muster = Musterbeleg("", "", file, beleg.art, beleg.form, beleg.erwartet, (), beleg.werte)
    gelesen = read_beleg(file, make_muster(muster, CONTENT / "musterstadt" / "belege"))
    art = recognise(gelesen.document, arten)
    proposals = propose(gelesen.document, art) if art else ()
    return (art.name if art else ""), [(one.feld, comparable(one.wert)) for one in proposals], gelesen.document.text


def comparable(value: Wert) -> Wert:
    """Return 18,4 and 18,40 as the same."""
    try:
        return value if isinstance(value, bool) else str(Decimal(value).normalize())
    except InvalidOperation:
        return value


def measure(belege: list[Beleg], *, show_errors: bool) -> None:
    arten = load_belegarten(CONTENT / "belegarten")
    right, proposed, expected = Counter[str](), Counter[str](), Counter[str]()
    by_form: dict[str, Counter[str]] = {form: Counter() for form in ENDINGS}
    kinds = 0
    start = perf_counter()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(read, range(len(belege)), belege, [arten] * len(belege)))
    for number, (beleg, (art, proposals, text)) in enumerate(zip(belege, results, strict=True)):
        kinds += art == beleg.art
        counted = [(feld, wert) for feld, wert in proposals if feld not in NOT_COUNTED]
        wanted = {(feld, comparable(wert)) for feld, wert in beleg.erwartet.items()}
        hits = wanted & set(counted)
        for name, source in (("right", hits), ("expected", wanted), ("proposed", counted)):
            by_form[beleg.form][name] += len(source)
        right.update(feld for feld, _wert in hits)
        expected.update(feld for feld, _wert in wanted)
        proposed.update(feld for feld, _wert in counted)
        if show_errors and (hits != wanted or len(counted) > len(hits) or art != beleg.art):
            print(f"-- {number} {beleg.art} {beleg.form} {beleg.werte['stil']} erkannt: {art or 'nichts'}")
            print(f"   fehlt: {sorted(map(str, wanted - hits))}")
            print(f"   zu viel: {sorted(map(str, set(counted) - hits))}")
            if art != beleg.art or wanted - hits:
                print("   | " + text.replace("\n", "\n   | "))
    seconds = (perf_counter() - start) / len(belege)
    print(f"{len(belege)} Belege, Art erkannt: {kinds}, {seconds:.1f} s je Beleg mit Erzeugen (zwei zugleich)")
    for form, counts in by_form.items():
        line("Form " + form, counts["right"], counts["proposed"], counts["expected"])
    for feld in sorted(expected | proposed):
        line(feld, right[feld], proposed[feld], expected[feld])
    line("alle", right.total(), proposed.total(), expected.total())


def line(name: str, right: int, proposed: int, expected: int) -> None:
    precision = f"{right / proposed:.3f}" if proposed else "-"
    recall = f"{right / expected:.3f}" if expected else "-"
    print(
        f"{name:28} Genauigkeit {precision:6} Ausbeute {recall:6} "
        f"({right} richtig, {proposed} vorgeschlagen, {expected} erwartet)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anzahl", type=int, default=110)
    parser.add_argument("--fehler", action="store_true", help="jeden Fehler der Entwicklungsmenge zeigen")
    parser.add_argument("--nur-entwicklung", action="store_true")
    options = parser.parse_args()
    print("Entwicklungsmenge")
    measure(generate(options.anzahl, 1, held_out=False), show_errors=options.fehler)
    if not options.nur_entwicklung:
        print("\nZurückgehaltene Menge (andere Bezeichnungen, andere Werte)")
        measure(generate(options.anzahl, 2, held_out=True), show_errors=False)


if __name__ == "__main__":
    main()
