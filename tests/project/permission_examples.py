"""An object for every address that names one. Whoever adds an address with parameters adds an example here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.antrag import filling, intake
from leitplanke.apps.antrag.belege import add_document
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import Antrag, Beteiligung, Entscheidung, Schreiben, Verfahrenseinstellung
from leitplanke.apps.antrag.procedures import verfahren_for
from leitplanke.apps.regelwerk.models import Aenderung
from leitplanke.apps.simulation.files import picture_file
from leitplanke.apps.simulation.models import Simulationslauf
from leitplanke.apps.simulation.plan import Plan
from leitplanke.apps.wissen.models import Antwort, Fassung, Quelle, Stand, Stichwort, Wissensraum
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Organisationseinheit, Vertretung
from leitplanke.base.accounts.ports import DEPUTIES
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.services import store_file
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.resolution import request_resolution
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.base.evidence.services import pseudonym_of, record
from leitplanke.base.notify.services import notify
from tests.factories import make_actor, make_membership
from tests.project import examples_leitlinie, examples_leitlinie_strategie, examples_register_oeffentlich

Example = Callable[[Mandant], dict[str, Any]]

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def own_membership(mandant: Mandant, rolle: Rolle = Rolle.LEITUNG) -> Mitgliedschaft:
    """Return the membership of the person with `rolle` who walks; a stranger's where nobody walks."""
    found = Mitgliedschaft.objects.for_mandant(mandant).filter(rolle=rolle).order_by("pk").first()
    return found or make_membership(mandant, rolle)


def vertretung(mandant: Mandant) -> dict[str, Any]:
    """Somebody stands in for the walking Leitung."""
    today = timezone.localdate()
    row = Vertretung.objects.create(
        mandant=mandant,
        vertretene=own_membership(mandant),
        vertretung=make_membership(mandant, Rolle.LEITUNG),
        von=today,
        bis=today + timedelta(days=3),
    )
    return {"vertretung": row.pk}


def space(mandant: Mandant) -> Wissensraum:
    """A public space."""
    return Wissensraum.objects.create(
        mandant=mandant,
        name="Hunde",
        kurz="hunde",
        sichtbarkeit="oeffentlich",
        einheit=Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt"),
    )


