"""What Leitplanke is compared with: SQLite FTS5 and bm25s over whole sections, as anybody would set them up."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import bm25s
import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kennzahlen import Section

_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = """
    aber als am an auch auf aus bei bin bis da das dass dem den der des die doch du ein eine einem einen einer eines er
    es für hat ich ihr im in ist ja kann mein mich mir mit muss nach nicht noch oder sich sie sind so und uns von vor
    was wenn wer wie wir wird zu zum zur
"""


class Fts5:
    """SQLite FTS5 with its default tokenizer; all words of the question joined by OR."""

    def __init__(self, texts: Mapping[Section, str]) -> None:
        self._sections = list(texts)
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE section USING fts5(text)")
        self._db.executemany("INSERT INTO section(rowid, text) VALUES (?, ?)", enumerate(texts.values()))

    def search(self, question: str) -> list[Section]:
        terms = " OR ".join(f'"{word}"' for word in _WORD.findall(question))
        rows = self._db.execute("SELECT rowid FROM section WHERE section MATCH ? ORDER BY rank LIMIT 10", (terms,))
        return [self._sections[number] for (number,) in rows]


class Bm25s:
    """bm25s as delivered (k1 1.5, b 0.75), with Snowball stems and stop words for German."""

    def __init__(self, texts: Mapping[Section, str]) -> None:
        self._sections = list(texts)
        self._stemmer = snowballstemmer.stemmer("german")
        self._model = bm25s.BM25()
        self._model.index(self._tokens(list(texts.values())), show_progress=False)

    def search(self, question: str) -> list[Section]:
        tokens = self._tokens([question])
        numbers, _ = self._model.retrieve(tokens, corpus=range(len(self._sections)), k=10, show_progress=False)
        return [self._sections[number] for number in numbers[0]]

    def _tokens(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        stem = self._stemmer.stemWords
        return bm25s.tokenize(texts, stopwords=_STOP_WORDS.split(), stemmer=stem, show_progress=False)
