"""Tasks try again, survive a killed worker, and ticks do not stop each other."""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from leitplanke.base.jobs import ticks
from leitplanke.base.jobs.retry import PermanentError, retrying_task
from leitplanke.base.jobs.worker import EndingWorker, requeue_interrupted, run_worker

calls: list[int] = []


@retrying_task(attempts=3, first_delay=timedelta(0))
def fails_twice(number: int) -> None:
    calls.append(number)
    if len(calls) < 3:
        raise RuntimeError("noch nicht")


@retrying_task(attempts=3, first_delay=timedelta(0))
def fails_for_good(number: int) -> None:
    calls.append(number)
    raise PermanentError("nie")


@pytest.fixture(autouse=True)
def database_queue(settings: Any) -> None:
    calls.clear()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.mark.django_db(transaction=True)
def test_failing_task_is_tried_again() -> None:
    fails_twice.enqueue(7)
    run_worker(batch=True, interval=0)

    assert calls == [7, 7, 7]


@pytest.mark.django_db(transaction=True)
def test_permanent_failure_is_not_tried_again() -> None:
    fails_for_good.enqueue(1)
    run_worker(batch=True, interval=0)

    assert calls == [1]
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_task_of_a_rolled_back_transaction_never_runs() -> None:
    with transaction.atomic():
        fails_for_good.enqueue(1)
        transaction.set_rollback(True)
    run_worker(batch=True, interval=0)

    assert calls == []


@pytest.mark.django_db(transaction=True)
def test_task_cut_off_by_a_killed_worker_runs_again() -> None:
    fails_twice.enqueue(5)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())

    assert requeue_interrupted() == 1
    run_worker(batch=True, interval=0)
    assert calls == [5, 5, 5]


def test_failing_tick_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "_ticks", {})
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError

    ticks.add_tick("kaputt", 10, broken)
    ticks.add_tick("heil", 10, lambda: done.append("heil"))
    ticks.run_due(1.0)
    ticks.run_due(5.0)
    ticks.run_due(12.0)

    assert done == ["heil", "heil"]


def test_a_second_signal_ends_the_worker_without_counting_the_task_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr("leitplanke.base.jobs.worker.os._exit", ended.append)
    made = Worker.__new__(EndingWorker)
    made.running, made.running_task = True, True
    made.shutdown(signal.SIGTERM, None)
    assert (made.running, ended) == (False, [])
    monkeypatch.setattr(Worker, "shutdown", lambda *_: None)
    made.shutdown(signal.SIGTERM, None)
    assert ended == [1]
