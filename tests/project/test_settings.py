"""Wrong settings are named, nothing starts half; production refuses what is not fit for it."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from leitplanke.project.environment import VARIABLES
from tests.project.running import leitplanke

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.security
GOOD_KEY = "Kx7-vQ2_mZ9pLr4TsW8yBn3JcHd6FgUe1AoXi5RkVt0MqYwDzSbCuNjEhG"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("LEITPLANKE_MODE", "urlaub", "demo, production, test"),
        ("LEITPLANKE_SMTP_PORT", "fuenf", "keine ganze Zahl"),
        ("LEITPLANKE_FRESH_MINUTES", "0", "möglich ist 1 bis 60"),
        ("LEITPLANKE_FRESH_MINUTES", "61", "möglich ist 1 bis 60"),
        ("LEITPLANKE_SMTP_TLS", "vielleicht", "weder ja noch nein"),
        ("LEITPLANKE_HTTPS", "manchmal", "weder ja noch nein"),
    ],
)
def test_wrong_setting_is_named_and_nothing_runs(tmp_path: Path, name: str, value: str, message: str) -> None:
    result = leitplanke("migrate", data=tmp_path, **{name: value})

    assert result.returncode == 1
    assert name in result.stderr
    assert value in result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "leitplanke.sqlite3").exists()


@pytest.mark.parametrize("key", ["", "kurz", "a" * 80])
def test_production_without_a_strong_key_does_not_start(tmp_path: Path, key: str) -> None:
    result = leitplanke("serve", data=tmp_path, LEITPLANKE_MODE="production", LEITPLANKE_SECRET_KEY=key)

    assert result.returncode == 1
    assert "LEITPLANKE_SECRET_KEY" in result.stderr
    assert "Traceback" not in result.stderr


def test_production_names_everything_that_is_missing(tmp_path: Path) -> None:
    result = leitplanke(
        "serve",
        data=tmp_path,
        LEITPLANKE_MODE="production",
        LEITPLANKE_SECRET_KEY=GOOD_KEY,
        LEITPLANKE_HTTPS="nein",
    )

    assert result.returncode == 1
    for word in ("LEITPLANKE_HOSTS", "LEITPLANKE_HTTPS", "leitplanke migrate", "LEITPLANKE_SMTP_HOST"):
        assert word in result.stderr


def test_production_has_no_demo_town(tmp_path: Path) -> None:
    result = leitplanke("demo", data=tmp_path, LEITPLANKE_MODE="production", LEITPLANKE_SECRET_KEY=GOOD_KEY)

    assert result.returncode == 1
    assert "keine Musterdaten" in result.stderr


def test_suggested_key_is_strong_enough_for_production(migrated: Path, tmp_path: Path) -> None:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    key = leitplanke("doctor", "--vorschlag-schluessel", data=tmp_path).stdout.strip()
    result = leitplanke("migrate", data=tmp_path, LEITPLANKE_MODE="production", LEITPLANKE_SECRET_KEY=key)

    assert result.returncode == 0, result.stderr


def test_kept_key_is_readable_by_its_owner_only(migrated: Path) -> None:
    assert (migrated / "schluessel" / "django.key").stat().st_mode & 0o077 == 0


def test_doctor_finds_open_migrations_then_is_content(migrated: Path, tmp_path: Path) -> None:
    before = leitplanke("doctor", "--json", data=tmp_path)
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    after = leitplanke("doctor", "--json", data=tmp_path)

    assert before.returncode == 1
    assert after.returncode == 0, after.stdout
    open_ones = [finding for finding in json.loads(before.stdout) if finding["stufe"] == "fehler"]
    assert [finding["bereich"] for finding in open_ones] == ["Datenbank"]
    assert "leitplanke migrate" in open_ones[0]["tun"]


def test_doctor_finds_a_key_that_others_can_read(migrated: Path, tmp_path: Path) -> None:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    key = tmp_path / "schluessel" / "django.key"
    key.chmod(0o644)
    result = leitplanke("doctor", data=tmp_path)

    assert result.returncode == 1
    assert f"chmod 600 {key}" in result.stdout


def test_doctor_names_a_misspelt_setting(tmp_path: Path) -> None:
    result = leitplanke("doctor", data=tmp_path, LEITPLANKE_SMTP_HORST="mail.example")

    assert "LEITPLANKE_SMTP_HORST" in result.stdout


def test_every_setting_has_a_sentence_in_german() -> None:
    assert all(re.fullmatch(r"LEITPLANKE_[A-Z_]+", name) and len(text) > 10 for name, text in VARIABLES.items())
