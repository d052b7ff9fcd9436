"""An object for every address of documents and evaluations of the register."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from typing import Any

from django.utils import timezone

from leitplanke.apps.register.models import Bewertung, Pruefplan, Registerdokument
from leitplanke.base.accounts.models import Mandant
from leitplanke.core.evaluation import evaluate, plan_hash, read_decisions, read_plan, tally
from leitplanke.core.evaluation.pooling import result_data
from leitplanke.core.evaluation.report_json import evaluation_data
from tests.project.examples_register_amt import entry

FOLDER = resources.files("leitplanke.content") / "musterstadt" / "bewertung"


def document(mandant: Mandant) -> dict[str, Any]:
    """A public document of a system in trial, complete."""
    eintrag = entry(mandant)
    eintrag.stand = "erprobung"
    eintrag.save()
    Registerdokument.objects.create(
        mandant=mandant, eintrag=eintrag, art="steckbrief", nummer=1, fassung=eintrag.bearbeitung,
        inhalt={"abschnitte": []}, sha256="0" * 64, fertig_am=timezone.now(),
    )  # fmt: skip
    return {"kuerzel": eintrag.kuerzel, "art": "steckbrief"}


def plan(mandant: Mandant) -> Pruefplan:
    """A fixed plan."""
    text = (FOLDER / "wohngeld-vollstaendigkeit.yaml").read_text(encoding="utf-8")
    return Pruefplan.objects.create(
        mandant=mandant, eintrag=entry(mandant), titel="Plan", text=text, sha256=plan_hash(read_plan(text))
    )


def result(mandant: Mandant) -> dict[str, Any]:
    """A result of few cases."""
    row = plan(mandant)
    read = read_plan(row.text)
    lines = (FOLDER / "wohngeld-vollstaendigkeit.csv").read_bytes().splitlines(keepends=True)[:40]
    counts = tally(read, read_decisions(read, b"".join(lines), bytes(16)))
    found = evaluate(read, counts, day=timezone.localdate())
    made = Bewertung.objects.create(
        mandant=mandant, plan=row, eintrag=row.eintrag, verdikt=found.verdict.value, satz=found.sentence.de,
        ergebnis=evaluation_data(found), zellen=result_data("Amt", read, counts), faelle=found.cases,
        gueltig_bis=timezone.localdate() + timedelta(days=30), wesentlich_sha256="",
    )  # fmt: skip
    return {"kennung": made.public_id}


def by_plan(mandant: Mandant) -> dict[str, Any]:
    """Name a plan."""
    return {"kennung": plan(mandant).public_id}


EXAMPLES = {
    "register:unterlage_offen": document,
    "register:unterlagen": lambda mandant: {"kuerzel": document(mandant)["kuerzel"]},
    "register:unterlage": document,
    "register:unterlage_fertig": document,
    "register:unterlage_datei": lambda mandant: document(mandant) | {"nummer": 1, "endung": "pdf"},
    **dict.fromkeys(
        (f"register:{name}" for name in ("pruefplan", "auswerten", "blindfaelle", "beurteilen", "klaeren")), by_plan
    ),
    "register:bewertung": lambda mandant: {"kuerzel": entry(mandant).kuerzel},
    "register:plan_neu": lambda mandant: {"kuerzel": entry(mandant).kuerzel},
    "register:ergebnis": result,
    "register:ergebnis_bild": lambda mandant: result(mandant) | {"name": "fehler"},
    "register:ergebnis_datei": lambda mandant: result(mandant) | {"endung": "json"},
}
