"""The documents that everybody may take along, of versions that were adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from leitplanke.apps.leitlinie.library import blocks, table
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.apps.leitlinie.towns import town_of
from leitplanke.base.documents.printing import document_docx, document_pdf
from leitplanke.core.guideline.writing import Output, material_of, write

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.core.guideline.writing import Document, Material

# What the public may take along, with a name for people.
PUBLIC: Mapping[Output, str] = {
    Output.LEITLINIE: gettext_noop("Leitlinie im Wortlaut"),
    Output.WEBSEITE: gettext_noop("Für Bürgerinnen und Bürger"),
    Output.EINFACH: gettext_noop("In Einfacher Sprache"),
    Output.MERKBLATT: gettext_noop("Merkblatt für Beschäftigte"),
}
FORMATS = {"pdf": "PDF", "docx": "Word"}


def document_of(version: Leitlinienfassung, kind: Output) -> Document:
    """Return a document of a version."""
    return write(kind, material_of_version(version))


def material_of_version(version: Leitlinienfassung) -> Material:
    """Return what documents of a version are written from."""
    return material_of(guideline_of(version), blocks(), town_of(version), table())


def file_of(version: Leitlinienfassung, kind: Output, form: str) -> bytes:
    """Return a document of a version as a file, `pdf` or `docx`.

    Raises:
        PrintError: it cannot be typeset.
    """
    document = document_of(version, kind)
    return document_pdf(document) if form == "pdf" else document_docx(document)
