"""Commands on guidelines; none of them needs a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand, LazyGroup
from leitplanke.project.cli.rules import in_german

if TYPE_CHECKING:
    from leitplanke.core.guideline.writing import Document, Material

HERE = "leitplanke.project.cli.leitlinie"
EXAMPLES = ("streng", "ausgewogen", "offen")
KINDS = (
    "leitlinie", "geschaeftsanweisung", "praxishandbuch", "merkblatt", "einfach", "dienstvereinbarung",
    "beschlussvorlage", "webseite", "profil",
)  # fmt: skip
FORMATS = ("pdf", "docx", "html", "md", "yaml")
TOWNS = ("stadt", "gemeinde", "kreis", "stadtwerk")


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    example: str
    kind: str
    form: str | None
    output: Path
    town: str
    sort: str
    day: datetime | None
    contact: str
    core: bool


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "example", required=True, type=click.Choice(EXAMPLES), help="Beispiel, aus dem geschrieben wird."
)
@click.option(
    "--kind", required=True, type=click.Choice(KINDS), help="Welches Schriftstück; profil ist die Datei für Maschinen."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Format; sonst nach der Endung der Datei. profil gibt es nur als yaml.",
)
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Datei, in die geschrieben wird."
)
@click.option("--kommune", "town", default="Musterstadt", help="Name der Kommune, ohne „Stadt“ oder „Kreis“.")
@click.option("--art", "sort", type=click.Choice(TOWNS), default="stadt", help="Was die Kommune ist.")
@click.option("--tag", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="TAG", help="Tag der Fassung; sonst heute.")
@click.option("--kontakt", "contact", default="", help="Wie man jemanden erreicht, der Fragen beantwortet.")
@click.option("--kern", "core", is_flag=True, help="Nur die Fragen, die eine kleine Kommune entscheiden muss.")
def write(**options: Any) -> None:
    """Aus einer Leitlinie ein Schriftstück schreiben: Leitlinie, Anweisung, Handbuch, Merkblatt und andere.

    Noch gibt es nur die drei Beispiele als Vorlage; die Leitlinie einer Kommune schreibt dieselben Schriftstücke.

    \b
    Beispiel:
      leitplanke leitlinie write --profile ausgewogen --kind merkblatt --output merkblatt.pdf
      leitplanke leitlinie write --profile streng --kind profil --output profil.yaml
    """
    asked = Options(**options)
    form = asked.form or asked.output.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise click.UsageError(f"Welches Format? Bitte --format angeben oder eine Endung aus {', '.join(FORMATS)}.")
    if (asked.kind == "profil") != (form == "yaml"):
        raise click.UsageError("Das Profil gibt es nur als yaml, alles andere nicht.")
    made = _written(asked, form)
    try:
        asked.output.write_bytes(made)
    except OSError as error:
        raise click.ClickException(f"{asked.output}: {in_german(error)}") from None


def _written(asked: Options, form: str) -> bytes:
    from leitplanke.core.guideline.writing import Output, html_page, markdown, profile_text, write

    material = _material(asked)
    if form == "yaml":
        return profile_text(material.profile).encode()
    document = write(Output(asked.kind), material)
    if form == "html":
        return html_page(document).encode()
    return markdown(document).encode() if form == "md" else _printed(document, form)


def _printed(document: Document, form: str) -> bytes:
    from leitplanke.base.documents.printing import PrintError, document_docx, document_pdf

    try:
        return document_docx(document) if form == "docx" else document_pdf(document)
    except PrintError as error:
        raise click.ClickException(str(error)) from None


def _material(asked: Options) -> Material:
    from leitplanke.core.guideline import Example, example_guideline, load_blocks
    from leitplanke.core.guideline.writing import Municipality, Offices, Town, material_of
    from leitplanke.core.policy import load_profile

    content = resources.files("leitplanke.content") / "leitlinien"
    blocks = load_blocks(content / "bausteine")
    day = asked.day.date() if asked.day else _today()
    town = Town(asked.town, Municipality(asked.sort), day, offices=Offices(kontakt=asked.contact))
    guideline = example_guideline(blocks, Example(asked.example), town=town.full, core=asked.core)
    return material_of(guideline, blocks, town, load_profile(content / "standard").table)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


@click.group(
    cls=LazyGroup,
    name="leitlinie",
    lazy={"write": (f"{HERE}:write", "Aus einer Leitlinie ein Schriftstück schreiben")},
)
def leitlinie() -> None:
    """Leitlinie: aus einem Modell alle Schriftstücke schreiben.

    \b
    Beispiel:
      leitplanke leitlinie write --profile ausgewogen --kind leitlinie --output leitlinie.pdf
    """
