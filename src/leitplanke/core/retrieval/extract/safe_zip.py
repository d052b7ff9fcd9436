"""Looking into a ZIP file before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from leitplanke.core.retrieval.extract.errors import ExtractionError

if TYPE_CHECKING:
    from leitplanke.core.retrieval.extract.limits import Limits

_BROKEN = "Die Datei ist beschädigt oder unvollständig. Bitte speichern oder laden Sie sie noch einmal."
_LOCKED = "Die Datei ist mit einem Kennwort geschützt. Bitte heben Sie den Schutz auf und laden Sie sie noch einmal."
_HUGE = (
    "Die Datei entpackt sich zu mehr, als ein Dokument braucht ({what}); so etwas wird nicht gelesen. "
    "Bitte speichern Sie das Dokument neu oder als PDF."
)
_SMALL = 1024 * 1024  # below this a high ratio does no harm


class SafeZip:
    """A ZIP archive whose directory has been checked; members are read one by one, never unpacked to disk.

    Raises:
        ExtractionError: `broken`, `encrypted` or `too_large`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Check the directory of the archive."""
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise ExtractionError("broken", _BROKEN) from error
        self._check(self._zip.infolist())

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if any(member.flag_bits & 1 for member in members):
            raise ExtractionError("encrypted", _LOCKED)
        if len(members) > limits.zip_members:
            raise ExtractionError("too_large", _HUGE.format(what=f"{len(members)} Teile"))
        total = sum(member.file_size for member in members)
        if total > limits.zip_bytes:
            raise ExtractionError("too_large", _HUGE.format(what=f"{total // 1024**2} MB"))
        for member in members:
            if member.file_size > _SMALL and member.file_size > limits.zip_ratio * max(member.compress_size, 1):
                raise ExtractionError("too_large", _HUGE.format(what="ungewöhnlich stark gepackt"))

    @property
    def names(self) -> list[str]:
        """The names of all members."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """Return a member, None where it is missing; what the directory claims of its size is not believed."""
        limit = self._limits.zip_member_bytes
        try:
            with self._zip.open(name) as member:
                data = member.read(limit + 1)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise ExtractionError("broken", _BROKEN) from error
        if len(data) > limit:
            raise ExtractionError("too_large", _HUGE.format(what=f"mehr als {limit // 1024**2} MB"))
        return data
