"""How a call reaches a model."""

from leitplanke.base.llm.transports.base import Target, Transport, TransportError, Upstream

__all__ = ["Target", "Transport", "TransportError", "Upstream"]
