"""The register of the demo town: every state and class, through real verbs, made once."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from leitplanke.apps.register.models import Eintrag, Registerverlauf, Verbrauch
from leitplanke.apps.register.public import permit
from leitplanke.base.accounts.demo import load_mandant
from leitplanke.core.register.lifecycle import Stand
from leitplanke.project.musterregister import load_register

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

FOLDER = resources.files("leitplanke.content") / "musterstadt"
DATA: dict[str, Any] = yaml.safe_load((FOLDER / "register.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def town(db: None) -> Mandant:
    return load_mandant(yaml.safe_load((FOLDER / "mandant.yaml").read_text(encoding="utf-8")))


def test_own_parts_are_released_and_other_systems_reach_every_state_and_class(town: Mandant) -> None:
    assert load_register(town, DATA) == len(DATA["eigene"]) + len(DATA["eintraege"])
    rows = Eintrag.objects.for_mandant(town)
    wanted = {row["kuerzel"]: row["ziel"] for row in DATA["eintraege"]}
    assert dict(rows.filter(kuerzel__in=wanted).values_list("kuerzel", "stand")) == wanted
    assert set(rows.values_list("stand", flat=True)) == {stand.value for stand in Stand}
    assert {"prohibited", "high", "limited", "minimal", "none"} <= set(rows.values_list("klasse", flat=True))
    for row in DATA["eigene"]:
        assert permit(town, row["schluessel"]).released
    released = rows.filter(stand=Stand.FREIGEGEBEN)
    assert all(one.freigegeben_von_id != one.beantragt_von_id for one in released)
    assert not Registerverlauf.objects.for_mandant(town).filter(was="freigeben", durch="regel").exists()
    figures = Counter(Verbrauch.objects.for_mandant(town).values_list("groesse", flat=True))
    assert min(figures[name] for name in ("energie", "kosten", "anfragen")) > 20
    assert load_register(town, DATA) == 0
