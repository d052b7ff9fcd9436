"""Objects for the addresses that compare guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.project.examples_leitlinie_werkstatt import version

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def two_versions(mandant: Mandant) -> dict[str, Any]:
    return version(mandant) | {"andere": version(mandant)["nummer"]}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "leitlinie:unterschiede": two_versions,
}
