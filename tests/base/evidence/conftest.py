"""A code to record under, and a way past the triggers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest

from leitplanke.base.evidence.codes import REGISTRY, EvidenceCode

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.base.evidence.models import Leaf

TEST_CODES = [
    EvidenceCode("test.happened", "Etwas ist geschehen", {"nr": "Nummer", "liste": "Liste"}, ("name", "ort")),
    EvidenceCode("test.other", "Etwas anderes", ("nr",)),
]


@pytest.fixture(autouse=True)
def _codes() -> Iterator[None]:
    with REGISTRY.extended(TEST_CODES):
        yield


@pytest.fixture
def happen() -> Callable[..., list[Leaf]]:
    """Record `count` entries."""
    from django.db import transaction

    from leitplanke.base.evidence.services import record

    def make(mandant: Mandant, count: int = 1, code: str = "test.happened") -> list[Leaf]:
        with transaction.atomic():
            return [record(code, mandant=mandant, data={"nr": str(number)}) for number in range(count)]

    return make


@pytest.fixture
def tampering() -> Callable[[], AbstractContextManager[None]]:
    """Lift the triggers for a while, as somebody with access to the schema could."""
    from django.db import connection

    from leitplanke.base.evidence.guards import install_guards, remove_guards

    @contextmanager
    def lifted() -> Iterator[None]:
        connection.check_constraints()  # PostgreSQL alters no table with checks outstanding
        remove_guards(connection)
        yield
        connection.check_constraints()
        install_guards(connection)

    return lifted
