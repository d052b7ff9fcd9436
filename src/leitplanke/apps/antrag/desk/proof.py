"""What the rules say of a case by now: outcomes, amount, proof, missing facts, and judgements with their options."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.antrag.desk.values import anchor_of, bounds_text, named_value, title_of_path
from leitplanke.apps.antrag.models import Entscheidungsart
from leitplanke.base.interview.wording import number, said, shown, title_of
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.proof import COMPUTED, JUDGED, OPEN
from leitplanke.core.verfahren.deviations import Deviation, DeviationKind

if TYPE_CHECKING:
    from leitplanke.apps.antrag.judging import Option
    from leitplanke.apps.antrag.models import Urteil, Vorentscheidung
    from leitplanke.core.rules import Result, Step
    from leitplanke.core.rules.model import Ermessen

MOST_WIDTH = 95  # per cent: beyond it a fact narrows nothing that one could say in a number


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One step of the proof."""

    title: str
    norm: str
    value: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A fact that still matters, why, and by what one may prove it."""

    pfad: str
    anchor: str
    title: str
    why: str
    norm: str
    proofs: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The result as it stands."""

    target: str
    amount: str
    settled: bool
    outcomes: tuple[tuple[str, str], ...]
    possible: tuple[tuple[str, str], ...]
    rows: tuple[ProofRow, ...]
    missing: tuple[MissingRow, ...]


def standing_of(result: Result) -> Standing:
    """Return what the rules say by now."""
    name = result.regelwerk.ziel[0]
    source = result.regelwerk.regeln.get(name) or result.regelwerk.parameter[name]
    return Standing(
        target=said(source.titel),
        amount=named_value(result, name),
        settled=result.settled(name),
        outcomes=tuple((said(o.titel), o.norm) for o, state in result.outcomes if state == "ja"),
        possible=tuple((said(o.titel), o.norm) for o, state in result.outcomes if state != "ja"),
        rows=tuple(proof_rows(result)),
        missing=missing_of(result),
    )


def proof_rows(result: Result) -> list[ProofRow]:
    """Return the steps that bear on the result, those of the case as a whole; facts stand in their own list."""
    bearing = Explanation(result).distance
    steps = [step for step in result.proof if step.kind == COMPUTED and step.name in bearing and not step.item]
    judged = [step for step in result.proof if step.kind == JUDGED or step.name in result.judgements]
    return [_row(step) for step in (*steps, *judged)]


def _row(step: Step) -> ProofRow:
    shape = step.about.shape
    if step.kind == OPEN:
        return ProofRow(step.title, step.norm, "–", _("Mensch entscheidet"), "warning")
    if step.settled:
        label = _("beurteilt") if step.kind == JUDGED else _("berechnet")
        return ProofRow(step.title, step.norm, shown(step.value, shape, step.unit), label, "success")
    return ProofRow(step.title, step.norm, bounds_text(step.low, step.high, shape, step.unit), _("offen"), "warning")


def missing_of(result: Result) -> tuple[MissingRow, ...]:
    """Return the missing facts, the one first that would narrow the result most."""
    narrowing = {item.fact: item.narrows for item in result.missing}
    names = [*narrowing, *(name for name in result.missing_for_outcome if name not in narrowing)]
    return tuple(_missing(result, name, narrowing.get(name, 0.0)) for name in names)


def _missing(result: Result, pfad: str, narrows: float) -> MissingRow:
    book = result.regelwerk
    base, _bracket, part = pfad.partition("[")
    angabe = book.angaben.get(base)
    inner = next((one for one in angabe.felder if one.name == part.partition("].")[2]), None) if angabe else None
    source = inner or book.fact(base)
    share = round(narrows * 100)
    if share >= MOST_WIDTH:
        why = _("Davon hängt der Betrag ab.")
    elif share:
        why = _("Grenzt den Betrag um etwa %(anteil)d %% ein.") % {"anteil": share}
    else:
        why = _("Davon hängt ab, wie zu entscheiden ist.")
    proofs = ", ".join(source.nachweise) if source else ""
    return MissingRow(pfad, anchor_of(pfad), title_of_path(book, pfad), why, source.norm if source else "", proofs)


