"""What the house keeps sealed: access codes of services, arguments of tools, kept content.

One key in a file of its own beside the database, so that a copy of the database alone opens nothing.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from leitplanke.base.llm.models import Fallschluessel

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.base.llm.models import Gespeichert


class VaultError(RuntimeError):
    """The key of the house is missing or another one; the message says what to do."""


def key_file() -> Path:
    """Return the file of the key."""
    return Path(settings.PATHS.keys) / "modelle" / "haus.key"


def seal(data: bytes) -> bytes:
    """Encrypt by the key of the house; the very first call makes it."""
    return _fernet(str(key_file())).encrypt(data)


def unseal(data: bytes) -> bytes:
    """Decrypt what `seal` returned.

    Raises:
        VaultError: the key is not the one it was sealed with.
    """
    try:
        return _fernet(str(key_file())).decrypt(bytes(data))
    except InvalidToken:
        raise VaultError(
            f"Der Schlüssel in {key_file()} passt nicht zu dem, was verschlüsselt ist. "
            "Bitte die richtige Datei aus der Sicherung zurückholen."
        ) from None


@lru_cache(maxsize=4)
def _fernet(file: str) -> Fernet:
    path = Path(file)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Two processes may start at once: whoever comes second reads what the first wrote.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Fernet(path.read_bytes())
        with os.fdopen(handle, "wb") as stream:
            stream.write(Fernet.generate_key())
    return Fernet(path.read_bytes())


def case_key(mandant_id: int, case: str, until: date) -> Fallschluessel:
    """Return the key of a case, making it the first time; it lives as long as the last content that needs it."""
    row, created = Fallschluessel.objects.for_mandant(mandant_id).get_or_create(
        fall=case,
        defaults={"mandant_id": mandant_id, "verpackt": seal(Fernet.generate_key()), "loeschen_am": until},
    )
    if not created and row.loeschen_am < until:
        row.loeschen_am = until
        row.save(update_fields=["loeschen_am"])
    return row


def sealed_for_case(key: Fallschluessel, text: str) -> bytes:
    """Return a text encrypted by the key of its case."""
    return Fernet(unseal(bytes(key.verpackt))).encrypt(text.encode())


def open_content(kept: Gespeichert) -> str:
    """Return what was kept of a call, as text.

    Raises:
        VaultError: the key is not the one it was sealed with.
    """
    key = unseal(bytes(kept.schluessel.verpackt))
    return Fernet(key).decrypt(bytes(kept.inhalt)).decode()
