"""Signed checkpoints: C2SP tlog-checkpoint in a C2SP signed note, signed with Ed25519.

A checkpoint says: at this size the log of this origin had this root. Whoever keeps one can tell later whether the log
was rewritten. The text form is an open format that other tools read as well.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from leitplanke.core.merkle.hashing import HASH_SIZE

ED25519 = b"\x01"
SIGNATURE_MARK = "\N{EM DASH} "
_NAME = re.compile(r"[^\s+]+")


class NoteError(ValueError):
    """A checkpoint, key or signature is not what it should be; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log was at one moment: how many entries, and which root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the signed lines; lines behind the third are extensions of others and allowed.

        Raises:
            NoteError: the lines are not a checkpoint.
        """
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or lines[-1] or not re.fullmatch(r"0|[1-9][0-9]*", lines[1]):
            raise NoteError("Der Prüfpunkt hat nicht die Form Name, Anzahl, Wurzel.")
        root = _decode(lines[2], "Die Wurzel des Prüfpunkts")
        if len(root) != HASH_SIZE:
            raise NoteError(f"Die Wurzel des Prüfpunkts hat {len(root)} statt {HASH_SIZE} Bytes.")
        return cls(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name, written as `name+id+base64`."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """Return the text form for publication."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form.

        Raises:
            NoteError: it is no Ed25519 key, or its parts contradict each other.
        """
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
            raise NoteError("Der Schlüssel hat nicht die Form Name+Kennung+Base64.")
        raw = _decode(parts[2], "Der Schlüssel")
        if raw[:1] != ED25519 or len(raw) != 33:
            raise NoteError("Der Schlüssel ist kein Ed25519-Schlüssel.")
        key = cls(parts[0], raw[1:])
        if key.key_id.hex() != parts[1].lower():
            raise NoteError("Kennung und Schlüssel passen nicht zusammen: Der Schlüssel wurde verändert.")
        return key

    def verifies(self, signature: bytes, text: str) -> bool:
        """Tell whether `signature` over `text` was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name."""

    name: str
    private: Ed25519PrivateKey

    def __post_init__(self) -> None:
        """Refuse names that a signature line cannot carry."""
        if not _NAME.fullmatch(self.name):
            raise NoteError(f"Der Name {self.name!r} enthält Leerzeichen oder ein Pluszeichen.")

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> str:
        """Return the checkpoint as a signed note."""
        text = checkpoint.text()
        blob = self.verifier.key_id + self.private.sign(text.encode())
        return f"{text}\n{SIGNATURE_MARK}{self.name} {base64.b64encode(blob).decode()}\n"


def open_checkpoint(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """Return the checkpoint of a note that one of `keys` signed; signatures of others are passed over.

    Raises:
        NoteError: no known key signed it, a known key's signature is wrong, or it is no checkpoint.
    """
    text, separator, block = note.rpartition("\n\n")
    if not separator or not block.endswith("\n"):
        raise NoteError("Der Prüfpunkt trägt keine Unterschrift.")
    text += "\n"
    known = {(key.name, key.key_id): key for key in keys}
    signed = False
    for line in block[:-1].split("\n"):
        name, key_id, signature = _signature(line)
        key = known.get((name, key_id))
        if key is None:
            continue
        if not key.verifies(signature, text):
            raise NoteError("Die Unterschrift des Prüfpunkts ist falsch: Er wurde nach dem Unterschreiben verändert.")
        signed = True
    if not signed:
        raise NoteError("Der Prüfpunkt ist mit keinem der bekannten Schlüssel unterschrieben.")
    return Checkpoint.parse(text)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, separator, encoded = line.removeprefix(SIGNATURE_MARK).partition(" ")
    if not line.startswith(SIGNATURE_MARK) or not separator:
        raise NoteError("Eine Zeile unter dem Prüfpunkt ist keine Unterschrift.")
    blob = _decode(encoded, "Die Unterschrift")
    return name, blob[:4], blob[4:]


def _decode(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError(f"{what} ist nicht lesbar (Base64).") from None
