"""A case as its letters see it: names, missing things, judgements and the words of procedural law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.apps.antrag.calculating import engine_of
from leitplanke.apps.antrag.intake import settings_for
from leitplanke.apps.antrag.models import Antrag, Beteiligte, Beteiligung, Entscheidung
from leitplanke.apps.antrag.needed import needed_documents, open_questions
from leitplanke.core.drafting import remedies
from leitplanke.core.drafting.brief import Absender
from leitplanke.core.drafting.case import (
    CaseView,
    DraftError,
    EntscheidungText,
    Fehlend,
    Rechtssatz,
    Rechtstexte,
    UrteilText,
)
from leitplanke.core.rules import german
from leitplanke.core.verfahrensrecht import (
    Rechtsbehelfsart,
    RechtsdatenError,
    Verfahrensrecht,
    filled,
    verfahrensrecht,
)

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Urteil
    from leitplanke.base.accounts.models import Mitgliedschaft
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Verfahren


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a letter is written.

    Attributes:
        art: kind of letter, as templates name it.
        vorhaben, gruende: what is intended and why, for a hearing, in the person's words.
        frist: last day of the time limit that the letter sets.
    """

    art: str
    entscheidung: Entscheidung | None = None
    vorhaben: str = ""
    gruende: str = ""
    frist: date | None = None
    unterzeichnet: Mitgliedschaft | None = None
    datum: date | None = None


def law_of(antrag: Antrag, verfahren: Verfahren, on: date) -> Verfahrensrecht:
    """Return the procedural law of a case on a day.

    Raises:
        RechtsdatenError: nothing is stored for it.
    """
    return verfahrensrecht(verfahren.verfahrensrecht, settings_for(antrag.mandant, antrag.verfahren).land, on)


def office_of(antrag: Antrag, bearbeitung: Mitgliedschaft | None = None) -> Absender:
    """Return the office as the letterhead names it."""
    mandant, einheit = antrag.mandant, antrag.einheit
    lines = tuple(part.strip() for line in mandant.anschrift.splitlines() for part in line.split(",") if part.strip())
    return Absender(
        mandant.name,
        einheit.name,
        lines,
        bearbeitung.person.name if bearbeitung else "",
        einheit.telefon or mandant.telefon,
        mandant.email,
        mandant.zeiten,
    )


def recipient_of(antrag: Antrag) -> Beteiligte | None:
    """Return who gets the letters: the representative where there is one, else the applicant."""
    people = {person.rolle: person for person in antrag.beteiligte.all()}
    for rolle in (Beteiligung.BETREUUNG, Beteiligung.BEVOLLMAECHTIGT, Beteiligung.ANTRAGSTELLEND):
        if rolle in people:
            return people[rolle]
    return None


def case_view(antrag: Antrag, verfahren: Verfahren, result: Result | None, occasion: Occasion) -> CaseView:
    """Return what a letter may know of a case."""
    recipient = recipient_of(antrag)
    others = tuple(str(person) for person in antrag.beteiligte.all() if str(person) != antrag.name)
    return CaseView(
        aktenzeichen=antrag.nummer,
        name=antrag.name,
        absender=office_of(antrag, occasion.unterzeichnet),
        empfaenger=recipient.anschrift if recipient else (antrag.name,),
        heute=occasion.datum or timezone.localdate(),
        verfahren=verfahren.titel.de,
        antragsdatum=antrag.eingang_am,
        anrede=f"Guten Tag {recipient or antrag.name}",
        andere=others,
        unterlagen=_missing_documents(antrag, verfahren, result),
        angaben=_missing_facts(antrag, result),
        urteile=_judgements(antrag, result, occasion.entscheidung),
        entscheidung=_decision(antrag, occasion.entscheidung),
        unterzeichnet=occasion.unterzeichnet.person.name if occasion.unterzeichnet else "",
        werte={"zugang": "im Portal unter „Mein Antrag“"},
        akte={f"unterlage:{beleg.pk}": f"Unterlage: {beleg.name}" for beleg in antrag.belege.all()},
    )


def _missing_documents(antrag: Antrag, verfahren: Verfahren, result: Result | None) -> tuple[Fehlend, ...]:
    return tuple(
        Fehlend(item.unterlage.art, item.unterlage.titel.de, hinweis=item.unterlage.hinweis.de)
        for item in needed_documents(antrag, verfahren, result)
        if item.missing
    )


def _missing_facts(antrag: Antrag, result: Result | None) -> tuple[Fehlend, ...]:
    if result is None:
        return ()
    book = result.regelwerk
    found = ((name, book.fact(name)) for name in open_questions(antrag, result))
    return tuple(Fehlend(name, angabe.titel.de, angabe.norm) for name, angabe in found if angabe is not None)


