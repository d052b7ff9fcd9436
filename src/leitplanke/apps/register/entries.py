"""Entries: register one, change what it says. The only writer of entries and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from leitplanke.apps.register.doing import Doer, doer, locked, perform, trace
from leitplanke.apps.register.models import Eintrag, Eintragsfassung
from leitplanke.core.register import fields, finding
from leitplanke.core.register.lifecycle import Stand

# What stands at the place of a short name in addresses of the register.
RESERVED = frozenset({
    "api", "atom", "bewertung", "einstellungen", "ergebnis", "export", "inbetriebnahme", "kalender", "meldung",
    "meldungen", "neu", "neu-einstufen", "recht", "schema", "suche", "ueberblick", "uebernehmen", "unterlagen",
})  # fmt: skip
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit


def add_entry(  # noqa: PLR0913 - what an entry begins with
    *,
    actor: Actor,
    name: str,
    einheit: Organisationseinheit,
    angaben: Mapping[str, Any],
    schluessel: str = "",
    kuerzel: str = "",
    verantwortlich: Mitgliedschaft | None = None,
) -> Eintrag:
    """Register a system or an idea; it begins as an idea.

    Raises:
        NotPermittedError: `actor` may not register.
        StatementError: a statement is not of its kind.
    """
    return create_entry(
        by=doer(actor, "register.add"), name=name, einheit=einheit, angaben=angaben, schluessel=schluessel,
        kuerzel=kuerzel, verantwortlich=verantwortlich,
    )  # fmt: skip


def create_entry(  # noqa: PLR0913 - what an entry begins with
    *,
    by: Doer,
    name: str,
    einheit: Organisationseinheit,
    angaben: Mapping[str, Any],
    schluessel: str = "",
    kuerzel: str = "",
    verantwortlich: Mitgliedschaft | None = None,
    stand: Stand = Stand.IDEE,
) -> Eintrag:
    """Create an entry for somebody who was asked already, or at the founding of a town: then under examination.

    Raises:
        StatementError: a statement is not of its kind.
    """
    said = fields.checked(angaben)
    with transaction.atomic():
        eintrag = Eintrag.objects.create(
            mandant=by.mandant, kuerzel=_free_kuerzel(by, kuerzel or name), schluessel=schluessel, name=name.strip(),
            einheit=einheit, verantwortlich=verantwortlich, lebensbereich=said.get("lebensbereich", ""),
            stand=stand.value,
        )  # fmt: skip
        _write_version(eintrag, said, by, "")
        eintrag.save()
        trace("register.angelegt", eintrag, by)
    return eintrag


def _free_kuerzel(by: Doer, wish: str) -> str:
    base = slugify(wish.lower().translate(_UMLAUTS))[:70] or "system"
    taken = set(
        Eintrag.objects.for_mandant(by.mandant).filter(kuerzel__startswith=base).values_list("kuerzel", flat=True)
    )
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (base, *numbered) if name not in taken | RESERVED)


def change_entry(  # noqa: PLR0913 - what a change consists of
    *,
    actor: Actor,
    eintrag_id: int,
    fassung: int | None,
    angaben: Mapping[str, Any],
    name: str | None = None,
    verantwortlich: Mitgliedschaft | None = None,
    einheit: Organisationseinheit | None = None,
    anlass: str = "",
) -> Eintrag:
    """Say something new on an entry: a new version on which nothing is released yet. What is not named stays as it is.

    A declaration and a classification lose their weight by themselves where something substantial is another one now.

    Raises:
        LifecycleError: not possible in this state.
        NotPermittedError: `actor` may not change it.
        OutdatedError: somebody else changed it meanwhile.
        StatementError: a statement is not of its kind.
    """
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = doer(actor, "register.bearbeiten", eintrag)
        before = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
        said = fields.checked({**before, **angaben})
        if name and name.strip():
            eintrag.name = name.strip()
        if einheit is not None:
            eintrag.einheit = einheit
        if verantwortlich is not None:
            eintrag.verantwortlich = verantwortlich
        eintrag.lebensbereich = said.get("lebensbereich", "")
        _write_version(eintrag, said, by, anlass)
        perform(eintrag, "bearbeiten", by, text=anlass)
    return eintrag


def _write_version(eintrag: Eintrag, said: dict[str, Any], by: Doer, anlass: str) -> None:
    last = eintrag.bearbeitung
    wesentlich = fields.essential_digest(said)
    ruling = eintrag.einstufungen.filter(wesentlich_sha256=wesentlich).first() if last else None
    eintrag.bearbeitung = Eintragsfassung.objects.create(
        mandant=eintrag.mandant, eintrag=eintrag, nummer=last.nummer + 1 if last else 1, name=eintrag.name,
        angaben=said, sha256=fields.digest({"name": eintrag.name, **said}), wesentlich_sha256=wesentlich,
        anlass=anlass, von=by.person, lebensbereich=said.get("lebensbereich", ""),
        suchtext=finding.search_text(eintrag.name, said),
        **(finding.classes_of(ruling.ergebnis) if ruling else {}),
    )  # fmt: skip


def publish_version(eintrag: Eintrag) -> None:
    """Let the version in work be the one that holds and that the public reads; the caller saves the entry."""
    version = eintrag.bearbeitung
    if version is None:
        return
    if version.veroeffentlicht_am is None:
        version.veroeffentlicht_am = timezone.now()
        version.save(update_fields=["veroeffentlicht_am"])
    eintrag.gueltig = version
