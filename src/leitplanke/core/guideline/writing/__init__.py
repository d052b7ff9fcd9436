"""The documents of a guideline, from the one model: as trees, and as Markdown, HTML or the file that machines keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leitplanke.core.guideline.deciding import Guideline
from leitplanke.core.guideline.generating import profile_of
from leitplanke.core.guideline.model import Block
from leitplanke.core.guideline.writing.agreement import dienstvereinbarung
from leitplanke.core.guideline.writing.council import beschlussvorlage, leitlinie
from leitplanke.core.guideline.writing.html import html_body, html_page
from leitplanke.core.guideline.writing.markdown import markdown
from leitplanke.core.guideline.writing.material import Material
from leitplanke.core.guideline.writing.outside import einfach, webseite
from leitplanke.core.guideline.writing.profile import profile_text
from leitplanke.core.guideline.writing.sources import SOURCES, SourceText, source_text
from leitplanke.core.guideline.writing.staff import geschaeftsanweisung, merkblatt, praxishandbuch
from leitplanke.core.guideline.writing.town import Municipality, Offices, Town
from leitplanke.core.guideline.writing.tree import Document, Output
from leitplanke.core.policy import DataTable

_WRITERS: Mapping[Output, Callable[[Material], Document]] = {
    Output.LEITLINIE: leitlinie,
    Output.GESCHAEFTSANWEISUNG: geschaeftsanweisung,
    Output.PRAXISHANDBUCH: praxishandbuch,
    Output.MERKBLATT: merkblatt,
    Output.EINFACH: einfach,
    Output.DIENSTVEREINBARUNG: dienstvereinbarung,
    Output.BESCHLUSSVORLAGE: beschlussvorlage,
    Output.WEBSEITE: webseite,
}


def material_of(guideline: Guideline, blocks: Mapping[str, Block], town: Town, table: DataTable) -> Material:
    """Return what documents are written from; `table` gives the cells about which the guideline says nothing."""
    return Material(guideline, blocks, profile_of(guideline, blocks, table), town)


def write(kind: Output, material: Material) -> Document:
    """Return a document of a guideline.

    Raises:
        KeyError: `kind` is the profile, which is a file (`profile_text`) and no document.
    """
    return _WRITERS[kind](material)


__all__ = [
    "SOURCES",
    "Document",
    "Material",
    "Municipality",
    "Offices",
    "Output",
    "SourceText",
    "Town",
    "html_body",
    "html_page",
    "markdown",
    "material_of",
    "profile_text",
    "source_text",
    "write",
]  # fmt: skip