def _judgements(antrag: Antrag, result: Result | None, entscheidung: Entscheidung | None) -> tuple[UrteilText, ...]:
    """Return the judgements that hold, as the letter tells them; a letter without a decision tells none."""
    if result is None or entscheidung is None:
        return ()
    book = result.regelwerk.ermessen
    rows: list[Urteil] = list(antrag.urteile_getroffen.filter(ersetzt_am__isnull=True))
    order = {name: place for place, name in enumerate(book)}
    return tuple(
        UrteilText(
            row.name,
            book[row.name].frage.de,
            german.said(row.wert, book[row.name].shape),
            row.begruendung,
            book[row.name].norm,
        )
        for row in sorted(rows, key=lambda row: order.get(row.name, 0))
        if row.name in book
    )


def _decision(antrag: Antrag, entscheidung: Entscheidung | None) -> EntscheidungText:
    if entscheidung is None:
        return EntscheidungText()
    before = entscheidung.hebt_auf
    reasons = "\n\n".join(part for part in (entscheidung.begruendung, entscheidung.abweichung) if part)
    return EntscheidungText(
        ergebnis=entscheidung.ergebnis,
        art=entscheidung.art,
        begruendung=reasons,
        von=entscheidung.von_tag,
        bis=entscheidung.bis_tag,
        bescheid_vom=_sent_on(antrag, before) if before else None,
    )


def _sent_on(antrag: Antrag, entscheidung: Entscheidung) -> date:
    """Return the day a decision bears: that of its letter, else that on which it was made."""
    letter = antrag.schreiben.filter(entscheidung=entscheidung, art="bescheid").exclude(stand="verworfen").last()
    if letter is not None:
        return date.fromisoformat(letter.brief["datum"])
    return timezone.localdate(entscheidung.entschieden_am)


def legal_texts(antrag: Antrag, verfahren: Verfahren, result: Result | None, occasion: Occasion) -> Rechtstexte:
    """Return what procedural law adds to a letter of this kind.

    Raises:
        DraftError: what the law demands is not stored; says what to do.
    """
    try:
        return _texts(antrag, verfahren, result, occasion)
    except RechtsdatenError as error:
        raise DraftError(str(error)) from error


def _texts(antrag: Antrag, verfahren: Verfahren, result: Result | None, occasion: Occasion) -> Rechtstexte:
    recht = law_of(antrag, verfahren, occasion.datum or timezone.localdate())
    frist = german.day(occasion.frist) if occasion.frist else ""
    missing = ", ".join(item.titel for item in _missing_documents(antrag, verfahren, result))
    missing = missing or ", ".join(item.titel for item in _missing_facts(antrag, result)) or "die genannten Angaben"
    slots = {
        "frist_ende": frist, "fehlendes": missing, "vorhaben": occasion.vorhaben, "gruende": occasion.gruende,
    }  # fmt: skip
    mitwirkung, anhoerung = recht.mitwirkung, recht.anhoerung
    asks, hears = occasion.art == "mitwirkung", occasion.art == "anhoerung"
    return Rechtstexte(
        rechtsbehelf=_remedy(antrag, verfahren, recht, occasion),
        rechtsfolgen=_sentences(mitwirkung.rechtsfolgen, slots, mitwirkung.folge_norm) if asks else (),
        anhoerung=_sentences(anhoerung.text, slots, anhoerung.norm) if hears else (),
        mitwirkung_norm=mitwirkung.norm,
        frist_ende=occasion.frist,
    )


def _sentences(text: str, slots: Mapping[str, str], norm: str) -> tuple[Rechtssatz, ...]:
    return tuple(Rechtssatz(sentence, norm) for sentence in filled(text, slots))


def remedy_kind(entscheidung: Entscheidung, result: Result | None) -> str:
    """Return which remedy is open against a decision: that of its outcome, else of any outcome of the Regelwerk."""
    return remedies.remedy_kind(entscheidung.art, entscheidung.ergebnis, result.regelwerk.ergebnisse if result else ())


def _remedy(antrag: Antrag, verfahren: Verfahren, recht: Verfahrensrecht, occasion: Occasion) -> tuple[Rechtssatz, ...]:
    entscheidung = occasion.entscheidung
    if entscheidung is None or occasion.art != "bescheid":
        return ()
    result = engine_of(antrag).evaluate(entscheidung.fakten, on=entscheidung.stichtag, judgements=entscheidung.urteile)
    kind = remedy_kind(entscheidung, result)
    if kind == remedies.NONE:
        return ()
    remedy = recht.rechtsbehelf(Rechtsbehelfsart(kind), verfahren.gebiet)
    einstellung = settings_for(antrag.mandant, antrag.verfahren)
    address = einstellung.widerspruchsbehoerde or f"{antrag.mandant.name}\n{antrag.mandant.anschrift}"
    behoerde, _, anschrift = address.partition("\n")
    gericht, _, gerichtsanschrift = einstellung.gericht.partition("\n")
    if remedy.stelle == "gericht" and not gericht:
        raise DraftError("Für die Rechtsbehelfsbelehrung fehlt das Gericht. Die Leitung trägt es beim Verfahren ein.")
    slots = {
        "behoerde": behoerde, "anschrift": anschrift.replace("\n", ", "), "gericht": gericht,
        "gerichtsanschrift": gerichtsanschrift.replace("\n", ", "),
    }  # fmt: skip
    return _sentences(remedy.belehrung, slots, remedy.norm)
