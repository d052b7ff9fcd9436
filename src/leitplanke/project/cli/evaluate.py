"""Evaluate an AI against people; no database is needed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.rules import in_german

if TYPE_CHECKING:
    from leitplanke.core.evaluation import Evaluation, Pruefplan, TownResult
    from leitplanke.core.evaluation.report import Report
    from leitplanke.core.merkle import Signer

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    plan: Path
    decisions: Path | None
    results: tuple[Path, ...]
    keys: Path | None
    output: Path | None
    sign: Path | None
    town: str | None
    day: str | None
    seed: int | None
    language: str


@click.command(cls=GermanCommand)
@click.option("--plan", required=True, type=FILE, help="Der Prüfplan (YAML), festgelegt bevor Daten vorlagen.")
@click.option("--decisions", type=FILE, help="Entscheidungen als CSV: Fall, KI, Menschen, Wahrheit, Gruppen.")
@click.option("--ergebnis", "results", multiple=True, type=FILE, help="Unterschriebenes Ergebnis einer anderen Stelle.")
@click.option("--schluessel", "keys", type=FILE, help="Öffentliche Schlüssel, denen vertraut wird, je Zeile einer.")
@click.option("--output", type=FOLDER, help="Ordner für Bericht (HTML, PDF, JSON) und Bilder.")
@click.option(
    "--unterschreiben", "sign", type=FILE, help="Eigenes Ergebnis mit diesem Ed25519-Schlüssel (PEM) ausgeben."
)
@click.option("--stelle", "town", help="Name der eigenen Stelle im Ergebnis; sonst der des Plans.")
@click.option("--tag", "day", metavar="TAG", help="Tag der Prüfung; sonst heute.")
@click.option("--seed", type=click.IntRange(0), help="Startwert des Bootstraps; sonst legt ihn der Plan fest.")
@click.option("--sprache", "language", type=click.Choice(["de", "en"]), default="de", help="Sprache des Berichts.")
def evaluate(**options: Any) -> None:
    """Prüfen, ob eine KI gut genug ist, verglichen mit Menschen in denselben Fällen.

    Ohne Entscheidungen nennt der Befehl die Prüfsumme des Plans und wie viele Fälle er braucht. Bestanden ist nur, wenn
    jedes Kriterium bestanden ist. Rückgabe: 0 = geprüft, gleich mit welchem Ergebnis, 1 = Plan oder Daten unbrauchbar.

    \b
    Beispiele:
      leitplanke evaluate --plan plan.yaml
      leitplanke evaluate --plan plan.yaml --decisions faelle.csv --output bericht
      leitplanke evaluate --plan plan.yaml --ergebnis a.json --ergebnis b.json --schluessel stellen.txt --output alle
    """
    from leitplanke.core.evaluation import EvaluationError, read_plan

    asked = Options(**options)
    try:
        plan = read_plan(asked.plan.read_text(encoding="utf-8"), asked.plan.name)
        if asked.decisions is None and not asked.results:
            _tell_plan(plan)
            return
        if asked.output is None:
            raise click.UsageError("Bitte mit --output einen Ordner für den Bericht nennen.")
        _run(plan, asked, asked.output)
    except EvaluationError as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{asked.plan.name} ist kein Text in UTF-8.") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or asked.output}: {in_german(error)}") from None


def _tell_plan(plan: Pruefplan) -> None:
    from leitplanke.core.evaluation import needed_cases, plan_findings, plan_hash

    needed = needed_cases(plan)
    click.echo(f"Prüfsumme des Plans: {plan_hash(plan)}")
    click.echo(f"Geplant: {plan.statistik.anzahl} Fälle")
    click.echo(f"Nötig für den Vergleich insgesamt: {needed.overall}")
    if needed.per_group:
        click.echo(f"Nötig in jeder Gruppe: {needed.per_group}")
    click.echo(f"Nötig für die Grenze schwerer Fehler, wenn keiner vorkommt: {needed.severe}")
    for finding in plan_findings(plan):
        click.echo(f"Hinweis: {finding.text.de}")


def _run(plan: Pruefplan, asked: Options, folder: Path) -> None:
    from leitplanke.core.evaluation import evaluate as evaluated
    from leitplanke.core.evaluation import pool, sources

    results = _results(plan, asked)
    signer = _signer(asked.sign, asked.town or plan.stelle) if asked.sign else None
    evaluation = evaluated(
        plan,
        pool(results),
        day=_day(asked.day),
        seed=asked.seed,
        sources=sources(results) if asked.results else (),
    )
    folder.mkdir(parents=True, exist_ok=True)
    if signer and asked.decisions:
        _write_signed(plan, results[0], signer, folder)
    _write_report(evaluation, asked.language, folder)
    click.echo(evaluation.sentence.in_language(asked.language))
    for finding in evaluation.findings:
        click.echo(f"Hinweis: {finding.text.in_language(asked.language)}")
    click.echo(f"Bericht: {folder / 'bericht.html'}")


def _results(plan: Pruefplan, asked: Options) -> list[TownResult]:
    """Return what is to be evaluated: the own decisions first, then those of others."""
    from leitplanke.core.evaluation import TownResult, open_result, plan_hash, read_decisions, tally
    from leitplanke.core.merkle import NoteError, VerifierKey

    found = []
    if asked.decisions:
        # Case numbers are only compared within the file, so nobody needs the salt again.
        decisions = read_decisions(plan, asked.decisions.read_bytes(), secrets.token_bytes(32))
        found.append(TownResult(asked.town or plan.stelle, plan_hash(plan), tally(plan, decisions)))
    if asked.results and not asked.keys:
        raise click.UsageError("Bitte mit --schluessel die Datei mit den Schlüsseln nennen, denen vertraut wird.")
    try:
        lines = asked.keys.read_text(encoding="utf-8").split() if asked.keys else []
        keys = [VerifierKey.parse(line) for line in lines]
    except NoteError as error:
        raise click.ClickException(f"{asked.keys}: {error}") from None
    return found + [open_result(plan, file.read_bytes(), keys) for file in asked.results]


def _signer(file: Path, town: str) -> Signer:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from leitplanke.core.merkle import Signer

    try:
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise click.ClickException(f"{file} ist kein lesbarer privater Schlüssel (PEM ohne Passwort).") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise click.ClickException(f"{file} ist kein Ed25519-Schlüssel.")
    return Signer("-".join(town.split()).replace("+", "-"), private)


def _write_signed(plan: Pruefplan, own: TownResult, signer: Signer, folder: Path) -> None:
    from leitplanke.core.evaluation import sign_result

    (folder / "ergebnis.json").write_bytes(sign_result(own.town, plan, own.found, signer))
    click.echo(f"Unterschriebenes Ergebnis: {folder / 'ergebnis.json'}")
    click.echo(f"Öffentlicher Schlüssel für die anderen Stellen: {signer.verifier}")


def _write_report(evaluation: Evaluation, language: str, folder: Path) -> None:
    from leitplanke.base.documents.printing import PrintError, evaluation_pdf
    from leitplanke.core.evaluation.report import report
    from leitplanke.core.evaluation.report_html import report_html
    from leitplanke.core.evaluation.report_json import report_json
    from leitplanke.project.cli.django_setup import setup_django

    made = report(evaluation, language)
    (folder / "bericht.json").write_text(report_json(evaluation), encoding="utf-8")
    (folder / "bericht.html").write_text(report_html(made), encoding="utf-8")
    _write_pictures(evaluation, made, folder)
    setup_django()  # for the words of printed documents
    try:
        (folder / "bericht.pdf").write_bytes(evaluation_pdf(made))
    except PrintError as error:
        raise click.ClickException(str(error)) from None


def _write_pictures(evaluation: Evaluation, made: Report, folder: Path) -> None:
    from leitplanke.core.evaluation import plots

    draw = {
        "fehler": plots.error_picture,
        "gruppen": plots.group_picture,
        "unterschiede": plots.difference_picture,
        "einigkeit": plots.agreement_picture,
    }
    for picture in made.pictures:
        (folder / f"{picture.name}.svg").write_bytes(picture.svg)
        (folder / f"{picture.name}.png").write_bytes(draw[picture.name](evaluation, made.language, "png"))


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - the day where the command runs
    except ValueError:
        raise click.BadParameter(f"„{text}“ ist kein Tag; Beispiel: 2026-01-01.", param_hint="--tag") from None
