"""The key of a pseudonymised copy: who stands behind which placeholder, encrypted. It stays in the town."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT = "leitplanke-pseudonymschluessel"
VERSION = 1
SHORTEST_PASSPHRASE = 12
SHORTEST_KEY = 32
MOST_BYTES = 100 * 1024 * 1024
_INFO = b"leitplanke pseudonyms"
_COST = 17  # 2**17 blocks of 1 kB: 128 MB and half a second for each guess
_BLOCK = 8
_WRONG = (
    "Die Schlüsseldatei lässt sich nicht öffnen: "
    "Die Passphrase oder der Schlüssel der Stadt ist falsch, oder die Datei wurde verändert."
)
_NO_KEY = "Das ist keine Schlüsseldatei von Leitplanke, oder sie ist beschädigt."


class KeyFileError(Exception):
    """A key cannot be made or opened; the German message says why."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A secret that a person remembers."""

    text: str

    def kdf(self) -> dict[str, Any]:
        """Return how a new key is derived from it."""
        if len(self.text) < SHORTEST_PASSPHRASE:
            raise KeyFileError(f"Die Passphrase braucht mindestens {SHORTEST_PASSPHRASE} Zeichen.")
        return {"name": "scrypt", "salt": _text(secrets.token_bytes(16)), "cost": _COST}

    def derive(self, kdf: Mapping[str, Any]) -> bytes:
        """Return the key."""
        if kdf["name"] != "scrypt":
            raise KeyFileError(
                "Diese Schlüsseldatei öffnet sich mit dem Schlüssel der Stadt, nicht mit einer Passphrase."
            )
        if not isinstance(kdf["cost"], int) or not 10 <= kdf["cost"] <= 18:
            raise KeyFileError(_NO_KEY)
        return Scrypt(_bytes(kdf["salt"]), 32, 2 ** kdf["cost"], _BLOCK, 1).derive(self.text.encode())


@dataclass(frozen=True, slots=True)
class TownKey:
    """A secret that the town keeps: at least 32 random bytes."""

    secret: bytes

    def kdf(self) -> dict[str, Any]:
        """Return how a new key is derived from it."""
        if len(self.secret) < SHORTEST_KEY:
            raise KeyFileError(f"Der Schlüssel der Stadt braucht mindestens {SHORTEST_KEY} zufällige Bytes.")
        return {"name": "hkdf-sha256", "salt": _text(secrets.token_bytes(16))}

    def derive(self, kdf: Mapping[str, Any]) -> bytes:
        """Return the key."""
        if kdf["name"] != "hkdf-sha256":
            raise KeyFileError(
                "Diese Schlüsseldatei öffnet sich mit einer Passphrase, nicht mit dem Schlüssel der Stadt."
            )
        return HKDF(SHA256(), 32, _bytes(kdf["salt"]), _INFO).derive(self.secret)


Secret = Passphrase | TownKey


def seal(content: Mapping[str, Any], secret: Secret) -> bytes:
    """Return `content` as an encrypted key file (JSON).

    Raises:
        KeyFileError: the secret is too short.
    """
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "cipher": "aes-256-gcm", "kdf": secret.kdf()}
    nonce = secrets.token_bytes(12)
    plain = json.dumps(content).encode()
    sealed = AESGCM(secret.derive(head["kdf"])).encrypt(nonce, plain, _bound(head))
    return json.dumps({**head, "nonce": _text(nonce), "data": _text(sealed)}, indent=2).encode() + b"\n"


def unseal(file: bytes, secret: Secret) -> dict[str, Any]:
    """Return the content of a key file.

    Raises:
        KeyFileError: it is no key file, was changed, or the secret is another one.
    """
    if len(file) > MOST_BYTES:
        raise KeyFileError(_NO_KEY)
    try:
        values = json.loads(file)
        nonce, sealed = _bytes(values.pop("nonce")), _bytes(values.pop("data"))
        if (values["format"], values["version"], values["cipher"]) != (FORMAT, VERSION, "aes-256-gcm"):
            raise KeyFileError(_NO_KEY)
        plain = AESGCM(secret.derive(values["kdf"])).decrypt(nonce, sealed, _bound(values))
        content: dict[str, Any] = json.loads(plain)
    except InvalidTag:
        raise KeyFileError(_WRONG) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise KeyFileError(_NO_KEY) from None
    return content


def _bound(head: Mapping[str, Any]) -> bytes:
    """Return what a change of which makes the file unreadable."""
    return json.dumps(head, sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
