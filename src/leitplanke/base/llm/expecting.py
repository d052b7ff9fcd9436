"""What a call will use at most, as far as that can be known before it is sent; so much is set aside."""

from __future__ import annotations

from collections.abc import Iterable

from leitplanke.base.llm.budget import Amount
from leitplanke.base.llm.calls import Kind
from leitplanke.base.llm.snapshot import ModelView
from leitplanke.base.llm.wire import Parsed, estimate_tokens

# Where energy follows from time: how fast a model writes, rather too slow than too fast.
TOKENS_PER_SECOND = 20


def expected_of(parsed: Parsed, models: Iterable[ModelView], output: int) -> Amount:
    """Return the most that a call uses with any of the models that may take it, answers as long as they may be."""
    tokens_in = estimate_tokens(parsed.characters)
    tokens = eur = wh = 0
    for model in models:
        written = 0 if parsed.kind is Kind.EMBEDDING else min(output, model.max_output) * parsed.n
        seconds = min(1 + written / TOKENS_PER_SECOND, model.target.total)
        tokens = max(tokens, tokens_in + written)
        eur = max(eur, int(tokens_in * model.price_in + written * model.price_out))
        wh = max(wh, model.meter(tokens_in, written, seconds).high_uwh)
    return Amount(1, tokens, eur, wh)
