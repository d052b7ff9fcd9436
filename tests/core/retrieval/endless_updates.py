"""Updates the index in the folder given until it is killed; run by test_index.py."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from leitplanke.core.retrieval.index import Index
from leitplanke.core.retrieval.vocabulary import Vocabulary
from tests.core.retrieval.search_helpers import BagEmbedder, digests, load

index = Index.open(Path(sys.argv[1]), embedder=BagEmbedder(), vocabulary=Vocabulary())
print("writing", flush=True)  # noqa: T201
for number in count():
    index.update({**digests(), "neu": f"{number}"}, lambda name: load("hund" if name == "neu" else name))
    index.embed_pending()
