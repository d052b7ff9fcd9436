"""Register Leitplanke's own parts for towns that exist already."""

from __future__ import annotations

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django


@click.command(cls=GermanCommand)
@click.option("--mandant", "kurz", default="", help="Kurzname der Kommune; ohne Angabe alle.")
def inbetriebnahme(*, kurz: str) -> None:
    """Leitplankes eigene Teile ins KI-Register eintragen, zur Prüfung. Was schon dort steht, bleibt unverändert.

    \b
    Beispiel:
      leitplanke inbetriebnahme --mandant beispielhausen
    """
    setup_django()
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.project.inbetriebnahme import register_own_parts

    towns = Mandant.objects.filter(kurz=kurz) if kurz else Mandant.objects.all()
    if kurz and not towns.exists():
        raise click.ClickException(f"Eine Kommune „{kurz}“ gibt es nicht.")
    for mandant in towns:
        made = register_own_parts(mandant)
        click.echo(f"{mandant.name}: {len(made)} neu eingetragen" if made else f"{mandant.name}: nichts Neues")
