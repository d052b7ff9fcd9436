"""A call whose answer has begun: names put back, labelled, metered, and its end on disk before its last byte."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.base.llm.budget import Amount, Budgets
from leitplanke.base.llm.calls import Answer, Body, Caller, Kind, Label, Refusal, Usage
from leitplanke.base.llm.choosing import Choice
from leitplanke.base.llm.defects import log_defect
from leitplanke.base.llm.entries import Ended, HeldTool, Kept
from leitplanke.base.llm.failing import failure
from leitplanke.base.llm.ledger import LedgerError
from leitplanke.base.llm.meters import NO_SHARE, Share
from leitplanke.base.llm.models import Ausgang
from leitplanke.base.llm.passing_on import judged, mapped
from leitplanke.base.llm.ports_inner import Book
from leitplanke.base.llm.saying import error_event, notice_of, take_writing_calls, usage_body
from leitplanke.base.llm.snapshot import KeyView, PurposeView, Snapshot, TownView
from leitplanke.base.llm.transports import TransportError, Upstream
from leitplanke.base.llm.wire import (
    DONE,
    AnswerError,
    Envelope,
    Parsed,
    StreamedCall,
    StreamMapper,
    clean_answer,
    encode_event,
    encode_events,
    estimate_tokens,
    first_text,
    map_texts,
)
from leitplanke.core.policy import Decision, Effect
from leitplanke.core.privacy import Pseudonyms, StreamRestorer

if TYPE_CHECKING:
    from leitplanke.base.llm.door import Door

# A model that writes far more than it was asked for is cut; a token has at most about eight characters.
CHARACTERS_PER_TOKEN = 8
REVOKED_CODE = "widerrufen"
DEFECT_CODE = "stoerung"
REVOKED = "Die Antwort wurde beendet: Der Zugang, der Zweck oder das Modell ist nicht mehr freigegeben."
BROKEN = "Das Modell hat mitten in der Antwort aufgehört. Bitte versuchen Sie es erneut."
UNWRITTEN = "Das Ende des Aufrufs ließ sich nicht festhalten. Bitte verwenden Sie diese Antwort nicht."
NOTHING = 0, 0, ""
LABEL = "Mit KI erstellt und von einem Menschen zu prüfen."


@dataclass(frozen=True, slots=True)
class Passage:
    """What is fixed once a call is under way."""

    call_id: uuid.UUID
    caller: Caller
    parsed: Parsed
    purpose: PurposeView
    town: TownView
    key: KeyView | None
    choice: Choice
    expected: Amount
    began: float
    output: int
    share: Share = NO_SHARE

    def still_allowed(self, snapshot: Snapshot | None) -> bool:
        """Tell whether the call might be opened now as well."""
        town = snapshot.towns.get(self.caller.mandant_id) if snapshot else None
        purpose = town.purposes.get(self.purpose.key) if town else None
        if snapshot is None or purpose is None:
            return False
        if not (purpose.released or (purpose.trial and self.caller.staff)):
            return False
        if self.key is not None:
            key = snapshot.keys_by_id.get(self.key.id)
            if key is None or key.role_ended:
                return False
        return any(model.id == self.choice.model.id for model in purpose.models)

    @property
    def label(self) -> Label:
        """What the answer says of itself."""
        model, applied = self.choice.model, self.choice.decision.first(Effect.LABEL)
        sentence = str(applied.parameters.get("satz", LABEL)) if applied else LABEL
        numbers = self.choice.decision.numbers
        return Label(model.name, model.model_class, self.purpose.key, numbers, sentence, str(self.call_id))


class Opened:
    """An answer that has begun. Exactly one of `whole` and `events` is used, once."""

    def __init__(self, passage: Passage, upstream: Upstream, pseudonyms: Pseudonyms | None, door: Door) -> None:
        """Take over a call from the door."""
        self.passage = passage
        self._upstream = upstream
        self._pseudonyms = pseudonyms
        self._door = door
        self._ledger: Book = door.ledger
        self._budgets: Budgets = door.budgets
        self._revoked = False
        self._ended = False
        self._restorers: list[StreamRestorer] = []
        self._closing: asyncio.Future[None] | None = None

    @property
    def label(self) -> Label:
        """What the answer says of itself."""
        return self.passage.label

    def revoke(self) -> None:
        """End the answer: it may not go on. Called in the loop of the door."""
        if self._revoked:
            return
        self._revoked = True
        self._closing = asyncio.ensure_future(self._let_go())

    async def close(self, characters: int = 0, counted: dict[str, int] | None = None) -> None:
        """Write an end where there is none yet: whoever asked has gone. Call it in any case."""
        if self._ended:
            return
        await self._let_go()
        if self._ended:
            return
        try:
            await self._end(Ausgang.ABGEBROCHEN, characters, counted, reason="aufrufer_weg")
        except Exception as error:  # noqa: BLE001 - nobody is there whom it could be told
            log_defect(error)

    async def _let_go(self) -> None:
        """Close what the model sends. That this fails changes nothing about how the call ended."""
        try:
            await self._upstream.close()
        except Exception as error:  # noqa: BLE001 - whatever it was
            log_defect(error)

    async def whole(self) -> Answer | Refusal:
        """Return the whole answer once its end is on disk."""
        try:
            return await self._whole()
        except LedgerError:
            return Refusal("protokoll_gestoert", UNWRITTEN, 503, call_id=str(self.passage.call_id))
        except asyncio.CancelledError:
            await asyncio.shield(self.close())
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, it has an end
            log_defect(error)
            return await self._broken(DEFECT_CODE)
        finally:
            await asyncio.shield(self._let_go())

    async def _whole(self) -> Answer | Refusal:
        if self._revoked:
            return await self._revoked_answer()
        try:
            raw = await self._upstream.whole()
            body = clean_answer(self.passage.parsed.kind, raw, self._envelope(), base64=self.passage.parsed.base64)
        except (TransportError, AnswerError) as error:
            return await (self._revoked_answer() if self._revoked else self._broken(error.code))
        return await (self._revoked_answer() if self._revoked else self._finish_whole(body))

    async def _broken(self, code: str, characters: int = 0, counted: dict[str, int] | None = None) -> Refusal:
        try:
            if not self._ended:
                await self._end(Ausgang.GESTOERT, characters, counted, reason=code)
        except LedgerError:
            return Refusal("protokoll_gestoert", UNWRITTEN, 503, call_id=str(self.passage.call_id))
        except Exception as error:  # noqa: BLE001 - the end has been written before
            log_defect(error)
        return failure(code, str(self.passage.call_id), BROKEN)

    async def _revoked_answer(self) -> Refusal:
        await self._end(Ausgang.WIDERRUFEN, 0, None, reason=REVOKED_CODE)
        return Refusal(REVOKED_CODE, REVOKED, 403, call_id=str(self.passage.call_id))

    async def _finish_whole(self, body: Body) -> Answer | Refusal:
        unknown: list[str] = []
        if self._pseudonyms is not None:
            body = map_texts(body, self._restore(unknown), json_content=self.passage.parsed.json_content)
        characters = len(first_text(body))
        held: list[StreamedCall] = []
        for choice in body.get("choices", ()):
            take_writing_calls(choice, self._holds, held)
        tools = self._tools(held)
        if held:
            message = body["choices"][0]["message"]
            message["content"] = "\n\n".join(
                filter(None, (message.get("content"), notice_of(held, tools, self._tool_decision())))
            )
        usage = await self._end(Ausgang.BEANTWORTET, characters, body.get("usage"), text=first_text(body), held=tools)
        if self.passage.parsed.kind is not Kind.EMBEDDING:
            body["usage"] = usage_body(usage)
        body["leitplanke"] = self.about(usage, unknown, tools)
        return Answer(first_text(body), body, self.label, usage, tuple(dict.fromkeys(unknown)))

    def _restore(self, unknown: list[str]) -> Callable[[str, bool], str]:
        pseudonyms = self._pseudonyms
        assert pseudonyms is not None  # noqa: S101 - asked only where there are some

        def restore(text: str, in_json: bool) -> str:  # noqa: FBT001 - as `map_texts` calls it
            found = pseudonyms.restore(text, in_json=in_json)
            unknown.extend(found.unknown)
            return str(found.text)

        return restore

    async def events(self) -> AsyncIterator[bytes]:
        """Yield encoded events, those that came together at once; the last ones once the end of the call is on disk."""
        mapper: StreamMapper | None = None
        most = self.passage.output * CHARACTERS_PER_TOKEN * self.passage.parsed.n
        outcome, reason = Ausgang.ABGEBROCHEN, "aufrufer_weg"
        try:
            mapper = self._mapper()
            failed: AnswerError | None = None
            if not self._revoked:
                async for batch in self._upstream.batches():
                    events, failed = mapped(mapper, batch, most)
                    if events:
                        yield encode_events(events)
                    if failed or self._revoked or mapper.characters > most:
                        break
            outcome, reason = judged(mapper, most, failed)
        except (TransportError, AnswerError) as error:
            outcome, reason = Ausgang.GESTOERT, error.code
        except Exception as error:  # noqa: BLE001 - whatever it was, it has an end, and a true one
            log_defect(error)
            outcome, reason = Ausgang.GESTOERT, DEFECT_CODE
        finally:
            if self._revoked:
                outcome, reason = Ausgang.WIDERRUFEN, REVOKED_CODE
            await asyncio.shield(self._let_go())
            if outcome is Ausgang.ABGEBROCHEN:  # the caller has gone; nobody takes what is left
                characters, usage = (mapper.characters, mapper.usage) if mapper else (0, None)
                await asyncio.shield(self.close(characters, usage))
        for event in await self._last_events(mapper, outcome, reason):
            yield event

    async def _last_events(self, mapper: StreamMapper | None, outcome: Ausgang, reason: str) -> list[bytes]:
        """Return the events after the end is on disk; where it is not, one that says so."""
        try:
            if mapper is not None:
                return await self._finish_stream(mapper, outcome, reason)
            await asyncio.shield(self._end(outcome, 0, None, reason=reason))
        except LedgerError:
            return [error_event("protokoll_gestoert", UNWRITTEN)]
        except Exception as error:  # noqa: BLE001 - whatever it was, it has an end
            log_defect(error)
            if mapper is not None and not self._ended:
                await asyncio.shield(self._broken(DEFECT_CODE, mapper.characters, mapper.usage))
        return [error_event(DEFECT_CODE, BROKEN)]

    async def _finish_stream(self, mapper: StreamMapper, outcome: Ausgang, reason: str) -> list[bytes]:
        out = mapper.finish()
        # Of an answer that was cut, a tool call may be half of what the model meant.
        held = list(mapper.held) if outcome is Ausgang.BEANTWORTET and not reason else []
        tools = self._tools(held)
        if outcome is Ausgang.BEANTWORTET:
            out += mapper.ends(
                notice_of(held, tools, self._tool_decision()) if held else "", cut=reason == "antwort_zu_lang"
            )
        events = [encode_event(event) for event in out]
        usage = await asyncio.shield(
            self._end(outcome, mapper.characters, mapper.usage, reason=reason, text=mapper.text, held=tools)
        )
        if outcome is not Ausgang.BEANTWORTET:
            return [*events, error_event(reason, REVOKED if outcome is Ausgang.WIDERRUFEN else BROKEN)]
        if self.passage.parsed.include_usage:
            events.append(encode_event(mapper.usage_event(usage_body(usage))))
        # A comment: every client passes over it, and whoever looks finds what the answer says of itself.
        unknown = list(dict.fromkeys(name for one in self._restorers for name in one.unknown))
        about = json.dumps(self.about(usage, unknown, tools), ensure_ascii=False, separators=(",", ":"))
        return [*events, b": leitplanke " + about.encode() + b"\n\n", DONE]

    def _mapper(self) -> StreamMapper:
        pseudonyms = self._pseudonyms

        def restorer(*, json: bool) -> StreamRestorer:
            assert pseudonyms is not None  # noqa: S101 - asked only where there are some
            self._restorers.append(made := pseudonyms.restorer(in_json=json))
            return made

        make = None if pseudonyms is None else restorer
        return StreamMapper(
            self.passage.parsed.kind,
            self._envelope(),
            make,
            hold=self._holds,
            keep_text=self.passage.purpose.keep_days > 0,
        )

    def _envelope(self) -> Envelope:
        json_content = self.passage.parsed.json_content
        return Envelope(f"lp-{self.passage.call_id}", self.passage.choice.model.name, int(time.time()), json_content)

    def _holds(self, tool: str) -> bool:
        """Whether a tool call waits for a person; a tool that nobody has described counts as writing."""
        return self.passage.purpose.tools.get(tool, True)

    def _tools(self, held: list[StreamedCall]) -> tuple[HeldTool, ...]:
        """Return what is kept for a person; nothing where the guideline forbids it, for then nobody may release it."""
        if not held or self._tool_decision().effect is Effect.BLOCK:
            return ()
        return tuple(HeldTool(uuid.uuid4(), call.name, call.arguments or "{}") for call in held)

    def _tool_decision(self) -> Decision:
        """Return what the guideline says of a writing tool that a model calls."""
        facts = {
            **self.passage.choice.facts,
            "schritt": "werkzeugaufruf",
            "werkzeug_schreibt": True,
            "ausloeser": "modell",
            "mensch_gibt_frei": False,
        }
        return self.passage.town.policy.decide(facts)

    async def _end(  # noqa: PLR0913 - what an end says
        self, outcome: Ausgang, characters: int, counted: dict[str, int] | None, *, reason: str = "", text: str = "",
        held: tuple[HeldTool, ...] = (),
    ) -> Usage:  # fmt: skip
        """Meter, write the end, and settle the budget; return once it is on disk."""
        if self._ended:
            raise RuntimeError("ended twice")
        self._ended = True
        self._door.done(self)
        seconds = self._door.now() - self.passage.began
        try:
            ended, usage = self._metered(
                outcome, reason, seconds, (characters, counted), (self._kept(outcome, text), held)
            )
        except Exception:
            # Nobody knows what it used, so it counts for what was set aside.
            self.passage.share.end()
            failed = Ausgang.GESTOERT, reason or DEFECT_CODE
            await self._write(
                self._ended_as(*failed, seconds, self.passage.expected, (0, 0, False), NOTHING, (None, ()))
            )
            raise
        await self._write(ended)
        return usage

    def _metered(
        self, outcome: Ausgang, reason: str, seconds: float, came: tuple[int, dict[str, int] | None],
        kept: tuple[Kept | None, tuple[HeldTool, ...]],
    ) -> tuple[Ended, Usage]:  # fmt: skip
        """Return the end with what was used, and the use for the answer; `came` is characters and what was counted."""
        model, (characters, counted) = self.passage.choice.model, came
        tokens_in = counted["prompt_tokens"] if counted else estimate_tokens(self.passage.parsed.characters)
        tokens_out = counted["completion_tokens"] if counted else estimate_tokens(characters, 0)
        tokens = tokens_in, tokens_out, counted is not None
        energy = model.meter(tokens_in, tokens_out, seconds, self.passage.share)
        eur = int(tokens_in * model.price_in + tokens_out * model.price_out)
        used = Amount(1, tokens_in + tokens_out, eur, energy.high_uwh)
        drawn = energy.low_uwh, energy.high_uwh, energy.method.value
        ended = self._ended_as(outcome, reason, seconds, used, tokens, drawn, kept)
        return ended, Usage(*tokens, drawn[0] / 1e6, drawn[1] / 1e6, drawn[2], eur / 1e6, energy)

    def _ended_as(  # noqa: PLR0913, PLR0917 - what an end says
        self, outcome: Ausgang, reason: str, seconds: float, used: Amount, tokens: tuple[int, int, bool],
        drawn: tuple[int, int, str], kept: tuple[Kept | None, tuple[HeldTool, ...]],
    ) -> Ended:  # fmt: skip
        passage, model = self.passage, self.passage.choice.model
        return Ended(
            passage.call_id, passage.caller.mandant_id, outcome, timezone.now(), model.id, model.name,
            passage.key.id if passage.key else None, used, *tokens, *drawn, round(seconds * 1000), reason, *kept,
        )  # fmt: skip

    async def _write(self, ended: Ended) -> None:
        try:
            await self._ledger.write(ended)
        finally:  # not before it is on disk: whoever looks there meanwhile must not miss it
            if self.passage.key is not None:
                self._budgets.settle(self.passage.key, timezone.now().date(), self.passage.expected, ended.used)

    def _kept(self, outcome: Ausgang, text: str) -> Kept | None:
        """Return what is kept of the content: nothing, unless the purpose demands it."""
        passage = self.passage
        if not passage.purpose.keep_days or outcome is not Ausgang.BEANTWORTET:
            return None
        asked = "\n\n".join(slot.text for slot in passage.parsed.slots)
        case = passage.caller.case or str(passage.call_id)
        return Kept(case, passage.purpose.keep_days, f"{asked}\n\n---\n\n{text}")

    def about(self, usage: Usage, unknown: list[str], held: Sequence[HeldTool] = ()) -> dict[str, Any]:
        """Return the machine-readable marking of the answer; `held` are calls of tools that wait for a person."""
        label = self.label
        return {
            "ai_generated": True, "model": label.model, "model_class": label.model_class, "purpose": label.purpose,
            "clauses": list(label.clauses), "notice": label.sentence, "call": label.call_id,
            **usage.energy_body(), "eur": usage.eur, "tokens_estimated": not usage.counted,
            "unknown_placeholders": unknown, "held": [{"id": str(one.public_id), "name": one.name} for one in held],
        }  # fmt: skip
