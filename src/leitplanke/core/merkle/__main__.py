"""The offline check: `python -m leitplanke.core.merkle verify FILE [--key KEY] [--json]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leitplanke.core.merkle.documents import (
    DocumentError,
    EntryVerdict,
    LogVerdict,
    check_entry_proof,
    check_log,
)
from leitplanke.core.merkle.notes import NoteError, VerifierKey

VALID, BROKEN, UNUSABLE = 0, 1, 2

EXAMPLES = """Beispiele:
  python -m leitplanke.core.merkle verify nachweis.json
  python -m leitplanke.core.merkle verify protokoll.jsonl --key schluessel.txt --json

Rückgabe: 0 = gültig, 1 = ungültig, 2 = Datei oder Schlüssel nicht lesbar.

Ohne --key gilt der Schlüssel, der in der Datei selbst steht. Das zeigt, dass die Datei in sich stimmt.
Erst der Vergleich mit dem Schlüssel, den die Kommune veröffentlicht, zeigt, dass sie von ihr ist."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        trusted = _trusted_keys(options.key) if options.key else []
        verdict = _verdict(options.file, trusted)
    except (DocumentError, NoteError, OSError, UnicodeDecodeError) as error:
        _print(options.json, {"valid": None, "error": str(error)}, [f"Nicht prüfbar: {error}"])
        return UNUSABLE
    report = _entry_report(verdict) if isinstance(verdict, EntryVerdict) else _log_report(verdict)
    report["key_given"] = bool(trusted)
    _print(options.json, report, _sentences(report))
    return VALID if report["valid"] else BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m leitplanke.core.merkle",
        description="Prüft Nachweise und Protokolle von Leitplanke ohne Datenbank und ohne Netz.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="verify")
    verify = commands.add_parser(
        "verify",
        help="Nachweis (.json) oder Protokoll (.jsonl) prüfen",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("file", type=Path, metavar="DATEI", help="Nachweis eines Eintrags oder ganzes Protokoll")
    verify.add_argument("--key", metavar="SCHLUESSEL", help="veröffentlichter Schlüssel oder eine Datei damit")
    verify.add_argument("--json", action="store_true", help="Ergebnis als JSON ausgeben")
    return parser


def _trusted_keys(given: str) -> list[VerifierKey]:
    """Read a key, or a file with one key a line: a log whose key was replaced has several."""
    file = Path(given)
    text = file.read_text("utf-8") if file.is_file() else given
    return [VerifierKey.parse(line) for line in text.splitlines() if line.strip()] or [VerifierKey.parse(text)]


def _verdict(file: Path, trusted: Sequence[VerifierKey]) -> EntryVerdict | LogVerdict:
    with file.open(encoding="utf-8") as lines:
        if file.suffix == ".jsonl":
            return check_log(lines, trusted)
        try:
            proof = json.load(lines)
        except ValueError as error:
            raise DocumentError(f"{file.name} ist kein JSON: {error}") from error
    if not isinstance(proof, dict):
        raise DocumentError(f"{file.name} ist kein JSON-Objekt.")
    return check_entry_proof(proof, trusted)


def _entry_report(verdict: EntryVerdict) -> dict[str, Any]:
    return {
        "kind": "entry",
        "valid": not verdict.problem,
        "problem": verdict.problem or None,
        "position": verdict.position,
        "size": verdict.checkpoint.size if verdict.checkpoint else None,
        "root": verdict.checkpoint.root.hex() if verdict.checkpoint else None,
        "keys": [str(verdict.key)],
        "entry": verdict.entry,
        "opened": list(verdict.opened),
    }


def _log_report(verdict: LogVerdict) -> dict[str, Any]:
    finding = verdict.finding
    return {
        "kind": "log",
        "valid": finding is None,
        "problem": finding.message if finding else None,
        "position": finding.position if finding else None,
        "entries": verdict.entries,
        "checkpoints": verdict.checkpoints,
        "size": verdict.last.size if verdict.last else 0,
        "root": verdict.last.root.hex() if verdict.last else None,
        "keys": [str(key) for key in verdict.keys],
    }


def _sentences(report: dict[str, Any]) -> list[str]:
    if not report["valid"]:
        return [f"UNGÜLTIG. {report['problem']}"]
    if report["kind"] == "entry":
        entry = report["entry"]
        lines = [
            f"GÜLTIG. Der Eintrag steht unverändert an Position {report['position']} des Protokolls.",
            f"Art: {entry.get('code')}   Zeit: {entry.get('time')}",
            f"Prüfpunkt: {report['size']} Einträge, Wurzel {report['root']}",
        ]
        lines += [f"Die Angabe {field!r} gehört zu diesem Eintrag." for field in report["opened"]]
    else:
        lines = [
            f"GÜLTIG. {report['entries']} Einträge und {report['checkpoints']} Prüfpunkte stimmen.",
            f"Letzter Prüfpunkt: {report['size']} Einträge, Wurzel {report['root']}",
        ]
        if loose := report["entries"] - report["size"]:
            lines.append(f"Die letzten {loose} Einträge deckt noch kein Prüfpunkt.")
    lines += [f"Schlüssel: {key}" for key in report["keys"]]
    if not report["key_given"]:
        lines.append("Der Schlüssel stammt aus der Datei. Bitte mit dem veröffentlichten vergleichen (--key).")
    return lines


def _print(as_json: bool, report: dict[str, Any], lines: list[str]) -> None:  # noqa: FBT001 - a private switch
    sys.stdout.write((json.dumps(report, ensure_ascii=False, indent=2) if as_json else "\n".join(lines)) + "\n")


if __name__ == "__main__":
    sys.exit(main())
