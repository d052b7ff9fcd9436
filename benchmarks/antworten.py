"""Measure answers: right quotes, refusals, exactness, time.

    .venv/bin/python benchmarks/antworten.py --half offen
    .venv/bin/python benchmarks/antworten.py --fragen benchmarks/daten/kalibrierung/musterstadt.jsonl --ordner ...

The sealed half serves the final figure only.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import antworten_werkzeug as werkzeug

from leitplanke.core.grounding import Answer, Answerer, Status, answer_to_json, prepare

RESAMPLES = 2000


def ask(answerer: Answerer, questions: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Answer, float]]:
    answerer.answer("Worum geht es in diesem Text?")
    rows = []
    for question in questions:
        begin = time.perf_counter()
        answer = answerer.answer(question["question"])
        rows.append((question, answer, (time.perf_counter() - begin) * 1000))
    return rows


def judge(space: werkzeug.Space, row: tuple[dict[str, Any], Answer, float]) -> dict[str, Any]:
    question, answer, milliseconds = row
    citations = [citation for claim in answer.claims for citation in claim.citations]
    right = [werkzeug.supports(question, c.document, c.quote) for c in citations]
    exact = [space.texts[c.document][c.start : c.end] == c.quote for c in (*citations, *answer.nearest)]
    return {
        "answerable": question["answerable"],
        "given": answer.status is not Status.REFUSED,
        "right": any(right),
        "first": bool(right) and right[0],
        "citations": right,
        "exact": exact,
        "reason": answer.reason == question.get("reason"),
        "milliseconds": milliseconds,
        "length": len(answer.text),
    }


def figures(rows: list[dict[str, Any]]) -> dict[str, float]:
    asked = [row for row in rows if row["answerable"]]
    other = [row for row in rows if not row["answerable"]]
    cited = [right for row in asked for right in row["citations"]]
    refused = [row for row in other if not row["given"]]
    return {
        "richtige Belegstelle": werkzeug.mean(row["right"] for row in asked),
        "abgelehnt (unbeantwortbar)": werkzeug.mean(not row["given"] for row in other),
        "zu Unrecht abgelehnt": werkzeug.mean(not row["given"] for row in asked),
        "Zitate genau (beantwortbar)": werkzeug.mean(cited),
        "Zitate genau (alle Fragen)": werkzeug.mean([*cited, *(False for row in other for _ in row["citations"])]),
        "wörtlich": werkzeug.mean(exact for row in rows for exact in row["exact"]),
        "Grund richtig": werkzeug.mean(row["reason"] for row in refused),
    }


def intervals(rows: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    random = np.random.default_rng(7)
    drawn = [figures([rows[i] for i in random.integers(0, len(rows), len(rows))]) for _ in range(RESAMPLES)]
    return {
        key: (
            float(np.nanpercentile([d[key] for d in drawn], 2.5)),
            float(np.nanpercentile([d[key] for d in drawn], 97.5)),
        )
        for key in drawn[0]
    }


def report(rows: list[dict[str, Any]]) -> None:
    spans = intervals(rows)
    print(f"{len(rows)} Fragen, davon {sum(row['answerable'] for row in rows)} beantwortbar")
    for key, value in figures(rows).items():
        low, high = spans[key]
        print(f"  {key:30} {value:.3f}  [{low:.3f}, {high:.3f}]")
    times = sorted(row["milliseconds"] for row in rows)
    print(f"  Zeit je Antwort: Median {statistics.median(times):.0f} ms, p95 {times[int(0.95 * len(times))]:.0f} ms")
    print(
        f"  Länge einer Antwort: Median {statistics.median(row['length'] for row in rows if row['given']):.0f} Zeichen"
    )


def show(rows: list[tuple[dict[str, Any], Answer, float]], judged: list[dict[str, Any]]) -> None:
    for (question, answer, _), verdict in zip(rows, judged, strict=True):
        good = verdict["right"] if question["answerable"] else not verdict["given"]
        print(f"{'  ' if good else '! '}{question['id']} {answer.status} {answer.reason or ''} {answer.confidence:.2f}")
        print(f"     {question['question']}\n     -> {answer.text[:300]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Misst die Antworten auf die Fragen zu den Seed-Dokumenten.")
    parser.add_argument("--half", choices=["offen", "versiegelt", "versiegelt_2"], default="offen")
    parser.add_argument("--fragen", type=Path, help="andere Fragen (JSON Lines)")
    parser.add_argument(
        "--ordner", type=Path, nargs="+", default=[werkzeug.SHARED / "seeds"], help="Ordner der Dokumente"
    )
    parser.add_argument("--nur-woerter", action="store_true", help="ohne Einbettungen")
    parser.add_argument("--zeigen", action="store_true", help="jede Antwort zeigen")
    parser.add_argument("--ausgabe", type=Path, help="Antworten als JSON Lines ablegen")
    options = parser.parse_args()
    questions = werkzeug.read_questions(options.fragen or werkzeug.DATEN / "seeds" / f"{options.half}.jsonl")
    for question in questions:
        question.setdefault("answerable", "gold" in question)
    space = werkzeug.open_space(options.ordner[0].name, *options.ordner)
    vectors = None if options.nur_woerter else werkzeug.sentence_vectors()
    if vectors:
        prepare(vectors, space.passages)
    model = werkzeug.shipped_model(words_only=options.nur_woerter)
    rows = ask(werkzeug.answerer(space, model, vectors), questions)
    judged = [judge(space, row) for row in rows]
    if options.zeigen:
        show(rows, judged)
    report(judged)
    if options.ausgabe:
        lines = [json.dumps({"id": q["id"], **answer_to_json(a)}, ensure_ascii=False) for q, a, _ in rows]
        options.ausgabe.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
