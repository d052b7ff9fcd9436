"""What clerks ask is answered from the documents of a guideline, by words alone, with a quote from the right clause."""

from __future__ import annotations

from importlib import resources

import pytest

from leitplanke.core.grounding import Answerer, EvidenceModel, ListCorpus, read_paraphrases
from leitplanke.core.grounding.answer import Status
from leitplanke.core.guideline.writing import SOURCES, source_text, write
from leitplanke.core.retrieval.extract import extract
from leitplanke.core.retrieval.splitting import split
from tests.core.guideline.test_writing import material


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    folder, made = resources.files("leitplanke.content") / "wissen", material()
    model = EvidenceModel.from_json((folder / "belegmodell-woerter.json").read_text("utf-8"))
    texts = [source_text(write(kind, made), made) for kind in SOURCES]
    passages = [passage for one in texts for passage in split(extract(f"{one.kind.value}.md", one.text.encode()))]
    return Answerer(ListCorpus(passages), model, read_paraphrases((folder / "umschreibungen.yaml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Darf ich ChatGPT benutzen?", "3.1"),
        ("Welche Werkzeuge darf ich benutzen?", "3.1"),
        ("Darf ich mein privates Konto nutzen?", "3.2"),
        ("Wer gibt neue KI-Systeme frei?", "3.3"),
        ("Muss ich das Ergebnis der KI prüfen?", "5.1"),
        ("Muss ich kennzeichnen?", "5.3"),
        ("Wie melde ich einen Fehler der KI?", "5.9"),
        ("Wie lange dauert die Grundschulung?", "7.1"),
    ],
)
def test_a_question_of_a_clerk_is_answered_from_its_clause(answerer: Answerer, question: str, clause: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert answer.claims[0].citations[0].section.startswith(f"{clause} ")


def test_what_no_clause_says_is_not_answered(answerer: Answerer) -> None:
    assert answerer.answer("Wie hoch ist die Hundesteuer?").status is Status.REFUSED
