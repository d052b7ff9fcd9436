"""Judgements: made by a person in their own words. Nothing is suggested, nothing is filled in beforehand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import engine_of, renew, result_of
from leitplanke.apps.antrag.doing import Doer, hashed, locked, perform
from leitplanke.apps.antrag.models import Antrag, Urteil
from leitplanke.core.rules import FactError, Result
from leitplanke.core.rules.facts import encode
from leitplanke.core.rules.model import Ermessen, Kind
from leitplanke.core.verfahren.acts import Originator, WrongOriginatorError

LEAST_WORDS = 3


class ReasonError(ValueError):
    """The reasons do not do; `field` says which words are meant."""

    def __init__(self, message: str, field: str) -> None:
        """Keep the field to which the message belongs."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why somebody judges so: own words, or a text block of the office with what is particular about this case."""

    eigene: str = ""
    baustein: str = ""
    besonderheit: str = ""

    @property
    def text(self) -> str:
        """Return the reasons as the letter says them."""
        return "\n\n".join(part.strip() for part in (self.baustein, self.besonderheit, self.eigene) if part.strip())

    @property
    def own(self) -> tuple[str, str]:
        """Return what the person wrote for this case, and the name of that field."""
        return (self.besonderheit, "besonderheit") if self.baustein.strip() else (self.eigene, "begruendung")


@dataclass(frozen=True, slots=True)
class Option:
    """What one answer to a judgement would come to, without saying which is right."""

    wert: Any
    result: Result


def judge(  # noqa: PLR0913 - what a judgement consists of
    antrag_id: int, doer: Doer, name: str, wert: Any, reasons: Reasons, *, fassung: int | None = None
) -> Urteil:
    """Make a judgement.

    Raises:
        WrongOriginatorError: nobody but a person judges.
        FactError: there is no such judgement here, or the value is none of its options.
        ReasonError: the reasons are empty, or copied unchanged from another case.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    if doer.by is not Originator.PERSON or doer.membership is None:
        raise WrongOriginatorError(_("Ein Urteil trifft nur ein Mensch."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        engine = engine_of(antrag)
        ermessen = engine.regelwerk.ermessen.get(name)
        if ermessen is None:
            raise FactError(_("Darüber ist in diesem Verfahren nicht zu urteilen."))
        encode(ermessen.shape, wert, name)
        mark = _checked(antrag, reasons)
        perform(
            antrag, "urteilen", doer, text=ermessen.titel.de, public=False,
            data={"was": name}, content=reasons.text,
        )  # fmt: skip
        antrag.urteile_getroffen.filter(name=name, ersetzt_am__isnull=True).update(ersetzt_am=timezone.now())
        urteil = Urteil.objects.create(
            mandant=antrag.mandant,
            antrag=antrag,
            name=name,
            wert=wert,
            begruendung=reasons.text,
            baustein=reasons.baustein.strip(),
            besonderheit=reasons.besonderheit.strip(),
            begruendung_hash=mark,
            von=doer.membership,
        )
        renew(antrag, engine)
        antrag.save()
    return urteil


def _checked(antrag: Antrag, reasons: Reasons) -> str:
    """Check that somebody thought about this case; return the mark of their words."""
    own, field = reasons.own
    plain = normal(own)
    if len(plain.split()) < LEAST_WORDS:
        raise ReasonError(
            _("Bitte schreiben Sie, was in diesem Fall den Ausschlag gibt. Der Textbaustein allein genügt nicht.")
            if field == "besonderheit"
            else _("Bitte begründen Sie das Urteil in eigenen Worten."),
            field,
        )
    mark = hashed(plain)
    copied = Urteil.objects.for_mandant(antrag.mandant).filter(begruendung_hash=mark).exclude(antrag=antrag)
    if copied.exists():
        raise ReasonError(
            _("Diese Begründung steht wörtlich schon in einem anderen Vorgang. Bitte schreiben Sie, was hier gilt."),
            field,
        )
    return mark


def normal(text: str) -> str:
    """Return words in normal form: case, blanks and punctuation do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))


def options_of(antrag: Antrag, ermessen: Ermessen) -> list[Option]:
    """Return what each answer would come to, in the order of the Regelwerk; none where the answer is a number."""
    answers: list[Any] = []
    if ermessen.shape.kind is Kind.WAHRHEITSWERT:
        answers = [True, False]
    elif ermessen.shape.kind is Kind.AUSWAHL:
        answers = list(ermessen.shape.optionen)
    engine = engine_of(antrag)
    day = result_of(antrag, engine).state.on if antrag.stichtag is None else antrag.stichtag
    return [
        Option(wert, engine.evaluate(antrag.fakten, on=day, judgements={**antrag.urteile, ermessen.name: wert}))
        for wert in answers
    ]
