"""Set up Musterstadt."""

from __future__ import annotations

import os

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django


@click.command(cls=GermanCommand)
@click.option("--serve", "then_serve", is_flag=True, help="Danach die Anwendung starten.")
@click.option("--address", default="127.0.0.1:8000", show_default="127.0.0.1:8000", help="Rechner und Port.")
def demo(*, then_serve: bool, address: str) -> None:
    """Musterstadt einrichten: eine erfundene Stadt mit Menschen, Rollen und Wissensräumen.

    \b
    Beispiele:
      leitplanke demo
      leitplanke demo --serve --address 127.0.0.1:8000
    """
    os.environ.setdefault("LEITPLANKE_MODE", "demo")
    setup_django()
    from django.conf import settings

    if settings.PRODUCTION:
        raise click.ClickException("Im Betrieb (LEITPLANKE_MODE=production) gibt es keine Musterdaten.")
    from leitplanke.project.cli.manage import prepare
    from leitplanke.project.musterstadt import load_musterstadt

    prepare()
    load_musterstadt(report=click.echo)
    if then_serve:
        from leitplanke.project.cli.serve import run_server, split_address

        split_address(address)
        click.echo(f"Musterstadt läuft auf http://{address} (Beenden mit Strg+C)")
        run_server(address)