@dataclass(frozen=True, slots=True)
class OptionRow:
    """What one answer would come to."""

    answer: str
    outcome: str
    amount: str
    open: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement as the desk lists it, with what a person made of it."""

    name: str
    title: str
    question: str
    norm: str
    criteria: tuple[str, ...]
    indicators: tuple[tuple[str, str], ...]
    open: bool
    answer: str = ""
    reasons: str = ""
    by: str = ""
    when: Any = None


def judgements_of(result: Result, urteile: Iterable[Urteil], *, hide: bool = False) -> tuple[JudgementRow, ...]:
    """Return the judgements that a case calls for and those that were made, in the order of the Regelwerk.

    Args:
        hide: whether what the rules computed must not be seen yet.
    """
    made = {urteil.name: urteil for urteil in urteile}
    wanted = (item for name, item in result.regelwerk.ermessen.items() if name in made or name in result.judgements)
    return tuple(_judgement(result, item, made.get(item.name), hide=hide) for item in wanted)


def _judgement(result: Result, ermessen: Ermessen, urteil: Urteil | None, *, hide: bool) -> JudgementRow:
    book = result.regelwerk
    shown_names = [] if hide else [name for name in ermessen.indikatoren if named_value(result, name)]
    return JudgementRow(
        name=ermessen.name,
        title=said(ermessen.titel),
        question=said(ermessen.frage),
        norm=ermessen.norm,
        criteria=ermessen.kriterien,
        indicators=tuple((title_of(book, name), named_value(result, name)) for name in shown_names),
        open=urteil is None,
        answer=shown(urteil.wert, ermessen.shape, ermessen.shape.einheit) if urteil else "",
        reasons=urteil.begruendung if urteil else "",
        by=urteil.von.person.name if urteil else "",
        when=urteil.am if urteil else None,
    )


def options_table(options: Iterable[Option], ermessen: Ermessen) -> tuple[OptionRow, ...]:
    """Return what each answer would come to, in the order of the Regelwerk and without a word on which is right."""
    return tuple(_option(option, ermessen) for option in options)


def _option(option: Option, ermessen: Ermessen) -> OptionRow:
    result = option.result
    certain = [said(outcome.titel) for outcome, state in result.outcomes if state == "ja"]
    possible = [said(outcome.titel) for outcome, state in result.outcomes if state != "ja"]
    others = [said(result.regelwerk.ermessen[name].titel) for name in result.judgements]
    return OptionRow(
        answer=shown(option.wert, ermessen.shape),
        outcome=", ".join(certain) or _(" oder ").join(possible),
        amount=named_value(result, result.regelwerk.ziel[0]),
        open=", ".join(others),
    )


def target_title(result: Result) -> str:
    """Return what the Regelwerk is about, in words."""
    return title_of(result.regelwerk, result.regelwerk.ziel[0])


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """A difference between a first decision and the rules, as a sentence."""

    title: str
    text: str


def deviation_rows(found: Iterable[Deviation]) -> tuple[DeviationRow, ...]:
    """Return differences as sentences."""
    return tuple(_deviation(one) for one in found)


def first_words(erste: Vorentscheidung) -> str:
    """Return what a person decided first, in words."""
    art = kind_words(erste.art)
    return f"{art}, {number(erste.betrag, 2)} EUR" if erste.betrag is not None else art


def kind_words(names: str) -> str:
    """Return kinds of decisions, separated by commas, as people call them."""
    labels = {str(name): str(label) for name, label in Entscheidungsart.choices}
    return ", ".join(labels.get(name, name) for name in names.split(", "))


def _deviation(one: Deviation) -> DeviationRow:
    values = {"eigen": one.own, "regeln": one.rules, "was": one.about}
    match one.kind:
        case DeviationKind.KIND:
            values = {name: kind_words(value) for name, value in values.items()}
            title, text = _("Andere Entscheidung"), _("Sie: %(eigen)s. Die Regeln: %(regeln)s.")
        case DeviationKind.AMOUNT:
            title, text = _("Anderer Betrag"), _("Sie: %(eigen)s EUR. Die Regeln: %(regeln)s EUR.")
            values = {name: number_words(value) for name, value in values.items()}
        case DeviationKind.FORGOTTEN:
            title, text = _("Nicht genannte Norm"), _("%(regeln)s wirkt sich aus: %(was)s.")
        case DeviationKind.EXTRA:
            title, text = (
                _("Norm ohne Wirkung in der Berechnung"),
                _("Sie nennen %(eigen)s; die Regeln stützen sich nicht darauf."),
            )
        case DeviationKind.JUDGEMENT:
            title, text = _("Nicht bedachtes Urteil"), _("%(was)s (%(regeln)s) ist noch zu beurteilen.")
    return DeviationRow(title, text % values)


def number_words(text: str) -> str:
    """Return amounts as people write them: „312.00 … 400“ is „312,00 … 400,00“."""
    return " … ".join(number(part, 2) if part else part for part in text.split(" … "))
