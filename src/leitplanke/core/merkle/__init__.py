"""The tree behind the evidence log: canonical JSON, RFC 9162 proofs, signed checkpoints and an offline check.

    python -m leitplanke.core.merkle verify nachweis.json

checks a proof or a whole log on any computer, without database and without Django.
"""

from leitplanke.core.merkle.canonical import CanonicalError, Json, canonical, read_canonical
from leitplanke.core.merkle.check import Finding, LogBrokenError, LogCheck
from leitplanke.core.merkle.hashing import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash
from leitplanke.core.merkle.notes import Checkpoint, NoteError, Signer, VerifierKey, open_checkpoint
from leitplanke.core.merkle.proofs import continues, includes
from leitplanke.core.merkle.tiles import TiledTree
from leitplanke.core.merkle.tree import CompactRange, consistency_path, inclusion_path, root_at, root_of

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "CanonicalError",
    "Checkpoint",
    "CompactRange",
    "Finding",
    "Json",
    "LogBrokenError",
    "LogCheck",
    "NoteError",
    "Signer",
    "TiledTree",
    "VerifierKey",
    "canonical",
    "consistency_path",
    "continues",
    "includes",
    "inclusion_path",
    "leaf_hash",
    "node_hash",
    "open_checkpoint",
    "read_canonical",
    "root_at",
    "root_of",
]
