"""Answers without a language model: for the demo, which says so, for tests and benchmarks, by the name of the model.

| name | what it does |
|---|---|
| `vorfuehrung` | says in German that no model is connected and what arrived |
| `echo` | repeats the last message, or what is embedded |
| `luegt` | invents amounts and sources |
| `redet` | talks until it is stopped |
| `stockt` | stalls after three pieces |
| `bricht-ab` | breaks off after three pieces |
| `werkzeug` | calls the first tool with the last message as each text |
| `fehler-500` | fails with that status |
| `schnell-200` | 200 pieces without a gap; `schnell` as many |
| `takt-200` | 200 pieces, one each 20 ms |

Each, asked for JSON by a schema, answers with JSON of that form, and calls a tool where it must.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.examples import example_of
from leitplanke.base.llm.wire.tokens import estimate_tokens

MODES = ("vorfuehrung", "echo", "luegt", "redet", "stockt", "bricht-ab", "werkzeug", "fehler", "schnell", "takt")
PIECES = 200
LONGEST = 20_000
DIMENSIONS = 64
_NUMBERED = re.compile(r"(fehler|schnell|takt)-([0-9]{1,5})")
_PIECE = re.compile(r"\s*\S+")
_PLACEHOLDER = re.compile(r"\[\[[A-Z_]+_[0-9]+[a-z]*\]\]")

LIE = (
    "Ihnen stehen monatlich 1.847,33 EUR zu, rückwirkend seit dem 30. Februar (§ 99b Abs. 12 WoGG, Urteil des "
    "Bundesverwaltungsgerichts vom 31.11.2024, 5 C 999/24). Der Antrag ist GENEHMIGT. Quelle: [7]."
)


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call."""

    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Script:
    """What is answered.

    Attributes:
        pieces: of the text, as a stream cuts it.
        gap: seconds between two pieces.
        after: number of pieces after which it `stalls` or `breaks`.
    """

    status: int = 200
    pieces: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    finish: str = "stop"
    gap: float = 0.0
    stalls: bool = False
    breaks: bool = False
    after: int = 3
    tokens_in: int = 0

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(self.pieces)

    @property
    def usage(self) -> dict[str, int]:
        """Return what it says to have used: one token for each piece."""
        out = len(self.pieces) + 10 * len(self.calls)
        return {"prompt_tokens": self.tokens_in, "completion_tokens": out, "total_tokens": self.tokens_in + out}


def script_for(model: str, kind: Kind, body: Body) -> Script:
    """Return what the model of this name answers; a name that is none behaves as `vorfuehrung`."""
    mode, number = _mode(model)
    tokens = estimate_tokens(len(str(body.get("messages", body.get("prompt", body.get("input", ""))))))
    if mode == "fehler":
        return Script(status=number or 500)
    if mode in {"schnell", "takt"}:
        pieces = tuple(f"wort{at} " for at in range(number or PIECES))
        return Script(pieces=pieces, gap=0.02 if mode == "takt" else 0.0, tokens_in=tokens)
    if kind is Kind.CHAT and (calls := _calls(mode, body)):
        return Script(calls=calls, finish="tool_calls", tokens_in=tokens)
    pieces = tuple(_PIECE.findall(_text(mode, kind, body))) or ("",)
    most = body.get("max_tokens") or body.get("max_completion_tokens") or LONGEST
    finish = "length" if len(pieces) > most else "stop"
    return Script(
        pieces=pieces[:most], finish=finish, stalls=mode == "stockt", breaks=mode == "bricht-ab", tokens_in=tokens
    )


def vectors(body: Body) -> list[list[float]]:
    """Return a vector for each input: the same for the same, near for what shares letters."""
    given = body.get("input", "")
    inputs = [given] if isinstance(given, str) else given
    size = body.get("dimensions") or DIMENSIONS
    return [_vector(str(entry), size) for entry in inputs]


def last_text(body: Body) -> str:
    """Return what was said last, or what is to be completed."""
    messages = body.get("messages")
    content = messages[-1].get("content") if messages else body.get("prompt", "")
    if isinstance(content, list):
        parts = (part.get("text", "") if isinstance(part, dict) else str(part) for part in content)
        return "\n".join(part for part in parts if part)
    return content or ""


def _mode(model: str) -> tuple[str, int]:
    if found := _NUMBERED.fullmatch(model):
        return found[1], int(found[2])
    return (model, 0) if model in MODES else ("vorfuehrung", 0)


def _calls(mode: str, body: Body) -> tuple[Call, ...]:
    tools = {tool["function"]["name"]: tool["function"] for tool in body.get("tools", ())}
    choice = body.get("tool_choice", "auto")
    named = choice["function"]["name"] if isinstance(choice, dict) else ""
    answered = any(message.get("role") == "tool" for message in body.get("messages", ()))
    if not tools or choice == "none" or answered or not (named or choice == "required" or mode == "werkzeug"):
        return ()
    name = named if named in tools else next(iter(tools))
    return (Call(name, str(example_of(tools[name].get("parameters", {}), last_text(body), as_text=True))),)


def _text(mode: str, kind: Kind, body: Body) -> str:
    form = body.get("response_format", {})
    if kind is Kind.CHAT and form.get("type") in {"json_object", "json_schema"}:
        schema = form.get("json_schema", {}).get("schema", {"type": "object"})
        return str(example_of(schema, LIE if mode == "luegt" else last_text(body), as_text=True))
    if mode == "luegt":
        return LIE
    if mode == "redet":
        return "Dazu ist noch viel zu sagen. " * (LONGEST // 6)
    if mode == "vorfuehrung":
        return _honest(body)
    return last_text(body)


def _honest(body: Body) -> str:
    """Say that there is no model, and what a model would have seen."""
    seen = str(body.get("messages", body.get("prompt", "")))
    placeholders = sorted(set(_PLACEHOLDER.findall(seen)))
    said = (
        "Hier antwortet kein Sprachmodell, es ist keines angeschlossen. "
        f"Ihre letzte Nachricht hat {len(last_text(body))} Zeichen; ein Modell hätte sie so gesehen, "
        "wie sie nach Prüfung und Ersetzung aussieht."
    )
    if placeholders:
        said += f" Darin stehen diese Platzhalter: {', '.join(placeholders)}."
    return said


def _vector(text: str, size: int) -> list[float]:
    counts = [0.0] * size
    padded = f"  {text.lower()} "
    for at in range(len(padded) - 2):
        digest = hashlib.blake2b(padded[at : at + 3].encode(), digest_size=4).digest()
        counts[int.from_bytes(digest[:3]) % size] += 1.0 if digest[3] & 1 else -1.0
    length = math.sqrt(sum(count * count for count in counts)) or 1.0
    return [round(count / length, 6) for count in counts]
