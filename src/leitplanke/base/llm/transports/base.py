"""What every transport offers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from leitplanke.base.llm.calls import Body, Kind


@dataclass(frozen=True, slots=True)
class Target:
    """A model at an address.

    Attributes:
        protocol: `openai` or `skript`.
        address: base address up to and including `/v1`; "" for `skript`.
        model: how the service calls it.
        model_class: `core.policy.ModelClass`; only `lokal` and `eigenes_rechenzentrum` may sit at an inner address.
        local: an admin registered the address as an inner one.
        secret: access code of the service; never shown.
        first, total: seconds until the first byte of an answer and until its end.
    """

    protocol: str
    address: str
    model: str
    model_class: str
    local: bool = False
    secret: str = field(default="", repr=False)
    first: float = 30.0
    total: float = 180.0


class TransportError(Exception):
    """The model gave no answer, or not all of it.

    Attributes:
        code: `unerreichbar`, `adresse_gesperrt`, `offline`, `zeit_anfang`, `zeit_gesamt`, `abgebrochen`,
            `antwort_zu_gross`, `antwort_unlesbar`, or a code of `wire.answers.error_code`.
        before_first_byte: nothing of an answer has come, so another model may step in.
        retry_after: seconds after which the service wants to be asked again; 0 where it does not say.
    """

    def __init__(self, code: str, *, before_first_byte: bool, retry_after: int = 0) -> None:
        """Say what happened and when."""
        super().__init__(code)
        self.code = code
        self.before_first_byte = before_first_byte
        self.retry_after = retry_after


class Upstream(Protocol):
    """An answer that has begun. Whoever opened it closes it."""

    @property
    def status(self) -> int:
        """Return the HTTP status; always below 400, an error is raised by `open`."""

    async def whole(self) -> Body:
        """Return the answer as it came; `wire.clean_answer` makes it fit to pass on."""

    def batches(self) -> AsyncIterator[list[bytes]]:
        """Yield the data of the events of a stream, those that came together at once, without `[DONE]`."""

    async def close(self) -> None:
        """Let go; the service stops working on the answer."""


class Transport(Protocol):
    """Reaches models."""

    async def open(self, target: Target, kind: Kind, body: Body, *, stream: bool) -> Upstream:
        """Send `body` (without `model` and `stream`) and return once the answer begins.

        Raises:
            TransportError: it does not.
        """
