"""Documents from applicants: checked, kept for what they prove, taken out again."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.antrag import belege
from leitplanke.apps.antrag.needed import Needed, other_documents
from leitplanke.base.documents.limits import MAX_BYTES
from leitplanke.base.documents.services import safe_name
from leitplanke.base.interview.wording import said

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from leitplanke.apps.antrag.buerger import Case
    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.apps.antrag.models import Antrag, Beleg

AUTHORITY = "vertretung"
ACCEPTED = ".pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
MOST_FILES = 100
_PDF, _JPEG, _PNG, _ZIP = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "docx":
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip


def kind_of(data: bytes) -> str:
    """Return what a file is by its content: pdf, jpg, png, docx; empty for anything else."""
    if _PDF in data[:1024]:
        return "pdf"
    if data.startswith(_JPEG):
        return "jpg"
    if data.startswith(_PNG):
        return "png"
    return "docx" if data.startswith(_ZIP) and _is_docx(data) else ""


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def checked_files(files: Iterable[UploadedFile[Any]]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Return files that can be taken, and what is wrong with the others, in words that name them."""
    good, errors = [], []
    for file in files:
        name = safe_name(file.name or "")
        if not file.size:
            errors.append(_("„%(name)s“ ist leer. Bitte wählen Sie die Datei noch einmal.") % {"name": name})
        elif file.size > MAX_BYTES:
            limit = {"name": name, "mb": MAX_BYTES // 1024**2}
            errors.append(_("„%(name)s“ ist größer als %(mb)d MB. Bitte teilen Sie die Datei auf.") % limit)
        elif not (kind := kind_of(data := file.read())):
            errors.append(
                _("„%(name)s“ können wir nicht annehmen. Möglich sind PDF, DOCX und Fotos (JPG, PNG).") % {"name": name}
            )
        else:
            good.append((name if name.lower().endswith((kind, "jpeg")) else f"{name}.{kind}", data))
    return good, errors


class Uploads:
    """One request to the documents of an application."""

    def __init__(self, request: HttpRequest, antrag: Antrag) -> None:
        """See for what files were sent: `unterlage:art` or `angabe:name`."""
        self.antrag = antrag
        self.target = request.POST.get("zu", "")
        self.files = [*request.FILES.getlist("dateien"), *request.FILES.getlist("foto")]
        self.errors: dict[str, list[str]] = {}

    @property
    def anchor(self) -> str:
        """Where on the page the target stands."""
        kind, _colon, name = self.target.partition(":")
        return f"u-{name}" if kind == "unterlage" else "andere"

    def keep(self, doer: Doer) -> bool:
        """Keep what was sent, and tell whether nothing was wrong.

        Raises:
            ActError: nothing can be added any more.
        """
        good, errors = checked_files(self.files)
        if not self.files:
            errors.append(_("Bitte wählen Sie zuerst eine Datei aus."))
        known = {beleg.datei.sha256 for beleg in self.antrag.belege.select_related("datei")}
        if len(known) + len(good) > MOST_FILES:
            errors.append(_("Mehr als %(zahl)d Dateien nehmen wir hier nicht an.") % {"zahl": MOST_FILES})
            good = []
        for name, data in good:
            if hashlib.sha256(data).hexdigest() in known:
                errors.append(_("„%(name)s“ haben Sie schon hochgeladen.") % {"name": name})
            else:
                self._add(doer, name, data)
        if errors:
            self.errors[self.anchor] = errors
        return not errors

    def _add(self, doer: Doer, name: str, data: bytes) -> None:
        kind, _colon, what = self.target.partition(":")
        art, angabe = (what[:60], "") if kind == "unterlage" else ("", what[:160] if kind == "angabe" else "")
        belege.add_document(self.antrag.pk, doer, name, data, zu_angabe=angabe, art=art)

    def cards(self, case: Case) -> list[dict[str, Any]]:
        """Return the documents that are asked for, those surely needed first."""
        ordered = sorted(case.documents, key=lambda item: not item.certain)
        return [self._card(item) for item in ordered]

    def _card(self, item: Needed) -> dict[str, Any]:
        art = item.unterlage.art
        return {
            "art": art,
            "titel": said(item.unterlage.titel),
            "hinweis": said(item.unterlage.hinweis),
            "sicher": item.certain,
            "belege": item.belege,
            "spaeter": item.spaeter,
            "fehler": self.errors.get(f"u-{art}", []),
        }

    def others(self, case: Case) -> list[Beleg]:
        """Return what was handed in beyond what is asked for."""
        return other_documents(self.antrag, case.documents)

    def questions(self, case: Case) -> list[tuple[str, str]]:
        """Return for which answers a document can be handed in."""
        if case.result is None:
            return []
        book = case.result.regelwerk
        facts = [book.fact(name) for name in self.antrag.fakten]
        return [(f"angabe:{fact.name}", said(fact.titel)) for fact in facts if fact is not None]
