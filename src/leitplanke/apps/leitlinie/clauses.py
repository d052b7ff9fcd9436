"""Deciding the clauses of a version: the only writer of clauses and of their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.doing import WrongStateError, locked
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Fassungsstand, Klausel, Klauselstand, Leitlinienfassung
from leitplanke.apps.leitlinie.queries import choice_of
from leitplanke.core.guideline import Choice, complaints

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor


class UnknownChoiceError(ValueError):
    """A choice names a block or an option that does not exist."""


class UnusableChoiceError(ValueError):
    """A value of a parameter is not possible; the message is for people."""


class ChangedMeanwhileError(WrongStateError):
    """Somebody else has changed the clause since the page was opened; `now` is how it stands."""

    def __init__(self, now: Klausel | None) -> None:
        """Keep how it stands."""
        super().__init__(_("Jemand anderes hat diese Klausel inzwischen geändert. Bitte sehen Sie beides an."))
        self.now = now


def decide_clause(
    *, actor: Actor, version_id: int, choice: Choice, seen: int | None = None, reason: str = ""
) -> Klausel:
    """Decide a clause, for the first time or anew.

    `seen` is the number of the last change of the block that the person had before them (0 for none); None where that
    does not matter. `reason` says why it is changed, for the history.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: the version is no draft.
        ChangedMeanwhileError: the clause has been changed since.
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value is not possible.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.ENTWURF})
        actor.require("leitlinie.edit", version.stand)
        _unchanged(version, choice.block, seen)
        return put(version, choice, actor, looked_at=True, reason=reason)


def remove_clause(*, actor: Actor, version_id: int, block: str, seen: int | None = None, reason: str = "") -> None:
    """Take a clause out: the guideline says nothing about this block then. `seen` is as in `decide_clause`.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: the version is no draft.
        ChangedMeanwhileError: the clause has been changed since.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.ENTWURF})
        actor.require("leitlinie.edit", version.stand)
        _unchanged(version, block, seen)
        if version.klauseln.filter(baustein=block).delete()[0]:
            _note(version, block, {}, actor, reason)


def put(version: Leitlinienfassung, choice: Choice, actor: Actor, *, looked_at: bool, reason: str = "") -> Klausel:
    """Write a clause and its history; to be called by verbs that have checked who may, in their transaction.

    Raises:
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value is not possible.
    """
    check_choice(choice)
    before = version.klauseln.filter(baustein=choice.block).first()
    clause = _clause(version, choice, looked_at=looked_at)
    if before is not None:
        clause.pk = before.pk
    clause.save()
    if before is None or choice_of(before) != choice_of(clause):
        _note(version, choice.block, content_of(choice), actor, reason)
    return clause


def put_first(version: Leitlinienfassung, choices: Iterable[Choice], actor: Actor, *, looked_at: bool) -> None:
    """Write the clauses that a new version begins with, and where their history begins; in the verb's transaction.

    Raises:
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value is not possible.
    """
    rows, states = [], []
    for number, choice in enumerate(choices, 1):
        check_choice(choice)
        rows.append(_clause(version, choice, looked_at=looked_at))
        states.append(_state(version, choice.block, number, content_of(choice), actor, reason=""))
    Klausel.objects.bulk_create(rows)
    Klauselstand.objects.bulk_create(states)
    version.aenderungszaehler = len(states)
    version.save(update_fields=["aenderungszaehler"])


def _clause(version: Leitlinienfassung, choice: Choice, *, looked_at: bool) -> Klausel:
    words = {audience.value: text for audience, text in choice.wording.items() if text.strip()}
    return Klausel(
        mandant_id=version.mandant_id, fassung=version, baustein=choice.block, option=choice.option,
        werte=dict(choice.values), wortlaut=words, grund=choice.reason, quelle=choice.source, lizenz=choice.licence,
        geprueft=looked_at, geaendert_am=timezone.now(),
    )  # fmt: skip


def content_of(choice: Choice) -> dict[str, Any]:
    """Return a choice as it is kept in the history and in suggestions."""
    return {
        "option": choice.option, "werte": dict(choice.values), "grund": choice.reason, "quelle": choice.source,
        "lizenz": choice.licence, "wortlaut": {audience.value: text for audience, text in choice.wording.items()},
    }  # fmt: skip


def last_change(version: Leitlinienfassung, block: str) -> int:
    """Return the number of the last change of a block; 0 where there was none."""
    return version.klauselstaende.filter(baustein=block).aggregate(Max("nummer"))["nummer__max"] or 0


def _unchanged(version: Leitlinienfassung, block: str, seen: int | None) -> None:
    if seen is not None and last_change(version, block) != seen:
        raise ChangedMeanwhileError(version.klauseln.filter(baustein=block).first())


def check_choice(choice: Choice) -> None:
    """Check that a choice is possible.

    Raises:
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value is not possible.
    """
    block = blocks().get(choice.block)
    if block is None or block.option(choice.option) is None:
        raise UnknownChoiceError(
            _("Den Baustein %(block)s mit der Option „%(option)s“ gibt es nicht.")
            % {"block": choice.block, "option": choice.option}
        )
    if found := complaints(block, choice.values):
        raise UnusableChoiceError(" ".join(found.values()))


def _note(version: Leitlinienfassung, block: str, content: Mapping[str, Any], actor: Actor, reason: str) -> None:
    version.aenderungszaehler += 1
    version.save(update_fields=["aenderungszaehler"])
    _state(version, block, version.aenderungszaehler, content, actor, reason=reason).save()


def _state(  # noqa: PLR0913 - the columns of a row
    version: Leitlinienfassung, block: str, number: int, content: Mapping[str, Any], actor: Actor, *, reason: str
) -> Klauselstand:
    return Klauselstand(
        mandant_id=version.mandant_id, fassung=version, baustein=block, nummer=number, inhalt=dict(content),
        anlass=reason, person=actor.person,
    )  # fmt: skip
