"""Letters: composed, edited by people, checked, released by a person. Only what was released can leave (`dispatch`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import letter_checks
from leitplanke.apps.antrag.calculating import day_of, engine_of
from leitplanke.apps.antrag.deadlines import office_deadline
from leitplanke.apps.antrag.doing import Doer, OutdatedError, allowed, hashed, locked, perform
from leitplanke.apps.antrag.file_view import Occasion, case_view, legal_texts
from leitplanke.apps.antrag.letter_checks import require_decided, require_time
from leitplanke.apps.antrag.models import (
    Antrag,
    Briefstand,
    Entscheidung,
    Entscheidungsstand,
    Schreiben,
)
from leitplanke.apps.antrag.policy_facts import release_steps
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.voiding import void_after_edit
from leitplanke.base.documents.printing import letter_pdf
from leitplanke.base.documents.services import delete_unreferenced, store_file
from leitplanke.base.policy import require_all
from leitplanke.core.drafting.brief import Brief, brief_from_json, brief_to_json
from leitplanke.core.drafting.case import DraftError
from leitplanke.core.drafting.checking import blocking, check
from leitplanke.core.drafting.composing import compose
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.grounds import Grounds, grounds_of
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mitgliedschaft
    from leitplanke.core.drafting.findings import Finding
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Verfahren, Vorlage

BESCHEID, MITWIRKUNG, ANHOERUNG = letter_checks.BESCHEID, letter_checks.MITWIRKUNG, letter_checks.ANHOERUNG
EINGANG = "eingangsbestaetigung"
# Which act a released letter is; others only leave a trace of their release.
ACTS = {MITWIRKUNG: "mitwirkung_fordern", ANHOERUNG: "anhoeren"}


class LetterBlockedError(Exception):
    """The letter may not leave; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep the findings."""
        super().__init__(_("Das Schreiben darf so nicht hinaus. Bitte beheben Sie, was die Prüfung gefunden hat."))
        self.findings = findings


def template_for(verfahren: Verfahren, art: str, entscheidung: Entscheidung | None = None) -> Vorlage:
    """Return the template for a kind of letter, the one made for this outcome or kind of decision first.

    Raises:
        DraftError: the procedure has none.
    """
    wanted = [name for name in (entscheidung.ergebnis, entscheidung.art) if name] if entscheidung else []
    found = verfahren.vorlage(art, *wanted)
    if found is None:
        raise DraftError(_("Für dieses Schreiben hat das Verfahren keine Vorlage: %(art)s.") % {"art": art})
    return found


def draft(antrag_id: int, doer: Doer, occasion: Occasion, *, fassung: int | None = None) -> Schreiben:
    """Draft a letter from template, proof and file. A draft of the same kind that was not released is replaced.

    Raises:
        DraftError: the letter would have to say what is not known yet; says what.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        verfahren = verfahren_of(antrag)
        brief, vorlage = composed(antrag, verfahren, occasion)
        perform(antrag, "brief_bearbeiten", doer, text=vorlage.titel.de, public=False, data={"was": occasion.art})
        antrag.schreiben.filter(art=occasion.art, stand=Briefstand.ENTWURF).update(stand=Briefstand.VERWORFEN)
        values = brief_to_json(brief)
        schreiben = Schreiben(
            mandant=antrag.mandant,
            antrag=antrag,
            entscheidung=occasion.entscheidung,
            art=occasion.art,
            vorlage=vorlage.name,
            anlass={"vorhaben": occasion.vorhaben, "gruende": occasion.gruende, "tage": _days(brief, occasion.frist)},
            entworfen=values,
            brief=values,
            frist_ende=occasion.frist,
            angelegt_von=doer.membership,
        )
        _keep_check(schreiben, antrag)
        schreiben.save()
    return schreiben


def _days(brief: Brief, frist: date | None) -> int | None:
    return (frist - brief.datum).days if frist else None


