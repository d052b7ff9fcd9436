"""Our detection beside Presidio's German pattern recognisers, on the same labelled texts.

    python benchmarks/privacy/presidio.py --presidio /tmp/presidio/bin/python benchmarks/privacy/dev.jsonl

Presidio is no dependency of ours: whoever wants to compare installs `presidio-analyzer` into an environment of its own
and names that environment's Python. It runs without a language model (a blank German tokenizer, words as their own
lemmas), so it looks for no names, places or organisations; compared are only the kinds of data that its pattern
recognisers know. All recognisers that belong to Germany are switched on, some of which are off by default.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leitplanke.core.privacy.evaluating import Evaluation
    from leitplanke.core.privacy.lines import LabelledText

ROOT = Path(__file__).resolve().parents[2]
# Presidio's kinds and ours. What is not listed (URLs, dates, tax numbers of firms, ...) counts neither way.
KINDS = {
    "DE_TAX_ID": "STEUER_ID",
    "DE_TAX_NUMBER": "STEUERNUMMER",
    "DE_SOCIAL_SECURITY": "SVNR",
    "DE_HEALTH_INSURANCE": "KVNR",
    "DE_ID_CARD": "AUSWEIS",
    "DE_PASSPORT": "AUSWEIS",
    "DE_FUEHRERSCHEIN": "AUSWEIS",
    "DE_KFZ": "KFZ",
    "DE_PLZ": "PLZ_ORT",
    "IBAN_CODE": "IBAN",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
}
SCORES = (0.0, 0.4)
WARM = 30


def main() -> None:
    """Measure both on the texts of the named files and print one table per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presidio", type=Path, help="Python der Umgebung, in der presidio-analyzer liegt")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    if arguments.worker:
        work()
    elif arguments.presidio is None or not arguments.files:
        parser.error("--presidio und mindestens eine Datei angeben")
    else:
        sys.path[:0] = [str(ROOT / "src")]
        for path in arguments.files:
            compare(arguments.presidio, path)


def work() -> None:
    """Inside Presidio's environment: read texts as JSON lines, write findings and CPU seconds as JSON lines."""
    texts = [json.loads(line)["text"] for line in sys.stdin if line.strip()]
    engine = analyzer()
    kinds = sorted(set(KINDS) & set(engine.get_supported_entities("de")))
    for text in texts[:WARM]:
        engine.analyze(text=text, language="de", entities=kinds)
    begun = time.process_time()
    for text in texts:
        found = engine.analyze(text=text, language="de", entities=kinds)
        record = [[hit.start, hit.end, KINDS[hit.entity_type], hit.score] for hit in found]
        sys.stdout.write(json.dumps({"spans": record}) + "\n")
    version = importlib.import_module("importlib.metadata").version("presidio-analyzer")
    sys.stdout.write(json.dumps({"seconds": time.process_time() - begun, "version": version, "kinds": kinds}) + "\n")


def analyzer() -> Any:
    """Return Presidio's engine with its German pattern recognisers and no language model."""
    presidio = importlib.import_module("presidio_analyzer")
    recognisers = importlib.import_module("presidio_analyzer.predefined_recognizers")
    registry = presidio.RecognizerRegistry(supported_languages=["de"])
    registry.load_predefined_recognizers(languages=["de"])
    registry.recognizers = [one for one in registry.recognizers if one.name != "SpacyRecognizer"]
    present = {type(one).__name__ for one in registry.recognizers}
    for name in dir(recognisers):
        if name.startswith("De") and name.endswith("Recognizer") and name not in present:
            registry.add_recognizer(getattr(recognisers, name)())
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=_blank(), supported_languages=["de"])


def _blank() -> Any:
    """Return a language engine that only splits words; each word is its own lemma, so that context words count."""
    base = importlib.import_module("presidio_analyzer.nlp_engine")
    nlp = importlib.import_module("spacy").blank("de")

    class Blank(base.SpacyNlpEngine):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "de", "model_name": "blank"}])
            self.nlp = {"de": nlp}

        def load(self) -> None:
            """Load nothing: the blank tokenizer is there."""

        def process_text(self, text: str, language: str) -> Any:
            doc = nlp(text)
            return base.NlpArtifacts(
                entities=[],
                tokens=doc,
                tokens_indices=[token.idx for token in doc],
                lemmas=[token.text.lower() for token in doc],
                nlp_engine=self,
                language=language,
            )

    return Blank()


def compare(python: Path, path: Path) -> None:
    """Print what both find in one file, for the kinds of data that both know."""
    from leitplanke.core.privacy import Findings, Label, default_detector
    from leitplanke.core.privacy.detecting import choose
    from leitplanke.core.privacy.evaluating import evaluate
    from leitplanke.core.privacy.lines import read_labelled
    from leitplanke.core.privacy.model import Span

    known = frozenset(KINDS.values())
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [read_labelled(line) for line in lines]
    *theirs, last = (json.loads(line) for line in _answers(python, lines))
    detector = default_detector()
    for text in texts[:WARM]:
        detector.find(text.text)
    begun = time.process_time()
    ours = [detector.find(text.text).spans for text in texts]
    seconds = time.process_time() - begun
    signs = sum(len(text.text) for text in texts) / 600

    def measured(found: Iterable[Iterable[Span]]) -> Evaluation:
        pairs = zip(texts, found, strict=True)
        return evaluate(
            (_only(text, known), Findings(tuple(choose(span for span in spans if span.label.value in known))))
            for text, spans in pairs
        )

    outcomes = {"Leitplanke": measured(ours)}
    for least in SCORES:
        outcomes[f"Presidio ab {least}"] = measured(
            [Span(start, end, Label(label), score) for start, end, label, score in record["spans"] if score >= least]
            for record in theirs
        )
    print(f"\n{path}: {len(texts)} Texte, presidio-analyzer {last['version']}")
    print("\n".join(_table(outcomes)))
    ours_speed, their_speed = signs / seconds, signs / last["seconds"]
    print(f"Texte zu 600 Zeichen je CPU-Sekunde: wir {ours_speed:.0f} (alle Arten), Presidio {their_speed:.0f}")


def _answers(python: Path, lines: list[str]) -> list[str]:
    done = subprocess.run(
        [str(python), __file__, "--worker"], input="\n".join(lines), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()


def _only(text: LabelledText, known: frozenset[str]) -> LabelledText:
    """Return a text with the spans of the compared kinds; at the others a finding counts neither way."""
    from dataclasses import replace

    kept = tuple(span for span in text.spans if span.label.value in known)
    rest = tuple((span.start, span.end) for span in text.spans if span.label.value not in known)
    return replace(text, spans=kept, neutral=(*text.neutral, *rest))


def _table(outcomes: dict[str, Evaluation]) -> Iterator[str]:
    names = sorted({name for outcome in outcomes.values() for name in outcome.labels})
    yield f"{'':<16}" + "".join(f"{name:>28}" for name in outcomes)
    yield f"{'':<16}" + f"{'Genauigk. Treffer  verdeckt':>28}" * len(outcomes)
    for name in (*names, "alle"):
        row = f"{name:<16}"
        for outcome in outcomes.values():
            tally = outcome.total if name == "alle" else outcome.labels.get(name)
            row += f"{tally.precision:>12.3f}{tally.recall:>8.3f}{tally.masked_share:>8.3f}" if tally else " " * 28
        yield row
    alarms = "".join(f"{outcome.false_alarms_per_text:>28.3f}" for outcome in outcomes.values())
    yield f"{'Fehlalarme/Text':<16}{alarms}"


if __name__ == "__main__":
    main()
