"""Answers that stand on quotes: choose, cite, verify, refuse.

Public surface: `shipped_answerer`, or `Answerer` with `EvidenceModel`, `read_paraphrases`, `IndexCorpus` or
`ListCorpus`, `SentenceVectors` and `Limits`; the value `Answer` and `answer_to_json`; `render_plain` for showing one.
"""

from __future__ import annotations

from leitplanke.core.grounding.answer import Answer, Claim, Reason, Status, answer_to_json
from leitplanke.core.grounding.answering import Answerer, prepare, prepare_index
from leitplanke.core.grounding.corpus import Corpus, IndexCorpus, ListCorpus
from leitplanke.core.grounding.evidence import EvidenceModel, EvidenceModelError
from leitplanke.core.grounding.limits import Limits
from leitplanke.core.grounding.paraphrases import Paraphrases, read_paraphrases
from leitplanke.core.grounding.plain import plain_text, render_plain
from leitplanke.core.grounding.rewriting import Rewriter
from leitplanke.core.grounding.shipped import shipped_answerer
from leitplanke.core.grounding.vectors import SentenceVectors

__all__ = [
    "Answer",
    "Answerer",
    "Claim",
    "Corpus",
    "EvidenceModel",
    "EvidenceModelError",
    "IndexCorpus",
    "Limits",
    "ListCorpus",
    "Paraphrases",
    "Reason",
    "Rewriter",
    "SentenceVectors",
    "Status",
    "answer_to_json",
    "plain_text",
    "prepare",
    "prepare_index",
    "read_paraphrases",
    "render_plain",
    "shipped_answerer",
]
