"""Click speaks German here: headings, the help option and error messages."""

from __future__ import annotations

import importlib
from typing import Any

import click
from click.exceptions import UsageError

from leitplanke.base.click_german import speak_german

speak_german()

HEADINGS = {"Usage": "Aufruf", "Options": "Optionen", "Commands": "Befehle", "Arguments": "Angaben"}


class GermanFormatter(click.HelpFormatter):
    """A help page with German headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or "Aufruf: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(HEADINGS.get(heading, heading))


class GermanContext(click.Context):
    """A context that formats in German."""

    formatter_class = GermanFormatter


class GermanCommand(click.Command):
    """A command whose help option is described in German."""

    context_class = GermanContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Diese Hilfe zeigen."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the call with German placeholders."""
        pieces = [
            piece.replace("[OPTIONS]", "[OPTIONEN]").replace("COMMAND [ARGS]...", "BEFEHL ...")
            for piece in self.collect_usage_pieces(ctx)
        ]
        formatter.write_usage(ctx.command_path, " ".join(pieces))


class LazyGroup(GermanCommand, click.Group):
    """A group that imports a command's module when it is asked for, so that short commands start fast."""

    command_class = GermanCommand

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        """Take `lazy`: name -> ("module:attribute", one line of help)."""
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.lazy[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        rows = [(name, line) for name, (_target, line) in self.lazy.items()]
        for name in super().list_commands(ctx):
            command = super().get_command(ctx, name)
            rows.append((name, command.get_short_help_str(limit=100) if command else ""))
        with formatter.section("Befehle"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say in German which command does not exist."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UsageError(
                f"Den Befehl „{args[0]}“ gibt es nicht. Alle Befehle zeigt: {ctx.command_path} --help", ctx
            )
        return super().resolve_command(ctx, args)
