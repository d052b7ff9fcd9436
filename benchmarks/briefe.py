"""How many planted defects in letters the checker finds, and how many clean letters it stops."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Part, Sentence, Table
from leitplanke.core.drafting.checking import Finding, check
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.filling import split
from leitplanke.core.drafting.sample import Sample, cases_of, evaluated, sample

DATA = Path(__file__).parent / "daten" / "briefe"
EXAMPLES = "beispiele.yaml"
CLEAN = "sauber"
PARTS = {"alle": slice(None), "tuning": slice(0, None, 2), "messen": slice(1, None, 2)}


@dataclass(frozen=True)
class Outcome:
    """What came of one letter."""

    name: str
    expected: Any
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        return any(finding.blocking for finding in self.findings)

    @property
    def clean(self) -> bool:
        return bool(self.expected == CLEAN)

    @property
    def right(self) -> bool:
        return self.stopped != self.clean

    @property
    def named(self) -> bool:
        return bool({finding.kind for finding in self.findings if finding.blocking} & set(self.expected))


def changed(made: Sample, entry: dict[str, Any]) -> Brief:
    """Return the letter as somebody left it."""
    brief = made.brief
    texts = {paragraph.key: paragraph.text for paragraph in brief.paragraphs}
    new = {str(key): str(text) for key, text in entry.get("absaetze", {}).items()}
    for change in entry.get("ersetzen", []):
        key = str(change["absatz"])
        if key not in texts:
            raise SystemExit(f"{entry['fall']}: Den Absatz „{key}“ gibt es nicht. Vorhanden: {', '.join(texts)}")
        text = new.get(key, texts[key])
        if str(change["von"]) not in text:
            raise SystemExit(f"{entry['fall']}: „{change['von']}“ steht nicht in „{key}“: {text}")
        new[key] = text.replace(str(change["von"]), str(change["nach"]), 1)
    for key, text in entry.get("anhaengen", {}).items():
        whole = new.get(key, texts[key])
        new[key] = f"{whole} {text}"
    brief = edited(brief, new, entry.get("grund"))
    gone = {str(key) for key in entry.get("streichen", [])}
    named = gone | ({str(entry["neu"]["nach"])} if "neu" in entry else set())
    if unknown := named - {block.key for block in brief.body}:
        raise SystemExit(f"{entry['fall']}: Diesen Absatz gibt es nicht: {', '.join(sorted(unknown))}")
    brief = brief.with_body([block for block in brief.body if block.key not in gone])
    if added := entry.get("neu"):
        brief = _inserted(brief, added["nach"], added["text"], entry.get("grund", {}))
    if cell := entry.get("tabelle"):
        brief = brief.with_body([_retabled(block, cell) for block in brief.body])
    return replace(brief, **_head(entry.get("kopf", {})))


def _inserted(brief: Brief, after: str, text: str, own: dict[str, str]) -> Brief:
    sentences = tuple(Sentence(piece, own.get(piece, ""), Author.PERSON) for piece in split(text))
    fresh = Paragraph("eigener_absatz", Part.TEXT, sentences)
    body: list[Paragraph | Table] = []
    for block in brief.body:
        body += [block, fresh] if block.key == after else [block]
    return brief.with_body(body)


def _retabled(block: Paragraph | Table, cell: dict[str, Any]) -> Paragraph | Table:
    if not isinstance(block, Table) or block.key != "berechnung":
        return block
    place = int(cell["zeile"])
    rows = [(*row[:-1], str(cell["wert"])) if at == place else row for at, row in enumerate(block.rows)]
    return replace(block, rows=tuple(rows))


def _head(values: dict[str, Any]) -> dict[str, Any]:
    head = dict(values)
    if "empfaenger" in head:
        head["empfaenger"] = tuple(head["empfaenger"])
    if "datum" in head:
        head["datum"] = date.fromisoformat(str(head["datum"]))
    return head


def run(entry: dict[str, Any]) -> Outcome:
    """Check one letter."""
    made = sample(entry["verfahren"], entry["vorgang"], entry.get("schreiben", "bescheid"), entry.get("was", ""))
    return Outcome(entry["fall"], entry["erwartet"], check(changed(made, entry), made.grounds))


def entries(*, examples: bool, part: str = "alle") -> list[dict[str, Any]]:
    """Return the cases of every file; the examples only where asked for.

    The first, third, ... of each file are those on which the checker may be improved (`tuning`); the others measure.
    """
    files = sorted(DATA.glob("*.yaml"))
    chosen = [file for file in files if (file.name == EXAMPLES) == examples]
    return [entry for file in chosen for entry in (yaml.safe_load(file.read_text("utf-8")) or [])[PARTS[part]]]


def show(made: Sample) -> None:
    """Print a letter with the keys of its paragraphs."""
    brief = made.brief
    print(f"# {brief.betreff}\n# an {', '.join(brief.empfaenger)}; {brief.aktenzeichen}; {brief.datum:%d.%m.%Y}\n")
    for block in brief.body:
        if isinstance(block, Table):
            print(f"[{block.key}] Tabelle „{block.caption}“")
            for place, row in enumerate(block.rows):
                print(f"   {place:2}  {' | '.join(row)}")
        else:
            print(f"[{block.key}] ({block.part}) {block.heading}")
            for line in block.text.split("\n"):
                print(f"    {line}")
        print()


def main() -> int:
    """Run, show or list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", nargs="+", metavar=("VERFAHREN", "VORGANG"), help="Verfahren, Vorgang, Art, was")
    parser.add_argument("--list", metavar="VERFAHREN")
    parser.add_argument("--examples", action="store_true", help="nur beispiele.yaml")
    parser.add_argument("--all", action="store_true", help="auch zeigen, was richtig erkannt wurde")
    parser.add_argument(
        "--part", choices=PARTS, default="alle", help="tuning: jeder ungerade Fall, messen: jeder gerade"
    )
    parser.add_argument("--figures", action="store_true", help="nur die Zahlen, keine Fälle")
    chosen = parser.parse_args()
    if chosen.list:
        for fall in cases_of(chosen.list):
            outcome = [item.name for item, state in evaluated(chosen.list, fall).outcomes if state == "ja"]
            print(f"{fall.name}  ->  {', '.join(outcome) or 'noch offen'}")
        return 0
    if chosen.show:
        show(sample(*chosen.show))
        return 0
    outcomes = [run(entry) for entry in entries(examples=chosen.examples, part=chosen.part)]
    if not chosen.figures:
        details(outcomes, everything=chosen.all)
    return figures(outcomes)


def details(outcomes: list[Outcome], *, everything: bool) -> None:
    """Print what went wrong."""
    for item in outcomes:
        if everything or not item.right or (not item.clean and not item.named):
            word = "ok" if item.right else "FEHLALARM" if item.clean else "ÜBERSEHEN"
            print(f"{word}: {item.name} (erwartet {item.expected})")
            for finding in item.findings:
                sign = "!" if finding.blocking else "-"
                print(f"    {sign} {finding.kind} [{finding.paragraph}:{finding.sentence}] {finding.message}")


def figures(outcomes: list[Outcome]) -> int:
    """Print the figures; 1 where the aim is missed."""
    planted = [item for item in outcomes if not item.clean]
    clean = [item for item in outcomes if item.clean]
    caught, named = sum(item.right for item in planted), sum(item.right and item.named for item in planted)
    alarms = sum(not item.right for item in clean)
    print(f"\nFehler gefunden: {caught} von {len(planted)}, beim Namen genannt: {named}")
    print(f"Fehlalarme: {alarms} von {len(clean)} sauberen Schreiben")
    return 0 if caught == len(planted) and alarms <= max(1, len(clean) // 40) else 1


if __name__ == "__main__":
    sys.exit(main())
