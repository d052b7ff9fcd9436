"""The search index of each space: built by the worker, mapped into memory by whoever answers."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from leitplanke.apps.wissen.models import Stichwort as StichwortRow
from leitplanke.apps.wissen.models import Wissensraum
from leitplanke.apps.wissen.queries import released_versions, vocabulary_of
from leitplanke.apps.wissen.sources import document_of
from leitplanke.base.documents.transfer import source_to_json
from leitplanke.base.meaning import embedder
from leitplanke.core.grounding import SentenceVectors, prepare_index
from leitplanke.core.retrieval.index import Index
from leitplanke.core.retrieval.splitting import split
from leitplanke.core.retrieval.vector_cache import VectorCache
from leitplanke.core.retrieval.vocabulary import Stichwort, Vocabulary, built_in_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from leitplanke.apps.wissen.models import Fassung
    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.passages import Passage

_open: dict[tuple[int, str], Index] = {}
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _shipped_vocabulary() -> Vocabulary:
    return built_in_vocabulary()


def town_vocabulary(rows: Iterable[StichwortRow]) -> Vocabulary:
    """Return the shipped vocabulary with the town's own entries."""
    own = tuple(Stichwort(tuple(row.alltag), tuple(row.amtlich), tuple(row.fundstellen)) for row in rows)
    return _shipped_vocabulary() + Vocabulary(own) if own else _shipped_vocabulary()


@lru_cache(maxsize=1)
def sentence_vectors(cache: Path) -> SentenceVectors | None:
    """Return the vectors of sentences, shared by all spaces; None where this machine cannot embed."""
    model = embedder()
    return SentenceVectors(model, VectorCache(cache)) if model else None


def index_directory(raum: Wissensraum) -> Path:
    """Return where a space's index lies."""
    directory: Path = settings.PATHS.index / str(raum.mandant_id) / str(raum.pk)
    return directory


def index_of(raum: Wissensraum) -> Index:
    """Return the index of a space, kept open in this process; it notices by itself what the worker renews."""
    vocabulary = town_vocabulary(vocabulary_of(raum.mandant_id))
    key = (raum.pk, vocabulary.digest)
    with _lock:
        if key not in _open:
            for outdated in [known for known in _open if known[0] == raum.pk]:
                del _open[outdated]
            cache = VectorCache(settings.PATHS.index / "vektoren.sqlite")
            _open[key] = Index.open(index_directory(raum), embedder=embedder(), vocabulary=vocabulary, cache=cache)
        return _open[key]


def fingerprint(fassung: Fassung) -> str:
    """Return a hash of everything about a version that the index keeps."""
    source = document_of(fassung).source
    content = json.dumps([fassung.text_sha256, source_to_json(source)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def renew(raum: Wissensraum) -> Index:
    """Bring the index to hold exactly the released versions, found by words at once."""
    versions = {str(fassung.pk): fassung for fassung in released_versions(raum)}

    def load(id_: str) -> tuple[Source, Sequence[Passage]]:
        document = document_of(versions[id_])
        return document.source, split(document)

    index = index_of(raum)
    index.update({id_: fingerprint(fassung) for id_, fassung in versions.items()}, load)
    _note_progress(raum, index)
    return index


class _BreakOff(Exception):  # noqa: N818 - no error: the time is up
    pass


def embed(raum: Wissensraum, *, enough: Callable[[], bool]) -> bool:
    """Compute what is missing for search by meaning until `enough` says so; tell whether all is there.

    What has been computed is kept, so that the next call goes on from there.
    """
    index = index_of(raum)

    def note(_done: int, _total: int) -> None:
        if enough():
            raise _BreakOff

    try:
        index.embed_pending(progress=note)
        if vectors := sentence_vectors(settings.PATHS.index / "saetze.sqlite"):
            prepare_index(vectors, index, progress=note)
    except _BreakOff:
        return False
    finally:
        _note_progress(raum, index)
    return True


def _note_progress(raum: Wissensraum, index: Index) -> None:
    total = sum(document.count for document in index.documents.values())
    pending = min(index.pending, total)
    Wissensraum.objects.for_mandant(raum.mandant_id).filter(pk=raum.pk).update(
        passagen=total, passagen_erschlossen=total - pending, index_stand=timezone.now()
    )
