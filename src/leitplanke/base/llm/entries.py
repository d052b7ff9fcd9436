"""What the ledger writes of a call: its beginning, its end, its refusal."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.inserts import insert, update
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.budget import Amount, periods
from leitplanke.base.llm.models import Aufruf, Ausgang, Gespeichert, Werkzeugfreigabe
from leitplanke.base.llm.vault import case_key, seal, sealed_for_case

if TYPE_CHECKING:
    from leitplanke.base.evidence.services import Acting

SUBJECT = "llm.aufruf"
UNWRITTEN_CODE = "protokoll_gestoert"


@dataclass(frozen=True, slots=True)
class Begun:
    """A call that is about to leave, or was refused.

    Attributes:
        facts: the policy decided over them; `effect`, `clauses` are what it decided.
        findings: count per label.
        refusal: code of the refusal; "" where it goes on.
        again: another model steps in; the row is there, evidence of it is not.
        person_id: for the sealed part of evidence only.
    """

    call_id: uuid.UUID
    mandant_id: int
    purpose: str
    kind: str
    at: datetime
    profile: str
    key_id: int | None = None
    key_number: str = ""
    person_id: int | None = None
    model_id: int | None = None
    model: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    effect: str = ""
    clauses: tuple[str, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""
    again: bool = False
    urgent: ClassVar[bool] = True

    def write(self) -> None:
        """Insert the row and the evidence, in the transaction of the ledger."""
        if self.again:
            update(
                Aufruf, _row(self), modell_id=self.model_id, fakten=dict(self.facts), wirkung=self.effect,
                klauseln=list(self.clauses),
            )  # fmt: skip
        else:
            self._insert()
        self._prove()

    def overdue(self) -> None:
        """Whoever was told that it could not be written forwarded nothing: nothing is owed."""

    def _insert(self) -> None:
        ended = self.at if self.refusal else None
        insert(
            Aufruf, mandant_id=self.mandant_id, public_id=self.call_id, zweck=self.purpose, zugang_id=self.key_id,
            modell_id=self.model_id, art=self.kind, begonnen_am=self.at, beendet_am=ended,
            ausgang=Ausgang.ABGELEHNT.value if self.refusal else Ausgang.OFFEN.value, ablehnung=self.refusal,
            fakten=dict(self.facts), wirkung=self.effect, klauseln=list(self.clauses), funde=dict(self.findings),
            token_ein=0, token_aus=0, geschaetzt=False, eur_millionstel=0, wh_von=0, wh_bis=0, wh_methode="",
            dauer_ms=0,
        )  # fmt: skip

    def _prove(self) -> None:
        data = {
            "aufruf": str(self.call_id), "zweck": self.purpose, "zugang": self.key_number, "modell": self.model,
            "modellklasse": str(self.facts.get("modellklasse") or ""), "wirkung": self.effect, "profil": self.profile,
            "datenklasse": str(self.facts.get("datenklasse") or ""), "klauseln": " ".join(self.clauses),
            "funde": " ".join(f"{label}={count}" for label, count in sorted(self.findings.items())),
        }  # fmt: skip
        code = "llm.begonnen"
        if self.refusal:
            code, data = "llm.abgelehnt", {**data, "grund": self.refusal}
        # Who called is sealed: the log itself names nobody.
        personal = {"person": str(self.person_id)} if self.person_id is not None else {}
        _leave(code, self.mandant_id, self.call_id, data, personal)


@dataclass(frozen=True, slots=True)
class Kept:
    """Content that the purpose demands to keep, for `days`; `case` names whose it is."""

    case: str
    days: int
    text: str


@dataclass(frozen=True, slots=True)
class HeldTool:
    """A call of a writing tool that waits for a person."""

    public_id: uuid.UUID
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a call.

    Attributes:
        if_begun: it may be that the beginning never came to disk; then there is nothing to end.
    """

    call_id: uuid.UUID
    mandant_id: int
    outcome: Ausgang
    at: datetime
    model_id: int | None
    model: str
    key_id: int | None
    used: Amount
    tokens_in: int
    tokens_out: int
    counted: bool
    wh_low: int
    wh_high: int
    method: str
    milliseconds: int
    reason: str = ""
    kept: Kept | None = None
    held: tuple[HeldTool, ...] = ()
    if_begun: bool = False
    urgent: ClassVar[bool] = False

    def overdue(self) -> Ended:
        """Return the end that is true where whoever asked was told not to use the answer."""
        if self.outcome is not Ausgang.BEANTWORTET:
            return self
        return replace(self, outcome=Ausgang.GESTOERT, reason=UNWRITTEN_CODE, kept=None, held=())

    def write(self) -> None:
        """Bring the row to its end, count, and leave evidence, in the transaction of the ledger."""
        if self.if_begun and not Aufruf.objects.for_mandant(self.mandant_id).filter(public_id=self.call_id).exists():
            return
        update(
            Aufruf, _row(self), beendet_am=self.at, ausgang=self.outcome.value, ablehnung=self.reason,
            modell_id=self.model_id, token_ein=self.tokens_in, token_aus=self.tokens_out, geschaetzt=not self.counted,
            eur_millionstel=self.used.eur, wh_von=self.wh_low, wh_bis=self.wh_high, wh_methode=self.method,
            dauer_ms=self.milliseconds,
        )  # fmt: skip
        if self.key_id is not None:
            _count(self.mandant_id, self.key_id, self.at.date(), self.used)
        data = {
            "aufruf": str(self.call_id), "ausgang": self.outcome.value, "token_ein": str(self.tokens_in),
            "token_aus": str(self.tokens_out), "wh_von": _millionths(self.wh_low), "wh_bis": _millionths(self.wh_high),
            "methode": self.method, "eur": _millionths(self.used.eur), "modell": self.model,
        }  # fmt: skip
        _leave("llm.beendet", self.mandant_id, self.call_id, data, {})
        if self.kept is not None or self.held:
            rows = Aufruf.objects.for_mandant(self.mandant_id)
            self._keep(rows.values_list("pk", flat=True).get(public_id=self.call_id))

    def _keep(self, pk: int) -> None:
        for tool in self.held:
            Werkzeugfreigabe.objects.create(
                public_id=tool.public_id, mandant_id=self.mandant_id, aufruf_id=pk, werkzeug=tool.name[:120],
                argumente=seal(tool.arguments.encode()),
            )  # fmt: skip
        if self.kept is None:
            return
        day: date = self.at.date() + timedelta(days=self.kept.days)
        key = case_key(self.mandant_id, self.kept.case, day)
        Gespeichert.objects.create(
            mandant_id=self.mandant_id, aufruf_id=pk, schluessel=key, inhalt=sealed_for_case(key, self.kept.text),
            loeschen_am=day,
        )  # fmt: skip


