"""What must be there before a person can decide: nothing open, nothing unconfirmed, nobody unwarned or unheard."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, allowed
from leitplanke.apps.antrag.models import (
    Angabenstand,
    Antrag,
    Briefstand,
    Entscheidungsart,
    Frist,
    Fristart,
)
from leitplanke.base.interview.wording import said
from leitplanke.core.verfahren.acts import NotFreshError
from leitplanke.core.verfahren.facts import flattened

if TYPE_CHECKING:
    from leitplanke.core.rules import Result

BY_RULES = frozenset(
    {
        Entscheidungsart.BEWILLIGUNG,
        Entscheidungsart.TEILBEWILLIGUNG,
        Entscheidungsart.ABLEHNUNG,
        Entscheidungsart.FESTSETZUNG,
    }
)
UNDOING = frozenset({Entscheidungsart.RUECKNAHME, Entscheidungsart.WIDERRUF, Entscheidungsart.AENDERUNG})


class NotReadyError(Exception):
    """It cannot be decided yet; the message says what is missing and what to do."""


class OpenErmessenError(NotReadyError):
    """A judgement that only a person may make is still open; `names` says which."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        """Keep the names."""
        super().__init__(message)
        self.names = names


class UnconfirmedError(NotReadyError):
    """Facts on which the decision would stand were not confirmed by a person; `paths` says which."""

    def __init__(self, message: str, paths: tuple[str, ...]) -> None:
        """Keep the paths."""
        super().__init__(message)
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person intends to decide.

    Attributes:
        abweichung: why otherwise than the rules say.
        ohne_anhoerung: why nobody was heard before a burden, where nobody was.
    """

    art: Entscheidungsart
    begruendung: str = ""
    abweichung: str = ""
    ohne_anhoerung: str = ""
    von_tag: date | None = None
    bis_tag: date | None = None


def require_possible(antrag: Antrag, draft: Draft, doer: Doer) -> None:
    """Check state and role; whether the person is fresh is asked when they confirm."""
    with contextlib.suppress(NotFreshError):
        allowed(antrag, "entscheiden", doer)
    if antrag.mensch_zuerst and not hasattr(antrag, "vorentscheidung"):
        raise NotReadyError(
            _("Hier entscheidet zuerst der Mensch. Bitte halten Sie erst fest, wie Sie entscheiden würden.")
        )
    if draft.art in UNDOING and antrag.entscheidung is None:
        raise NotReadyError(_("Es gibt noch keinen Bescheid, der zurückgenommen oder widerrufen werden könnte."))


def require_ready(antrag: Antrag, draft: Draft, result: Result) -> None:
    """Check that nothing stands against a decision of this kind.

    Raises:
        NotReadyError: something does; says what and what to do.
    """
    if draft.art is Entscheidungsart.VERSAGUNG:
        _require_warning(antrag)
    elif draft.art in UNDOING:
        _require_hearing(antrag, draft)
        require_words(draft.begruendung, _("Bitte begründen Sie, warum der Bescheid aufgehoben wird."))
    else:
        _require_certain(antrag, draft, result)


def require_words(text: str, message: str) -> None:
    """Check that somebody wrote more than a word or two.

    Raises:
        NotReadyError: with `message`.
    """
    if len(text.split()) < 3:
        raise NotReadyError(message)


def _require_warning(antrag: Antrag) -> None:
    """Without the hint on what follows, and the time to act on it, nothing may be refused for want of cooperation."""
    today = timezone.localdate()
    warned = antrag.fristen.filter(art=Fristart.MITWIRKUNG, belehrt=True, erledigt_am__isnull=True)
    frist = warned.filter(schreiben__stand=Briefstand.VERSANDT).select_related("schreiben").last()
    if frist is None:
        raise NotReadyError(
            _("Eine Versagung setzt eine Mitwirkungsaufforderung mit Frist und Hinweis auf die Folgen voraus.")
        )
    if not _reached(frist):
        raise NotReadyError(
            _("Die Aufforderung war nicht vor dem Ende der Frist bekannt gegeben. Bitte fordern Sie noch einmal auf.")
        )
    if frist.ende >= today:
        raise NotReadyError(
            _("Die Frist zur Mitwirkung läuft noch bis %(tag)s.") % {"tag": frist.ende.strftime("%d.%m.%Y")}
        )


