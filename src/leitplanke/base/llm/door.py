"""The door: every call of a language model, in the order of docs/adr/0007-gateway.md.

A step that fails before the transport means that nothing leaves the house. A refusal is a value.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from leitplanke.base.llm.budget import Amount, Budgets
from leitplanke.base.llm.calls import Body, Caller, Refusal
from leitplanke.base.llm.choosing import Choice, choose, facts_of, facts_of_call, refusal_of, suitable
from leitplanke.base.llm.defects import log_defect, logged_defects
from leitplanke.base.llm.entries import Begun, Ended
from leitplanke.base.llm.expecting import expected_of
from leitplanke.base.llm.failing import failure
from leitplanke.base.llm.ledger import LedgerError
from leitplanke.base.llm.looking import Looker, Seen, UnlookableError
from leitplanke.base.llm.masking import masked
from leitplanke.base.llm.models import Ausgang
from leitplanke.base.llm.opened import REVOKED, REVOKED_CODE, Opened, Passage
from leitplanke.base.llm.ports_inner import Book, Keeping
from leitplanke.base.llm.snapshot import KeyView, ModelView, PurposeView, Snapshot, TownView
from leitplanke.base.llm.transports import Target, Transport, TransportError, Upstream
from leitplanke.base.llm.transports.attempts import Breaker, Next, after_failure
from leitplanke.base.llm.wire import Parsed, WireError
from leitplanke.core.policy import DataClass, Decision
from leitplanke.core.privacy import Pseudonyms

STEPS = ("wer", "pruefen", "leitlinie", "platzhalter", "budget", "protokoll", "senden")
CLOSED = Refusal(
    "stand_unbekannt", "Gerade ist nicht feststellbar, was erlaubt ist. Bitte versuchen Sie es in einer Minute erneut.",
    503, retry_after=30,
)  # fmt: skip
ROLE_ENDED = Refusal(
    "rolle_beendet",
    "Sie haben keine der Rollen mehr, mit denen dieser Zugang handelt. Wer weiter hier arbeitet, legt unter "
    "/gateway/zugaenge/ einen neuen an.", 403,
)  # fmt: skip
UNWRITABLE = Refusal(
    "protokoll_gestoert",
    "Der Aufruf lässt sich nicht festhalten. Es wurde nichts weitergegeben; bitte versuchen Sie es später erneut.", 503,
    retry_after=60,
)  # fmt: skip
BUSY_BUDGET = Refusal(
    "budget_belegt",
    "Was vom Budget dieses Zugangs übrig ist, haben laufende Anfragen belegt. Bitte versuchen Sie es gleich erneut.",
    429, retry_after=10,
)  # fmt: skip
DEFECT = Refusal(
    "stoerung",
    "Bei der Prüfung ist etwas schiefgegangen. Es wurde nichts weitergegeben; bitte versuchen Sie es erneut.",
    500,
)
# After the beginning is on disk something may have left: these say no more than is true.
UNENDED = Refusal(
    "protokoll_gestoert",
    "Das Ende des Aufrufs ließ sich nicht festhalten. Bitte versuchen Sie es später erneut.", 503,
    retry_after=60,
)  # fmt: skip
FAILED = "Bei dem Aufruf ist etwas schiefgegangen. Bitte versuchen Sie es erneut."
LOOK_SECONDS = 1.0
WELL = Breaker()
Hook = Callable[[str], None]


def _no_hook(_step: str) -> None:
    pass


@dataclass(slots=True)
class _State:
    """What the steps of one call have found so far."""

    caller: Caller
    parsed: Parsed
    call_id: uuid.UUID
    began: float
    at: datetime
    snapshot: Snapshot
    town: TownView
    purpose: PurposeView
    key: KeyView | None
    seen: Seen | None = None
    choices: list[Choice] = field(default_factory=list)
    expected: Amount = field(default_factory=Amount)
    output: int = 0
    asked: ModelView | None = None


class Door:
    """Opens calls in one event loop."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        keeper: Keeping,
        ledger: Book,
        budgets: Budgets,
        transports: Mapping[str, Transport],
        *,
        clock: Callable[[], float] = time.monotonic,
        hook: Hook = _no_hook,
    ) -> None:
        """Take what it stands on; `hook` is called before each step, for tests that let one fail."""
        self.keeper = keeper
        self.ledger = ledger
        self.budgets = budgets
        self._transports = transports
        self._clock = clock
        self._hook = hook
        self._looker = Looker()
        self._breakers: dict[int, Breaker] = {}
        self._running: set[Opened] = set()
        self._watching: asyncio.Task[None] | None = None
        self._checked: Snapshot | None = None

    async def open_call(self, caller: Caller, parsed: Parsed) -> Refusal | Opened:
        """Take a call through the steps up to the first byte of the answer."""
        try:
            self._hook("wer")
            state = self._who(caller, parsed)
            return state if isinstance(state, Refusal) else await self._go(state)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing has left the house
            log_defect(error)
            return DEFECT

    def _who(self, caller: Caller, parsed: Parsed) -> _State | Refusal:
        snapshot = self.keeper.current()
        if snapshot is None:
            return CLOSED
        town = snapshot.towns.get(caller.mandant_id)
        purpose = town.purposes.get(caller.purpose) if town else None
        if town is None or purpose is None:
            return Refusal(
                "zweck_unbekannt",
                "Dieser Zweck ist nicht eingerichtet. Bitte wenden Sie sich an die KI-Beauftragte.", 403,
            )  # fmt: skip
        key = snapshot.keys_by_id.get(caller.key_id) if caller.key_id is not None else None
        if caller.key_id is not None and key is None:
            return Refusal("zugang_ungueltig", "Dieser Zugang gilt nicht mehr.", 401)
        if key is not None and key.role_ended:
            return ROLE_ENDED
        now = timezone.now()
        return _State(caller, parsed, uuid.uuid4(), self._clock(), now, snapshot, town, purpose, key)

    async def _go(self, state: _State) -> Refusal | Opened:
        self._hook("pruefen")
        try:
            declared = DataClass(state.purpose.data_class)
            state.seen = await self._looker.look(state.town.detector, state.parsed.slots, declared)
        except UnlookableError as error:
            return self._refuse(state, Refusal(error.code, error.sentence, error.status))
        self._hook("leitlinie")
        if (refused := self._choose(state)) is not None:
            return refused
        self._hook("platzhalter")
        prepared: dict[int, tuple[Body, Pseudonyms | None]] = {}
        first = state.choices[0]
        prepared[first.model.id] = self._prepared(state, first)
        self._hook("budget")
        hard = state.town.budget_stops
        if state.key is not None and not self.budgets.reserve(state.key, state.at.date(), state.expected, hard=hard):
            return self._refuse(state, BUSY_BUDGET)
        if (refused := await self._begin(state, first)) is not None:
            return refused
        try:
            return await self._send(state, prepared)
        except LedgerError:
            return replace(UNENDED, call_id=str(state.call_id))

    async def _begin(self, state: _State, choice: Choice) -> Refusal | None:
        """Have the beginning on disk; from here on every way out writes an end."""
        try:
            self._hook("protokoll")
            await self.ledger.write(self._begun(state, choice))
        except asyncio.CancelledError:
            self._give_back(state)
            # It may be on disk or come there yet; the end is written after it.
            self.ledger.note(replace(self._unanswered(state, Ausgang.ABGEBROCHEN, "aufrufer_weg"), if_begun=True))
            raise
        except LedgerError:
            self._give_back(state)
            self.ledger.note(replace(self._unanswered(state, Ausgang.GESTOERT, UNWRITABLE.code), if_begun=True))
            return UNWRITABLE
        except BaseException:
            self._give_back(state)
            raise
        return None

    def _choose(self, state: _State) -> Refusal | None:
        models = suitable(state.parsed, state.purpose, state.key)
        if isinstance(models, Refusal):
            return self._refuse(state, models)
        state.output = min(state.parsed.max_output or state.purpose.max_output, state.purpose.max_output)
        share = self.budgets.share(state.key, state.at.date()) if state.key else 0
        seen = state.seen
        assert seen is not None  # noqa: S101 - looked at before

        known = facts_of_call(state.caller, state.parsed, state.town, state.purpose, state.key, seen, share)

        def facts(model: ModelView, smallest: bool) -> dict[str, Any]:  # noqa: FBT001 - as `choose` calls it
            return facts_of(known, model, output=min(state.output, model.max_output), smallest=smallest)

        state.choices, first, first_facts = choose(models, state.parsed, state.town, facts)
        if not state.choices:
            assert first is not None  # noqa: S101 - there was a model
            wait = self.budgets.wait(state.key, state.at) if state.key else 0
            return self._refuse(state, refusal_of(first, wait), first, first_facts)
        if len(state.choices) > 1:
            state.choices.sort(key=lambda choice: self._ails(choice.model))
        if state.key is not None:
            state.expected = expected_of(state.parsed, (choice.model for choice in state.choices), state.output)
        return None

    def _ails(self, model: ModelView) -> bool:
        """Whether a model is better asked last: a check or the last calls say that it does not answer."""
        return bool(model.ailing) or not self._breakers.get(model.id, WELL).permits(self._clock())

    def _prepared(self, state: _State, choice: Choice) -> tuple[Body, Pseudonyms | None]:
        """Return the body for a model, with placeholders where the guideline wants them."""
        output = min(state.output, choice.model.max_output)
        seen = state.seen
        assert seen is not None  # noqa: S101 - looked at before
        texts: Sequence[str] = seen.texts
        pseudonyms: Pseudonyms | None = None
        if choice.masked:
            texts, pseudonyms = masked(texts, seen.spans, state.parsed.slots, seen.public)
        return state.parsed.with_texts(texts, max_output=output), pseudonyms

    def _begun(self, state: _State, choice: Choice) -> Begun:
        return self._entry(state, choice.decision, choice.facts, choice.model)

    def _entry(
        self,
        state: _State,
        decision: Decision | None,
        facts: Mapping[str, Any],
        model: ModelView | None,
        code: str = "",
    ) -> Begun:
        profile, key = state.town.policy.profile, state.key
        return Begun(
            state.call_id, state.caller.mandant_id, state.purpose.key, state.parsed.kind.value, state.at,
            f"{profile.id}/{profile.version}", key.id if key else None, key.number if key else "",
            state.caller.person_id, model.id if model else None, model.name if model else "", facts,
            decision.effect.value if decision else "", decision.numbers if decision else (),
            state.seen.counts if state.seen else {}, code,
        )  # fmt: skip

    def _refuse(
        self, state: _State, refusal: Refusal, decision: Decision | None = None, facts: Mapping[str, Any] | None = None
    ) -> Refusal:
        self.ledger.note(self._entry(state, decision, facts or {}, None, refusal.code))
        return replace(refusal, call_id=str(state.call_id))

    async def _send(self, state: _State, prepared: dict[int, tuple[Body, Pseudonyms | None]]) -> Refusal | Opened:
        told = Refusal("stoerung", FAILED, 500, retry_after=30, call_id=str(state.call_id))
        try:
            found = await self._first_answer(state, prepared)
            if not isinstance(found, str):
                return found
            told = failure(found, told.call_id)
        except WireError as error:
            told = failure(error.code, told.call_id)
        except LedgerError:
            told = replace(UNENDED, call_id=told.call_id)
        except asyncio.CancelledError:
            with suppress(LedgerError):  # the ledger owes it
                await asyncio.shield(self._end_without_answer(state, Ausgang.ABGEBROCHEN, "aufrufer_weg"))
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, it has an end
            log_defect(error)
        if told.code == REVOKED_CODE:
            await self._end_without_answer(state, Ausgang.WIDERRUFEN, told.code)
            return Refusal(told.code, REVOKED, 403, call_id=told.call_id)
        await self._end_without_answer(state, Ausgang.GESTOERT, told.code)
        return told

    async def _first_answer(self, state: _State, prepared: dict[int, tuple[Body, Pseudonyms | None]]) -> Opened | str:
        """Ask the models in their order; return what the first of them opened, or the code of the last failure."""
        found: Upstream | str
        code, written = "unerreichbar", state.choices[0]
        for place, choice in enumerate(state.choices):
            breaker = self._breakers.get(choice.model.id, Breaker())
            last = place == len(state.choices) - 1
            if not breaker.permits(self._clock()) and not last:
                continue
            passage = self._passage(state, choice)
            if not passage.still_allowed(self.keeper.current()):
                return REVOKED_CODE
            body, pseudonyms = prepared.get(choice.model.id) or self._prepared(state, choice)
            if choice is not written:  # evidence names the model before anything goes there
                await self.ledger.write(replace(self._begun(state, choice), again=True))
                written = choice
            state.asked = choice.model
            share, found = choice.model.meter.begin(), ""
            try:
                found = await self._try(state, passage, body, others=not last)
                if not isinstance(found, str):
                    return self._opened(replace(passage, share=share), found, pseudonyms)
            except BaseException:
                share.end()
                if not isinstance(found, str):
                    await found.close()
                raise
            share.end()
            if found == REVOKED_CODE:
                return found
            code = found
        return code

    async def _try(self, state: _State, passage: Passage, body: Body, *, others: bool) -> Upstream | str:
        """Ask one model, twice where that helps; return what it opened, or the code of its failure."""
        model, tries = passage.choice.model, 0
        target: Target = model.target
        while True:
            tries += 1
            if not passage.still_allowed(self.keeper.current()):
                return REVOKED_CODE
            now = self._clock()
            self._breakers[model.id] = self._breakers.get(model.id, Breaker()).begun(now)
            self._hook("senden")
            try:
                transport = self._transports[target.protocol]
                upstream = await transport.open(target, state.parsed.kind, body, stream=state.parsed.stream)
            except TransportError as error:
                self._breakers[model.id] = self._breakers[model.id].failed(error.code, self._clock())
                step = after_failure(error, tries=tries, others=others)
                if step.next is not Next.AGAIN:
                    return error.code
                await asyncio.sleep(step.wait)
            else:
                self._breakers[model.id] = self._breakers[model.id].succeeded()
                return upstream

    def _passage(self, state: _State, choice: Choice) -> Passage:
        return Passage(
            state.call_id, state.caller, state.parsed, state.purpose, state.town, state.key, choice, state.expected,
            state.began, min(state.output, choice.model.max_output),
        )  # fmt: skip

    def _opened(self, passage: Passage, upstream: Upstream, pseudonyms: Pseudonyms | None) -> Opened:
        opened = Opened(passage, upstream, pseudonyms, self)
        if not passage.still_allowed(self.keeper.current()):  # while the model made us wait
            opened.revoke()
        self._running.add(opened)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.ensure_future(self._watch())
        return opened

    async def _watch(self) -> None:
        """Look each second, also where the thread that loads the snapshot hangs: then it becomes void."""
        while self._running:
            await asyncio.sleep(LOOK_SECONDS)
            with logged_defects():
                self.check_running()

    async def _end_without_answer(self, state: _State, outcome: Ausgang, code: str) -> None:
        self._give_back(state)
        await self.ledger.write(self._unanswered(state, outcome, code))

    def _unanswered(self, state: _State, outcome: Ausgang, code: str) -> Ended:
        """Return an end that costs nothing: no budget is used by what gave no answer."""
        model, key = state.asked or state.choices[0].model, state.key
        return Ended(
            state.call_id, state.caller.mandant_id, outcome, timezone.now(), model.id, model.name,
            key.id if key else None, Amount(), 0, 0, True, 0, 0, "", round((self._clock() - state.began) * 1000), code,
        )  # fmt: skip

    def _give_back(self, state: _State) -> None:
        if state.key is not None:
            self.budgets.settle(state.key, state.at.date(), state.expected, Amount())

    def done(self, opened: Opened) -> None:
        """Forget a call that has ended."""
        self._running.discard(opened)

    def now(self) -> float:
        """Return the time of the clock in seconds."""
        return self._clock()

    def check_running(self) -> None:
        """End running answers whose key, purpose or model is no longer there; call it in the loop of the door."""
        snapshot = self.keeper.current()
        if snapshot is not None and snapshot is self._checked:
            return  # what was opened since was looked at when it was
        self._checked = snapshot
        for opened in tuple(self._running):
            if not opened.passage.still_allowed(snapshot):
                opened.revoke()
