"""The form in which calls and answers travel: pure functions, no Django, no network."""

from leitplanke.base.llm.wire.answers import AnswerError, clean_answer, clean_usage, error_code, first_text, map_texts
from leitplanke.base.llm.wire.model import Envelope, Limits, Parsed, Slot, WireError
from leitplanke.base.llm.wire.parsing import parse
from leitplanke.base.llm.wire.restoring import Restorer
from leitplanke.base.llm.wire.sse import DONE, KEEP_ALIVE, SseError, SseParser, encode_event, encode_events
from leitplanke.base.llm.wire.streaming import StreamedCall, StreamMapper
from leitplanke.base.llm.wire.tokens import estimate_tokens

__all__ = [
    "DONE",
    "KEEP_ALIVE",
    "AnswerError",
    "Envelope",
    "Limits",
    "Parsed",
    "Restorer",
    "Slot",
    "SseError",
    "SseParser",
    "StreamMapper",
    "StreamedCall",
    "WireError",
    "clean_answer",
    "clean_usage",
    "encode_event",
    "encode_events",
    "error_code",
    "estimate_tokens",
    "first_text",
    "map_texts",
    "parse",
]
