"""Reading documents: bytes in, clean text with its structure out.

Public surface: `extract` for one file, `load_folder` for a folder, `ExtractionError`, `Limits`.
All functions are pure: the same bytes give the same text, nothing is fetched, nothing is written.
"""

from __future__ import annotations

from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.folder import folder_files, load_folder, read_bereiche, read_from_folder
from leitplanke.core.retrieval.extract.limits import DEFAULT_LIMITS, Limits
from leitplanke.core.retrieval.extract.reading import SUPPORTED_SUFFIXES, extract

__all__ = [
    "DEFAULT_LIMITS",
    "SUPPORTED_SUFFIXES",
    "ExtractionError",
    "Limits",
    "extract",
    "folder_files",
    "load_folder",
    "read_bereiche",
    "read_from_folder",
]
