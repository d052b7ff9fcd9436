"""Set up a municipality with its first Administration."""

from __future__ import annotations

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django


@click.command(cls=GermanCommand)
@click.option("--name", required=True, help="Name, etwa „Stadt Beispielhausen“.")
@click.option("--kurz", required=True, help="Kurzname für Befehle und Nachweise, nur a-z, 0-9 und Bindestrich.")
@click.option("--host", required=True, help="Rechnername, unter dem sie erreichbar ist, etwa ki.beispielhausen.de.")
@click.option("--email", required=True, help="E-Mail-Adresse der Person, die sie verwaltet.")
@click.option("--vorname", required=True, help="Vorname der Person.")
@click.option("--nachname", required=True, help="Nachname der Person.")
@click.password_option(
    "--passwort",
    prompt="Passwort der Person",
    confirmation_prompt="Passwort wiederholen",
    help="Sonst wird danach gefragt; auf der Befehlszeile ist es für andere sichtbar.",
)
def kommune(*, name: str, kurz: str, host: str, email: str, vorname: str, nachname: str, passwort: str) -> None:
    """Eine Kommune einrichten, mit der ersten Person für die Administration. Sie lädt danach alle anderen ein.

    \b
    Beispiel:
      leitplanke kommune --name "Stadt Beispielhausen" --kurz beispielhausen --host ki.beispielhausen.de \\
        --email a.muster@beispielhausen.de --vorname Alex --nachname Muster
    """
    setup_django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email, validate_slug

    from leitplanke.base.accounts.founding import Founding, FoundingError, found_mandant
    from leitplanke.project.inbetriebnahme import register_own_parts

    try:
        validate_email(email)
        validate_slug(kurz)
        mandant = found_mandant(Founding(name, kurz, host, email, vorname, nachname, passwort))
    except FoundingError as error:
        raise click.ClickException(str(error)) from None
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from None
    click.echo(f"{name} ist eingerichtet. {vorname} {nachname} kann sich unter {host} anmelden.")
    made = register_own_parts(mandant)
    click.echo(f"Im KI-Register stehen {len(made)} eigene Teile zur Prüfung: {host}/register/inbetriebnahme/")
    click.echo(f"Bitte {host} auch in LEITPLANKE_HOSTS eintragen.")
