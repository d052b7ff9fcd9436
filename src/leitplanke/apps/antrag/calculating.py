"""What the rules can say of a case by now, kept on the case for lists and deadlines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.antrag.models import Angabe, Antrag, Rechenstand, Urteil
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.core.rules import RulesError
from leitplanke.core.rules.model import Kind
from leitplanke.core.verfahren.facts import assembled

if TYPE_CHECKING:
    from leitplanke.core.rules import Engine, Regelwerk, Result

_CENTS = Decimal("0.01")
_MOST = Decimal(10) ** 12


def engine_of(antrag: Antrag) -> Engine:
    """Return the rules of a case as they hold for its Mandant.

    Raises:
        UnknownRegelwerkError: the procedure or its layer is gone.
        RegelwerkError: its rules cannot be used.
    """
    return engine_for(antrag.mandant, antrag.verfahren, antrag.ebene or None)


def lists_of(regelwerk: Regelwerk) -> frozenset[str]:
    """Return the facts that are lists."""
    return frozenset(name for name, angabe in regelwerk.angaben.items() if angabe.shape.kind is Kind.LISTE)


def day_of(antrag: Antrag) -> date:
    """Return the day whose law is applied; today while the application is prepared."""
    return antrag.stichtag or timezone.localdate()


def result_of(antrag: Antrag, engine: Engine | None = None, *, on: date | None = None) -> Result:
    """Evaluate a case as it stands.

    Raises:
        RulesError: the rules, the law of that day or a fact cannot be used; the message says which.
    """
    made = engine or engine_of(antrag)
    return made.evaluate(antrag.fakten, on=on or day_of(antrag), judgements=antrag.urteile)


def collected(antrag: Antrag, engine: Engine, *, at: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return facts and judgements from their rows, as they hold now or held at the time `at`."""
    angaben = Angabe.objects.for_mandant(antrag.mandant_id).filter(antrag=antrag)
    urteile = Urteil.objects.for_mandant(antrag.mandant_id).filter(antrag=antrag)
    if at is None:
        angaben, urteile = angaben.filter(ersetzt_am__isnull=True), urteile.filter(ersetzt_am__isnull=True)
    else:
        angaben = angaben.filter(am__lte=at).exclude(ersetzt_am__lte=at)
        urteile = urteile.filter(am__lte=at).exclude(ersetzt_am__lte=at)
    values = dict(angaben.values_list("pfad", "wert"))
    return assembled(values, lists_of(engine.regelwerk)), dict(urteile.values_list("name", "wert"))


def renew(antrag: Antrag, engine: Engine | None = None) -> None:
    """Renew facts, judgements and what the rules say on a locked case; the caller saves it."""
    try:
        made = engine or engine_of(antrag)
        antrag.fakten, antrag.urteile = collected(antrag, made)
        summary = summarised(result_of(antrag, made))
    except RulesError:
        summary = FAILED
    for name, value in summary.items():
        setattr(antrag, name, value)


FAILED: dict[str, Any] = {
    "rechenstand": Rechenstand.FEHLER,
    "betrag_von": None,
    "betrag_bis": None,
    "ergebnis": "",
    "offene_angaben": 0,
    "offene_urteile": 0,
    "digest": "",
}


def summarised(result: Result) -> dict[str, Any]:
    """Return what a list shows of a result, by column."""
    low, high = result.bounds_of(result.regelwerk.ziel[0])
    certain = [outcome.name for outcome, state in result.outcomes if state == "ja"]
    return {
        "rechenstand": Rechenstand(result.status),
        "betrag_von": _amount(low),
        "betrag_bis": _amount(high),
        "ergebnis": certain[0] if certain else "",
        "offene_angaben": len(set(result.missing_names) | set(result.missing_for_outcome)),
        "offene_urteile": len(result.judgements),
        "digest": result.digest,
    }


def _amount(value: Any) -> Decimal | None:
    """Return an amount for its column; None where it is none, or open so far that no column holds it."""
    try:
        number = Decimal(str(value)).quantize(_CENTS)
    except InvalidOperation:
        return None
    return number if abs(number) < _MOST else None
