"""Reading a document and finding what it says about which building block, by the matcher of the core."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.library import CONTENT, blocks
from leitplanke.apps.leitlinie.models import Einlesung, Lesestand
from leitplanke.base.documents.reading import read_document
from leitplanke.base.documents.services import read_file
from leitplanke.base.meaning import embedder
from leitplanke.core.guideline import Matcher, block_vectors, load_cues
from leitplanke.core.retrieval.embedder import Embedder
from leitplanke.core.retrieval.extract import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leitplanke.core.guideline import Match
    from leitplanke.core.guideline.matching import Vectors
    from leitplanke.core.retrieval.documents import Document

LONGEST_QUOTE = 600
MAX_CHARACTERS = 400_000  # some 150 pages; the matcher looks at every sentence


class UnusableFileError(ValueError):
    """The file cannot be read in; the message is for people and says what to do."""


def read(reading: Einlesung, *, reader: Callable[[str, bytes], Document] = read_document) -> None:
    """Read a document, by default in the limited process, and keep what was found or what is wrong; may run again."""
    try:
        document = reader(reading.dateiname, read_file(reading.datei))
        _check_text(document)
    except ExtractionError as error:
        _keep(reading, stand=Lesestand.NICHT_LESBAR, fehler=error.message)
    except UnusableFileError as error:
        _keep(reading, stand=Lesestand.NICHT_LESBAR, fehler=str(error))
    else:
        pages = max((block.page for block in document.blocks), default=0)
        _keep(reading, stand=Lesestand.GELESEN, treffer=rows_of(document), seiten=pages)


def _check_text(document: Document) -> None:
    if not document.text.strip():
        raise UnusableFileError(
            _("In der Datei steht kein Text. Ist sie eingescannt? Dann brauchen wir sie mit Texterkennung.")
        )
    if len(document.text) > MAX_CHARACTERS:
        raise UnusableFileError(
            _("Das Dokument ist länger als 150 Seiten. Bitte laden Sie nur den Teil hoch, der KI regelt.")
        )


def _keep(reading: Einlesung, **values: Any) -> None:
    rows = Einlesung.objects.for_mandant(reading.mandant_id).filter(pk=reading.pk, stand=Lesestand.WIRD_GELESEN)
    rows.update(**values)


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """Return the matcher, made once in a process."""
    model = embedder()
    vectors = None if model is None else _kept_vectors(model)
    return Matcher(blocks(), load_cues(CONTENT / "stichworte.yaml", blocks()), embedder=model, vectors=vectors)


def _kept_vectors(model: Embedder) -> Vectors:
    """Return the vectors of all blocks; they take half a minute, so they are kept beside the search indexes."""
    said = hashlib.sha256(f"{model.model_id}\n".encode())
    for block in blocks().values():
        said.update(repr((block.id, block.title, block.question, [option.texts for option in block.options])).encode())
    file: Path = settings.PATHS.index / f"bausteine-{said.hexdigest()[:16]}.npy"
    if file.exists():
        kept: Vectors = np.load(file, allow_pickle=False)
        return kept
    vectors = block_vectors(blocks(), model)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{secrets.token_hex(8)}.neu")  # two workers may begin at once
    with draft.open("wb") as handle:
        np.save(handle, vectors, allow_pickle=False)
    draft.replace(file)
    return vectors


def rows_of(document: Document) -> list[dict[str, Any]]:
    """Return what was found in a document, in its order: {baustein, option, zitat, seite, sicherheit, woran}."""
    return [_row(match) for match in matcher().read(document).matches]


def _row(match: Match) -> dict[str, Any]:
    quote = " ".join(match.quote.text.split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return {
        "baustein": match.block, "option": match.option, "zitat": quote, "seite": match.quote.page,
        "sicherheit": match.score, "woran": list(match.why),
    }  # fmt: skip
