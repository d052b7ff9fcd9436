"""The complete case as one ZIP that can be checked without this system: documents, data, proofs."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import slugify

from leitplanke.apps.antrag.case_data import case_as_data, leaves_of
from leitplanke.apps.antrag.doing import trace
from leitplanke.apps.antrag.file_note import file_note_pdf
from leitplanke.apps.antrag.models import Briefstand
from leitplanke.base.documents.printing import letter_pdf
from leitplanke.base.documents.services import read_file
from leitplanke.base.evidence.models import Checkpoint
from leitplanke.base.evidence.proofs import NotYetSequencedError, leaf_proof
from leitplanke.base.evidence.tree import verifier_keys
from leitplanke.core.drafting.brief import brief_from_json

if TYPE_CHECKING:
    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag

MANIFEST_FORMAT = "leitplanke-ausgabe/1"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same case gives the same bytes
IN_MEMORY = 8 * 1024**2

README = """\
Vorgang {nummer}, vollständige Ausgabe
{strich}

Inhalt
  vorgang.json             alle Daten des Vorgangs: Angaben mit Verlauf, Urteile, Entscheidungen mit Berechnung,
                           Fristen, Nachrichten, Verlauf, und welche Stelle wann hineingesehen hat
  aktenvermerk.pdf         was Menschen und was Maschinen taten, lesbar
  schreiben/               jedes Schreiben als PDF
  unterlagen/              die eingereichten Unterlagen, unverändert
  nachweise/               je Eintrag im Protokoll eine Datei mit Einschlussbeweis
  nachweise/pruefpunkt.txt der unterschriebene Prüfpunkt, gegen den bewiesen wird
  nachweise/schluessel.txt die öffentlichen Schlüssel der Kommune
  verzeichnis.json         Prüfsumme (SHA-256) jeder Datei

Prüfen ohne Datenbank und ohne Netz
  1. Prüfsummen: Jede Datei hat die Prüfsumme, die im Verzeichnis steht, zum Beispiel mit: sha256sum DATEI
  2. Nachweise, auf einem beliebigen Rechner mit Leitplanke, für jede Datei in „nachweise“:
       python -m leitplanke.core.merkle verify nachweise/0001-....json --key nachweise/schluessel.txt
     Die Ausgabe ist GÜLTIG oder UNGÜLTIG mit Grund.
  3. Vergleichen Sie den Schlüssel mit dem, den die Kommune veröffentlicht (Adresse /nachweis/schluessel.txt), oder mit
     einer früher geholten Fassung. Daran erkennen Sie, dass die Nachweise von ihr sind.
  Wer das ganze Protokoll der Kommune hat, prüft es mit: leitplanke evidence verify

Was die Nachweise zeigen
  Jeder Eintrag nennt, was wann in welcher Rolle getan wurde. Die Prüfsummen darin (nachweis_sha256, inhalt_sha256)
  stehen auch in vorgang.json. Eine spätere Änderung an einem von beiden fällt auf.
{wartend}"""
WAITING = """
Noch ohne Beweis
  Diese Einträge werden gerade eingeordnet; das dauert wenige Sekunden. Geben Sie den Vorgang danach noch einmal aus:
{liste}
"""


def export_case(antrag: Antrag, doer: Doer) -> IO[bytes]:
    """Return the case as a ZIP, and record that it was given out, with the checksum of the whole file."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    write_case(antrag, target)
    target.seek(0)
    digest = hashlib.file_digest(target, "sha256").hexdigest()  # type: ignore[arg-type]
    target.seek(0)
    with transaction.atomic():
        trace("antrag.ausgegeben", antrag, doer, data={"was": "akte", "inhalt_sha256": digest})
    return target


def write_case(antrag: Antrag, target: IO[bytes]) -> None:
    """Write the ZIP of a case; the manifest comes last and names each file with its checksum."""
    sums: dict[str, str] = {}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files_of(antrag):
            _add(archive, name, data)
            sums[name] = hashlib.sha256(data).hexdigest()
        _add(archive, "verzeichnis.json", as_json({"format": MANIFEST_FORMAT, "sha256": sums}))


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, LONG_AGO)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def as_json(value: Any) -> bytes:
    """Return data as readable JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder) + "\n").encode()


def files_of(antrag: Antrag) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the export but the manifest, in one order."""
    proofs, waiting = _proofs(antrag)
    listed = WAITING.format(liste="\n".join(f"    {name}" for name in waiting)) if waiting else ""
    title = f"Vorgang {antrag.nummer}, vollständige Ausgabe"
    yield "README.txt", README.format(nummer=antrag.nummer, strich="=" * len(title), wartend=listed).encode()
    yield "vorgang.json", as_json(case_as_data(antrag))
    yield "aktenvermerk.pdf", file_note_pdf(antrag)
    yield from _letters(antrag)
    for number, beleg in enumerate(antrag.belege.select_related("datei"), 1):
        yield f"unterlagen/{number:03d}-{_plain(beleg.name)}", read_file(beleg.datei)
    yield from proofs
    checkpoint = Checkpoint.objects.for_mandant(antrag.mandant_id).order_by("-size").first()
    if checkpoint is not None:
        yield "nachweise/pruefpunkt.txt", checkpoint.note.encode()
    keys = verifier_keys(antrag.mandant)
    if keys:
        yield "nachweise/schluessel.txt", "".join(f"{key}\n" for key in keys).encode()


def _letters(antrag: Antrag) -> Iterator[tuple[str, bytes]]:
    rows = antrag.schreiben.exclude(stand=Briefstand.VERWORFEN).select_related("pdf")
    for number, row in enumerate(rows, 1):
        draft = "" if row.pdf else "-entwurf"
        data = read_file(row.pdf) if row.pdf else letter_pdf(brief_from_json(row.brief))
        yield f"schreiben/{number:03d}-{row.art}{draft}.pdf", data


def _proofs(antrag: Antrag) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return the proof of each entry, and the entries that no checkpoint covers yet."""
    proofs, waiting = [], []
    for number, leaf in enumerate(leaves_of(antrag), 1):
        name = f"{number:04d}-{leaf.code}"
        try:
            proofs.append((f"nachweise/{name}.json", as_json(leaf_proof(leaf, with_personal=True))))
        except NotYetSequencedError:
            waiting.append(f"{name} ({leaf.public_id})")
    return proofs, waiting


def _plain(name: str) -> str:
    stem, _dot, ending = name.rpartition(".")
    return f"{slugify(stem) or 'unterlage'}.{slugify(ending)}" if stem else slugify(name) or "unterlage"
