"""Read whole folders into a space."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitplanke.base.commands import GermanCommand, LazyGroup
from leitplanke.project.cli.django_setup import setup_django

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

HERE = "leitplanke.project.cli.quellen"


@click.command(cls=GermanCommand)
@click.argument("raum", metavar="RAUM")
@click.argument("ordner", metavar="ORDNER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--mandant", "kurz", required=True, help="Kurzname der Kommune, etwa musterstadt.")
@click.option("--als", "email", required=True, help="E-Mail-Adresse der Person, die die Quellen hinzufügt.")
def einlesen(raum: str, ordner: Path, kurz: str, email: str) -> None:
    """Alle Dateien eines Ordners als Quellen hinzufügen; freigeben muss sie danach eine zweite Person.

    \b
    Beispiel:
      leitplanke quellen einlesen dienstleistungen ./satzungen --mandant musterstadt --als a.petrov@musterstadt.example
    """
    setup_django()
    from tqdm import tqdm

    from leitplanke.apps.wissen.models import Wissensraum
    from leitplanke.apps.wissen.sources import SourceDetails, add_source
    from leitplanke.base.accounts.permissions import NotPermittedError
    from leitplanke.base.policy import StepStoppedError

    actor = _actor(kurz, email)
    space = Wissensraum.objects.for_mandant(actor.mandant).filter(kurz=raum).first()
    if space is None:
        raise click.ClickException(f"Den Wissensraum „{raum}“ gibt es bei {actor.mandant} nicht.")
    files = sorted(path for path in ordner.rglob("*") if path.is_file() and not path.name.startswith("."))
    try:
        for path in tqdm(files, desc="Hinzufügen", unit="Datei", disable=None):
            add_source(raum=space, actor=actor, name=path.name, data=path.read_bytes(), details=SourceDetails())
    except NotPermittedError:
        raise click.ClickException(f"{email} darf bei {actor.mandant} keine Quellen hinzufügen.") from None
    except StepStoppedError as error:
        raise click.ClickException(
            f"{path.name}: {error} (Leitlinie, Klausel {error.stop.number}) Im Browser können Sie die Angaben ergänzen."
        ) from None
    click.echo(
        f"{len(files)} Dateien hinzugefügt. Die Hintergrundarbeit liest sie; danach gibt sie jemand anderes frei."
    )


def _actor(kurz: str, email: str) -> Actor:
    from django.utils import timezone

    from leitplanke.base.accounts.access import Actor as RealActor
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Person

    mandant = Mandant.objects.filter(kurz=kurz).first()
    if mandant is None:
        raise click.ClickException(f"Eine Kommune mit dem Kurznamen „{kurz}“ gibt es nicht.")
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise click.ClickException(f"Eine Person mit der Adresse {email} gibt es nicht.")
    memberships = Mitgliedschaft.objects.for_mandant(mandant).filter(person=person).valid_on(timezone.localdate())
    return RealActor(mandant, person, tuple(memberships))


@click.group(
    cls=LazyGroup,
    lazy={"einlesen": (f"{HERE}:einlesen", "Alle Dateien eines Ordners als Quellen hinzufügen")},
)
def quellen() -> None:
    """Quellen eines Wissensraums einlesen.

    \b
    Beispiel:
      leitplanke quellen einlesen --help
    """
