"""A town with people who work on its guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Herkunft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Example, example_guideline
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def browser(actor: Actor) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    assert actor.person is not None
    client.force_login(actor.person)
    return client


def answered(client: Client, path: str, sent: dict[str, str] | None = None, status: int = 200) -> str:
    """Return the text of a page, which must have this status; with `sent` what comes after a form."""
    answer = client.get(path) if sent is None else client.post(path, sent)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.KI_BEAUFTRAGTE)


@pytest.fixture
def draft(author: Actor) -> Leitlinienfassung:
    choices = example_guideline(blocks(), Example.AUSGEWOGEN).choices
    return begin_version(actor=author, beginning=Beginning("Leitlinie", Herkunft.BEISPIEL, choices=choices))


@pytest.fixture
def small(author: Actor) -> Leitlinienfassung:
    """A version in which nothing is decided."""
    return begin_version(actor=author, beginning=Beginning("Leitlinie", Herkunft.FRAGEN, core=True))
