"""The only place that parses XML: no internal DTD, no entities, nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Never
from xml.etree import ElementTree as ET
from xml.parsers import expat

from leitplanke.core.retrieval.extract.errors import ExtractionError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BROKEN = (
    "Die Datei ist kein gültiges XML (Zeile {line}). Sie ist vermutlich unvollständig; bitte laden Sie sie noch einmal."
)
_DTD = (
    "Die XML-Datei erklärt eigene Entitäten (interne DTD). Das ist ein bekannter Angriffsweg und wird nicht gelesen. "
    "Bitte speichern Sie die Datei ohne DOCTYPE-Erklärung."
)


class _RootReachedError(Exception):
    """The prolog is over: from here on no declaration can follow."""


def parse_xml(data: bytes) -> Element:
    """Parse `data` into an element tree.

    A DOCTYPE that only names an external DTD is ignored (official statutes carry one), never loaded. With an internal
    subset the file is refused, so entities can neither be declared nor expanded, and no external one is ever opened.
    Depth is bounded by the recursion limit of whoever walks the tree.

    Raises:
        ExtractionError: `dtd` for declarations of its own, `broken` for anything that is not well-formed XML.
    """
    try:
        _check_prolog(data)
        return ET.fromstring(data)  # noqa: S314  (the same expat has refused every declaration before)
    except (expat.ExpatError, ET.ParseError) as error:
        raise ExtractionError("broken", _BROKEN.format(line=getattr(error, "lineno", "?"))) from error
    except (LookupError, ValueError) as error:
        raise ExtractionError("broken", _BROKEN.format(line=1)) from error


def _check_prolog(data: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: Any) -> Never:
        raise ExtractionError("dtd", _DTD)

    def doctype(_name: str, _system: str | None, _public: str | None, has_internal_subset: bool) -> None:  # noqa: FBT001
        if has_internal_subset:
            refuse()

    def reached(*_: Any) -> Never:
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = reached
    try:
        parser.Parse(data, True)
    except _RootReachedError:
        return