def version(mandant: Mandant) -> Fassung:
    """A released version of a source in a public space."""
    quelle = Quelle.objects.create(mandant=mandant, raum=space(mandant), dokument="hunde.pdf", titel="Hundesteuer")
    text = "Ein Hund kostet 96 Euro."
    return Fassung.objects.create(
        mandant=mandant,
        quelle=quelle,
        nummer=1,
        datei=store_file(mandant, "hunde.pdf", PDF, None),
        stand=Stand.FREIGEGEBEN,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def answer(mandant: Mandant) -> dict[str, Any]:
    """An answer to somebody without an account."""
    content: dict[str, Any] = {"text": "", "notes": [], "claims": [], "nearest": []}
    row = Antwort.objects.create(
        mandant=mandant,
        raum=space(mandant),
        frage="Was kostet ein Hund?",
        ergebnis="refused",
        grund="no_evidence",
        inhalt=content,
        nachweis=leaf(mandant).public_id,
    )
    return {"kennung": row.kennung}


def leaf(mandant: Mandant) -> Leaf:
    """An entry in the evidence log, proven by a checkpoint."""
    with transaction.atomic():
        row = record("wissen.answers_deleted", mandant=mandant, data={"anzahl": "1", "anlass": "frist"})
    sequence_all()
    return row


def mail(mandant: Mandant) -> dict[str, Any]:
    """A mail to the walking Leitung."""
    person = own_membership(mandant).person
    return {"nachricht": notify(person, category=DEPUTIES, subject="Neues", body="Text", mandant=mandant).pk}


def stichwort(mandant: Mandant) -> dict[str, Any]:
    """A word of the town's own."""
    return {"pk": Stichwort.objects.create(mandant=mandant, alltag=["Hund"], amtlich=["Hundehaltung"]).pk}


def by_space(mandant: Mandant) -> dict[str, Any]:
    """Name a space."""
    return {"kurz": space(mandant).kurz}


def by_version(mandant: Mandant) -> dict[str, Any]:
    """Name a version."""
    return {"pk": version(mandant).pk}


def by_leaf(mandant: Mandant) -> dict[str, Any]:
    """Name an entry."""
    return {"kennung": leaf(mandant).public_id}


def by_checkpoint(mandant: Mandant) -> dict[str, Any]:
    """Name a checkpoint."""
    from leitplanke.base.evidence.models import Checkpoint

    leaf(mandant)
    newest = Checkpoint.objects.for_mandant(mandant).first()
    assert newest is not None
    return {"groesse": newest.size}


def by_membership(mandant: Mandant) -> dict[str, Any]:
    """Name the membership of the walking Leitung."""
    return {"mitgliedschaft": own_membership(mandant).pk}


REGELWERK = {"name": "musterzuschuss"}


def change(mandant: Mandant) -> dict[str, Any]:
    """A change of a Regelwerk that waits for release."""
    row = Aenderung.objects.create(
        mandant=mandant, regelwerk="musterzuschuss", nummer=1, eintrag="foerdersatz", was="Fördersatz",
        datei="regeln.yaml", text="a: neu\n", vorher="a: alt\n", quelle="Gesetz", begruendung="Anpassung",
    )  # fmt: skip
    return {"pk": row.pk}


# Shipped with the product and the same for every Mandant: no object of anybody's.
SHARED = {
    "regelwerk:regelwerk",
    "regelwerk:rechner",
    "regelwerk:faelle",
    "regelwerk:vergleich",
    "regelwerk:bild",
    "regelwerk:aendern",
    *examples_leitlinie.SHARED,
    *examples_leitlinie_strategie.SHARED,
    *examples_register_oeffentlich.SHARED,
}


def resolution(mandant: Mandant) -> dict[str, Any]:
    """Somebody asks who a pseudonym is."""
    pseudonym = pseudonym_of(mandant, make_membership(mandant, Rolle.IT).person)
    actor = make_actor(mandant, Rolle.LEITUNG)
    row = request_resolution(actor=actor, pseudonym=pseudonym, grund="Verdacht auf unbefugte Abfragen im Mai.")
    return {"kennung": row.public_id}


def simulation(mandant: Mandant) -> dict[str, Any]:
    """A simulation of made-up people that waits."""
    row = Simulationslauf.objects.create(
        mandant=mandant, bezeichnung="Wohngeld", regelwerk="wohngeld", bevoelkerung="erfunden",
        plan=Plan(date(2027, 1, 1), ("wohngeld_monat",), count=10).as_json(),
    )  # fmt: skip
    return {"kennung": row.kennung}


def plot(mandant: Mandant) -> dict[str, Any]:
    """The picture of a simulation that has ended."""
    row = Simulationslauf.objects.for_mandant(mandant).get(**simulation(mandant))
    Simulationslauf.objects.for_mandant(mandant).filter(pk=row.pk).update(stand="fertig")
    picture = picture_file(row, 1, "svg")
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    return {"kennung": row.kennung, "nummer": 1}


def offered(mandant: Mandant) -> Verfahrenseinstellung:
    """Wohngeld, offered by the town."""
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt")
    row, _created = Verfahrenseinstellung.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, verfahren="wohngeld", defaults={"einheit": einheit}
    )
    return row


def by_procedure(mandant: Mandant) -> dict[str, Any]:
    """Name a procedure that the town offers."""
    return {"verfahren": offered(mandant).verfahren}


def own_draft(mandant: Mandant) -> Antrag:
    """Return a draft of the walking Leitung, who applies for herself."""
    offered(mandant)
    person = own_membership(mandant).person
    verfahren = verfahren_for(mandant, "wohngeld")
    antrag = filling.begin(mandant, verfahren, filling.Beginning(intake.Ticket(), person))
    name = intake.Anschrift(Beteiligung.ANTRAGSTELLEND, {"nachname": "Muster"})
    return filling.save_people(antrag.pk, citizen(mandant, person), [name])


def own_application(mandant: Mandant) -> Antrag:
    """Return an application of the walking Leitung."""
    antrag = own_draft(mandant)
    person = own_membership(mandant).person
    return filling.submit(antrag.pk, citizen(mandant, person), verfahren_for(mandant, "wohngeld"))


def by_draft(mandant: Mandant) -> dict[str, Any]:
    """Name the draft."""
    return {"kennung": own_draft(mandant).kennung}


def by_application(mandant: Mandant) -> dict[str, Any]:
    """Name the application."""
    return {"kennung": own_application(mandant).kennung}


def by_document(mandant: Mandant) -> dict[str, Any]:
    """Name a document in the draft."""
    antrag = own_draft(mandant)
    person = own_membership(mandant).person
    beleg = add_document(antrag.pk, citizen(mandant, person), "miete.pdf", PDF)
    return {"kennung": antrag.kennung, "beleg": beleg.kennung}


def by_portal_letter(mandant: Mandant) -> dict[str, Any]:
    """Name a letter that waits in the portal."""
    antrag = own_application(mandant)
    row = Schreiben.objects.create(
        mandant=mandant, antrag=antrag, art="eingangsbestaetigung", stand="versandt", weg="portal", entworfen={},
        brief={}, pdf=store_file(mandant, "brief.pdf", PDF, None), vermerk_am=timezone.localdate(),
    )  # fmt: skip
    return {"kennung": antrag.kennung, "brief": row.kennung}


