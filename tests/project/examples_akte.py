"""An object for every address of the desk of a case."""

from __future__ import annotations

from typing import Any

from leitplanke.apps.antrag import facts, intake
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import (
    Antrag,
    Beleg,
    Belegstand,
    Beteiligung,
    Quelle,
    Textbaustein,
    Verfahrenseinstellung,
    Vorschlag,
)
from leitplanke.apps.antrag.procedures import verfahren_for
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.documents.services import store_file

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def offered(mandant: Mandant) -> Verfahrenseinstellung:
    """Return how the office runs Wohngeld."""
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    row, _created = Verfahrenseinstellung.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, verfahren="wohngeld", defaults={"einheit": einheit}
    )
    return row


def case(mandant: Mandant) -> Antrag:
    """Return an application that a citizen handed in to the office of the walkers."""
    verfahren = verfahren_for(mandant, offered(mandant).verfahren)
    antrag, _code = intake.start_draft(mandant, verfahren)
    doer = citizen(mandant)
    person = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"vorname": "Kim", "nachname": "Muster"})
    intake.name_person(antrag.pk, doer, person)
    facts.fill_draft(antrag.pk, doer, {"haushaltsmitglieder": 1, "mietenstufe": 3})
    return intake.hand_in(antrag.pk, doer, verfahren)


def document(antrag: Antrag) -> Beleg:
    """Return a document of a case."""
    return Beleg.objects.create(
        mandant=antrag.mandant, antrag=antrag, datei=store_file(antrag.mandant, "miete.pdf", PDF, None),
        name="miete.pdf", text="Miete", stand=Belegstand.GELESEN, quelle=Quelle.BUERGER, seiten=1,
    )  # fmt: skip


def by_case(mandant: Mandant) -> dict[str, Any]:
    """Name a case."""
    return {"kennung": case(mandant).kennung}


def by_document(mandant: Mandant) -> dict[str, Any]:
    """Name a document."""
    beleg = document(case(mandant))
    return {"kennung": beleg.antrag.kennung, "unterlage": beleg.kennung}


def by_proposal(mandant: Mandant) -> dict[str, Any]:
    """Name a proposal."""
    beleg = document(case(mandant))
    row = Vorschlag.objects.create(
        mandant=mandant, antrag=beleg.antrag, beleg=beleg, pfad="bruttokaltmiete_monat", wert="400.00"
    )
    return {"kennung": beleg.antrag.kennung, "vorschlag": row.pk}


def by_block(mandant: Mandant) -> dict[str, Any]:
    """Name a text block."""
    offered(mandant)
    row = Textbaustein.objects.create(
        mandant=mandant, verfahren="wohngeld", urteil="missbraeuchlich", titel="Richtwert", text="Unter dem Richtwert."
    )
    return {"pk": row.pk}


def reverse_case(mandant: Mandant) -> dict[str, Any]:
    """Name a case in which the person decides first."""
    row = offered(mandant)
    row.mensch_zuerst = True
    row.save()
    return by_case(mandant)


EXAMPLES = {
    **dict.fromkeys(
        (
            f"antrag:{name}"
            for name in (
                "akte", "akte_nachweis", "akte_nachrichten", "akte_verlauf", "angaben_bestaetigen", "angabe_aendern",
                "angabe_klaeren", "unterlage_neu",
            )
        ),
        by_case,
    ),
    **dict.fromkeys(
        (f"antrag:{name}" for name in ("unterlage_bearbeiten", "unterlage_zuordnen", "unterlage_original")), by_document
    ),
    "antrag:unterlage_seite": lambda mandant: by_document(mandant) | {"nummer": 1},
    "antrag:vorschlag_verwerfen": by_proposal,
    "antrag:urteil": lambda mandant: by_case(mandant) | {"name": "missbraeuchlich"},
    "antrag:vorentscheidung": reverse_case,
    "antrag:textbaustein": by_block,
    "antrag:textbaustein_loeschen": by_block,
}  # fmt: skip
