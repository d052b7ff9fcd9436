"""Search by meaning: the built-in embedder, where this house uses it."""

from __future__ import annotations

from django.conf import settings

from leitplanke.core.retrieval.embedder import Embedder, EmbedderUnavailableError, default_embedder


def embedder() -> Embedder | None:
    """Return the built-in embedder, None where this machine cannot or shall not run it: search then goes by words."""
    if not settings.SEARCH_BY_MEANING:
        return None
    try:
        return default_embedder()
    except EmbedderUnavailableError:
        return None