def composed(antrag: Antrag, verfahren: Verfahren, occasion: Occasion) -> tuple[Brief, Vorlage]:
    """Compose a letter without keeping it.

    Raises:
        DraftError: the letter would have to say what is not known yet; says what.
    """
    result = result_for(antrag, occasion.entscheidung)
    vorlage = template_for(verfahren, occasion.art, occasion.entscheidung)
    case = case_view(antrag, verfahren, result, occasion)
    return compose(vorlage, case, result, legal_texts(antrag, verfahren, result, occasion)), vorlage


def result_for(antrag: Antrag, entscheidung: Entscheidung | None) -> Result | None:
    """Return what a letter stands on: the decision as it was made, else the case as it is; None if unknown."""
    facts, judgements, on = antrag.fakten, antrag.urteile, day_of(antrag)
    if entscheidung is not None:
        facts, judgements, on = entscheidung.fakten, entscheidung.urteile, entscheidung.stichtag
    try:
        return engine_of(antrag).evaluate(facts, on=on, judgements=judgements)
    except RulesError:
        return None


def occasion_of(schreiben: Schreiben) -> Occasion:
    """Return why a letter was written, as it was then."""
    return Occasion(
        schreiben.art,
        schreiben.entscheidung,
        schreiben.anlass.get("vorhaben", ""),
        schreiben.anlass.get("gruende", ""),
        schreiben.frist_ende,
        _signer(schreiben),
        date.fromisoformat(schreiben.brief["datum"]),
    )


def _signer(schreiben: Schreiben) -> Mitgliedschaft | None:
    entscheidung = schreiben.entscheidung
    return entscheidung.vorbereitet_von if entscheidung else schreiben.angelegt_von


def grounds_for(schreiben: Schreiben, antrag: Antrag) -> Grounds:
    """Return what a letter may stand on now.

    Raises:
        DraftError: its template or procedural law is gone.
    """
    verfahren, occasion = verfahren_of(antrag), occasion_of(schreiben)
    vorlage = verfahren.vorlagen.get(schreiben.vorlage)
    if vorlage is None:
        raise DraftError(_("Die Vorlage dieses Schreibens gibt es nicht mehr. Bitte entwerfen Sie es neu."))
    result = result_for(antrag, schreiben.entscheidung)
    case = case_view(antrag, verfahren, result, occasion)
    texts = legal_texts(antrag, verfahren, result, occasion)
    brief, others = brief_from_json(schreiben.entworfen), verfahren.vorlagen.values()
    return grounds_of(vorlage, brief, case, result, texts, others=others)


def _keep_check(schreiben: Schreiben, antrag: Antrag) -> tuple[Finding, ...]:
    brief = brief_from_json(schreiben.brief)
    findings = check(brief, grounds_for(schreiben, antrag))
    schreiben.pruefung = [asdict(finding) for finding in findings]
    schreiben.geprueft_hash = hashed(schreiben.brief)
    schreiben.maschinenanteil = round(brief.machine_share, 3)
    return findings


def edit(
    schreiben_id: int, doer: Doer, texts: Mapping[str, str], own: Mapping[str, str] | None = None, *, gesehen: str = ""
) -> Schreiben:
    """Take over what a person typed, and check it. An edit after a signature makes the signature void.

    Args:
        texts: new words by paragraph.
        own: the ground of a sentence of one's own, by its words.
        gesehen: hash of the letter that the person saw.

    Raises:
        OutdatedError: somebody else edited it meanwhile, or it was released.
        KeyError: the letter has no such paragraph.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        if gesehen:
            require_seen(schreiben, gesehen)
        brief = edited(brief_from_json(schreiben.brief), texts, own)
        values = brief_to_json(brief)
        if hashed(values) == hashed(schreiben.brief):  # tuples and the lists they come back as are the same
            return schreiben
        _keep_words(schreiben, antrag, doer, values, _("Schreiben bearbeitet"))
    return schreiben


def require_seen(schreiben: Schreiben, gesehen: str) -> None:
    """Let a step go on with a locked letter that stands as somebody saw it; `gesehen` is its hash.

    Raises:
        OutdatedError: it was changed meanwhile.
    """
    if hashed(schreiben.brief) != gesehen:
        raise OutdatedError(_("Das Schreiben wurde inzwischen geändert. Bitte sehen Sie die neue Fassung an."))


def reword(schreiben_id: int, doer: Doer, word: Callable[[Schreiben], dict[str, Any]], *, gesehen: str) -> Schreiben:
    """Keep other words of a draft that a person took over from a model, and check them. What was signed is void.

    Args:
        word: gives the letter in other words, made while it is locked.
        gesehen: hash of the letter that the person saw.

    Raises:
        OutdatedError: somebody else edited it meanwhile, or it was released.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        allowed(antrag, "brief_bearbeiten", doer)
        require_seen(schreiben, gesehen)
        values = word(schreiben)
        if hashed(values) != gesehen:
            _keep_words(schreiben, antrag, doer, values, _("Worte eines Sprachmodells übernommen"))
    return schreiben


