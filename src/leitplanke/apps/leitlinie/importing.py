"""Reading an existing guideline: upload, say what each passage means, begin a version with what is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie import tasks
from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.finding import UnusableFileError
from leitplanke.apps.leitlinie.models import Einlesung, Herkunft, Lesestand
from leitplanke.base.documents.services import delete_unreferenced, safe_name, store_file
from leitplanke.base.evidence.services import record
from leitplanke.core.guideline import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor

MAX_BYTES = 20 * 1024**2
ENDINGS = {".pdf": (b"%PDF",), ".docx": (b"PK\x03\x04",), ".txt": ()}


def begin_reading(*, actor: Actor, title: str, name: str, data: bytes) -> Einlesung:
    """Keep a document and have it read in the background.

    Raises:
        NotPermittedError: `actor` may not.
        UnusableFileError: it is empty, too large, or neither PDF nor Word nor text.
    """
    actor.require("leitlinie.begin")
    name = safe_name(name)
    _check_file(name, data)
    with transaction.atomic():
        file = store_file(actor.mandant, name, data, actor.person)
        reading = Einlesung.objects.create(
            mandant=actor.mandant, datei=file, titel=title, dateiname=name, person=actor.person
        )
        _note("leitlinie.eingelesen", reading, actor)
        tasks.read_einlesung.enqueue(reading.pk)
    reading.refresh_from_db()
    return reading


def refuse_size() -> NoReturn:
    """Say that a file is too large.

    Raises:
        UnusableFileError: always.
    """
    raise UnusableFileError(
        _("Die Datei ist größer als %(limit)d MB. Bitte speichern Sie sie ohne Bilder oder teilen Sie sie auf.")
        % {"limit": MAX_BYTES // 1024**2}
    )


def _check_file(name: str, data: bytes) -> None:
    ending = "." + name.rpartition(".")[2].lower()
    if not data:
        raise UnusableFileError(_("Die Datei ist leer. Bitte wählen Sie eine andere."))
    if len(data) > MAX_BYTES:
        refuse_size()
    if ending not in ENDINGS:
        raise UnusableFileError(
            _("Diese Art von Datei lässt sich nicht einlesen. Bitte nehmen Sie PDF, Word (DOCX) oder Text (TXT).")
        )
    if (starts := ENDINGS[ending]) and not any(start in data[:1024] for start in starts):
        raise UnusableFileError(
            _("Der Inhalt passt nicht zur Endung „%(ending)s“. Bitte öffnen Sie die Datei und speichern Sie sie neu.")
            % {"ending": ending}
        )


def decide_reading(*, actor: Actor, reading_id: int, decided: Mapping[str, Mapping[str, Any]]) -> Einlesung:
    """Keep what a person said of the passages: by block {option, werte, bestaetigt}.

    Raises:
        NotPermittedError: `actor` may not.
        Einlesung.DoesNotExist: there is no such document here.
        WrongStateError: it is not read, or a version came of it already.
    """
    actor.require("leitlinie.begin")
    with transaction.atomic():
        reading = _locked(actor, reading_id)
        return _decide(reading, decided)


def begin_from_reading(*, actor: Actor, reading_id: int, decided: Mapping[str, Mapping[str, Any]]) -> Leitlinienfassung:
    """Begin a version with what a person confirmed; nothing else is taken over.

    Raises:
        NotPermittedError: `actor` may not.
        Einlesung.DoesNotExist: there is no such document here.
        WrongStateError: it is not read, a version came of it already, or nothing is confirmed.
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value is not possible.
    """
    actor.require("leitlinie.begin")
    with transaction.atomic():
        reading = _decide(_locked(actor, reading_id), decided)
        choices = confirmed_choices(reading)
        if not choices:
            raise WrongStateError(_("Bitte bestätigen Sie mindestens eine Zuordnung. Übernommen wird nur Bestätigtes."))
        beginning = Beginning(reading.titel, Herkunft.EINGELESEN, reading.dateiname, choices, looked_at=True)
        reading.fassung = begin_version(actor=actor, beginning=beginning)
        reading.save(update_fields=["fassung"])
    return reading.fassung


def discard_reading(*, actor: Actor, reading_id: int) -> None:
    """Delete a document of which no version came, with what was found in it.

    Raises:
        NotPermittedError: `actor` may not.
        Einlesung.DoesNotExist: there is no such document here.
        WrongStateError: a version came of it; it is the source of its clauses then.
    """
    actor.require("leitlinie.begin")
    with transaction.atomic():
        reading = _own(actor, reading_id)
        if reading.fassung_id is not None:
            raise WrongStateError(
                _("Aus diesem Dokument ist eine Fassung entstanden. Als ihre Quelle bleibt es erhalten.")
            )
        file = reading.datei
        _note("leitlinie.einlesung_geloescht", reading, actor)
        reading.delete()
        delete_unreferenced(file)


def confirmed_choices(reading: Einlesung) -> list[Choice]:
    """Return what a person confirmed, with the passage as reason and its page as source."""
    quotes: dict[str, Mapping[str, Any]] = {}
    for row in sorted(reading.treffer, key=lambda row: -row["sicherheit"]):
        quotes.setdefault(row["baustein"], row)
    return [
        Choice(
            block, said["option"], dict(said["werte"]), f"„{quotes[block]['zitat']}“",
            source_of(reading, quotes[block]["seite"]),
        )
        for block, said in reading.entschieden.items()
        if said["option"] and said["bestaetigt"] and block in quotes
    ]  # fmt: skip


def source_of(reading: Einlesung, page: int) -> str:
    """Return how a clause names the place it comes from."""
    return _("%(titel)s, S. %(seite)d") % {"titel": reading.titel, "seite": page} if page else reading.titel


def _own(actor: Actor, reading_id: int) -> Einlesung:
    rows = Einlesung.objects.for_mandant(actor.mandant).select_for_update(of=("self",)).select_related("datei")
    return rows.get(pk=reading_id)


def _locked(actor: Actor, reading_id: int) -> Einlesung:
    reading = _own(actor, reading_id)
    if reading.fassung_id is not None:
        raise WrongStateError(_("Aus diesem Dokument ist schon eine Fassung entstanden. Bitte ändern Sie sie dort."))
    if reading.stand != Lesestand.GELESEN:
        raise WrongStateError(_("Dieses Dokument ist nicht gelesen. Bitte laden Sie die Seite neu."))
    return reading


def _decide(reading: Einlesung, decided: Mapping[str, Mapping[str, Any]]) -> Einlesung:
    found = {row["baustein"] for row in reading.treffer}
    reading.entschieden = {block: dict(said) for block, said in decided.items() if block in found}
    reading.save(update_fields=["entschieden"])
    return reading


def _note(code: str, reading: Einlesung, actor: Actor) -> None:
    capacity = actor.capacity("leitlinie.begin")
    data = {
        "sha256": reading.datei.sha256, "rolle": capacity.rolle.value if capacity else "",
        "in_vertretung": "ja" if capacity and capacity.deputises else "nein",
    }  # fmt: skip
    record(code, mandant=reading.mandant, actor=actor, subject=reading, data=data)
