"""What goes into the door and what comes out of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leitplanke.core.energy import UNMETERED_WORDS, Energy, in_words, including, not_including, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

# The body of a request or an answer, as JSON has it.
Body = dict[str, Any]


class Kind(enum.StrEnum):
    """What is asked of a model."""

    CHAT = "chat"
    COMPLETION = "completion"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls.

    Attributes:
        mandant_id: whose town.
        purpose: technical name of the register entry.
        staff: whether somebody of the office asks (a trial serves them alone).
        trigger: `person` or `fachverfahren`, as `core.policy` knows them.
        key_id: of the key that opened the door; None for callers inside the house.
        person_id: who it is, for the sealed part of evidence only; None for machines and the public.
        case: of which case content is kept, where the purpose demands keeping; "" else.
        facts: what the caller knows about the step (`mensch_gibt_frei`, `ermessen`, ...), over what the door finds.
    """

    mandant_id: int
    purpose: str
    staff: bool
    trigger: str = "person"
    key_id: int | None = None
    person_id: int | None = None
    case: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was forwarded, and why.

    Attributes:
        code: for machines (`zweck_nicht_freigegeben`, `budget_belegt`, ...).
        sentence: for people, in German: what is wrong and what to do.
        status: of HTTP.
        clause, clause_title: the clause of the guideline that caused it; "" where none did.
        retry_after: seconds, where waiting helps.
        call_id: public id of the call in evidence; "" where none was opened.
        clause_url: path of the page of the clause; "" where none caused it.
    """

    code: str
    sentence: str
    status: int
    clause: str = ""
    clause_title: str = ""
    retry_after: int = 0
    call_id: str = ""
    clause_url: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call used.

    Attributes:
        counted: whether the service said so; else we counted.
        wh_low, wh_high: energy in Wh; `method` A to D of `core.energy`.
        eur: cost.
        energy: what the figures come from, with what is in them.
    """

    tokens_in: int
    tokens_out: int
    counted: bool
    wh_low: float
    wh_high: float
    method: str
    eur: float
    energy: Energy | None = None

    @property
    def wh(self) -> tuple[str, str]:
        """The range in Wh, with two significant digits."""
        return f"{rounded(self.wh_low):f}", f"{rounded(self.wh_high):f}"

    def energy_body(self) -> Body:
        """Return what a machine is told of the energy."""
        found: Body = {
            "energy_wh": [float(f"{self.wh_low:.2g}"), float(f"{self.wh_high:.2g}")],
            "energy_method": self.method,
        }
        if self.energy is not None:
            found["energy_text"] = in_words(self.energy)
            found["energy_including"] = list(including(self.energy))
            found["energy_not_including"] = list(not_including(self.energy))
            if self.energy.unmetered:
                found["energy_note"] = UNMETERED_WORDS
        return found


@dataclass(frozen=True, slots=True)
class Label:
    """What every answer says of itself (Art. 50 AI Act, clause of the guideline)."""

    model: str
    model_class: str
    purpose: str
    clauses: tuple[str, ...]
    sentence: str
    call_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with the names put back.

    Attributes:
        text: what the model wrote (first choice).
        body: in the form of the wire.
        unknown: placeholders in it that nobody issued; whoever shows the text must point them out.
    """

    text: str
    body: Body
    label: Label
    usage: Usage
    unknown: tuple[str, ...] = ()