def _keep_words(schreiben: Schreiben, antrag: Antrag, doer: Doer, values: dict[str, Any], text: str) -> None:
    """Keep other words of a draft with their check, and evidence of the act that `text` names."""
    data = {"was": schreiben.art, "inhalt_sha256": hashed(values)}
    _perform_change(schreiben, antrag, doer, text, data)
    schreiben.brief = values
    _keep_check(schreiben, antrag)
    schreiben.save()


def _perform_change(schreiben: Schreiben, antrag: Antrag, doer: Doer, text: str, data: dict[str, str]) -> None:
    """Note a change of a draft; where it was part of what somebody signed, the signature is void."""
    entscheidung = schreiben.entscheidung
    signed = {Entscheidungsstand.VORGELEGT, Entscheidungsstand.GETROFFEN}
    if schreiben.art == BESCHEID and entscheidung is not None and entscheidung.stand in signed:
        void_after_edit(antrag, doer, entscheidung)
    else:
        perform(antrag, "brief_bearbeiten", doer, text=text, public=False, data=data)


def locked_letter(schreiben_id: int, doer: Doer, stand: Briefstand) -> tuple[Schreiben, Antrag]:
    """Lock a letter with its case.

    Raises:
        OutdatedError: it is no longer in that state.
    """
    found = Schreiben.objects.for_mandant(doer.mandant).get(pk=schreiben_id)
    antrag = locked(doer.mandant, found.antrag_id)
    schreiben = (
        Schreiben.objects.for_mandant(doer.mandant)
        .select_related("entscheidung__vorbereitet_von__person", "angelegt_von__person")
        .get(pk=found.pk)
    )
    if schreiben.stand != stand:
        raise OutdatedError(
            _("Dieses Schreiben ist inzwischen „%(stand)s“.") % {"stand": schreiben.get_stand_display()}
        )
    schreiben.antrag = antrag
    return schreiben, antrag


