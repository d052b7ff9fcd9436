"""The YAML of guidelines as trees that know their lines."""

from __future__ import annotations

from leitplanke.core.guideline.model import BlockError
from leitplanke.core.rules.errors import RegelwerkError
from leitplanke.core.rules.yamltext import Mapping, read_yaml


def tree_of(text: str, file: str) -> Mapping:
    """Read a text.

    Raises:
        BlockError: it is no YAML that we take; every fault with its line.
    """
    try:
        return read_yaml(text, file)
    except RegelwerkError as error:
        raise BlockError(error.findings) from None
