"""Where the tables and results of simulations lie, by Mandant; and uploads that wait while a form is mended."""

from __future__ import annotations

import hashlib
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

from leitplanke.apps.simulation.plan import RESULT, SUMMARY
from leitplanke.base.documents.services import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from leitplanke.apps.simulation.models import Simulationslauf
    from leitplanke.base.accounts.access import Actor

SALT = "simulation.hochgeladen"
WAITING = "wartend"
WAITING_SECONDS = 24 * 3600
PRIVATE = 0o700
# What is kept of a run; anything else stays behind in the folder of the attempt.
RESULT_FILES = (SUMMARY, f"{RESULT}.*", "bild-*")


@dataclass(frozen=True, slots=True)
class Upload:
    """A table on disk: where, and how the person called it."""

    path: Path
    name: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the content."""
        with self.path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()


def folder_of(mandant_id: int) -> Path:
    """Return the folder of a Mandant."""
    folder: Path = settings.PATHS.simulations / str(mandant_id)
    return folder


def run_folder(lauf: Simulationslauf) -> Path:
    """Return the folder of a simulation."""
    return folder_of(lauf.mandant_id) / str(lauf.kennung)


def private_folder(folder: Path) -> Path:
    """Make a folder that only we may read."""
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    folder.chmod(PRIVATE)
    return folder


def result_file(lauf: Simulationslauf, ending: str) -> Path:
    """Return the table of results as `csv` or `parquet`."""
    return run_folder(lauf) / f"{RESULT}.{ending}"


def summary_file(lauf: Simulationslauf) -> Path:
    """Return the figures."""
    return run_folder(lauf) / SUMMARY


def picture_file(lauf: Simulationslauf, number: int, kind: str) -> Path:
    """Return a picture as `svg` or `png`."""
    return run_folder(lauf) / f"bild-{number}.{kind}"


def keep_upload(actor: Actor, file: UploadedFile[bytes]) -> Upload:
    """Keep an uploaded table until the form is complete."""
    folder = private_folder(folder_of(actor.mandant.pk) / WAITING)
    name = safe_name(file.name or "")
    path = folder / f"{uuid.uuid4()}{Path(name).suffix.lower()}"
    with path.open("wb") as handle:
        for chunk in file.chunks():
            handle.write(chunk)
    return Upload(path, name)


def token_for(actor: Actor, upload: Upload) -> str:
    """Return a sealed note by which the same person finds an upload again."""
    place = str(upload.path.relative_to(folder_of(actor.mandant.pk)))
    return signing.dumps([actor.mandant.pk, actor.person.pk if actor.person else 0, place, upload.name], salt=SALT)


def upload_for(actor: Actor, token: str) -> Upload | None:
    """Return the upload that a note tells of; None where it is not this person's or is gone."""
    try:
        mandant, person, place, name = signing.loads(token, salt=SALT, max_age=WAITING_SECONDS)
    except signing.BadSignature:
        return None
    if mandant != actor.mandant.pk or actor.person is None or person != actor.person.pk:
        return None
    path = folder_of(mandant) / place
    return Upload(path, name) if path.is_file() else None


def take_uploads(lauf: Simulationslauf, uploads: dict[str, Upload]) -> None:
    """Copy tables into the folder of a simulation."""
    folder = private_folder(run_folder(lauf))
    for name, upload in uploads.items():
        shutil.copyfile(upload.path, folder / f"{name}{upload.path.suffix}")


def drop_waiting(uploads: Iterable[Upload]) -> None:
    """Delete uploads that have been taken."""
    for upload in uploads:
        if upload.path.parent.name == WAITING:
            upload.path.unlink(missing_ok=True)


def uploads_of(lauf: Simulationslauf) -> dict[str, Upload]:
    """Return the tables of a simulation as far as they are there, to reckon with them again."""
    found = {}
    for name, called in lauf.plan["dateien"].items():
        for path in run_folder(lauf).glob(f"{name}.*"):
            found[name] = Upload(path, called)
    return found


def delete_folder(mandant_id: int, kennung: uuid.UUID) -> None:
    """Delete everything of a simulation."""
    shutil.rmtree(folder_of(mandant_id) / str(kennung), ignore_errors=True)


def clean_up(mandant_id: int, known: set[str]) -> None:
    """Delete uploads that nobody came back for, and folders whose simulation is gone."""
    folder = folder_of(mandant_id)
    oldest = time.time() - WAITING_SECONDS
    for place in folder.iterdir() if folder.is_dir() else ():
        if place.name == WAITING:
            for file in place.iterdir():
                if file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)
        elif place.name not in known and place.stat().st_mtime < oldest:
            shutil.rmtree(place, ignore_errors=True)