def release(schreiben_id: int, doer: Doer, *, gesehen: str = "") -> Schreiben:
    """Release a letter: it may leave. The checker has the last word, and a Bescheid needs its decision.

    Raises:
        LetterBlockedError: the checker found something.
        StepStoppedError: a clause of the guideline stops it.
        OutdatedError: case or letter changed since it was drafted or seen.
        NotFreshError, ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        if gesehen:
            require_seen(schreiben, gesehen)
        allowed(antrag, ACTS.get(schreiben.art, "freigeben"), doer)
        require_decided(schreiben, antrag)
        require_time(schreiben, timezone.localdate())
        _require_current(schreiben, antrag)
        findings = _keep_check(schreiben, antrag)
        if blocking(findings):
            raise LetterBlockedError(findings)
        require_all(doer.mandant, release_steps(schreiben, antrag, doer.by, doer.person.pk if doer.person else None))
        _perform_release(schreiben, antrag, doer)
        schreiben.stand = Briefstand.FREIGEGEBEN
        schreiben.freigegeben_von, schreiben.freigegeben_am = doer.membership, timezone.now()
        print_letter(schreiben)
        schreiben.save()
        antrag.save()
    return schreiben


def _require_current(schreiben: Schreiben, antrag: Antrag) -> None:
    """Check that the case still gives the letter that was drafted."""
    brief, _vorlage = composed(antrag, verfahren_of(antrag), occasion_of(schreiben))
    drafted = brief_from_json(schreiben.entworfen)
    if (brief.body, brief.empfaenger) != (drafted.body, drafted.empfaenger):
        raise OutdatedError(_("Der Vorgang hat sich seit dem Entwurf geändert. Bitte entwerfen Sie das Schreiben neu."))


def _perform_release(schreiben: Schreiben, antrag: Antrag, doer: Doer) -> None:
    data = {
        "was": schreiben.art,
        "inhalt_sha256": hashed(schreiben.brief),
        "maschinenanteil": f"{schreiben.maschinenanteil:.3f}",
        "ki_anteil": f"{brief_from_json(schreiben.brief).model_share:.3f}",
    }
    name = ACTS.get(schreiben.art)
    text = schreiben.brief["betreff"]
    perform(antrag, name or "freigeben", doer, text=text, public=name is not None, data=data)


def warns(schreiben: Schreiben) -> bool:
    """Tell whether a letter says, in the words of the law, what follows if the person does nothing."""
    drafted = [block for block in schreiben.entworfen["body"] if block.get("part") == "rechtsfolge"]
    said = " ".join(brief_from_json(schreiben.brief).text.split())
    words = [" ".join(sentence["text"].split()) for block in drafted for sentence in block["sentences"]]
    return bool(words) and all(sentence in said for sentence in words)


def withdraw_release(schreiben_id: int, doer: Doer) -> Schreiben:
    """Take a letter back that was released and has not left: it is a draft again.

    Raises:
        OutdatedError: it has left, or was never released.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.FREIGEGEBEN)
        text = _("Freigabe zurückgenommen: %(was)s") % {"was": schreiben.brief["betreff"]}
        perform(antrag, "brief_bearbeiten", doer, text=text, public=False, data={"was": schreiben.art})
        file = schreiben.pdf
        schreiben.stand, schreiben.pdf = Briefstand.ENTWURF, None
        schreiben.freigegeben_von = schreiben.freigegeben_am = None
        schreiben.save()
        if file is not None:
            delete_unreferenced(file)
    return schreiben


def print_letter(schreiben: Schreiben) -> None:
    """Keep the letter as it will be delivered; the caller saves it."""
    data = letter_pdf(brief_from_json(schreiben.brief))
    name = f"{schreiben.antrag.nummer}-{schreiben.art}.pdf"
    schreiben.pdf = store_file(schreiben.antrag.mandant, name, data, None)


def redraft(schreiben_id: int, doer: Doer) -> Schreiben:
    """Draft a letter anew from the case as it is now; the same row, so its address stays.

    Raises:
        DraftError, OutdatedError, ActError, NotPermittedError: as in `draft` and `edit`.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        verfahren, today = verfahren_of(antrag), timezone.localdate()
        if days := schreiben.anlass.get("tage"):
            schreiben.frist_ende = office_deadline(antrag, verfahren, today, days).am
        brief, vorlage = composed(antrag, verfahren, replace(occasion_of(schreiben), datum=None))
        _perform_change(schreiben, antrag, doer, vorlage.titel.de, {"was": schreiben.art})
        schreiben.vorlage, schreiben.entworfen, schreiben.brief = (
            vorlage.name,
            brief_to_json(brief),
            brief_to_json(brief),
        )
        _keep_check(schreiben, antrag)
        schreiben.save()
    return schreiben


def discard(schreiben_id: int, doer: Doer) -> None:
    """Throw away a draft.

    Raises:
        OutdatedError: it was released.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        schreiben, antrag = locked_letter(schreiben_id, doer, Briefstand.ENTWURF)
        _perform_change(schreiben, antrag, doer, _("Entwurf verworfen"), {"was": schreiben.art})
        schreiben.stand = Briefstand.VERWORFEN
        schreiben.save(update_fields=["stand"])


def findings_of(schreiben: Schreiben) -> list[dict[str, Any]]:
    """Return what the last check said, blocking first."""
    return sorted(schreiben.pruefung, key=lambda finding: not finding["blocking"])
