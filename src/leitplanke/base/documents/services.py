"""Store and read originals."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from leitplanke.base.documents.models import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

    from leitplanke.base.accounts.models import Mandant, Person

NAME_LENGTH = 150


def safe_name(name: str) -> str:
    """Return a harmless file name for display and download: no path, no control or direction characters."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .") or "datei"
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) < 10:
        return f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending}"
    return name[:NAME_LENGTH]


def path_of(file: StoredFile) -> Path:
    """Return where the content lies: named by its hash, never by its uploader."""
    path: Path = settings.MEDIA_ROOT / str(file.mandant_id) / file.sha256[:2] / file.sha256
    return path


def store_file(mandant: Mandant, name: str, data: bytes, person: Person | None) -> StoredFile:
    """Keep an original, writing the content before the row so that a crash leaves no row without content."""
    digest = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.for_mandant(mandant).filter(sha256=digest).first()
    if known is not None and path_of(known).exists():
        return known
    path = path_of(known or StoredFile(mandant=mandant, sha256=digest))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{secrets.token_hex(8)}.neu")  # two people may upload the same file at once
    with draft.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
    file, _created = StoredFile.objects.for_mandant(mandant).get_or_create(
        mandant=mandant, sha256=digest, defaults={"size": len(data), "name": safe_name(name), "uploaded_by": person}
    )
    return file


def read_file(file: StoredFile) -> bytes:
    """Return the content.

    Raises:
        ValueError: the content on disk no longer has the hash under which it was stored.
    """
    data = path_of(file).read_bytes()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise ValueError(f"Die gespeicherte Datei {file.name} wurde verändert.")
    return data


def delete_unreferenced(file: StoredFile) -> bool:
    """Delete an original that no row refers to any more; its content goes once the row is gone for good.

    Returns:
        Whether it was deleted; False where something still refers to it.
    """
    path, mandant, digest = path_of(file), file.mandant_id, file.sha256
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False

    def drop() -> None:
        if not StoredFile.objects.for_mandant(mandant).filter(sha256=digest).exists():  # stored anew meanwhile
            path.unlink(missing_ok=True)

    transaction.on_commit(drop)
    return True
