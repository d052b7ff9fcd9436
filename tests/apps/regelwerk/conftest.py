"""People who work on Regelwerke."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_membership

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant

BASE = "/regelwerke/musterzuschuss/"


@pytest.fixture
def sign_in(client: Any, mandant: Mandant) -> Callable[[Rolle], Any]:
    """Sign somebody new in with a role; return the person."""

    def enter(rolle: Rolle) -> Any:
        person = make_membership(mandant, rolle).person
        client.force_login(person)
        return person

    return enter
