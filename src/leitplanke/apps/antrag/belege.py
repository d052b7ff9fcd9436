"""Evidence documents: taken in, read in the background, and what a person makes of them."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.ai import runs
from leitplanke.apps.antrag.doing import Doer, hashed, locked, perform, require_people, trace
from leitplanke.apps.antrag.models import Beleg, Belegstand, Quelle
from leitplanke.apps.antrag.proposing import kind_of, kinds, renew_proposals
from leitplanke.apps.antrag.reading_again import has_second_reader
from leitplanke.base.documents.beleg import beleg_to_json
from leitplanke.base.documents.reading import count_pages, read_beleg
from leitplanke.base.documents.services import delete_unreferenced, read_file, safe_name, store_file
from leitplanke.core.retrieval.extract import ExtractionError
from leitplanke.core.verfahren.acts import Originator, Stand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mandant

WAITING = timedelta(hours=1)  # what is read at once is read by then


def add_document(  # noqa: PLR0913 - what came, and what it is for
    antrag_id: int, doer: Doer, name: str, data: bytes, *, zu_angabe: str = "", art: str = ""
) -> Beleg:
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
        require_people(doer)
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
        require_people(doer)
        file = found.datei
        found.delete()
        delete_unreferenced(file)


def read(mandant: Mandant, beleg_id: int) -> Beleg:
    """Read a document and propose values, as a rule without effect in law. What cannot be read stays for a person.

    While the register stops the AI of the procedure it stays unread; people see its pages as they are.
    """
    beleg = Beleg.objects.for_mandant(mandant).select_related("datei", "antrag__mandant", "mandant").get(pk=beleg_id)
    if not runs(beleg.antrag):
        return _only_shown(beleg)
    try:
        found = read_beleg(beleg.name, read_file(beleg.datei))
    except ExtractionError as error:
        known: dict[str, Any] = {"befunde": [error.message], "stand": Belegstand.UNLESBAR}
    else:
        text = found.document.text
        known = {
            "text": text,
            "befunde": list(found.document.findings),
            "stand": Belegstand.GELESEN if text.strip() else Belegstand.UNLESBAR,
            "seiten": found.pages,
            "boxen": beleg_to_json(found)["words"],
            "art": beleg.art or kind_of(text, beleg.name),
        }
    with transaction.atomic():
        antrag = locked(mandant, beleg.antrag_id)
        beleg.refresh_from_db(fields=["art"])  # reading takes its time; what a person said meanwhile counts
        if beleg.art:
            known.pop("art", None)
        for name, value in known.items():
            setattr(beleg, name, value)
        beleg.save(update_fields=list(known))
        renew_proposals(antrag, beleg)
        trace(
            "antrag.vorlesen", antrag, Doer(mandant, Originator.AUFTRAG),
            data={"was": Belegstand(beleg.stand).value, "inhalt_sha256": hashed(beleg.text)},
        )  # fmt: skip
        have_read_again(antrag, [beleg])
    return beleg


def _only_shown(beleg: Beleg) -> Beleg:
    with contextlib.suppress(ExtractionError):
        beleg.seiten = count_pages(beleg.name, read_file(beleg.datei))
        beleg.save(update_fields=["seiten"])
    return beleg


def read_waiting(mandant: Mandant) -> int:
    """Have read what came in while the AI of its procedure was stopped, now that it runs. Returns how many."""
    from leitplanke.apps.antrag.tasks import read_beleg  # noqa: PLC0415 - the task calls this module

    limit = timezone.now() - WAITING
    rows = Beleg.objects.for_mandant(mandant).filter(stand=Belegstand.NEU, eingang_am__lt=limit)
    waiting = [beleg.pk for beleg in rows.select_related("antrag__mandant") if runs(beleg.antrag)]
    for key in waiting:
        read_beleg.enqueue(key)
    return len(waiting)


def set_kind(antrag_id: int, doer: Doer, beleg_id: int, art: str, *, fassung: int | None = None) -> Beleg:
    """Say what kind of document it is; what it then seems to state is proposed anew.

    Raises:
        LookupError: there is no such kind, or no such document in the case.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    if art and art not in kinds():
        raise LookupError(art)
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        beleg = antrag.belege.select_for_update(of=("self",)).get(pk=beleg_id)
        perform(
            antrag, "beleg_bearbeiten", doer, public=False, data={"was": f"art: {art}"}, text=_("Unterlage eingeordnet")
        )
        beleg.art = art
        beleg.save(update_fields=["art"])
        renew_proposals(antrag, beleg)
        have_read_again(antrag, [beleg])
    return beleg


def have_read_again(antrag: Antrag, belege: Iterable[Beleg]) -> None:
    """Have a model read documents in the background, where one may."""
    from leitplanke.apps.antrag.tasks import read_again  # noqa: PLC0415 - the task calls this module

    waiting = [beleg for beleg in belege if beleg.art and beleg.text]
    if waiting and has_second_reader(antrag):
        for beleg in waiting:
            read_again.enqueue(beleg.pk)


def mark_checked(antrag_id: int, doer: Doer, beleg_id: int, *, fassung: int | None = None) -> Beleg:
    """Note that a person has looked at a document, its findings included.

    Raises:
        Beleg.DoesNotExist: there is no such document in the case.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        beleg = antrag.belege.select_for_update(of=("self",)).get(pk=beleg_id)
        perform(antrag, "beleg_bearbeiten", doer, public=False, data={"was": "geprueft"}, text=_("Unterlage geprüft"))
        beleg.geprueft_am = timezone.now()
        beleg.save(update_fields=["geprueft_am"])
    return beleg
