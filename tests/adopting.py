"""A town with a guideline of its own, by the verbs that people use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from leitplanke.apps.leitlinie.adopting import Adoption, adopt_version
from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.guards import install_guards, remove_guards
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Herkunft, Leitlinienfassung, Stelle, Votum
from leitplanke.apps.leitlinie.submitting import sign_version, submit_version
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Choice, Example, example_guideline
from tests.factories import make_actor

OFFICES = (Stelle.DATENSCHUTZ, Stelle.PERSONALRAT)


def held_since(version: Leitlinienfassung, days: int) -> None:
    """Let an adopted version have begun to hold some days ago, which the database refuses to change."""
    remove_guards(connection)
    rows = Leitlinienfassung.objects.for_mandant(version.mandant)
    rows.filter(pk=version.pk).update(gilt_ab=timezone.localdate() - timedelta(days=days))
    install_guards(connection)
    version.refresh_from_db()


def choices_of(example: Example, *changed: Choice) -> list[Choice]:
    """Return the choices of an example, with some replaced."""
    own = {choice.block: choice for choice in changed}
    return [own.get(choice.block, choice) for choice in example_guideline(blocks(), example).choices]


def drafted(mandant: Mandant, choices: Iterable[Choice]) -> Leitlinienfassung:
    """Return a draft with these choices."""
    author = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    beginning = Beginning("Leitlinie", Herkunft.BEISPIEL, choices=choices, looked_at=True)
    return begin_version(actor=author, beginning=beginning)


def submitted(version: Leitlinienfassung, offices: Sequence[Stelle] = OFFICES) -> Leitlinienfassung:
    """Give a draft to offices."""
    author = make_actor(version.mandant, Rolle.KI_BEAUFTRAGTE)
    return submit_version(actor=author, version_id=version.pk, offices=offices, until=timezone.localdate())


def signed(version: Leitlinienfassung, offices: Sequence[Stelle] = OFFICES) -> Leitlinienfassung:
    """Have each office agree."""
    for office in offices:
        actor = make_actor(version.mandant, Rolle(office.value))
        sign_version(actor=actor, version_id=version.pk, office=office, verdict=Votum.ZUGESTIMMT)
    return version


def adopt(
    mandant: Mandant, example: Example = Example.AUSGEWOGEN, *changed: Choice, day: date | None = None
) -> Leitlinienfassung:
    """Return a version that a town has adopted, by default from today on."""
    today = timezone.localdate()
    version = signed(submitted(drafted(mandant, choices_of(example, *changed))))
    adoption = Adoption("Rat", today, day or today)
    return adopt_version(actor=make_actor(mandant, Rolle.LEITUNG), version_id=version.pk, adoption=adoption)


def adopt_only(mandant: Mandant, *choices: Choice) -> Leitlinienfassung:
    """Let nothing but these choices hold from today, without the way that leads there."""
    version, today = drafted(mandant, choices), timezone.localdate()
    # What is compiled is kept by key and hash: each test has a hash of its own.
    Leitlinienfassung.objects.for_mandant(mandant).filter(pk=version.pk).update(
        stand=Fassungsstand.BESCHLOSSEN, beschlossen_am=today, gilt_ab=today, profil_sha256=uuid4().hex * 2
    )
    version.refresh_from_db()
    return version
