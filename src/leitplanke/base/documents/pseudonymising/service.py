"""A pseudonymised copy of a document with its key, and the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leitplanke.base.documents.printing.transcript import transcript_pdf
from leitplanke.base.documents.pseudonymising.formats import PDF, suffix_of
from leitplanke.base.documents.pseudonymising.key_file import KeyFileError, Secret, seal, unseal
from leitplanke.base.documents.pseudonymising.parts import Texts
from leitplanke.base.documents.reading import change_texts, read_texts
from leitplanke.core.privacy import (
    Edit,
    Findings,
    Label,
    Pseudonyms,
    Slot,
    apply_edits,
    default_detector,
    find_in_slots,
    known_name,
)

COPY_TITLE = "Pseudonymisierte Kopie: neu gesetzter Text, ohne Bilder und Gestaltung des Originals"
RESTORED_TITLE = "Wiederhergestellter Text, ohne Bilder und Gestaltung des Originals"
NOTHING_FOUND = "Es wurden keine personenbezogenen Daten gefunden. Bitte prüfen Sie die Kopie besonders sorgfältig."
NOT_ANONYMOUS = (
    "Pseudonymisiert ist nicht anonym: Wer den Vorgang kennt, erkennt Menschen auch ohne Namen. "
    "Bitte lesen Sie die Kopie, bevor Sie sie weitergeben."
)
_TITLES = (COPY_TITLE, RESTORED_TITLE)
_NOT_OURS = "Die Schlüsseldatei enthält keine Zuordnung. Bitte nehmen Sie die, die mit der Kopie entstand."


class OtherCopyError(Exception):
    """A file is not the copy that a key was made with."""

    def __init__(self) -> None:
        """Say what that can mean."""
        super().__init__(
            "Diese Datei ist nicht die Kopie, zu der der Schlüssel gehört, oder sie wurde verändert. "
            "Mit einem fremden Schlüssel erscheinen falsche Namen. "
            "Bestätigen Sie nur, wenn es sicher der veränderte Text derselben Kopie ist."
        )


@dataclass(frozen=True, slots=True)
class PseudonymisedDocument:
    """A copy without names.

    Attributes:
        name: a file name that tells nothing about the original.
        key: the encrypted key file; whoever holds it and its secret can undo everything.
        counts: how many different values each label has.
        warnings: German sentences about what a person should look at.
    """

    data: bytes
    name: str
    key: bytes
    counts: Mapping[str, int]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestoredDocument:
    """A document with its names back.

    Attributes:
        restored: how many placeholders were replaced.
        unknown: what looks like a placeholder but is not in the key, as it stands in the text.
    """

    data: bytes
    name: str
    restored: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """An opened key: who stands behind which placeholder, and the hash of the copy that it was made with."""

    pseudonyms: Pseudonyms
    copy: str


def pseudonymise_document(
    data: bytes, name: str, *, secret: Secret, day: date, find: Callable[[str], Findings] | None = None
) -> PseudonymisedDocument:
    """Return a copy of a DOCX, PDF, XLSX, CSV or text file with placeholders, and its key.

    `day` is the date in a new PDF; `find` looks for personal data (that of `default_detector` unless given).

    Raises:
        ExtractionError: the file cannot be read, or holds what cannot be looked into; the message says what to do.
        PrintError: the text is too long for a PDF.
        KeyFileError: the secret is too short.
    """
    suffix = suffix_of(name)
    secret.kdf()  # a secret that is too short is said before the work
    texts = read_texts(name, data, clean=True)
    pseudonyms = Pseudonyms(is_name=known_name)
    edits = _replacing(texts.slots, find or default_detector().find, pseudonyms)
    noticed: tuple[str, ...] = ()
    if suffix == PDF:
        copy = _transcript(texts, edits, COPY_TITLE, day)
    else:
        copy, noticed = change_texts(name, data, edits, clean=True)
    content = {"pseudonyms": pseudonyms.to_json(), "copy": _digest(copy)}
    warnings = (*texts.warnings, *noticed, *(() if pseudonyms.counts else (NOTHING_FOUND,)), NOT_ANONYMOUS)
    return PseudonymisedDocument(copy, f"pseudonymisiert{suffix}", seal(content, secret), pseudonyms.counts, warnings)


def open_key(file: bytes, secret: Secret) -> DocumentKey:
    """Return what a key file holds.

    Raises:
        KeyFileError: it is none, was changed, or the secret is another one.
    """
    content = unseal(file, secret)
    try:
        return DocumentKey(Pseudonyms.from_json(content["pseudonyms"]), str(content["copy"]))
    except (KeyError, ValueError):
        raise KeyFileError(_NOT_OURS) from None


def restore_document(data: bytes, name: str, key: DocumentKey, *, day: date, changed: bool = False) -> RestoredDocument:
    """Return a pseudonymised file with its names back.

    `changed` says that a person knows: the file is no longer the copy, but what somebody made of it.

    Raises:
        OtherCopyError: it is not the copy of this key and nobody said so.
        ExtractionError: the file cannot be read.
        PrintError: the text is too long for a PDF.
    """
    suffix = suffix_of(name)
    if key.copy != _digest(data) and not changed:
        raise OtherCopyError
    texts = read_texts(name, data, clean=False)
    restored = [key.pseudonyms.restoring_edits(slot.text) for slot in texts.slots]
    edits = [own for own, _unknown in restored]
    unknown = tuple(dict.fromkeys(one for _own, missing in restored for one in missing))
    if suffix == PDF:
        made = _transcript(texts, edits, RESTORED_TITLE, day)
    else:
        made, _noticed = change_texts(name, data, edits, clean=False)
    return RestoredDocument(made, f"wiederhergestellt{suffix}", sum(map(len, edits)), unknown)


def _replacing(slots: Sequence[Slot], find: Callable[[str], Findings], pseudonyms: Pseudonyms) -> list[list[Edit]]:
    found = find_in_slots(slots, find)
    for slot, spans in zip(slots, found, strict=True):
        pseudonyms.hear(slot.text[span.start : span.end] for span in spans if span.label == Label.PERSON)
    return [pseudonyms.edits(slot.text, spans) for slot, spans in zip(slots, found, strict=True)]


def _transcript(texts: Texts, edits: Sequence[Sequence[Edit]], title: str, day: date) -> bytes:
    changed = [apply_edits(slot.text, own) for slot, own in zip(texts.slots, edits, strict=True)]
    lines = ((line, index in texts.titles) for index, line in enumerate(changed) if line not in _TITLES)
    return transcript_pdf(title, lines, day)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
