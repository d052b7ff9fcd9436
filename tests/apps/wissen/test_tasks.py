"""Background work of Wissen."""

from __future__ import annotations

import pytest

from leitplanke.apps.wissen import index, tasks
from leitplanke.apps.wissen.models import Wissensraum
from leitplanke.base.meaning import embedder
from tests.apps.wissen.conftest import make_source


def test_vectors_wait_for_everything_that_people_wait_for() -> None:
    assert tasks.embed_index.priority < min(tasks.read_fassung.priority, tasks.renew_index.priority)


def test_vectors_are_computed_in_slices_and_end_complete(raum: Wissensraum) -> None:
    if embedder() is None:
        pytest.skip("Auf dieser Maschine läuft das Einbettungsmodell nicht")
    make_source(raum)
    index.renew(raum)
    calls = 1
    while not index.embed(raum, enough=lambda: True):
        calls += 1
        assert calls < 50
    raum.refresh_from_db()

    assert raum.passagen_erschlossen == raum.passagen > 0