def by_own_decision(mandant: Mandant) -> dict[str, Any]:
    """Name an application with a decision whose letter is out."""
    antrag = own_application(mandant)
    head = own_membership(mandant)
    now = timezone.now()
    made = Entscheidung.objects.create(
        mandant=mandant, antrag=antrag, art="ablehnung", stand="getroffen", stichtag=timezone.localdate(),
        vorbereitet_von=head, entschieden_von=head, entschieden_person=head.person_id, entschieden_am=now,
        angemeldet_um=now,
    )  # fmt: skip
    Antrag.objects.for_mandant(mandant).filter(pk=antrag.pk).update(entscheidung=made, stand="bekanntgegeben")
    Schreiben.objects.create(
        mandant=mandant, antrag=antrag, entscheidung=made, art="bescheid", stand="versandt", entworfen={}, brief={},
        freigegeben_von=head, vermerk_am=timezone.localdate(),
    )  # fmt: skip
    return {"kennung": antrag.kennung}


OFFERS = ("seite", "formular", "vorab", "rueckruf", "beginnen", "formlos")
STEPS = ("person", "fragen", "unterlagen", "zustellung", "pruefen")
DRAFTS = (*(f"schritt_{name}" for name in STEPS), "mein_zugang", "mein_konto", "mein_verwerfen")
APPLICATIONS = ("mein_antrag", "mein_eingang", "meine_quittung", "meine_nachricht", "mein_gelesen", "mein_mensch",
                "mein_zuruecknehmen", "mein_aendern", "meine_daten")  # fmt: skip


def _of_areas() -> dict[str, Example]:
    """Gather the examples that areas keep in files of their own beside this one."""
    files = sorted(Path(__file__).parent.glob("examples_*.py"))
    modules = [import_module(f"tests.project.{file.stem}") for file in files]
    return {name: example for module in modules for name, example in module.EXAMPLES.items()}


EXAMPLES: dict[str, Example] = {
    **_of_areas(),
    **dict.fromkeys((f"antrag:{name}" for name in OFFERS), by_procedure),
    **dict.fromkeys((f"antrag:{name}" for name in DRAFTS), by_draft),
    **dict.fromkeys((f"antrag:{name}" for name in APPLICATIONS), by_application),
    "antrag:meine_auskunft": lambda mandant: by_application(mandant) | {"form": "json"},
    "antrag:meine_erklaerung": by_own_decision,
    "antrag:mein_rechtsbehelf": by_own_decision,
    "antrag:mein_schreiben": by_portal_letter,
    "antrag:meine_unterlage": by_document,
    "antrag:meine_unterlage_weg": by_document,
    **dict.fromkeys(
        (f"simulation:{name}" for name in ("ergebnis", "stand", "ausgeben", "abbrechen", "loeschen")), simulation
    ),
    "simulation:bild": plot,
    **dict.fromkeys(
        SHARED
        - {
            "regelwerk:aendern",
            *examples_leitlinie.SHARED,
            *examples_leitlinie_strategie.SHARED,
            *examples_register_oeffentlich.SHARED,
        },
        lambda _mandant: REGELWERK,
    ),
    "regelwerk:aendern": lambda _mandant: REGELWERK | {"eintrag": "foerdersatz"},
    "regelwerk:aenderung": change,
    "regelwerk:freigeben": change,
    "regelwerk:zurueckziehen": change,
    "vertretung_neu": by_membership,
    "vertretung_beenden": vertretung,
    "person": by_membership,
    "rolle_beenden": by_membership,
    "person_vorsitz": by_membership,
    "person_sperren": by_membership,
    "notify:nachricht": mail,
    "evidence:entry": by_leaf,
    "evidence:proof": by_leaf,
    "evidence:checkpoint": by_checkpoint,
    "evidence:decide": resolution,
    "evidence:show_name": resolution,
    "wissen:antwort": answer,
    "wissen:umformulieren": answer,
    "wissen:stichwort": stichwort,
    "wissen:stichwort_loeschen": stichwort,
    "wissen:fassung": by_version,
    "wissen:pruefen": by_version,
    "wissen:original": by_version,
    "wissen:original_seite": lambda mandant: by_version(mandant) | {"nummer": 1},
    "wissen:freigeben": by_version,
    "wissen:zurueckziehen": by_version,
    "wissen:raum": by_space,
    "wissen:raum_bearbeiten": by_space,
    "wissen:quellen": by_space,
    "wissen:quelle_neu": by_space,
    "wissen:index_stand": by_space,
}
