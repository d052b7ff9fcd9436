from __future__ import annotations

from collections import Counter
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.utils import timezone

from leitplanke.apps.antrag.configuring import offer
from leitplanke.apps.antrag.models import Antrag, Schreiben
from leitplanke.base.accounts.demo import load_mandant
from leitplanke.base.accounts.models import Organisationseinheit, Vertretung
from leitplanke.core.verfahren.acts import Stand
from leitplanke.project.musterfaelle import facts_of, load_cases

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

FOLDER = resources.files("leitplanke.content") / "musterstadt"
DATA: dict[str, Any] = yaml.safe_load((FOLDER / "faelle.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def town(db: None) -> Mandant:
    mandant = load_mandant(yaml.safe_load((FOLDER / "mandant.yaml").read_text(encoding="utf-8")))
    units = {unit.kuerzel: unit for unit in Organisationseinheit.objects.for_mandant(mandant)}
    for row in yaml.safe_load((FOLDER / "verfahren.yaml").read_text(encoding="utf-8"))["verfahren"]:
        values = {name: value for name, value in row.items() if name not in {"verfahren", "einheit"}}
        offer(mandant, row["verfahren"], units[row["einheit"]], **values)
    return mandant


def test_there_are_about_sixty_cases_that_reach_every_state_of_all_procedures() -> None:
    assert len(DATA["faelle"]) >= 60
    assert {row["ziel"] for row in DATA["faelle"]} == {stand.value for stand in Stand}
    assert {row["verfahren"] for row in DATA["faelle"]} == set(DATA["vorgaben"])
    assert len({row["fall"] for row in DATA["faelle"]}) == len(DATA["faelle"])


def chosen() -> dict[str, Any]:
    """Return one case for each state, and what each procedure sends; without the documents, which take long to make."""
    first: dict[str, dict[str, Any]] = {}
    for row in DATA["faelle"]:
        name = row["verfahren"] if row["ziel"] == "bekanntgegeben" else row["ziel"]
        first.setdefault(name, {**row, "belege": []})
    return {**DATA, "faelle": list(first.values())}


def test_each_case_gets_where_it_is_to_be_and_is_made_once(town: Mandant) -> None:
    data = chosen()
    assert load_cases(town, data, FOLDER / "belege") == len(data["faelle"])
    rows = Antrag.objects.for_mandant(town)
    wanted = Counter((row["verfahren"], row["ziel"]) for row in data["faelle"])
    assert Counter(rows.values_list("verfahren", "stand")) == wanted
    assert not rows.filter(rechenstand="fehler").exists()
    assert rows.filter(frist_am__lt=timezone.localdate()).exists()
    assert rows.filter(bearbeitung__isnull=True).exclude(stand="entwurf").exists()
    assert Schreiben.objects.for_mandant(town).filter(art="bescheid", stand="versandt").exists()
    assert Vertretung.objects.for_mandant(town).valid_on(timezone.localdate()).count() == 1
    rows.filter(stand="entwurf").delete()
    assert load_cases(town, data, FOLDER / "belege") == 0


def test_days_count_from_the_day_the_application_came_in() -> None:
    facts = facts_of({"a": "T-30", "b": [{"c": "T+1"}], "d": "Text"}, {"ohne": ["d"]}, date(2026, 3, 31))
    assert facts == {"a": "2026-03-01", "b": [{"c": "2026-04-01"}]}
