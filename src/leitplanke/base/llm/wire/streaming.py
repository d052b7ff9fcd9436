"""Answers that come in pieces: cleaned, with names put back exactly, whatever the cuts.

The order of the pieces of one text is kept. What a restorer held back goes out before the piece that ends its choice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.wire.answers import AnswerError, clean_finish, clean_usage, error_code, reasoning_of, text_of
from leitplanke.base.llm.wire.model import Envelope
from leitplanke.base.llm.wire.naming import with_brackets
from leitplanke.base.llm.wire.restoring import MakeRestorer, Restorer

_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_loads = json.JSONDecoder().decode
TEXTS = ("content", "reasoning_content", "refusal")
# Which text of a choice: `content`, `text`, ..., or the number of a tool call.
Place = tuple[int, str | int]


@dataclass(slots=True)
class StreamedCall:
    """A tool call that was kept back; nobody outside has seen it."""

    choice: int
    identity: str
    name: str
    arguments: str = ""


class StreamMapper:
    """Turns the events of a service into ours.

    Attributes:
        usage: what the service counted; None until it says.
        characters: of what came, thoughts and arguments included; by it tokens are estimated.
        held: tool calls that `hold` kept back, with names put back.
        text: the content of the first choice so far, as it went out (only with `keep_text`).
        began: a choice has come.
        finished: every choice that began has ended.
    """

    def __init__(
        self,
        kind: Kind,
        envelope: Envelope,
        make_restorer: MakeRestorer | None = None,
        *,
        hold: Callable[[str], bool] | None = None,
        keep_text: bool = False,
    ) -> None:
        """Begin an answer; `make_restorer` is None where nothing was replaced, `hold` says which tools wait."""
        self._make = make_restorer
        self._hold = hold
        self._keep = keep_text
        self._json = envelope.json_content
        self._pieces: list[str] = []
        self._chat = kind is Kind.CHAT
        head = {
            "id": envelope.identity,
            "object": "chat.completion.chunk" if self._chat else "text_completion",
            "created": envelope.created,
            "model": envelope.model,
        }
        self._head = _dumps(head)[:-1] + ',"choices":['
        self._restorers: dict[Place, Restorer] = {}
        self._calls: dict[tuple[int, int], StreamedCall] = {}
        self._open: set[int] = set()
        self._cut: tuple[int, ...] = ()
        self._ends: dict[int, str] = {}
        self._sent_call: set[int] = set()
        self._numbers: dict[tuple[int, int], tuple[int, object]] = {}
        self._used: dict[int, set[int]] = {}
        self.usage: dict[str, int] | None = None
        self.characters = 0
        self.began = False

    @property
    def held(self) -> tuple[StreamedCall, ...]:
        """Return the tool calls that were kept back."""
        return tuple(self._calls.values())

    @property
    def text(self) -> str:
        """Return what of the first choice went out."""
        return "".join(self._pieces)

    @property
    def finished(self) -> bool:
        """Return whether no choice is open."""
        return not self._open

    def feed(self, data: bytes) -> list[bytes]:
        """Take the data of one event and return the data of those that go out; often one, sometimes none.

        Raises:
            AnswerError: it is not readable, or the service says that it failed.
        """
        try:
            event = _loads(data.decode("utf-8", "surrogatepass"))
            choices = event.get("choices")
        except (ValueError, AttributeError, RecursionError):
            raise AnswerError("antwort_unlesbar") from None
        if event.get("error"):
            raise AnswerError(error_code(0, event))
        if usage := event.get("usage"):
            self.usage = clean_usage(usage) or self.usage
        if not isinstance(choices, list):
            return []
        out: list[bytes] = []
        for choice in choices:
            if not isinstance(choice, dict):
                raise AnswerError("antwort_unlesbar")
            self._choice(choice, out)
        return out

    def finish(self) -> list[bytes]:
        """Return what is still held back, after the last event or where the stream breaks off."""
        out: list[bytes] = []
        self._cut = tuple(sorted(self._open))
        for index in self._cut:
            self._flush(index, out)
        self._open.clear()
        return out

    def ends(self, notice: str, *, cut: bool) -> list[bytes]:
        """Return what ends the choices that have not ended for the caller, after `finish`; each ends once.

        `notice` says why calls of tools were held back; `cut` where the answer was longer than was asked for.
        """
        out: list[bytes] = []
        if notice:
            out.append(self._event(next(iter(self._ends), 0), {"content": notice} if self._chat else notice, None))
        empty: dict[str, Any] | str = {} if self._chat else ""
        ending = sorted({*self._ends, *(self._cut if cut else ())})
        return out + [self._event(index, empty, "length" if cut else self._ends[index]) for index in ending]

    def usage_event(self, usage: dict[str, int]) -> bytes:
        """Return the event with which a stream says what it used."""
        return f'{self._head}],"usage":{_dumps(usage)}}}'.encode()

    def text_event(self, text: str, *, finish: str | None = None) -> bytes:
        """Return an event with words of ours, for the first choice."""
        piece = {"content": text} if self._chat else text
        return self._event(0, piece, finish)

    def _choice(self, choice: dict[str, Any], out: list[bytes]) -> None:
        index = choice.get("index", 0)
        if type(index) is not int or not 0 <= index < 128:
            raise AnswerError("antwort_unlesbar")
        self._open.add(index)
        self.began = True
        if self._chat:
            delta = choice.get("delta")
            piece = self._delta(index, delta) if isinstance(delta, dict) else {}
            if piece:
                out.append(self._event(index, piece, None))
        elif text := self._restored((index, "text"), choice.get("text")):
            out.append(self._event(index, text, None))
        finish = clean_finish(choice.get("finish_reason"))
        if finish is not None:
            self._flush(index, out)
            self._open.discard(index)
            if finish == "tool_calls" and self._calls and index not in self._sent_call:
                finish = "stop"
            if self._calls and any(place[0] == index for place in self._calls):
                self._ends[index] = finish  # after what is said about the call that was held back
            else:
                out.append(self._event(index, {} if self._chat else "", finish))

    def _delta(self, index: int, delta: dict[str, Any]) -> dict[str, Any]:
        piece: dict[str, Any] = {}
        if delta.get("role"):
            piece["role"] = "assistant"
        if text := self._restored((index, "content"), delta.get("content"), as_json=self._json):
            piece["content"] = text
        elif "role" in piece:
            piece["content"] = ""
        if len(delta) > 1 or "content" not in delta:
            for name, value in (("reasoning_content", reasoning_of(delta)), ("refusal", delta.get("refusal"))):
                if value and (text := self._restored((index, name), value)):
                    piece[name] = text
        if (calls := delta.get("tool_calls")) and (sent := self._tool_calls(index, calls)):
            piece["tool_calls"] = sent
        return piece

    def _restored(self, place: Place, value: object, *, as_json: bool = False) -> str:
        if not value:
            return ""
        if not isinstance(value, str):
            value = text_of(value) or ""
        self.characters += len(value)
        if self._make is None:
            text = value
        else:
            restorer = self._restorers.get(place)
            if restorer is None:
                restorer = self._restorers[place] = self._make(json=as_json)
            text = restorer.feed(value)
        if self._keep and place in {(0, "content"), (0, "text")}:
            self._pieces.append(text)
        return text

    def _tool_calls(self, index: int, calls: object) -> list[dict[str, Any]]:
        if not isinstance(calls, list):
            raise AnswerError("antwort_unlesbar")
        sent = []
        for at, call in enumerate(calls):
            function = call.get("function") if isinstance(call, dict) else None
            if not isinstance(function, dict):
                raise AnswerError("antwort_unlesbar")
            number = call.get("index", at)
            if type(number) is not int or not 0 <= number < 512:
                raise AnswerError("antwort_unlesbar")
            piece = self._tool_call(index, number, call.get("id"), function)
            if piece is not None:
                sent.append(piece)
        return sent

    def _tool_call(self, index: int, number: int, identity: object, function: dict[str, Any]) -> dict[str, Any] | None:
        name, arguments = function.get("name"), function.get("arguments")
        if isinstance(arguments, dict):
            arguments = _dumps(arguments)
        if not isinstance(name, str | None) or not isinstance(arguments, str | None):
            raise AnswerError("antwort_unlesbar")
        number, begins = self._numbered(index, number, identity, named=bool(name))
        called = self._once(with_brackets(str(name))) if begins else ""
        if begins and self._hold is not None and self._hold(called):
            self._calls[index, number] = StreamedCall(index, _identity(identity, number), called)
        text = self._restored((index, number), arguments, as_json=True)
        if kept := self._calls.get((index, number)):
            kept.arguments += text
            return None
        self._sent_call.add(index)
        if begins:
            head = {"name": called, "arguments": text}
            return {"index": number, "id": _identity(identity, number), "type": "function", "function": head}
        return {"index": number, "function": {"arguments": text}} if text else None

    def _numbered(self, index: int, number: int, identity: object, *, named: bool) -> tuple[int, bool]:
        """Return which tool call a piece belongs to, and whether it begins one; some services number all of them 0."""
        known = self._numbers.get((index, number))
        if known is not None and not (named and identity and identity != known[1]):
            return known[0], False
        if not named:
            raise AnswerError("antwort_unlesbar")
        used = self._used.setdefault(index, set())
        ours = max(used) + 1 if number in used else number
        used.add(ours)
        self._numbers[index, number] = (ours, identity)
        return ours, True

    def _once(self, text: str) -> str:
        if self._make is None:
            return text
        restorer = self._make(json=False)
        return restorer.feed(text) + restorer.finish()

    def _flush(self, index: int, out: list[bytes]) -> None:
        piece: dict[str, Any] = {}
        calls = []
        for place in [place for place in self._restorers if place[0] == index]:
            rest = self._restorers.pop(place).finish()
            if not rest:
                continue
            name = place[1]
            if isinstance(name, int):
                kept = self._calls.get((index, name))
                if kept is not None:
                    kept.arguments += rest
                else:
                    calls.append({"index": name, "function": {"arguments": rest}})
                continue
            piece[name] = rest
            if self._keep and place in {(0, "content"), (0, "text")}:
                self._pieces.append(rest)
        if calls:
            piece["tool_calls"] = calls
        if piece:
            out.append(self._event(index, piece if self._chat else piece["text"], None))

    def _event(self, index: int, piece: dict[str, Any] | str, finish: str | None) -> bytes:
        end = "null" if finish is None else f'"{finish}"'
        name = "delta" if self._chat else "text"
        if type(piece) is dict and len(piece) == 1 and "content" in piece:  # nearly all are: a text is written faster
            sent = f'{{"content":{_dumps(piece["content"])}}}'
        else:
            sent = _dumps(piece)
        event = f'{self._head}{{"index":{index},"{name}":{sent},"logprobs":null,"finish_reason":{end}}}]}}'
        try:
            return event.encode()
        except UnicodeEncodeError:  # half a character; its other half comes with the next piece
            return json.dumps(_loads(event)).encode()


def _identity(identity: object, number: int) -> str:
    return identity if isinstance(identity, str) and 0 < len(identity) <= 80 else f"call{number:05d}"
