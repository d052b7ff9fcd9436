"""A decision explained to the person it is about: short, long, step by step, and what would have changed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import engine_of
from leitplanke.base.interview.panel import ProofStep
from leitplanke.base.interview.wording import shown, title_of
from leitplanke.core.rules import RulesError
from leitplanke.core.rules.explain import Explanation, Sentence
from leitplanke.core.rules.model import Kind
from leitplanke.core.rules.proof import COMPUTED, JUDGED, PARAMETER, PRESUMED, STATED
from leitplanke.core.rules.whatif import Change, nearest_changes

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Entscheidung
    from leitplanke.core.rules import Engine, Result
    from leitplanke.core.rules.model import Angabe

OUTCOME = "ergebnis"


@dataclass(frozen=True, slots=True)
class Told:
    """A change that would have led elsewhere."""

    title: str
    stated: str
    needed: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything the page says about a decision.

    Attributes:
        same: whether the rules of today still give exactly this proof; otherwise only what was kept is shown.
    """

    headline: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    decisive: tuple[ProofStep, ...] = ()
    facts: tuple[ProofStep, ...] = ()
    presumed: tuple[ProofStep, ...] = ()
    values: tuple[ProofStep, ...] = ()
    rules: tuple[ProofStep, ...] = ()
    judged: tuple[ProofStep, ...] = ()
    norms: tuple[str, ...] = ()
    changes: tuple[Told, ...] = ()
    kept: tuple[dict[str, Any], ...] = field(default=())
    same: bool = True


def explained(entscheidung: Entscheidung) -> Explained:
    """Explain a decision from the facts, judgements and law that were kept with it."""
    try:
        engine = engine_of(entscheidung.antrag)
        result = engine.evaluate(entscheidung.fakten, on=entscheidung.stichtag, judgements=entscheidung.urteile)
    except (RulesError, LookupError):
        return Explained(kept=tuple(entscheidung.nachweis), same=False)
    if result.digest != entscheidung.digest:
        return Explained(kept=tuple(entscheidung.nachweis), same=False)
    return of_result(engine, result)


def of_result(engine: Engine, result: Result) -> Explained:
    """Explain a result."""
    said = Explanation(result)
    used = [step for step in said.steps if step.used]

    def of(*kinds: str) -> tuple[ProofStep, ...]:
        return tuple(_step(step) for step in used if step.kind in kinds)

    return Explained(
        headline=said.headline,
        outcomes=said.outcomes,
        decisive=tuple(_step(step) for step in said.decisive),
        facts=of(STATED),
        presumed=of(PRESUMED),
        values=of(PARAMETER),
        rules=of(COMPUTED),
        judged=of(JUDGED),
        norms=said.norms,
        changes=tuple(_told(engine, change) for change in nearest_changes(result, OUTCOME)),
    )


def _step(step: Sentence) -> ProofStep:
    lines = dict.fromkeys(line for line in (step.words, *step.numbers) if line and not step.value.startswith(line))
    return ProofStep(step.title, step.norm, tuple(lines), step.value, step.kind == PRESUMED, step.item)


def _amount_words(value: Any, fact: Angabe) -> str:
    """Return a value as one says it; nobody pays in parts of a cent."""
    text = shown(value, fact.shape, fact.shape.einheit)
    if fact.shape.kind is not Kind.BETRAG:
        return text
    exact = Decimal(str(value))
    cents = exact.quantize(Decimal("0.01"))
    if cents == exact:
        return text
    return _("rund %(betrag)s") % {"betrag": shown(cents, fact.shape, fact.shape.einheit)}


def _told(engine: Engine, change: Change) -> Told:
    book = engine.regelwerk
    fact = book.fact(change.fact)
    outcome = next((item for item in book.ergebnisse if item.name == change.becomes), None)

    def words(value: Any) -> str:
        return _amount_words(value, fact) if fact is not None else str(value)

    becomes = outcome.titel.de if outcome is not None else str(change.becomes or "")
    return Told(title_of(book, change.fact), words(change.stated), words(change.needed), becomes)
