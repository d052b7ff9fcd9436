"""Positions without gaps, one tree, signed checkpoints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitplanke.base.evidence.anchor import anchor_file, read_anchor, write_anchor
from leitplanke.base.evidence.models import Checkpoint, Leaf, Log, PendingLeaf, Place, Tile
from leitplanke.base.evidence.sequencer import (
    OlderStateError,
    accept_restore,
    open_log,
    sequence_all,
    sequence_pending,
)
from leitplanke.base.evidence.tree import log_size, stored_tree, verifier_keys
from leitplanke.base.evidence.verification import verify
from leitplanke.core.merkle import leaf_hash, open_checkpoint, root_of

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Happen = Callable[..., list[Leaf]]


def payloads(mandant: Mandant) -> list[str]:
    rows = Place.objects.for_mandant(mandant).order_by("position")
    return list(rows.values_list("leaf__payload", flat=True))


def test_first_run_makes_key_log_and_checkpoint(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 3)
    done = sequence_pending(mandant)
    checkpoint = Checkpoint.objects.for_mandant(mandant).get()
    opened = open_checkpoint(checkpoint.note, verifier_keys(mandant))

    assert (done.placed, done.checkpoints, done.size) == (4, 1, 4)  # with the entry about the new key
    assert opened.origin == Log.objects.for_mandant(mandant).get().origin
    assert opened.root == root_of(leaf_hash(text.encode()) for text in payloads(mandant))
    assert not PendingLeaf.objects.for_mandant(mandant).exists()
    assert read_anchor(mandant) == checkpoint.note


def test_positions_follow_the_order_of_recording(mandant: Mandant, happen: Happen) -> None:
    leaves = happen(mandant, 5)
    sequence_pending(mandant, batch=2)
    rows = Place.objects.for_mandant(mandant).order_by("position").values_list("position", "leaf")

    assert [leaf for _position, leaf in rows][:5] == [leaf.pk for leaf in leaves]
    assert [position for position, _leaf in rows] == list(range(6))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 400)), min_size=1, max_size=4))
def test_any_batches_give_the_same_tree(mandant: Mandant, happen: Happen, runs: list[tuple[int, int]]) -> None:
    with transaction.atomic():
        for count, batch in runs:
            happen(mandant, count)
            sequence_pending(mandant, batch=batch, checkpoint_seconds=0)
        size = log_size(mandant)

        assert stored_tree(mandant, size).root() == root_of(leaf_hash(text.encode()) for text in payloads(mandant))
        assert verify(mandant).ok
        transaction.set_rollback(True)
    anchor_file(mandant).unlink(missing_ok=True)


def test_every_mandant_has_a_log_of_its_own(mandant: Mandant, other_mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 2)
    happen(other_mandant, 1)

    assert sequence_all() == 5
    assert sequence_all() == 0
    assert (log_size(mandant), log_size(other_mandant)) == (3, 2)
    assert verifier_keys(mandant) != verifier_keys(other_mandant)
    assert verify(mandant).ok
    assert verify(other_mandant).ok


def test_signs_at_most_every_few_seconds_and_catches_up(mandant: Mandant, happen: Happen) -> None:
    with freeze_time("2026-11-23 10:00:00", tick=False) as clock:
        happen(mandant)
        assert sequence_pending(mandant, checkpoint_seconds=5).checkpoints == 1
        clock.tick(1)
        happen(mandant)
        assert sequence_pending(mandant, checkpoint_seconds=5).checkpoints == 0
        report = verify(mandant)
        assert (report.ok, report.entries, report.signed) == (True, 3, 2)
        clock.tick(5)
        assert sequence_all() == 0
        assert verify(mandant).signed == 3


def test_no_second_checkpoint_for_the_same_entries(mandant: Mandant, happen: Happen) -> None:
    happen(mandant)
    sequence_pending(mandant, checkpoint_seconds=0)

    assert sequence_pending(mandant, checkpoint_seconds=0).checkpoints == 0


def test_full_tiles_are_few_rows(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 600)
    sequence_pending(mandant, batch=250)
    rows = Tile.objects.for_mandant(mandant).order_by("level", "index").values_list("level", "index", "hashes")

    assert [(level, index, len(bytes(hashes)) // 32) for level, index, hashes in rows] == [
        (0, 0, 256),
        (0, 1, 256),
        (0, 2, 601 - 512),
        (1, 0, 2),
    ]


@pytest.mark.security
def test_refuses_to_sign_on_top_of_an_older_state(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 2)
    sequence_pending(mandant, checkpoint_seconds=0)
    with transaction.atomic():
        happen(mandant, 2)
        sequence_pending(mandant, checkpoint_seconds=0)
        transaction.set_rollback(True)  # as a restored backup would

    happen(mandant)
    with pytest.raises(OlderStateError, match=r"enthält 3 Einträge.*bezeugt 5"):
        sequence_pending(mandant)
    finding = verify(mandant).finding
    assert finding is not None
    assert finding.problem == "shorter"
    assert "ältere Sicherung" in finding.message


@pytest.mark.security
def test_refuses_to_sign_over_different_entries(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 2)
    sequence_pending(mandant, checkpoint_seconds=0)
    with transaction.atomic():
        happen(mandant, 2)
        sequence_pending(mandant, checkpoint_seconds=0)
        later = read_anchor(mandant)
        transaction.set_rollback(True)
    happen(mandant, 7)
    anchor_file(mandant).unlink()
    sequence_pending(mandant, checkpoint_seconds=0)
    assert later is not None
    write_anchor(mandant, later)

    with pytest.raises(OlderStateError, match="Die ersten 5 Einträge sind andere"):
        sequence_pending(mandant)
    finding = verify(mandant).finding
    assert finding is not None
    assert (finding.problem, finding.position, finding.last_position) == ("root", 3, 4)


def test_one_stuck_log_does_not_stop_the_others(
    mandant: Mandant, other_mandant: Mandant, happen: Happen, caplog: pytest.LogCaptureFixture
) -> None:
    happen(mandant)
    happen(other_mandant)
    write_anchor(mandant, "kein Prüfpunkt")

    assert sequence_all() == 2
    assert "musterstadt" in caplog.text


def test_older_state_can_be_accepted_on_record(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 2)
    sequence_pending(mandant, checkpoint_seconds=0)
    with transaction.atomic():
        happen(mandant, 2)
        sequence_pending(mandant, checkpoint_seconds=0)
        transaction.set_rollback(True)
    accept_restore(mandant, begruendung="Festplatte ausgefallen")
    sequence_pending(mandant, checkpoint_seconds=0)
    entry = Leaf.objects.for_mandant(mandant).get(code="evidence.restore_accepted")

    assert verify(mandant).ok
    assert '"pruefpunkt_groesse":"5"' in entry.payload
    assert "Festplatte" not in entry.payload
    assert len(list(anchor_file(mandant).parent.glob("musterstadt-bis-*.txt"))) == 1


def test_accepting_without_a_checkpoint_changes_nothing(mandant: Mandant) -> None:
    accept_restore(mandant, begruendung="nur so")

    assert not Leaf.objects.for_mandant(mandant).exists()


def test_log_name_tells_towns_of_one_name_apart(mandant: Mandant) -> None:
    log = open_log(mandant)

    assert log.origin.startswith("leitplanke/musterstadt/")
    assert len(log.origin.rsplit("/", 1)[1]) == 8
    assert open_log(mandant) == log


@pytest.mark.django_db(transaction=True)
def test_sqlite_flushes_to_disk_only_while_sequencing(mandant: Mandant, happen: Happen) -> None:
    if connection.vendor != "sqlite":
        return
    happen(mandant)
    sequence_pending(mandant)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)


def test_anchor_is_written_whole(mandant: Mandant) -> None:
    write_anchor(mandant, "a" * 1000)
    write_anchor(mandant, "b")

    assert read_anchor(mandant) == "b"
    assert [file.name for file in Path(anchor_file(mandant).parent).iterdir()] == ["musterstadt.txt"]
