"""Sources in versions: add, read, release by a second person, withdraw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.wissen.models import Fassung, Quelle, Stand, Wissensraum
from leitplanke.apps.wissen.policy_facts import release_steps, upload_facts
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.documents.reading import read_document
from leitplanke.base.documents.services import read_file, safe_name, store_file
from leitplanke.base.documents.transfer import blocks_from_json, blocks_to_json
from leitplanke.base.evidence.services import record
from leitplanke.base.policy import StepStoppedError, guidance
from leitplanke.core.policy import Effect
from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.documents import Document
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Any

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

    Reader = Callable[[str, bytes, Source | None], Document]


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What a person says about a source when adding it; empty fields are filled from the document itself."""

    dokument: str = ""
    titel: str = ""
    url: str = ""
    lizenz: str = ""
    herkunft: str = ""
    ebene: str = ""
    bindet: str = ""
    gebiet: str = ""
    textstand: date | None = None
    gueltig_von: date | None = None
    gueltig_bis: date | None = None


DESCRIBING = ("titel", "url", "lizenz", "herkunft", "ebene", "bindet", "gebiet")


class WrongStateError(ValueError):
    """The version is not in a state in which this can be done; the message is for people."""


def add_source(*, raum: Wissensraum, actor: Actor, name: str, data: bytes, details: SourceDetails) -> Fassung:
    """Store an original as a new source, or as a new version of the source with the same name; reading follows.

    Raises:
        NotPermittedError: `actor` may not add sources.
        StepStoppedError: a clause of the guideline keeps it out.
    """
    from leitplanke.apps.wissen.tasks import read_fassung  # noqa: PLC0415 - tasks call this module

    actor.require("wissen.add_source")
    require_step(raum.mandant, upload_facts(raum, _said(details), valid_until=details.gueltig_bis))
    datei = store_file(raum.mandant, name, data, actor.person)
    dateiname = safe_name(name)
    with transaction.atomic():
        Wissensraum.objects.for_mandant(raum.mandant).select_for_update().get(pk=raum.pk)
        quelle = _quelle(raum, details.dokument or dateiname)
        nummer = (quelle.fassungen.aggregate(Max("nummer"))["nummer__max"] or 0) + 1
        fassung = Fassung.objects.create(
            mandant=raum.mandant,
            quelle=quelle,
            nummer=nummer,
            datei=datei,
            dateiname=dateiname,
            angaben=_said(details),
            textstand=details.textstand,
            gueltig_von=details.gueltig_von,
            gueltig_bis=details.gueltig_bis,
            angelegt_von=actor.person,
        )
        record(
            "wissen.source_added",
            mandant=raum.mandant,
            actor=actor,
            data={
                "raum": raum.kurz,
                "fassung": fassung_name(fassung),
                "datei_sha256": datei.sha256,
                **_capacity(actor, "wissen.add_source", raum),
            },
        )
        read_fassung.enqueue(fassung.pk)
    return fassung


def _said(details: SourceDetails) -> dict[str, str]:
    return {field: getattr(details, field) for field in DESCRIBING}


def require_step(mandant: Mandant, facts: Mapping[str, Any]) -> None:
    """Let a source go on its way; where a clause asks for a second person, its release is that person's word.

    Raises:
        StepStoppedError: a clause of the guideline stops it.
    """
    stop = guidance(mandant, facts).stop
    if stop is not None and stop.effect != Effect.REQUIRE_APPROVAL.value:
        raise StepStoppedError(stop)


def _quelle(raum: Wissensraum, dokument: str) -> Quelle:
    quelle, _created = Quelle.objects.for_mandant(raum.mandant).get_or_create(
        raum=raum, dokument=dokument, defaults={"titel": dokument, "mandant": raum.mandant}
    )
    return quelle


def fassung_name(fassung: Fassung) -> str:
    """Return how evidence names a version."""
    return f"{fassung.quelle.dokument}#{fassung.nummer}"


