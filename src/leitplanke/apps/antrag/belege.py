"""Evidence documents: taken in, read in the background, and what a person makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, hashed, locked, perform, trace
from leitplanke.apps.antrag.models import Beleg, Belegstand, Quelle
from leitplanke.base.documents.reading import read_document
from leitplanke.base.documents.services import read_file, safe_name, store_file
from leitplanke.core.retrieval.extract import ExtractionError
from leitplanke.core.verfahren.acts import Originator, Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def add_document(antrag_id: int, doer: Doer, name: str, data: bytes, *, zu_angabe: str = "", art: str = "") -> Beleg:
    """Take in a document; it is read in the background. The original is kept whatever reading says.

    Args:
        zu_angabe: the fact for which it was handed in, empty where that was not said.
        art: kind of document, where the person said it.

    Raises:
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    from leitplanke.apps.antrag.tasks import read_beleg  # noqa: PLC0415 - the task calls this module

    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        office = doer.by is Originator.PERSON
        file = store_file(doer.mandant, name, data, doer.person)
        beleg = Beleg.objects.create(
            mandant=doer.mandant,
            antrag=antrag,
            datei=file,
            name=safe_name(name),
            zu_angabe=zu_angabe,
            art=art,
            quelle=Quelle.AMT if office else Quelle.BUERGER,
            von=doer.membership,
        )
        if antrag.state is not Stand.ENTWURF:
            text = _("Unterlage eingegangen: %(name)s") % {"name": beleg.name}
            perform(antrag, "ergaenzen", doer, text=text, data={"was": "unterlage", "inhalt_sha256": file.sha256})
            antrag.neues = antrag.neues or not office
            antrag.save()
        read_beleg.enqueue(beleg.pk)
    return beleg


def remove_document(beleg_id: int, doer: Doer) -> None:
    """Take a document out again, as long as the application is prepared.

    Raises:
        ActError: it was handed in; then it stays in the file.
    """
    with transaction.atomic():
        found = Beleg.objects.for_mandant(doer.mandant).get(pk=beleg_id)
        antrag = locked(doer.mandant, found.antrag_id)
        if antrag.state is not Stand.ENTWURF:
            perform(antrag, "ausfuellen", doer)  # says that this is too late
        found.delete()


def read(mandant: Mandant, beleg_id: int) -> Beleg:
    """Read a document, as a rule without effect in law. What cannot be read stays for a person."""
    beleg = Beleg.objects.for_mandant(mandant).select_related("datei", "antrag", "mandant").get(pk=beleg_id)
    try:
        document = read_document(beleg.name, read_file(beleg.datei))
    except ExtractionError as error:
        text, findings, stand = "", [error.message], Belegstand.UNLESBAR
    else:
        text, findings, stand = document.text, list(document.findings), Belegstand.GELESEN
    with transaction.atomic():
        antrag = locked(mandant, beleg.antrag_id)
        beleg.text, beleg.befunde, beleg.stand = text, findings, stand
        beleg.save(update_fields=["text", "befunde", "stand"])
        doer = Doer(mandant, Originator.AUFTRAG)
        trace("antrag.vorlesen", antrag, doer, data={"was": stand.value, "inhalt_sha256": hashed(text)})
    return beleg
