"""What keeps the house from starting in production, and what does not."""

from __future__ import annotations

from typing import Any

import click
import pytest

from leitplanke.project.cli import doctor
from leitplanke.project.cli.doctor import Finding, check_mail, refuse_unfit_production


@pytest.fixture(autouse=True)
def production(settings: Any) -> None:
    settings.PRODUCTION = True


def test_mail_server_that_is_away_is_a_fault_that_passes(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    found = list(check_mail())

    assert [(finding.stufe, finding.geht_vorbei) for finding in found] == [("fehler", True)]


def test_no_mail_server_at_all_does_not_pass(settings: Any) -> None:
    settings.EMAIL_HOST = ""

    assert [(finding.stufe, finding.geht_vorbei) for finding in check_mail()] == [("fehler", False)]


def test_what_passes_is_said_and_lets_the_house_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = Finding("E-Mail", "fehler", "antwortet nicht", "warten", geht_vorbei=True)
    monkeypatch.setattr(doctor, "examine", lambda: [away])
    refuse_unfit_production()

    assert "antwortet nicht" in capsys.readouterr().err


def test_what_is_missing_keeps_the_house_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: [Finding("Platte", "fehler", "voll", "räumen")])
    with pytest.raises(click.ClickException, match="voll"):
        refuse_unfit_production()
