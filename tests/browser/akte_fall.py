"""A case for the desk, put into a running demo town: `python -m tests.browser.akte_fall` prints its name."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from typing import TYPE_CHECKING

from tests.project.running import REGELWERKE, environment

if TYPE_CHECKING:
    from tests.project.running import Running

GIVEN = {
    "haushaltsmitglieder": 1,
    "mietenstufe": 3,
    "bruttokaltmiete_monat": "855.00",
    "alle_in_foerderungsfaehiger_ausbildung": False,
    "vermoegen": "2000",
    "personen": [
        {
            "einkommensart": "nichtselbststaendig",
            "bruttoeinkommen_jahr": "21000.00",
            "zahlt_steuern": True,
            "zahlt_krankenversicherung": True,
            "zahlt_rentenversicherung": True,
        }
    ],
}


def put_case(house: Running, *, reverse: bool = False) -> str:
    """Hand in an application in the running town; return the path of its desk."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.akte_fall", *(["umgekehrt"] if reverse else [])],
        env=environment(house.data, LEITPLANKE_MODE="demo", LEITPLANKE_REGELWERKE=str(REGELWERKE),
                        DJANGO_SETTINGS_MODULE="leitplanke.project.settings"),
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return f"/vorgaenge/{made.stdout.split()[-1]}/"


def main() -> None:
    """Make the case: somebody states more rent than the lease they hand in says."""
    import django

    django.setup()
    from leitplanke.apps.antrag import belege, facts, intake
    from leitplanke.apps.antrag.doing import citizen
    from leitplanke.apps.antrag.models import Antrag, Beteiligung
    from leitplanke.apps.antrag.procedures import verfahren_for
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.base.documents.muster import load_muster, make_muster

    mandant = Mandant.objects.get(kurz="musterstadt")
    verfahren = verfahren_for(mandant, "wohngeld")
    antrag, _code = intake.start_draft(mandant, verfahren)
    doer = citizen(mandant)
    intake.name_person(
        antrag.pk, doer, intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Chidi", "nachname": "Okafor"})
    )
    facts.fill_draft(antrag.pk, doer, GIVEN)
    folder = resources.files("leitplanke.content") / "musterstadt" / "belege"
    muster = next(one for one in load_muster(folder) if one.datei == "mietvertrag-okafor.pdf")
    beleg = belege.add_document(antrag.pk, doer, muster.datei, make_muster(muster, folder))
    intake.hand_in(antrag.pk, doer, verfahren)
    belege.read(mandant, beleg.pk)
    if "umgekehrt" in sys.argv:
        Antrag.objects.for_mandant(mandant).filter(pk=antrag.pk).update(mensch_zuerst=True)
    sys.stdout.write(f"{antrag.kennung}\n")


if __name__ == "__main__":
    main()
