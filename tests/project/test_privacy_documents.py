"""`leitplanke privacy pseudonymise` and `restore`: the whole way, with the limited process and the real detector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from leitplanke.project.cli.privacy_documents import pseudonymise, restore

if TYPE_CHECKING:
    from pathlib import Path

BOTH = ("--passphrase-file", "liste.csv", "--town-key", "stadt.key")
TABLE = "Name;Telefon\r\nAylin Kara;0231 5012345\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "liste.csv").write_bytes(TABLE.encode())
    (tmp_path / "stadt.key").write_bytes(bytes(range(32)))
    return tmp_path


@pytest.mark.slow
def test_a_file_loses_its_names_and_gets_them_back(folder: Path) -> None:
    copy, key, back = folder / "kopie.csv", folder / "kopie.json", folder / "zurueck.csv"
    town = ["--town-key", str(folder / "stadt.key")]
    made = CliRunner().invoke(
        pseudonymise, [str(folder / "liste.csv"), "--output", str(copy), "--key", str(key), *town]
    )
    assert (made.exit_code, made.stdout) == (0, "PERSON: 1\nPHONE: 1\n")
    assert "nicht anonym" in made.stderr
    assert copy.read_bytes() == b"Name;Telefon\r\n[[PERSON_1]];[[PHONE_1]]\r\n"
    assert (key.stat().st_mode & 0o777, b"Kara" in key.read_bytes()) == (0o600, False)
    again = CliRunner().invoke(restore, [str(copy), "--key", str(key), "--output", str(back), *town])
    assert (again.exit_code, again.stdout) == (0, "2 Stellen wiederhergestellt.\n")
    assert back.read_bytes() == TABLE.encode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--output", "kopie.csv", "--key", "stadt.key"], "gibt es schon"),
        (["--output", "kopie.docx", "--key", "neu.json"], "Endung .csv"),
        (["--output", "liste.csv", "--key", "neu.json"], "ist die Eingabe"),
        (["--output", "kopie.csv", "--key", "neu.json", *BOTH], "nur eines"),
    ],
)
def test_what_would_go_wrong_is_said_before_anything_is_written(folder: Path, arguments: list[str], words: str) -> None:
    paths = [argument if argument.startswith("--") else str(folder / argument) for argument in arguments]
    told = CliRunner().invoke(pseudonymise, [str(folder / "liste.csv"), *paths])
    assert told.exit_code != 0
    assert words in told.output
    assert sorted(path.name for path in folder.iterdir()) == ["liste.csv", "stadt.key"]
