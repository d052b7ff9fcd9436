"""The files that leave the house: the proof of one entry, and the whole log line by line.

Both are plain JSON. `entry_proof` writes what `check_entry_proof` reads; `log_header`, `log_entry` and `log_checkpoint`
write the lines that `check_log` reads.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitplanke.core.merkle.canonical import CanonicalError, Json, read_canonical
from leitplanke.core.merkle.check import Finding, LogBrokenError, LogCheck
from leitplanke.core.merkle.commitments import opens
from leitplanke.core.merkle.hashing import leaf_hash
from leitplanke.core.merkle.notes import Checkpoint, NoteError, VerifierKey, open_checkpoint
from leitplanke.core.merkle.proofs import includes

PROOF_FORMAT = "leitplanke-nachweis/1"
LOG_FORMAT = "leitplanke-protokoll/1"


class DocumentError(ValueError):
    """A file is no proof and no log, or lacks a part; the message names it."""


@dataclass(frozen=True, slots=True)
class EntryVerdict:
    """What checking the proof of one entry came to; `problem` is empty where it holds."""

    problem: str
    key: VerifierKey
    checkpoint: Checkpoint | None = None
    position: int = -1
    entry: Mapping[str, Json] | None = None
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """What checking a whole log came to; `finding` is the first fault."""

    finding: Finding | None
    keys: tuple[VerifierKey, ...]
    entries: int
    checkpoints: int
    last: Checkpoint | None


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry with its place in the tree of a signed checkpoint: all that its proof needs."""

    payload: str
    position: int
    path: Sequence[bytes]
    checkpoint: str
    key: str


def entry_proof(entry: PlacedEntry, opened: Mapping[str, tuple[str, bytes]] | None = None) -> dict[str, Any]:
    """Return the proof of an entry; `opened` adds personal statements with their salts, by field."""
    proof: dict[str, Any] = {
        "format": PROOF_FORMAT,
        "payload": entry.payload,
        "position": str(entry.position),
        "path": [base64.b64encode(step).decode() for step in entry.path],
        "checkpoint": entry.checkpoint,
        "key": entry.key,
    }
    if opened:
        proof["opened"] = {
            field: {"value": value, "salt": base64.b64encode(salt).decode()} for field, (value, salt) in opened.items()
        }
    return proof


def check_entry_proof(proof: Mapping[str, Any], trusted: Sequence[VerifierKey] = ()) -> EntryVerdict:
    """Check a proof, against one of the keys `trusted` or, where there is none, the key the proof itself names.

    Raises:
        DocumentError: parts are missing or unreadable.
    """
    if proof.get("format") != PROOF_FORMAT:
        raise DocumentError(f"Die Datei ist kein Nachweis im Format {PROOF_FORMAT}.")
    payload = _text(proof, "payload").encode()
    key = _chosen_key(_text(proof, "key"), trusted)
    try:
        checkpoint = open_checkpoint(_text(proof, "checkpoint"), [key])
        entry = read_canonical(payload)
    except (NoteError, CanonicalError) as error:
        return EntryVerdict(str(error), key)
    if not isinstance(entry, dict):
        return EntryVerdict("Der Inhalt des Eintrags ist kein Objekt.", key)
    position = _number(proof, "position")
    problem = "" if checkpoint.origin == key.name else "Der Prüfpunkt gehört zu einem anderen Protokoll."
    path = [_bytes(step, "path") for step in _list(proof, "path")]
    if not includes(leaf=leaf_hash(payload), index=position, size=checkpoint.size, path=path, root=checkpoint.root):
        problem = "Inhalt, Position und Prüfpunkt passen nicht zusammen: Etwas davon wurde verändert."
    opened, wrong = _opened(proof, entry)
    return EntryVerdict(problem or wrong, key, checkpoint, position, entry, opened)


def log_header(origin: str, keys: Iterable[str]) -> str:
    """Return the first line of a log file."""
    return _line({"format": LOG_FORMAT, "origin": origin, "keys": list(keys)})


