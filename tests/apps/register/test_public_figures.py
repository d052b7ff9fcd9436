"""What the register shows of its systems to whoever assesses the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from leitplanke.apps.register.models import Vorfall, Vorfallart
from leitplanke.apps.register.public import Reports, reports, running_systems
from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def test_only_what_runs_is_shown_and_what_is_missing_is_not_good(team: Any, other_mandant: Mandant) -> None:
    waiting = team.entry()
    released = team.released()
    mandant = released.mandant
    (one,) = running_systems(mandant)
    assert (one.kuerzel, one.public, one.high_risk) == (released.kuerzel, True, False)
    assert one.kuerzel != waiting.kuerzel
    assert one.facts["risiko_eingestuft"]
    assert one.facts["zustaendig_benannt"]
    assert not one.facts["fairness_geprueft"]
    assert running_systems(other_mandant) == ()


def test_reports_count_those_that_are_old_and_settled(team: Any) -> None:
    eintrag = team.entry()
    now = timezone.now()
    for days, done in ((40, True), (40, False), (5, False)):
        Vorfall.objects.create(
            mandant=eintrag.mandant, eintrag=eintrag, art=Vorfallart.FEHLER, text="Falsch", frist_am=now.date(),
            gemeldet_am=now - timedelta(days=days), erledigt_am=now if done else None,
        )  # fmt: skip
    assert reports(eintrag.mandant) == Reports(2, 1, 2)