def read(fassung: Fassung, *, reader: Reader = read_document) -> None:
    """Read the text of a version, by default in the limited process, and keep it or what is wrong; may run again."""
    try:
        document = reader(fassung.dateiname, read_file(fassung.datei), source_of(fassung))
    except ExtractionError as error:
        Fassung.objects.for_mandant(fassung.mandant).filter(pk=fassung.pk, stand=Stand.WIRD_GELESEN).update(
            stand=Stand.NICHT_LESBAR, fehler=error.message
        )
        return
    with transaction.atomic():
        locked = Fassung.objects.for_mandant(fassung.mandant).select_for_update().get(pk=fassung.pk)
        if locked.stand == Stand.WIRD_GELESEN:
            _keep_text(locked, document)


def _keep_text(fassung: Fassung, document: Document) -> None:
    source = document.source
    fassung.text = document.text
    fassung.bloecke = blocks_to_json(document.blocks)
    fassung.hinweise = list(document.findings)
    fassung.text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    fassung.textstand = fassung.textstand or source.geltung.stand
    fassung.textstand_wortlaut = source.stand_text[:300]
    fassung.gueltig_von = fassung.gueltig_von or source.geltung.von
    fassung.gueltig_bis = fassung.gueltig_bis or source.geltung.bis
    fassung.angaben = _described(fassung.angaben, source)
    fassung.stand = Stand.ZU_PRUEFEN
    fassung.save()
    _name_new_source(fassung, source.document[:200])


def _described(given: dict[str, str], source: Source) -> dict[str, str]:
    """Return what the person said about the source, open fields filled from the document."""
    found = {
        "titel": source.title[:300],
        "url": source.url[:500],
        "lizenz": source.licence[:100],
        "bindet": source.bereich.bindet[:200],
        "gebiet": source.bereich.gebiet[:200],
        "ebene": "" if source.bereich.ebene is Ebene.SONSTIGE else source.bereich.ebene.value,
    }
    return {field: given.get(field) or found.get(field, "") for field in DESCRIBING}


def _name_new_source(fassung: Fassung, document: str) -> None:
    """Call a source that was never released as its document calls itself (a statute by its abbreviation)."""
    quelle = fassung.quelle
    taken = quelle.raum.quellen.exclude(pk=quelle.pk).filter(dokument=document).exists()
    if document and not taken and fassung.nummer == 1 and quelle.dokument == fassung.dateiname:
        quelle.dokument = document
        quelle.save(update_fields=["dokument"])


def release_source(*, fassung_id: int, actor: Actor) -> Fassung:
    """Release a version that somebody else added; it replaces the released one and goes into the index.

    Raises:
        NotPermittedError: `actor` may not release, or added the version.
        WrongStateError: the version is not waiting for release, or its text was changed meanwhile.
        StepStoppedError: a clause of the guideline stops it.
    """
    with transaction.atomic():
        fassung = _locked(fassung_id, actor, {Stand.ZU_PRUEFEN})
        actor.require("wissen.release_source", fassung.stand)
        capacity = _capacity(actor, "wissen.release_source", fassung.quelle.raum, fassung.stand)
        if fassung.angelegt_von_id is not None and actor.person and fassung.angelegt_von_id == actor.person.pk:
            raise NotPermittedError(
                "wissen.release_source",
                _("Diese Quelle haben Sie selbst hinzugefügt. Freigeben muss sie eine zweite Person."),
            )
        if hashlib.sha256(fassung.text.encode()).hexdigest() != fassung.text_sha256:
            raise WrongStateError(_("Der gelesene Text wurde verändert. Bitte laden Sie die Datei neu hoch."))
        if fassung.quelle.fassungen.filter(stand=Stand.FREIGEGEBEN, nummer__gt=fassung.nummer).exists():
            raise WrongStateError(_("Eine neuere Fassung ist schon freigegeben. Ältere werden nicht mehr freigegeben."))
        for facts in release_steps(fassung):
            require_step(fassung.mandant, facts)
        fassung.quelle.fassungen.filter(stand=Stand.FREIGEGEBEN).update(stand=Stand.ABGELOEST)
        _describe(fassung)
        fassung.stand = Stand.FREIGEGEBEN
        fassung.freigegeben_von = actor.person
        fassung.freigegeben_am = timezone.now()
        fassung.save()
        record(
            "wissen.source_released",
            mandant=fassung.mandant,
            actor=actor,
            data={
                "raum": fassung.quelle.raum.kurz,
                "fassung": fassung_name(fassung),
                "text_sha256": fassung.text_sha256,
                **capacity,
            },
        )
        _renew_index(fassung)
    return fassung


