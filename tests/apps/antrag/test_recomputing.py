from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.apps.antrag import recomputing
from leitplanke.apps.antrag.models import Antrag, Neuberechnung, Verlauf
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.models import Leaf

from .conftest import COMPLETE

if TYPE_CHECKING:
    from .conftest import Office

WRONG = {"betrag_von": "1.00", "betrag_bis": "1.00", "digest": "alt"}


def stale(office: Office, count: int = 3, **values: Any) -> list[Antrag]:
    """Return cases that were computed with other rules."""
    made = [office.application(name=f"Nr {number}") for number in range(count)]
    rows = Antrag.objects.for_mandant(office.mandant)
    rows.update(**(values or WRONG), neues=False)
    return list(rows.filter(pk__in=[row.pk for row in made]).order_by("pk"))


def begun(office: Office) -> Neuberechnung:
    """Return a run that waits for the background."""
    return Neuberechnung.objects.create(mandant=office.mandant, verfahren="wohngeld", regelwerk_sha256="neu")


def test_every_open_case_is_computed_anew_and_told_where_it_changed(office: Office) -> None:
    before = stale(office)
    lauf = recomputing.run(begun(office), chunk=2)
    assert (lauf.berechnet, lauf.geaendert) == (3, 3)
    for antrag in before:
        version = antrag.fassung
        antrag.refresh_from_db()
        assert antrag.betrag_von != 1
        assert antrag.neues
        assert antrag.fassung == version + 1
        line = antrag.verlauf.get(was="berechnen")
        assert (line.durch, line.oeffentlich) == ("auftrag", False)
        assert "1,00" in line.text


def test_a_changed_digest_alone_is_no_news(office: Office) -> None:
    antrag = stale(office, 1, digest="alt")[0]
    lauf = recomputing.run(begun(office))
    antrag.refresh_from_db()
    assert len(antrag.digest) == 64
    assert not antrag.neues
    assert lauf.geaendert == 0


def test_a_crash_between_pieces_loses_and_repeats_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stale(office, 5)
    lauf = begun(office)
    done = iter(range(10))
    piece = recomputing._piece

    def failing(*args: Any) -> Neuberechnung:
        if next(done) == 1:
            raise SystemExit
        return piece(*args)

    monkeypatch.setattr(recomputing, "_piece", failing)
    with pytest.raises(SystemExit):
        recomputing.run(lauf, chunk=2)
    lauf.refresh_from_db()
    assert (lauf.berechnet, lauf.beendet_am) == (2, None)
    lauf = recomputing.run(lauf, chunk=2)
    assert (lauf.berechnet, lauf.geaendert) == (5, 5)
    assert Verlauf.objects.for_mandant(office.mandant).filter(was="berechnen").count() == 5


def test_it_is_recorded_once_and_a_second_run_of_the_task_does_nothing(office: Office) -> None:
    stale(office, 2)
    lauf = recomputing.run(begun(office))
    recomputing.run(lauf)
    leaf = Leaf.objects.for_mandant(office.mandant).get(code="antrag.alle_berechnet")
    assert "berechnet 2, geaendert 2" in leaf.payload


def test_a_change_of_the_rules_is_noticed_once(office: Office) -> None:
    assert recomputing.look_for_changes() == 0
    assert recomputing.look_for_changes() == 0
    Neuberechnung.objects.for_mandant(office.mandant).update(regelwerk_sha256="alt")
    assert recomputing.look_for_changes() == 1
    assert recomputing.look_for_changes() == 0


def test_one_run_at_a_time(office: Office) -> None:
    lauf = begun(office)
    assert recomputing.begin(office.einstellung, "anders").pk == lauf.pk


def test_what_can_no_longer_be_computed_is_marked(office: Office) -> None:
    antrag = stale(office, 1, fakten={**COMPLETE, "gibt_es_nicht": 1})[0]
    recomputing.run(begun(office))
    antrag.refresh_from_db()
    assert antrag.rechenstand == "fehler"


def test_only_a_head_of_the_unit_orders_it(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        recomputing.order(office.clerk, "wohngeld")
    assert recomputing.order(office.head, "wohngeld").von == office.head.memberships[0]
