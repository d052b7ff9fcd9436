"""A backup brings everything back, and an older one cannot pass for the present."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RECORD = """
import django; django.setup()
from django.db import transaction
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.services import record
for number in range(3):
    with transaction.atomic():
        record("wissen.vocabulary_changed", mandant=Mandant.objects.get(), data={"inhalt_sha256": "x"})
"""
TOWN = """
import django; django.setup()
from leitplanke.base.accounts.models import Mandant
Mandant.objects.create(name="Teststadt", kurz="teststadt")
"""


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation on SQLite that has no database yet."""
    return {key: value for key, value in os.environ.items() if not key.startswith("LEITPLANKE_")} | {
        "LEITPLANKE_MODE": "demo",
        "LEITPLANKE_DATA": str(tmp_path / "daten"),
        "DJANGO_SETTINGS_MODULE": "leitplanke.project.settings",
    }


@pytest.fixture
def environment(empty: dict[str, str], migrated: Path) -> dict[str, str]:
    """An installation of its own on SQLite."""
    shutil.copytree(migrated, empty["LEITPLANKE_DATA"])
    return empty


def leitplanke(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leitplanke", *arguments], env=environment, capture_output=True, text=True, check=False
    )


def python(environment: dict[str, str], code: str) -> None:
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)


def test_older_backup_is_noticed_and_current_one_verifies(environment: dict[str, str], tmp_path: Path) -> None:
    """No sequencer runs here: what nobody signed yet is signed before it is overwritten, and so is missed."""
    archive = str(tmp_path / "montag.tar.gz")
    python(environment, TOWN)
    python(environment, RECORD)
    assert leitplanke(environment, "backup", archive).returncode == 0
    assert Path(archive).stat().st_mode & 0o077 == 0

    assert leitplanke(environment, "restore", archive, "--ueberschreiben").returncode == 0
    assert leitplanke(environment, "evidence", "verify").returncode == 0

    python(environment, RECORD)
    newer = leitplanke(environment, "restore", archive, "--ueberschreiben")
    assert newer.returncode == 0, newer.stderr
    verified = leitplanke(environment, "evidence", "verify")
    assert verified.returncode == 1
    kept = list(Path(environment["LEITPLANKE_DATA"]).glob("beiseite-*"))
    assert [folder.stat().st_mode & 0o077 for folder in kept] == [0, 0]
    assert "ältere Sicherung" in verified.stdout + verified.stderr


def test_restore_does_not_overwrite_by_accident(environment: dict[str, str], tmp_path: Path) -> None:
    archive = str(tmp_path / "a.tar.gz")
    leitplanke(environment, "backup", archive)
    refused = leitplanke(environment, "restore", archive)

    assert refused.returncode == 1
    assert "--ueberschreiben" in refused.stderr


def test_unreadable_database_is_replaced_with_a_word_about_it(environment: dict[str, str], tmp_path: Path) -> None:
    archive = str(tmp_path / "a.tar.gz")
    python(environment, TOWN)
    leitplanke(environment, "backup", archive)
    data = Path(environment["LEITPLANKE_DATA"])
    (data / "leitplanke.sqlite3").write_bytes(b"Muell statt Datenbank" * 1000)
    restored = leitplanke(environment, "restore", archive, "--ueberschreiben")

    assert restored.returncode == 0, restored.stderr
    assert "nicht lesbar" in restored.stderr
    assert leitplanke(environment, "evidence", "verify").returncode == 0


def test_restore_into_an_empty_folder_makes_no_database_of_its_own(environment: dict[str, str], tmp_path: Path) -> None:
    archive = str(tmp_path / "a.tar.gz")
    python(environment, TOWN)
    leitplanke(environment, "backup", archive)
    elsewhere = environment | {"LEITPLANKE_DATA": str(tmp_path / "neu")}
    restored = leitplanke(elsewhere, "restore", archive)

    assert restored.returncode == 0, restored.stderr
    assert list((tmp_path / "neu").glob("beiseite-*/*.sqlite3")) == []
    assert leitplanke(elsewhere, "evidence", "verify").returncode == 0


@pytest.mark.security
def test_file_that_is_no_backup_changes_nothing(empty: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "kaputt.tar.gz").write_bytes(b"kein Archiv")
    refused = leitplanke(empty, "restore", str(tmp_path / "kaputt.tar.gz"))

    assert refused.returncode == 1
    assert "keine lesbare Sicherung" in refused.stderr


def test_missing_database_is_one_german_line(empty: dict[str, str]) -> None:
    failed = leitplanke(empty, "evidence", "verify")

    assert failed.returncode == 1
    assert "leitplanke migrate" in failed.stderr
    assert "Traceback" not in failed.stderr