def _reached(frist: Frist) -> bool:
    """Tell whether the letter that set a time limit counts as known before its end."""
    known = frist.schreiben.bekanntgabe_am if frist.schreiben else None
    return known is not None and known <= frist.ende


def _require_hearing(antrag: Antrag, draft: Draft) -> None:
    """Only a hearing about the decision that holds now counts, in a letter that left and could be answered."""
    decided = antrag.entscheidung.entschieden_am if antrag.entscheidung else None
    since = timezone.localdate(decided) if decided else None
    limits = antrag.fristen.filter(
        art=Fristart.ANHOERUNG, ende__lt=timezone.localdate(), schreiben__stand=Briefstand.VERSANDT
    ).select_related("schreiben")
    heard = any(_reached(frist) for frist in limits if since is None or frist.ab >= since)
    if not heard and len(draft.ohne_anhoerung.split()) < 3:
        raise NotReadyError(
            _("Vor diesem Bescheid ist anzuhören. Bitte hören Sie an, oder nennen Sie den Grund, warum nicht.")
        )


def _require_certain(antrag: Antrag, draft: Draft, result: Result) -> None:
    certain = next((outcome for outcome, state in result.outcomes if state == "ja"), None)
    if certain is None and result.judgements:
        titles = ", ".join(result.regelwerk.ermessen[name].titel.de for name in result.judgements)
        raise OpenErmessenError(_("Diese Urteile stehen noch aus: %(was)s.") % {"was": titles}, result.judgements)
    if certain is None:
        raise NotReadyError(
            _("Es fehlen noch Angaben. Bitte fordern Sie zur Mitwirkung auf, oder ergänzen Sie, was bekannt ist.")
        )
    paths = unconfirmed(antrag, result)
    if paths:
        raise UnconfirmedError(
            _("Bitte bestätigen Sie noch diese Angaben: %(was)s.") % {"was": _in_words(paths, result)}, paths
        )
    if certain.art != draft.art.value:
        require_words(
            draft.abweichung,
            _("Die Regeln kommen zu „%(was)s“. Bitte begründen Sie, warum Sie anders entscheiden.")
            % {"was": certain.titel.de},
        )


def _in_words(paths: tuple[str, ...], result: Result) -> str:
    """Return facts by their titles, each once: what of every person is missing need not be said by number."""
    found: dict[str, None] = {}
    for pfad in paths:
        name, _bracket, rest = pfad.partition("[")
        angabe = result.regelwerk.angaben.get(name)
        field = rest.partition("].")[2]
        inner = next((item for item in angabe.felder if item.name == field), angabe) if angabe else None
        found[said(inner.titel) if inner else pfad] = None
    return ", ".join(found)


def unconfirmed(antrag: Antrag, result: Result) -> tuple[str, ...]:
    """Return the facts of the case that no person of the office has confirmed, in the order they were stated."""
    states = dict(antrag.angaben.filter(ersetzt_am__isnull=True).values_list("pfad", "stand"))
    settled = {Angabenstand.BESTAETIGT, Angabenstand.VERWEIGERT}
    lists = {name for name, item in result.regelwerk.angaben.items() if item.felder}
    stated = flattened({name: value for name, value in antrag.fakten.items() if _bears(name, result)})
    return tuple(pfad for pfad in stated if pfad not in lists and states.get(pfad) not in settled)


def _bears(name: str, result: Result) -> bool:
    return name in result.program.inputs or any(item.level == name for item in result.program.inputs.values())
