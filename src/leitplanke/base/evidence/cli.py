"""The commands `leitplanke evidence ...`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.commands import LazyGroup
from leitplanke.base.evidence.export import EmptyLogError, export_lines
from leitplanke.base.evidence.keys import KeyFileError, replace_key
from leitplanke.base.evidence.sequencer import OlderStateError, accept_restore, open_log, sequence_pending
from leitplanke.base.evidence.tree import log_size
from leitplanke.base.evidence.verification import Report, verify

MANDANT = click.option("--mandant", "kurz", metavar="KURZNAME", help="Nur dieser Mandant, etwa musterstadt.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Ergebnis als JSON ausgeben.")


@click.group(cls=LazyGroup)
def evidence() -> None:
    """Nachweise prüfen, ausgeben und einordnen.

    \b
    Beispiele:
      leitplanke evidence verify
      leitplanke evidence export protokoll.jsonl --mandant musterstadt
    """


@evidence.command("verify")
@MANDANT
@AS_JSON
def verify_command(kurz: str | None, *, as_json: bool) -> None:
    """Alle Einträge, den Baum und alle Prüfpunkte nachrechnen; nennt den ersten Fehler.

    Erkennt auch, wenn eine ältere Sicherung eingespielt wurde. Rückgabe: 0 = alles stimmt, 1 = etwas stimmt nicht.

    \b
    Beispiele:
      leitplanke evidence verify
      leitplanke evidence verify --mandant musterstadt --json
    """
    reports = [_verify_with_progress(mandant) for mandant in _mandanten(kurz)]
    if as_json:
        click.echo(json.dumps([_as_dict(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        for report in reports:
            click.echo(_sentence(report))
    if not all(report.ok for report in reports):
        raise click.exceptions.Exit(1)


@evidence.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="[DATEI]", required=False)
@MANDANT
def export_command(file: Path | None, kurz: str | None) -> None:
    """Das Protokoll als JSONL ausgeben, prüfbar ohne diese Anwendung.

    \b
    Beispiele:
      leitplanke evidence export protokoll.jsonl --mandant musterstadt
      python -m leitplanke.core.merkle verify protokoll.jsonl
    """
    mandant = _one_mandant(kurz)
    try:
        if file is None:
            for line in export_lines(mandant):
                click.echo(line)
            return
        draft = file.with_name(f"{file.name}.neu")
        with draft.open("w", encoding="utf-8") as handle:
            handle.writelines(f"{line}\n" for line in export_lines(mandant))
        draft.replace(file)
    except EmptyLogError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Geschrieben: {file}", err=True)


@evidence.command("sequence")
@MANDANT
def sequence_command(kurz: str | None) -> None:
    """Wartende Einträge jetzt einordnen und unterschreiben; sonst tut das die Hintergrundarbeit.

    \b
    Beispiel:
      leitplanke evidence sequence
    """
    for mandant in _mandanten(kurz):
        try:
            done = sequence_pending(mandant, checkpoint_seconds=0)
        except (OlderStateError, KeyFileError) as error:
            raise click.ClickException(f"{mandant.name}: {error}") from None
        click.echo(f"{mandant.name}: {done.placed} Einträge eingeordnet, das Protokoll hat {done.size}.")


@evidence.command("accept-restore")
@MANDANT
@click.option("--begruendung", required=True, help="Warum der ältere Stand gelten soll.")
def accept_restore_command(kurz: str | None, begruendung: str) -> None:
    """Nach dem Einspielen einer älteren Sicherung weiterarbeiten.

    Die Lücke und ihr Grund werden selbst ein Eintrag. Der letzte Prüfpunkt bleibt unter anderem Namen erhalten.

    \b
    Beispiel:
      leitplanke evidence accept-restore --mandant musterstadt --begruendung "Festplatte am 3. Mai ausgefallen"
    """
    mandant = _one_mandant(kurz)
    accept_restore(mandant, begruendung=begruendung)
    click.echo(f"{mandant.name}: Das Protokoll wird nach {log_size(mandant)} Einträgen fortgesetzt.")


@evidence.command("new-key")
@MANDANT
@click.option("--anlass", required=True, help="Warum es einen neuen Schlüssel gibt (öffentlich sichtbar).")
def new_key_command(kurz: str | None, anlass: str) -> None:
    """Einen neuen Schlüssel für Prüfpunkte einführen; der alte bleibt zum Prüfen gültig.

    \b
    Beispiel:
      leitplanke evidence new-key --mandant musterstadt --anlass "Wechsel des Rechners"
    """
    signer = replace_key(open_log(_one_mandant(kurz)), anlass)
    click.echo(f"Neuer Schlüssel: {signer.verifier}")


def _mandanten(kurz: str | None) -> list[Mandant]:
    found = list(Mandant.objects.filter(kurz=kurz) if kurz else Mandant.objects.all())
    if kurz and not found:
        known = ", ".join(Mandant.objects.values_list("kurz", flat=True)) or "keiner"
        raise click.ClickException(f"Den Mandanten {kurz!r} gibt es nicht. Eingerichtet: {known}.")
    return found


def _one_mandant(kurz: str | None) -> Mandant:
    found = _mandanten(kurz)
    if len(found) != 1:
        known = ", ".join(mandant.kurz for mandant in found) or "keiner"
        raise click.ClickException(f"Bitte mit --mandant sagen, welcher gemeint ist ({known}).")
    return found[0]


def _verify_with_progress(mandant: Mandant) -> Report:
    if not sys.stderr.isatty():
        return verify(mandant)
    with click.progressbar(length=log_size(mandant), label=mandant.name, file=sys.stderr) as bar:
        return verify(mandant, lambda done: bar.update(done - bar.pos))


def _as_dict(report: Report) -> dict[str, Any]:
    return {"ok": report.ok, **asdict(report)}


def _sentence(report: Report) -> str:
    if report.finding:
        return f"{report.mandant}: FEHLER. {report.finding.message}"
    waiting = f", {report.pending} warten" if report.pending else ""
    open_end = f", die letzten {loose} noch ohne Prüfpunkt" if (loose := report.entries - report.signed) else ""
    return (
        f"{report.mandant}: In Ordnung. {report.entries} Einträge und {report.checkpoints} Prüfpunkte stimmen"
        f"{open_end}{waiting} ({report.seconds:.1f} s)."
    )
