"""Find personal data in texts and say how well that works; none of it needs a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand, LazyGroup
from leitplanke.project.cli.rules import TARGET, in_german, refuse_same

if TYPE_CHECKING:
    from leitplanke.core.privacy import Detector
    from leitplanke.core.privacy.evaluating import Evaluation, Tally
    from leitplanke.core.privacy.lines import LabelledText

HERE = "leitplanke.project.cli.privacy"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=GermanCommand)
@click.option("--input", "source", required=True, type=FILE, help="Texte als JSON-Zeilen mit id und text.")
@click.option("--output", "target", required=True, type=TARGET, help="Datei für die Funde als JSON-Zeilen.")
def find(*, source: Path, target: Path) -> None:
    """Personenbezogene Daten in Texten finden. Stellen zählen Zeichen (Codepunkte) ab 0, das Ende gehört nicht dazu.

    \b
    Beispiel:
      leitplanke privacy find --input texte.jsonl --output funde.jsonl
    """
    from leitplanke.core.privacy import default_detector

    refuse_same(source, target)
    detector = default_detector()
    count = failed = 0
    try:
        with (
            source.open(encoding="utf-8-sig", errors="replace") as lines,
            target.open("w", encoding="utf-8", errors="backslashreplace") as output,
        ):
            for place, line in enumerate(lines, 1):
                if line.strip():
                    found = _found(detector, line, place)
                    output.write(json.dumps(found, ensure_ascii=False) + "\n")
                    count, failed = count + 1, failed + ("error" in found)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None
    click.echo(f"{count} Texte durchsucht, {failed} davon mit Fehler, in {target}.", err=True)


def _found(detector: Detector, line: str, place: int) -> dict[str, Any]:
    from leitplanke.core.privacy.lines import LineError, find_line

    try:
        return find_line(detector, line)
    except LineError as error:
        message = f"Zeile {place}: {error}"
        click.echo(message, err=True)
        return {"id": _id_of(line), "spans": [], "error": message}


def _id_of(line: str) -> Any:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record.get("id") if isinstance(record, dict) else None


@click.command(cls=GermanCommand)
@click.option("--labelled", required=True, type=FILE, help="Texte mit markierten Stellen als JSON-Zeilen.")
@click.option("--hanta", is_flag=True, help="Namen zusätzlich mit HanTa suchen (Zusatz „namen“).")
@click.option("--json", "as_json", is_flag=True, help="Zahlen als JSON ausgeben.")
def evaluate(*, labelled: Path, hanta: bool, as_json: bool) -> None:
    """Messen, wie gut das Finden auf markierten Texten ist, je Art und je Herkunft der Namen.

    \b
    Beispiel:
      leitplanke privacy evaluate --labelled benchmarks/privacy/dev.jsonl
    """
    from leitplanke.core.privacy import default_detector
    from leitplanke.core.privacy.evaluating import evaluate as measure
    from leitplanke.core.privacy.hanta import HantaNames, MissingHantaError

    try:
        detector = default_detector(plugins=(HantaNames(),) if hanta else ())
    except MissingHantaError as error:
        raise click.ClickException(str(error)) from None
    texts = _labelled_texts(labelled)
    outcome = measure((text, detector.find(text.text)) for text in texts)
    click.echo(json.dumps(_as_record(outcome), ensure_ascii=False) if as_json else "\n".join(_as_table(outcome)))


def _labelled_texts(path: Path) -> list[LabelledText]:
    from leitplanke.core.privacy.lines import LineError, read_labelled

    texts = []
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for place, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        texts.append(read_labelled(line))
                    except LineError as error:
                        raise click.ClickException(f"{path}, Zeile {place}: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None
    if not texts:
        raise click.ClickException(f"{path}: Die Datei enthält keinen Text.")
    return texts


def _as_record(outcome: Evaluation) -> dict[str, Any]:
    from leitplanke.core.privacy import CHECK_DIGIT_LABELS

    return {
        "texts": outcome.texts,
        "false_alarms": outcome.false_alarms,
        "on_neutral": outcome.on_neutral,
        "false_alarms_per_text": round(outcome.false_alarms_per_text, 4),
        "masked_with_check_digit": round(outcome.masked_of(CHECK_DIGIT_LABELS), 4),
        "leaked_characters": outcome.leaked,
        "labelled_characters": outcome.signs,
        "all": _numbers(outcome.total),
        "labels": {name: _numbers(tally) for name, tally in sorted(outcome.labels.items())},
        "origins": {name: _numbers(tally, only_recall=True) for name, tally in sorted(outcome.origins.items())},
        "signals": {name: _signal_numbers(tally) for name, tally in sorted(outcome.signals.items())},
        "all_signals": _signal_numbers(outcome.all_signals),
    }


def _signal_numbers(tally: Tally) -> dict[str, float]:
    return {
        "labelled": tally.labelled,
        "found": tally.found,
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
    }


def _numbers(tally: Tally, *, only_recall: bool = False) -> dict[str, float]:
    shares = {"labelled": tally.labelled, "recall": round(tally.recall, 4), "masked": round(tally.masked_share, 4)}
    if only_recall:
        return shares
    return {
        **shares,
        "found": tally.found,
        "precision": round(tally.precision, 4),
        "f1": round(tally.f1, 4),
        "f1_exact": round(tally.exact_f1, 4),
    }


def _as_table(outcome: Evaluation) -> list[str]:
    from leitplanke.core.privacy import CHECK_DIGIT_LABELS

    head = f"{'Art':<16}{'Stellen':>8}{'Funde':>8}{'Genauigkeit':>13}{'Trefferquote':>14}"
    rows = [f"{head}{'F1':>8}{'F1 genau':>10}{'verdeckt':>10}"]
    rows += [*(_row(name, tally) for name, tally in sorted(outcome.labels.items())), _row("alle", outcome.total), ""]
    if outcome.origins:
        rows.append(f"{'Herkunft':<16}{'Namen':>8}{'Trefferquote':>14}{'verdeckt':>10}")
        rows += [
            f"{name:<16}{tally.labelled:>8}{_german(tally.recall):>14}{_german(tally.masked_share):>10}"
            for name, tally in sorted(outcome.origins.items())
        ]
        rows.append("")
    if outcome.signals:
        rows += [*_signal_rows(outcome), ""]
    return [
        *rows,
        f"Texte: {outcome.texts}",
        f"Fehlalarme je Text: {_german(outcome.false_alarms_per_text)}",
        f"Funde an neutralen Stellen (nicht gezählt): {outcome.on_neutral}",
        f"Verdeckt, Arten mit Prüfziffer: {_german(outcome.masked_of(CHECK_DIGIT_LABELS))}",
        f"Unverdeckte Zeichen: {_german(outcome.leaked / outcome.signs if outcome.signs else 0.0)}",
        "",
        "Treffer: Überschneidung und dieselbe Art. Verdeckt: mindestens neun Zehntel der Stelle, gleich welche Art.",
        "Fehlalarm: überschneidet keine markierte Stelle.",
    ]


def _signal_rows(outcome: Evaluation) -> list[str]:
    named = [*sorted(outcome.signals.items()), ("alle Hinweise", outcome.all_signals)]
    return [
        f"{'Hinweis':<18}{'Texte':>8}{'gefunden':>10}{'Genauigkeit':>13}{'Trefferquote':>14}",
        *(
            f"{name:<18}{tally.labelled:>8}{tally.found:>10}{_german(tally.precision):>13}{_german(tally.recall):>14}"
            for name, tally in named
        ),
    ]


def _row(name: str, tally: Tally) -> str:
    return (
        f"{name:<16}{tally.labelled:>8}{tally.found:>8}{_german(tally.precision):>13}{_german(tally.recall):>14}"
        f"{_german(tally.f1):>8}{_german(tally.exact_f1):>10}{_german(tally.masked_share):>10}"
    )


def _german(share: float) -> str:
    return f"{share:.3f}".replace(".", ",")


@click.group(
    cls=LazyGroup,
    name="privacy",
    lazy={
        "find": (f"{HERE}:find", "Personenbezogene Daten in Texten finden"),
        "evaluate": (f"{HERE}:evaluate", "Messen, wie gut das Finden ist"),
        "pseudonymise": (f"{HERE}_documents:pseudonymise", "Eine Kopie ohne Namen und den Schlüssel dazu schreiben"),
        "restore": (f"{HERE}_documents:restore", "Die Namen in eine solche Kopie zurückholen"),
    },
)
def privacy() -> None:
    """Personenbezogene Daten: finden, messen, wie gut das gelingt, und in Dokumenten durch Platzhalter ersetzen.

    \b
    Beispiele:
      leitplanke privacy find --input texte.jsonl --output funde.jsonl
      leitplanke privacy pseudonymise widerspruch.docx --output kopie.docx --key kopie.key.json
    """
