"""A guideline that a town has adopted, without the way that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Choice, Example, example_guideline
from tests.factories import make_actor

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def adopt(mandant: Mandant, first: Example | Choice, *more: Choice) -> Leitlinienfassung:
    """Let an example hold from today, with other choices in their place; or nothing but the choices given."""
    whole = example_guideline(blocks(), first).choices if isinstance(first, Example) else (first,)
    chosen = {choice.block: choice for choice in (*whole, *more)}
    version = begin_version(
        actor=make_actor(mandant, Rolle.KI_BEAUFTRAGTE),
        beginning=Beginning("Leitlinie", Herkunft.BEISPIEL, choices=tuple(chosen.values())),
    )
    today = timezone.localdate()
    Leitlinienfassung.objects.for_mandant(mandant).filter(pk=version.pk).update(
        stand=Fassungsstand.BESCHLOSSEN, beschlossen_am=today, gilt_ab=today, profil_sha256=uuid4().hex * 2
    )
    version.refresh_from_db()
    return version
