"""What reading a request yields: a body of which every text is known, or an error that names the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leitplanke.base.llm.calls import Body, Kind


class WireError(Exception):
    """A request that is not taken.

    Attributes:
        code: for machines.
        path: of the field at fault, as `messages[2].content`; "" for the body as a whole. It may hold a name that the
            caller gave to a field, so it goes back to the caller and into no log.
        sentence: for people, in German: what is wrong and what to do. It never repeats a value.
        status: of HTTP.
    """

    def __init__(self, code: str, path: str, sentence: str, status: int = 400) -> None:
        """Say what is wrong, where, and what to do."""
        super().__init__(code)
        self.code = code
        self.path = path
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True, slots=True)
class Envelope:
    """What we say of an answer instead of the service.

    Attributes:
        identity: of the call; `model` under which it was asked for; `created` in seconds since 1970.
        json_content: what the model writes is itself JSON, so names in it must be escaped.
    """

    identity: str
    model: str
    created: int
    json_content: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a request may be; `n` answers at once, `tools` offered, `texts` in one call."""

    size: int = 4_000_000
    depth: int = 24
    messages: int = 1_000
    inputs: int = 2_048
    tools: int = 128
    stops: int = 8
    texts: int = 20_000
    n: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """A string of the request that may hold content.

    Attributes:
        path: where it stands.
        role: of the message it belongs to; "" outside of messages.
        json: whether the string itself holds JSON (arguments of a tool).
        name: whether it is what a program calls a field or a tool; `strict` where services want few signs in it.
        cue: what the field is called whose value it is, in a schema; "" elsewhere.
        given: a value that a schema states (`const`, `enum`, ...), so it says something of somebody and not of a form.
    """

    path: str
    role: str
    text: str
    json: bool = False
    name: bool = False
    strict: bool = False
    cue: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """The place of a slot in a shape; `number` is what stood there where it was a number and not a string."""

    index: int
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """An object in a shape whose keys are texts as well."""

    items: tuple[tuple[Ref, Any], ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A request that was read in full.

    Attributes:
        model: what the caller asks for; it is not part of a body, the transport puts the name of the service in.
        include_usage: whether the caller wants the usage at the end of a stream.
        max_output: tokens the caller asks for at most; None where it leaves that to us.
        base64: whether vectors shall come as base64; services are asked for plain numbers.
        slots: every string that may hold content, in the order of the body.
        unscannable: paths of what nobody can look into (images, audio, files, token numbers).
        tools: names of the tools that are offered to the model.
        dropped: top-level fields that were taken and do not travel on.
        metadata: of the caller (flat strings only); it never travels on.
        shape: the body with a `Ref` in place of each text.
    """

    kind: Kind
    model: str
    stream: bool
    include_usage: bool
    max_output: int | None
    n: int
    base64: bool
    slots: tuple[Slot, ...]
    unscannable: tuple[str, ...]
    tools: tuple[str, ...]
    dropped: tuple[str, ...]
    shape: Body
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Body:
        """Return the body for the service with the texts as they came."""
        return self.with_texts([slot.text for slot in self.slots])

    @property
    def json_content(self) -> bool:
        """Return whether the model is asked to write JSON."""
        return self.shape.get("response_format", {}).get("type") in {"json_object", "json_schema"}

    @property
    def characters(self) -> int:
        """Return how many characters the texts have."""
        return sum(len(slot.text) for slot in self.slots)

    def with_texts(self, texts: Sequence[str], *, max_output: int | None = None) -> Body:
        """Return the body for the service with other texts, one for each slot, and with `max_tokens`.

        Raises:
            ValueError: not as many texts as slots.
            WireError: two keys of an object have become one.
        """
        if len(texts) != len(self.slots):
            raise ValueError("texts and slots differ in number")
        body: Body = _fill(self.shape, texts, self.slots)
        tokens = max_output if max_output is not None else self.max_output
        if tokens is not None and self.kind is not Kind.EMBEDDING:
            body["max_tokens"] = tokens
        return body


def _fill(shape: Any, texts: Sequence[str], slots: Sequence[Slot]) -> Any:
    if isinstance(shape, Ref):
        text = texts[shape.index]
        if shape.number is not None and text == slots[shape.index].text:
            return shape.number
        return text
    if isinstance(shape, dict):
        return {key: _fill(value, texts, slots) for key, value in shape.items()}
    if isinstance(shape, list):
        return [_fill(value, texts, slots) for value in shape]
    if isinstance(shape, Pairs):
        filled = {texts[key.index]: _fill(value, texts, slots) for key, value in shape.items}
        if len(filled) != len(shape.items):
            path = slots[shape.items[0][0].index].path
            sentence = f"Unter {path} fallen zwei Namen zusammen. Benennen Sie einen um."
            raise WireError("name_doppelt", path, sentence)
        return filled
    return shape
