"""A case with everything in it: facts, a document, judgements, a decision, a letter, a message."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from leitplanke.apps.antrag import assigning, belege, deciding, dispatch, facts, judging, messages, readiness
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import Antrag, Entscheidungsart

from .conftest import COMPLETE, JUDGEMENTS

if TYPE_CHECKING:
    from .conftest import Office

NAME = "Quitzdorfer"
DOCUMENT = "Mietvertrag Quitzdorfer, Seite 1"


def judged(office: Office, antrag: Antrag) -> None:
    for name, wert in JUDGEMENTS.items():
        reasons = judging.Reasons(eigene=f"Bei {antrag.nummer} gilt für {name} nach Aktenlage nichts anderes.")
        judging.judge(antrag.pk, office.doer(antrag), name, wert, reasons)


def decided_case(office: Office) -> Antrag:
    """Return a case of `NAME` up to a decision."""
    shutil.rmtree(settings.PATHS.data / "pruefpunkte", ignore_errors=True)  # those of an earlier test's town
    antrag = office.application(name=NAME)
    doer = citizen(office.mandant)
    belege.add_document(antrag.pk, doer, "mietvertrag quitzdorfer.txt", DOCUMENT.encode())
    messages.write(antrag.pk, doer, f"Hier schreibt {NAME}.")
    with transaction.atomic():
        dispatch.confirm_receipt(office.mandant, antrag.pk)
    assigning.begin(antrag.pk, office.doer(antrag))
    facts.confirm_facts(antrag.pk, office.doer(antrag), COMPLETE)
    judged(office, antrag)
    entscheidung = deciding.prepare(antrag.pk, office.doer(antrag), readiness.Draft(Entscheidungsart.BEWILLIGUNG))
    gesehen = deciding.seen_hash(entscheidung)
    deciding.confirm(entscheidung.pk, office.doer(antrag), office.verfahren, gesehen=gesehen)
    antrag.refresh_from_db()
    return antrag
