"""Simulations start, end, are cut off, stopped, repeated and deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from django.utils import timezone

from leitplanke.apps.simulation import files, process, runs, services
from leitplanke.apps.simulation.files import Upload
from leitplanke.apps.simulation.models import Laufstand, Simulationslauf
from leitplanke.apps.simulation.plan import DRAFT, Plan
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from tests.apps.simulation.conftest import CASES, DAY, WOHNGELD, started
from tests.factories import make_actor

if TYPE_CHECKING:
    from pathlib import Path

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db


def codes(mandant: Mandant) -> list[str]:
    return list(Leaf.objects.for_mandant(mandant).order_by("pk").values_list("code", flat=True))


def table(folder: Path, text: str, name: str = "haushalte.csv") -> dict[str, Upload]:
    file = folder / name
    file.write_text(text, "utf-8")
    return {"faelle": Upload(file, name)}


def uploaded(actor: Actor, folder: Path, text: str) -> Simulationslauf:
    return started(actor, Plan(DAY, (WOHNGELD,), seed=0), uploads=table(folder, text))


@pytest.mark.slow
def test_simulation_in_the_limited_process_comes_to_what_the_engine_says(analyst: Actor) -> None:
    lauf = started(analyst)

    assert lauf.stand == Laufstand.FERTIG, lauf.fehler
    assert (lauf.gerechnet, lauf.gesamt) == (600, 600)
    result = pl.read_parquet(files.result_file(lauf, "parquet"))
    assert result.columns == ["id", WOHNGELD, f"{WOHNGELD}__vergleich"]
    summary = json.loads(files.summary_file(lauf).read_text("utf-8"))
    assert summary["werte"][0]["ergebnis"]["summe"] == float(result[WOHNGELD].sum())
    assert files.picture_file(lauf, 1, "svg").read_bytes().startswith(b"<?xml")
    assert codes(lauf.mandant) == ["simulation.started", "simulation.finished"]
    assert not list(files.run_folder(lauf).glob("versuch-*"))


def test_same_settings_give_the_same_digests_and_other_seeds_do_not(here: None, analyst: Actor) -> None:
    first, second = started(analyst), started(analyst, bezeichnung="Noch einmal")
    other = started(analyst, Plan(DAY, (WOHNGELD,), against=DRAFT, count=300, seed=8))

    assert (first.plan_sha256, first.ergebnis_sha256) == (second.plan_sha256, second.ergebnis_sha256)
    assert first.ergebnis_sha256 != other.ergebnis_sha256
    assert first.plan_sha256 != other.plan_sha256
    summaries = [json.loads(files.summary_file(lauf).read_text("utf-8")) for lauf in (first, second)]
    assert summaries[0] == summaries[1]


def test_changed_parameter_counts_on_the_new_side_only(here: None, analyst: Actor) -> None:
    plan = Plan(DAY, (WOHNGELD,), against="unveraendert", changes={"mindestbetrag": "100"}, count=300)
    value = json.loads(files.summary_file(started(analyst, plan)).read_text("utf-8"))["werte"][0]

    assert value["mehr"]["faelle"] == 0
    assert value["weniger"]["faelle"] > 0
    assert value["ergebnis"]["summe"] < value["vergleich"]["summe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CASES + "a;3;1;400,50;900\nb;3;1;viel;900\n", "Spalte „bruttokaltmiete_monat“, Zeile 2: „viel“"),
        (CASES + "a;9;1;400;900\n", "Spalte „mietenstufe“, Zeile 1: 9"),
        ("id;mietenstufe\na;3\n", "fehlen Werte"),
        (CASES, "enthält keine Fälle"),
        (CASES + "a;3;1;400;900;7;8;9\n", "lässt sich nicht als Tabelle lesen"),
        ("", "lässt sich nicht als Tabelle lesen"),
    ],
    ids=["keine-zahl", "ausser-grenzen", "spalte-fehlt", "leer", "zu-breit", "nichts"],
)
def test_bad_table_is_refused_with_column_row_and_value(
    here: None, analyst: Actor, tmp_path: Path, text: str, expected: str
) -> None:
    lauf = uploaded(analyst, tmp_path, text)

    assert lauf.stand == Laufstand.GESCHEITERT
    assert expected in lauf.fehler
    assert codes(lauf.mandant)[-1] == "simulation.failed"
    assert "viel" not in "".join(Leaf.objects.for_mandant(lauf.mandant).values_list("payload", flat=True))


def test_tables_are_read_the_way_office_programs_write_them(here: None, analyst: Actor, tmp_path: Path) -> None:
    german = uploaded(analyst, tmp_path, "\ufeff" + CASES + "a;3;1;1.400,50;900,00\n")
    plain = uploaded(analyst, tmp_path, (CASES + "a;3;1;1400.50;900.00\n").replace(";", ","))

    assert german.stand == Laufstand.FERTIG, german.fehler
    assert german.ergebnis_sha256 == plain.ergebnis_sha256


def test_names_of_cases_are_no_formulas_in_the_table(here: None, analyst: Actor, tmp_path: Path) -> None:
    lauf = uploaded(analyst, tmp_path, CASES + "=1+1;3;1;400;900\n")
    assert "\n'=1+1;" in files.result_file(lauf, "csv").read_text("utf-8")
    assert pl.read_parquet(files.result_file(lauf, "parquet"))["id"].to_list() == ["=1+1"]


@pytest.mark.slow
@pytest.mark.security
def test_broken_parquet_is_refused_by_the_limited_process(analyst: Actor, tmp_path: Path) -> None:
    file = tmp_path / "kaputt.parquet"
    file.write_bytes(b"PAR1" + b"\x00" * 400 + b"PAR1")
    lauf = started(analyst, Plan(DAY, (WOHNGELD,), seed=0), uploads={"faelle": Upload(file, "kaputt.parquet")})

    assert lauf.stand == Laufstand.GESCHEITERT
    assert "kaputt.parquet" in lauf.fehler


def waiting(mandant: Mandant, **more: Any) -> Simulationslauf:
    """A simulation that nobody reckons yet."""
    plan = Plan(DAY, (WOHNGELD,), against=DRAFT, count=50_000)
    from leitplanke.apps.regelwerk.public import engine_for

    engine = engine_for(mandant, "wohngeld", "")
    values = {
        "bezeichnung": "Wartet", "regelwerk": "wohngeld", "regelwerk_sha256": engine.regelwerk.digest,
        "plan": plan.as_json(), "plan_sha256": plan.digest(engine), "bevoelkerung": "erfunden",
    }  # fmt: skip
    return Simulationslauf.objects.create(mandant=mandant, **(values | more))


def test_cancelled_simulation_stops_while_it_is_reckoned(analyst: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    lauf = waiting(analyst.mandant, angelegt_von=analyst.person)
    real = process.reckon

    def cancel_soon(plan: Plan, regelwerk: Any, source: Path, target: Path, watch: process.Watch) -> None:
        def watching(done: int, total: int) -> bool:
            if Simulationslauf.objects.for_mandant(lauf.mandant).get(pk=lauf.pk).under_way:
                services.cancel_simulation(actor=analyst, kennung=lauf.kennung)
            return watch(done, total)

        real(replace(plan, count=1_000_000), regelwerk, source, target, watching)

    monkeypatch.setattr(process, "reckon", cancel_soon)
    runs.run(lauf.pk)
    lauf.refresh_from_db()

    assert lauf.stand == Laufstand.ABGEBROCHEN
    assert not files.summary_file(lauf).exists()
    assert codes(lauf.mandant) == ["simulation.cancelled"]
    with pytest.raises(services.NotReadyError):
        services.cancel_simulation(actor=analyst, kennung=lauf.kennung)


def test_interrupted_simulation_begins_again_and_leaves_nothing_of_before(here: None, analyst: Actor) -> None:
    lauf = waiting(analyst.mandant, stand=Laufstand.LAEUFT, versuche=1, gerechnet=7)
    left = files.private_folder(files.run_folder(lauf) / "versuch-1")
    (left / "zusammenfassung.json").write_text("halb", "utf-8")
    runs.run(lauf.pk)
    lauf.refresh_from_db()

    assert lauf.stand == Laufstand.FERTIG
    assert lauf.versuche == 2
    assert not left.exists()


def test_simulation_that_kills_its_worker_is_given_up_after_three_attempts(here: None, analyst: Actor) -> None:
    lauf = waiting(analyst.mandant, stand=Laufstand.LAEUFT, versuche=3)
    runs.run(lauf.pk)
    lauf.refresh_from_db()

    assert lauf.stand == Laufstand.GESCHEITERT
    assert "dreimal unterbrochen" in lauf.fehler


def test_older_attempt_notices_that_it_is_outdated(here: None, analyst: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    lauf = waiting(analyst.mandant)

    def overtaken(_plan: Plan, _rules: Any, _source: Path, _target: Path, watch: process.Watch) -> None:
        Simulationslauf.objects.for_mandant(lauf.mandant).filter(pk=lauf.pk).update(versuche=2)
        assert not watch(1, 2)
        raise process.StoppedError

    monkeypatch.setattr(process, "reckon", overtaken)
    runs.run(lauf.pk)
    lauf.refresh_from_db()

    assert lauf.stand == Laufstand.LAEUFT
    assert lauf.gerechnet == 0


def test_bug_is_marked_and_logged_without_its_message(
    analyst: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("KeyError in computing.py:3")

    monkeypatch.setattr(process, "reckon", broken)
    lauf = started(analyst)

    assert lauf.stand == Laufstand.GESCHEITERT
    assert "nicht an Ihren Angaben" in lauf.fehler
    assert "computing.py:3" in caplog.text


def test_regelwerk_that_changed_meanwhile_is_not_used(here: None, analyst: Actor) -> None:
    lauf = waiting(analyst.mandant, regelwerk_sha256="0" * 64)
    runs.run(lauf.pk)
    lauf.refresh_from_db()

    assert lauf.stand == Laufstand.GESCHEITERT
    assert "geändert" in lauf.fehler


def test_deleting_takes_rows_tables_and_results(
    here: None, analyst: Actor, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    lauf = uploaded(analyst, tmp_path, CASES + "a;3;1;400;900\n")
    folder = files.run_folder(lauf)
    assert (folder / "faelle.csv").exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_simulation(actor=analyst, kennung=lauf.kennung)

    assert not folder.exists()
    assert not Simulationslauf.objects.for_mandant(analyst.mandant).exists()
    assert codes(analyst.mandant)[-1] == "simulation.deleted"


def test_everything_older_than_thirty_days_is_deleted(
    here: None, analyst: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = started(analyst), started(analyst)
    rows = Simulationslauf.objects.for_mandant(analyst.mandant)
    rows.filter(pk=old.pk).update(angelegt_am=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.delete_expired(analyst.mandant) == 1

    assert list(rows) == [young]
    assert not files.run_folder(old).exists()
    assert files.run_folder(young).exists()


@pytest.mark.security
def test_files_are_for_the_running_user_alone(here: None, analyst: Actor, tmp_path: Path) -> None:
    lauf = uploaded(analyst, tmp_path, CASES + "a;3;1;400;900\n")

    assert files.run_folder(lauf).stat().st_mode & 0o077 == 0


@pytest.mark.security
def test_council_does_not_upload_and_colleagues_do_not_stop(here: None, mandant: Mandant, tmp_path: Path) -> None:
    with pytest.raises(NotPermittedError):
        uploaded(make_actor(mandant, Rolle.RAT), tmp_path, CASES + "a;3;1;400;900\n")
    lauf = started(make_actor(mandant, Rolle.SACHBEARBEITUNG))
    with pytest.raises(NotPermittedError):
        services.delete_simulation(actor=make_actor(mandant, Rolle.RAT), kennung=lauf.kennung)
    services.delete_simulation(actor=make_actor(mandant, Rolle.LEITUNG), kennung=lauf.kennung)

    assert not Simulationslauf.objects.for_mandant(mandant).exists()
