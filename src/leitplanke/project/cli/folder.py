"""Search and ask over a plain folder of documents, without a database; and the text that quotes refer to."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leitplanke.core.grounding import Answerer
    from leitplanke.core.retrieval.embedder import Embedder
    from leitplanke.core.retrieval.folder import FolderIndex, Progress

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)
DIRECTORY = click.Path(file_okay=False, path_type=Path)
PHASES = {"lesen": ("Lesen", "Datei"), "einbetten": ("Erschließen", "Stelle"), "saetze": ("Sätze vorbereiten", "Satz")}


@click.command(cls=GermanCommand)
@click.argument("file", metavar="DATEI", type=FILE)
@click.option("--hinweise", is_flag=True, help="Auffälligkeiten beim Lesen auf die Fehlerausgabe schreiben.")
def text(file: Path, *, hinweise: bool) -> None:
    """Den Text einer Datei zeigen. Auf ihn beziehen sich Anfang und Ende jedes Zitats, gezählt in Unicode-Zeichen.

    \b
    Beispiel:
      leitplanke text satzung.pdf
    """
    from leitplanke.core.retrieval.extract import ExtractionError, extract

    try:
        document = extract(file.name, file.read_bytes())
    except ExtractionError as error:
        raise click.ClickException(f"{file}: {error.message}") from None
    sys.stdout.buffer.write(document.text.encode())
    sys.stdout.flush()
    for hinweis in document.findings if hinweise else ():
        click.echo(f"Hinweis: {hinweis}", err=True)


@click.command(cls=GermanCommand)
@click.option("--documents", required=True, type=FOLDER, help="Ordner mit den Dokumenten.")
@click.option("--questions", required=True, type=FILE, help="Fragen als JSON-Zeilen mit id und question.")
@click.option("--output", required=True, type=TARGET, help="Datei für die Treffer als JSON-Zeilen.")
@click.option("--top", default=10, type=click.IntRange(1, 1000), show_default="10", help="Treffer je Frage.")
@click.option("--index", "directory", type=DIRECTORY, help="Ordner, der den Index zwischen Aufrufen behält.")
@click.option("--lexical", is_flag=True, help="Nur nach Wörtern suchen, ohne auf die Bedeutung zu warten.")
def search(*, documents: Path, questions: Path, output: Path, top: int, directory: Path | None, lexical: bool) -> None:
    """In einem Ordner von Dokumenten suchen, je Frage die besten Abschnitte.

    \b
    Beispiel:
      leitplanke search --documents gesetze --questions fragen.jsonl --top 10 --output treffer.jsonl
    """
    asked = _questions(questions)
    folder = _open(documents, directory, None if lexical else _embedder(), lexical=lexical)

    def find(question: str) -> dict[str, Any]:
        return {"mode": folder.index.mode.value, "results": folder.results(question, top)}

    find("Aufwärmen")
    _write(output, asked, find)


@click.command(cls=GermanCommand)
@click.option("--documents", required=True, type=FOLDER, help="Ordner mit den Dokumenten.")
@click.option("--questions", required=True, type=FILE, help="Fragen als JSON-Zeilen mit id und question.")
@click.option("--output", required=True, type=TARGET, help="Datei für die Antworten als JSON-Zeilen.")
@click.option("--index", "directory", type=DIRECTORY, help="Ordner, der den Index zwischen Aufrufen behält.")
@click.option("--lexical", is_flag=True, help="Nur nach Wörtern suchen, ohne auf die Bedeutung zu warten.")
@click.option("--am", "on", default=None, help="Tag, an dem die Quellen gelten sollen (JJJJ-MM-TT), sonst heute.")
def ask(
    *, documents: Path, questions: Path, output: Path, directory: Path | None, lexical: bool, on: str | None
) -> None:
    """Fragen aus einem Ordner von Dokumenten beantworten: mit wörtlichen Zitaten oder gar nicht.

    \b
    Beispiele:
      leitplanke ask --documents leitlinien --questions fragen.jsonl --output antworten.jsonl
      leitplanke ask --documents gesetze --questions fragen.jsonl --output antworten.jsonl --index .index
    """
    from leitplanke.core.grounding import answer_to_json

    asked = _questions(questions)
    day = _day(on)
    answerer = _answerer(documents, directory, lexical=lexical)

    def reply(question: str) -> dict[str, Any]:
        return answer_to_json(answerer.answer(question, on=day))

    _write(output, asked, reply)


def _day(text: str | None) -> date:
    if text is None:
        return date.today()  # noqa: DTZ011 - the calendar day where the command runs
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} ist kein Datum der Form JJJJ-MM-TT.") from None


def _answerer(documents: Path, directory: Path | None, *, lexical: bool) -> Answerer:
    from leitplanke.core.grounding import IndexCorpus, SentenceVectors, prepare_index, shipped_answerer
    from leitplanke.core.retrieval.folder import default_cache

    model = None if lexical else _embedder()
    folder = _open(documents, directory, model, lexical=lexical)
    folder.index.search("Aufwärmen")
    vectors = SentenceVectors(model, default_cache()) if model else None
    if vectors:
        with _bars() as progress:
            prepare_index(vectors, folder.index, progress=partial(progress, "saetze"))
    return shipped_answerer(IndexCorpus(folder.index), vectors)


def _content(name: str) -> str:
    return (resources.files("leitplanke.content") / "wissen" / name).read_text(encoding="utf-8")


def _embedder() -> Embedder | None:
    from leitplanke.core.retrieval.embedder import EmbedderUnavailableError, default_embedder

    try:
        return default_embedder()
    except EmbedderUnavailableError as error:
        click.echo(str(error), err=True)
        return None


def _open(documents: Path, directory: Path | None, embedder: Embedder | None, *, lexical: bool) -> FolderIndex:
    from leitplanke.core.retrieval.extract import read_bereiche
    from leitplanke.core.retrieval.folder import default_cache, default_directory, open_folder
    from leitplanke.core.retrieval.vocabulary import built_in_vocabulary

    with _bars() as progress:
        folder = open_folder(
            documents,
            directory or default_directory(documents),
            embedder=embedder,
            vocabulary=built_in_vocabulary(),
            bereiche=read_bereiche(_content("geltungsbereiche.yaml")),
            cache=default_cache(),
            lexical=lexical,
            progress=progress,
        )
    for error in folder.errors:
        click.echo(f"Nicht gelesen: {error}", err=True)
    if not folder.index.documents:
        raise click.ClickException(f"In {documents} ist kein lesbares Dokument.")
    return folder


class _bars:  # noqa: N801 - reads as a phrase where it is used
    """Progress bars, one for each phase, on the error output."""

    def __enter__(self) -> Progress:
        from tqdm import tqdm

        self._open: dict[str, tqdm[Any]] = {}

        def note(phase: str, done: int, total: int) -> None:
            if phase not in self._open:
                label, unit = PHASES[phase]
                self._open[phase] = tqdm(total=total, desc=label, unit=f" {unit}", disable=None)
            self._open[phase].update(done - self._open[phase].n)

        return note

    def __exit__(self, *_error: object) -> None:
        for bar in self._open.values():
            bar.close()


def _questions(file: Path) -> list[dict[str, str]]:
    """Read the questions.

    Raises:
        click.ClickException: a line is no JSON object with `id` and `question`; names the line.
    """
    return list(_lines(file))


def _lines(file: Path) -> Iterator[dict[str, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} ist keine Textdatei in UTF-8.") from None
    for number, line in enumerate(text.split("\n"), 1):  # other line ends may stand inside a question
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            yield {"id": entry["id"], "question": str(entry["question"])}
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(
                f'{file}, Zeile {number}: erwartet wird {{"id": "...", "question": "..."}}.'
            ) from None


def _write(output: Path, asked: list[dict[str, str]], reply: Callable[[str], dict[str, Any]]) -> None:
    from tqdm import tqdm

    with output.open("w", encoding="utf-8") as target:
        for entry in tqdm(asked, desc="Fragen", unit=" Frage", disable=None):
            started = time.perf_counter()
            result = reply(entry["question"])
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            line = {"id": entry["id"], **result, "milliseconds": milliseconds}
            target.write(json.dumps(line, ensure_ascii=False) + "\n")
