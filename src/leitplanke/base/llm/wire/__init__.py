"""The form in which calls and answers travel: pure functions, no Django, no network."""

from leitplanke.base.llm.wire.answers import AnswerError, clean_answer, map_texts
from leitplanke.base.llm.wire.model import Limits, Parsed, Slot, WireError
from leitplanke.base.llm.wire.parsing import parse
from leitplanke.base.llm.wire.restoring import Restorer
from leitplanke.base.llm.wire.sse import DONE, KEEP_ALIVE, SseError, SseParser, encode_event
from leitplanke.base.llm.wire.streaming import StreamMapper
from leitplanke.base.llm.wire.tokens import estimate_tokens

__all__ = [
    "DONE",
    "KEEP_ALIVE",
    "AnswerError",
    "Limits",
    "Parsed",
    "Restorer",
    "Slot",
    "SseError",
    "SseParser",
    "StreamMapper",
    "WireError",
    "clean_answer",
    "encode_event",
    "estimate_tokens",
    "map_texts",
    "parse",
]
