"""In what services differ from each other.

| service | difference | what we do |
|---|---|---|
| Mistral | refuses fields it does not know (422), among them `stream_options`; `seed` is `random_seed` | leave out, rename |
| OpenAI | newer models refuse `max_tokens` | `max_completion_tokens` |
| vLLM, llama.cpp | send an event without choices for the usage; thoughts as `reasoning` or `reasoning_content` | `wire.streaming` |
| Ollama | tool calls come whole, all with `index` 0 in old versions, arguments sometimes as an object | `wire.streaming` |
| llama.cpp | errors as `error.code` with a number; `error` instead of choices inside of a stream | `wire.error_code` |
| vLLM | older ones say errors without `error` around them | `wire.error_code` |
"""

from __future__ import annotations

from leitplanke.base.llm.calls import Body, Kind
from leitplanke.base.llm.transports.base import Target

MISTRAL_REFUSES = ("logprobs", "top_logprobs", "reasoning_effort")


def fitted(target: Target, host: str, kind: Kind, body: Body, *, stream: bool) -> Body:
    """Return the body as the service at `host` wants it."""
    sent: Body = {"model": target.model, **body}
    if kind is Kind.EMBEDDING:
        return {**sent, "encoding_format": "float"} if not _is(host, "mistral.ai") else sent
    sent["stream"] = stream
    if _is(host, "mistral.ai"):
        for name in MISTRAL_REFUSES:
            sent.pop(name, None)
        if "seed" in sent:
            sent["random_seed"] = abs(sent.pop("seed"))
        return sent
    if stream:
        sent["stream_options"] = {"include_usage": True}
    if _is(host, "openai.com") and "max_tokens" in sent and kind is Kind.CHAT:
        sent["max_completion_tokens"] = sent.pop("max_tokens")
    return sent


def _is(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
