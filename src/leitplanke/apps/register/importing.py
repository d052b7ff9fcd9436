"""Taking over entries from a file: read it, try it, confirm it. What comes from outside begins as an idea.

The only writer of `Uebernahme`; entries are written by `entries`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.doing import doer, trace
from leitplanke.apps.register.entries import create_entry
from leitplanke.apps.register.models import Eintrag, Uebernahme
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.documents.reading import read_table
from leitplanke.base.documents.services import safe_name
from leitplanke.core.register.imports import (
    Candidate,
    ImportFileError,
    Problem,
    candidates,
    exported,
    proposed_mapping,
    sheet_of,
    targets,
)

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

MOST_JSON_BYTES = 20 * 1024**2
KEPT = timedelta(days=7)
ACTION = "register.import"


@dataclass(frozen=True, slots=True)
class Trial:
    """What would happen to one row.

    Attributes:
        vorhanden: name of the entry that is there already; nothing is taken over then.
        einheit: who would be responsible.
    """

    zeile: Candidate
    einheit: Organisationseinheit | None
    vorhanden: str
    probleme: tuple[Problem, ...]

    @property
    def gut(self) -> bool:
        """Whether it becomes an entry."""
        return not self.probleme and not self.vorhanden


def begin(*, actor: Actor, name: str, data: bytes, einheit: Organisationseinheit) -> Uebernahme:
    """Read a file and keep what it holds until it is confirmed; nothing becomes an entry yet.

    Raises:
        NotPermittedError: `actor` may not take over entries.
        ImportFileError: the file holds no entries; the message says what to do.
        ExtractionError: the table cannot be read.
    """
    by = doer(actor, ACTION)
    content = _content(name, data)
    with transaction.atomic():
        old = Uebernahme.objects.for_mandant(actor.mandant).filter(am__lt=timezone.now() - KEPT)
        old.filter(uebernommen_am=None).delete()
        return Uebernahme.objects.create(
            mandant=actor.mandant, datei=safe_name(name), sha256=hashlib.sha256(data).hexdigest(), einheit=einheit,
            von=by.membership, **content,
        )  # fmt: skip


def _content(name: str, data: bytes) -> dict[str, object]:
    if not name.lower().endswith(".json"):
        rows = read_table(name, data)
        mapping = proposed_mapping(sheet_of(rows))
        return {"tabelle": rows, "zuordnung": {str(column): target for column, target in mapping.items()}}
    if len(data) > MOST_JSON_BYTES:
        raise ImportFileError(f"Die Datei ist größer als {MOST_JSON_BYTES // 1024**2} MB.")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise ImportFileError("Das ist kein JSON. Bitte laden Sie die Datei neu herunter.") from None
    exported(document)
    return {"export": document}


def assign(*, actor: Actor, uebernahme_id: int, zuordnung: Mapping[int, str]) -> Uebernahme:
    """Say which column holds what.

    Raises:
        NotPermittedError: `actor` may not take over entries.
        ImportFileError: a statement does not exist, or the name has no column.
    """
    doer(actor, ACTION)
    chosen = {column: name for column, name in zuordnung.items() if name}
    if not set(chosen.values()) <= targets().keys():
        raise ImportFileError(_("Diese Angabe gibt es nicht."))
    with transaction.atomic():
        uebernahme = Uebernahme.objects.for_mandant(actor.mandant).select_for_update().get(pk=uebernahme_id)
        candidates(sheet_of(uebernahme.tabelle), chosen)
        uebernahme.zuordnung = {str(column): name for column, name in chosen.items()}
        uebernahme.save(update_fields=["zuordnung"])
    return uebernahme


def trial(uebernahme: Uebernahme) -> list[Trial]:
    """Tell what would happen to each row; changes nothing.

    Raises:
        ImportFileError: the name has no column yet.
    """
    mandant = uebernahme.mandant
    units = _units(mandant)
    taken = set(Eintrag.objects.for_mandant(mandant).values_list("name", flat=True))
    found = []
    for row in _candidates(uebernahme):
        unit, problems = _unit(row, units, uebernahme)
        found.append(Trial(row, unit, row.name if row.name in taken else "", (*row.probleme, *problems)))
        taken.add(row.name)
    return found


def _candidates(uebernahme: Uebernahme) -> list[Candidate]:
    if uebernahme.export:
        return exported(uebernahme.export)
    mapping = {int(column): name for column, name in uebernahme.zuordnung.items()}
    return candidates(sheet_of(uebernahme.tabelle), mapping)


def _units(mandant: Mandant) -> dict[str, Organisationseinheit]:
    units = Organisationseinheit.objects.for_mandant(mandant)
    return {word.casefold(): unit for unit in units for word in (unit.name, unit.kuerzel)}


def _unit(
    row: Candidate, units: Mapping[str, Organisationseinheit], uebernahme: Uebernahme
) -> tuple[Organisationseinheit | None, tuple[Problem, ...]]:
    if not row.stelle:
        return uebernahme.einheit, ()
    unit = units.get(row.stelle.casefold())
    if unit is None:
        text = _("Die Stelle „%(stelle)s“ gibt es hier nicht.") % {"stelle": row.stelle[:60]}
        return None, (Problem(_("Verantwortliche Stelle"), text),)
    return unit, ()


def take_over(*, actor: Actor, uebernahme_id: int) -> list[Eintrag]:
    """Make entries of all rows that are good, each as an idea with a note on where it comes from.

    Raises:
        NotPermittedError: `actor` may not take over entries.
        ImportFileError: it was done already, or no row is good.
    """
    with transaction.atomic():
        uebernahme = Uebernahme.objects.for_mandant(actor.mandant).select_for_update().get(pk=uebernahme_id)
        if uebernahme.uebernommen_am is not None:
            raise ImportFileError(_("Diese Datei ist schon übernommen."))
        good = [one for one in trial(uebernahme) if one.gut]
        if not good:
            raise ImportFileError(_("Keine Zeile kann übernommen werden. Bitte bessern Sie die Datei nach."))
        made = [_make(actor, uebernahme, one) for one in good]
        uebernahme.uebernommen_am, uebernahme.angelegt = timezone.now(), len(made)
        uebernahme.tabelle, uebernahme.export = [], {}
        uebernahme.save()
    return made


def _make(actor: Actor, uebernahme: Uebernahme, one: Trial) -> Eintrag:
    by = doer(actor, ACTION)
    if one.einheit is None:
        raise ImportFileError(_("Keine Stelle genannt."))
    eintrag = create_entry(by=by, name=one.zeile.name, einheit=one.einheit, angaben=one.zeile.angaben)
    trace(
        "register.uebernommen", eintrag, by, text=origin(uebernahme, one.zeile),
        data={"inhalt_sha256": uebernahme.sha256},
    )  # fmt: skip
    return eintrag


def origin(uebernahme: Uebernahme, row: Candidate) -> str:
    """Return where an entry comes from, for its history."""
    if row.herkunft:
        return _("Übernommen aus: %(herkunft)s") % {"herkunft": row.herkunft}
    return _("Übernommen aus „%(datei)s“, Zeile %(zeile)s") % {"datei": uebernahme.datei, "zeile": row.zeile}


def column_choices(language: str) -> list[tuple[str, str]]:
    """Return what a column can hold, for a form."""
    rows = [(name, words[1] if language == "en" else words[0]) for name, words in targets().items()]
    return [("", _("bleibt weg")), *rows]


def samples(rows: Iterable[Iterable[str]], column: int) -> str:
    """Return the first filled cell of a column, so that people recognise it."""
    cells = (list(row) for row in rows)
    return next((row[column][:80] for row in cells if column < len(row) and row[column].strip()), "")