def withdraw_source(*, fassung_id: int, actor: Actor, begruendung: str) -> Fassung:
    """Take a version out of use, released or not; answers given stay as they are.

    Raises:
        NotPermittedError: `actor` may not withdraw.
        WrongStateError: the version is already out of use.
    """
    with transaction.atomic():
        fassung = _locked(fassung_id, actor, {Stand.ZU_PRUEFEN, Stand.FREIGEGEBEN, Stand.ABGELOEST, Stand.NICHT_LESBAR})
        actor.require("wissen.withdraw_source", fassung.stand)
        capacity = _capacity(actor, "wissen.withdraw_source", fassung.quelle.raum, fassung.stand)
        fassung.stand = Stand.ZURUECKGEZOGEN
        fassung.begruendung = begruendung
        fassung.save()
        record(
            "wissen.source_withdrawn",
            mandant=fassung.mandant,
            actor=actor,
            data={
                "raum": fassung.quelle.raum.kurz,
                "fassung": fassung_name(fassung),
                "begruendung_sha256": hashlib.sha256(begruendung.encode()).hexdigest(),
                **capacity,
            },
        )
        _renew_index(fassung)
    return fassung


def _capacity(actor: Actor, action: str, raum: Wissensraum, state: str | None = None) -> dict[str, str]:
    """Return in which role somebody acted, and whether as a deputy, for the evidence."""
    capacity = actor.capacity(action, state, raum.einheit_id)
    if capacity is None:
        raise NotPermittedError(action)
    return {"rolle": capacity.rolle.value, "in_vertretung": "ja" if capacity.deputises else "nein"}


def _describe(fassung: Fassung) -> None:
    """Say of the source what its newly released version says."""
    quelle = fassung.quelle
    for field, value in fassung.angaben.items():
        if value:
            setattr(quelle, field, value)
    quelle.save()


def _locked(fassung_id: int, actor: Actor, states: set[Stand]) -> Fassung:
    fassung = (
        Fassung.objects.for_mandant(actor.mandant)
        .select_for_update(of=("self",))
        .select_related("quelle__raum", "mandant", "datei")
        .get(pk=fassung_id)
    )
    if fassung.stand not in states:
        raise WrongStateError(
            _("Diese Fassung ist „%(stand)s“. Dafür ist das nicht möglich.") % {"stand": fassung.get_stand_display()}
        )
    return fassung


def _renew_index(fassung: Fassung) -> None:
    from leitplanke.apps.wissen.tasks import renew_index  # noqa: PLC0415 - tasks call this module

    renew_index.enqueue(fassung.quelle.raum_id)


def source_of(fassung: Fassung) -> Source:
    """Return a version as the core knows sources, as it describes itself."""
    said = fassung.angaben
    return Source(
        document=fassung.quelle.dokument,
        title=said["titel"],
        url=said["url"],
        licence=said["lizenz"],
        stand_text=fassung.textstand_wortlaut,
        geltung=Geltung(fassung.gueltig_von, fassung.gueltig_bis, fassung.textstand),
        bereich=Geltungsbereich(Ebene(said["ebene"] or Ebene.SONSTIGE.value), said["bindet"], said["gebiet"]),
    )


def document_of(fassung: Fassung) -> Document:
    """Return a read version as the core knows documents."""
    return Document(source_of(fassung), fassung.text, blocks_from_json(fassung.bloecke), tuple(fassung.hinweise))