def _leave(
    code: str, mandant_id: int, call_id: uuid.UUID, data: Mapping[str, str], personal: Mapping[str, str]
) -> None:
    mandant = _town(mandant_id)
    nobody: Acting = None
    record(code, mandant=mandant, actor=nobody, subject=(SUBJECT, str(call_id)), data=data, personal=personal)


_towns: dict[int, Mandant] = {}


def _town(mandant_id: int) -> Mandant:
    """Return a Mandant for the log, which asks for its key and short name only; both never change."""
    found = _towns.get(mandant_id)
    if found is None:
        found = _towns[mandant_id] = Mandant.objects.get(pk=mandant_id)
    return found


_COUNT = """
INSERT INTO llm_zaehler (mandant_id, zugang_id, zeitraum, anfragen, token, eur_millionstel, wh_millionstel)
VALUES (%s, %s, %s, %s, %s, %s, %s), (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (zugang_id, zeitraum) DO UPDATE SET
  anfragen = llm_zaehler.anfragen + excluded.anfragen,
  token = llm_zaehler.token + excluded.token,
  eur_millionstel = llm_zaehler.eur_millionstel + excluded.eur_millionstel,
  wh_millionstel = llm_zaehler.wh_millionstel + excluded.wh_millionstel
"""


def _row(entry: Begun | Ended) -> dict[str, object]:
    return {"mandant_id": entry.mandant_id, "public_id": entry.call_id}


def _count(mandant_id: int, key_id: int, on: date, used: Amount) -> None:
    """Count for the day and for its month."""
    amounts = (used.calls, used.tokens, used.eur, used.wh)
    rows = [value for period in periods(on) for value in (mandant_id, key_id, period, *amounts)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, rows)


def _millionths(value: int) -> str:
    return f"{value / 1_000_000:.6f}"
