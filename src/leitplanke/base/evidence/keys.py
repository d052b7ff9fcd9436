"""The private keys that sign checkpoints.

Only the sequencer calls this module: the web process needs no private key, and where it runs under a user of its own it
cannot read one.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leitplanke.base.evidence.models import Log, LogKey
from leitplanke.base.evidence.services import record
from leitplanke.core.merkle import Signer

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


class KeyFileError(RuntimeError):
    """The private key is missing, open to others, or not the one the log knows; the message says what to do."""


def key_folder() -> Path:
    """Return the folder of the private keys."""
    return Path(settings.PATHS.keys) / "nachweise"


def key_file(mandant: Mandant) -> Path:
    """Return the file of the private key of `mandant`."""
    return key_folder() / f"{mandant.kurz}.pem"


def signer_for(log: Log) -> Signer:
    """Return what signs for `log`; the very first call makes the key and registers its public half.

    Raises:
        KeyFileError: there should be a usable key, and is none.
    """
    known = list(LogKey.objects.for_mandant(log.mandant).values_list("key", flat=True))
    file = key_file(log.mandant)
    if not known and not file.exists():
        _make_key(file)
    signer = _load(log, file)
    if not known:
        _register(log, signer, "Erster Schlüssel")
    elif str(signer.verifier) not in known:
        raise KeyFileError(
            f"Der Schlüssel in {file} gehört nicht zum Protokoll {log.origin}. Bitte die richtige Datei aus der "
            "Sicherung zurückholen oder einen neuen Schlüssel einführen: leitplanke evidence new-key"
        )
    return signer


def replace_key(log: Log, anlass: str) -> Signer:
    """Make a new key, keep the old file beside it, and record the change."""
    file = key_file(log.mandant)
    if file.exists():
        file.rename(file.with_name(f"{file.stem}-bis-{timezone.now():%Y%m%d-%H%M%S-%f}.pem"))
    _make_key(file)
    signer = _load(log, file)
    _register(log, signer, anlass)
    return signer


def register_current_key(log: Log, anlass: str) -> None:
    """Register the key on disk where the database does not know it (any more)."""
    signer = _load(log, key_file(log.mandant))
    if not LogKey.objects.for_mandant(log.mandant).filter(key=str(signer.verifier)).exists():
        _register(log, signer, anlass)


def key_problems() -> list[str]:
    """Return what is wrong with the modes of the key files, for `doctor`."""
    folder = key_folder()
    if not folder.exists():
        return []
    return [problem for file in (folder, *sorted(folder.iterdir())) if (problem := _open_to_others(file))]


def _register(log: Log, signer: Signer, anlass: str) -> None:
    with transaction.atomic():
        LogKey.objects.create(mandant=log.mandant, key=str(signer.verifier))
        record(
            "evidence.key_registered",
            mandant=log.mandant,
            data={"schluessel": str(signer.verifier), "anlass": anlass},
        )


def _make_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # Written in full under another name, then linked: two processes at once agree on one key.
    draft = file.with_suffix(f".{os.getpid()}.neu")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _load(log: Log, file: Path) -> Signer:
    if not file.exists():
        raise KeyFileError(
            f"Der Schlüssel {file} fehlt, das Protokoll {log.origin} hat aber schon einen. Bitte die Datei aus der "
            "Sicherung zurückholen oder einen neuen Schlüssel einführen: leitplanke evidence new-key"
        )
    if problem := _open_to_others(file):
        raise KeyFileError(problem)
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except ValueError as error:
        raise KeyFileError(f"Der Schlüssel {file} ist nicht lesbar: {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFileError(f"Der Schlüssel {file} ist kein Ed25519-Schlüssel.")
    return Signer(log.origin, private)


def _open_to_others(file: Path) -> str:
    mode = stat.S_IMODE(file.stat().st_mode)
    if not mode & 0o077:
        return ""
    wanted = "700" if file.is_dir() else "600"
    return f"{file} ist für andere zugänglich (Rechte {mode:o}). Bitte ausführen: chmod {wanted} {file}"