def log_entry(position: int, payload: str) -> str:
    """Return the line of an entry."""
    return _line({"position": str(position), "payload": payload})


def log_checkpoint(note: str) -> str:
    """Return the line of a checkpoint; it follows the last entry it covers."""
    return _line({"checkpoint": note})


def check_log(lines: Iterable[str], trusted: Sequence[VerifierKey] = ()) -> LogVerdict:
    """Check a log file, against the keys `trusted` or, where there are none, the keys its first line names.

    Raises:
        DocumentError: it is no log file, or a line is unreadable.
    """
    numbered = enumerate(lines, 1)
    header = _object(*next(numbered, (1, "")))
    if header.get("format") != LOG_FORMAT:
        raise DocumentError(f"Die Datei ist kein Protokoll im Format {LOG_FORMAT}.")
    keys = tuple(trusted) or tuple(_key(str(text)) for text in _list(header, "keys"))
    # A published key names its log; a file without one may only agree with itself.
    check = LogCheck(keys, keys[0].name if trusted else _text(header, "origin"))
    finding = None
    try:
        for number, line in numbered:
            _feed(check, _object(number, line))
        if check.last is None and check.size:
            finding = Finding("unsigned", "Kein Prüfpunkt belegt die Einträge: Es gibt keine Unterschrift.")
    except LogBrokenError as error:
        finding = error.finding
    return LogVerdict(finding, keys, check.size, check.checkpoints, check.last)


def _chosen_key(named: str, trusted: Sequence[VerifierKey]) -> VerifierKey:
    """Return the trusted key the proof names, the first trusted one where it names none of them, else its own."""
    return next((key for key in trusted if str(key) == named), None) or (trusted[0] if trusted else _key(named))


def _feed(check: LogCheck, line: Mapping[str, Any]) -> None:
    if "checkpoint" in line:
        check.checkpoint(_text(line, "checkpoint"))
        return
    position, payload = _number(line, "position"), _text(line, "payload").encode()
    try:
        entry = read_canonical(payload)
    except CanonicalError as error:
        check.fail("unreadable", str(error), position)
    code = str(entry.get("code", "")) if isinstance(entry, dict) else ""
    check.entry(position, payload, code)


def _opened(proof: Mapping[str, Any], entry: Mapping[str, Json]) -> tuple[tuple[str, ...], str]:
    """Return the personal fields that open their commitments, and what is wrong with the first that does not."""
    commitments = entry.get("personal")
    fields: list[str] = []
    for field, statement in (proof.get("opened") or {}).items():
        expected = commitments.get(field) if isinstance(commitments, dict) else None
        salt = _bytes(statement.get("salt"), "salt")
        if not isinstance(expected, str) or not opens(expected, field, _text(statement, "value"), salt):
            return (), f"Die Angabe {field!r} gehört nicht zu diesem Eintrag."
        fields.append(field)
    return tuple(fields), ""


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(number: int, line: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise DocumentError(f"Zeile {number} ist kein JSON-Objekt.")
    return value


def _text(source: Mapping[str, Any], field: str) -> str:
    value = source.get(field)
    if not isinstance(value, str):
        raise DocumentError(f"Die Angabe {field!r} fehlt oder ist kein Text.")
    return value


def _number(source: Mapping[str, Any], field: str) -> int:
    value = _text(source, field)
    if not (value.isascii() and value.isdigit()):
        raise DocumentError(f"Die Angabe {field!r} ist keine Zahl.")
    return int(value)


def _list(source: Mapping[str, Any], field: str) -> list[Any]:
    value = source.get(field)
    if not isinstance(value, list):
        raise DocumentError(f"Die Liste {field!r} fehlt.")
    return value


def _bytes(value: object, field: str) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError(f"Die Angabe {field!r} ist nicht lesbar (Base64).") from None


def _key(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text)
    except NoteError as error:
        raise DocumentError(str(error)) from error
