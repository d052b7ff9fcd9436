"""In what services differ from each other.

- Mistral refuses fields that it does not know (422), among them `stream_options` and `max_completion_tokens`; it calls
  `seed` `random_seed`, and gives content as parts for some models: left out, renamed here; `wire` joins parts.
- OpenAI refuses `max_tokens` for newer models: `max_completion_tokens`.
- vLLM and llama.cpp send an event without choices for the usage, and thoughts as `reasoning` or `reasoning_content`;
  older vLLM say errors without `error` around them; llama.cpp says errors inside of a stream: `wire`.
- Ollama sends tool calls whole, in old versions all with index 0, from some models with an object as arguments: `wire`.
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
