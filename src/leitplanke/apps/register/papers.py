"""Guided documents of an entry: write, complete, declare. The only writer of `Registerdokument`."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import rfc8785
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.declaring import declare
from leitplanke.apps.register.doing import doer, locked, trace
from leitplanke.apps.register.models import Eintrag, Eintragsfassung, Erklaerungsart, Registerdokument
from leitplanke.apps.register.paper_blocks import blocks_for, public_blocks_for
from leitplanke.core.register.fields import Sicht, visible
from leitplanke.core.register.lifecycle import LifecycleError
from leitplanke.core.register.papers import Composed, Paragraph, Vorlage, compose, open_points, vorlagen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor

MOST_CHARACTERS = 6000


class PaperError(LifecycleError):
    """A document cannot be written or completed like this; the message says why."""


def newest_of(eintrag: Eintrag, art: str) -> Registerdokument | None:
    """Return the newest version of a document, written or complete."""
    return eintrag.dokumente.filter(art=art).first()


def composed_now(eintrag: Eintrag, vorlage: Vorlage, answers: Mapping[str, str]) -> tuple[Composed, ...]:
    """Return a document as it would be today; a public one takes public statements of the shown version only."""
    public = vorlage.sicht == Sicht.OEFFENTLICH
    version = version_for(eintrag, vorlage)
    statements = version.angaben if version is not None else {}
    said = visible(statements, Sicht.OEFFENTLICH if public else Sicht.VERTRAULICH)
    facts = {
        "name": version.name if version is not None else eintrag.name,
        "behoerde": eintrag.mandant.name,
        "stelle": eintrag.einheit.name,
        "datum": f"{timezone.localdate():%d.%m.%Y}",
    }
    blocks = public_blocks_for(eintrag) if public else blocks_for(eintrag)
    return compose(vorlage, said, answers, blocks, facts=facts)


def version_for(eintrag: Eintrag, vorlage: Vorlage) -> Eintragsfassung | None:
    """Return the version a document is written from: the shown one where everybody may read it."""
    return eintrag.shown_version if vorlage.sicht == Sicht.OEFFENTLICH else eintrag.bearbeitung


def newest_public(eintrag: Eintrag, vorlage: Vorlage) -> Registerdokument | None:
    """Return the newest complete version of a document that everybody may read.

    It must have been written from a version that was published: what was only ever in work stays inside.
    """
    if vorlage.sicht != Sicht.OEFFENTLICH:
        return None
    shown = eintrag.shown_version
    published = Q(fassung__veroeffentlicht_am__isnull=False) | Q(fassung=shown.pk if shown else None)
    return eintrag.dokumente.filter(published, art=vorlage.name, fertig_am__isnull=False).first()


def write_paper(*, actor: Actor, eintrag_id: int, art: str, answers: Mapping[str, str]) -> Registerdokument:
    """Keep what a person answered; a version that is complete already stays, and a new one begins.

    Raises:
        NotPermittedError: `actor` may not write documents of this entry.
        PaperError: an answer is too long, or there is no such document.
    """
    vorlage = _vorlage(art)
    kept = {frage.name: answers.get(frage.name, "").strip() for frage in vorlage.fragen}
    for frage in vorlage.fragen:
        if len(kept[frage.name]) > MOST_CHARACTERS:
            raise PaperError(
                _("„%(frage)s“ ist zu lang: höchstens %(zahl)d Zeichen.")
                % {"frage": frage.titel.de, "zahl": MOST_CHARACTERS}
            )
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id)
        by = doer(actor, "register.documents", eintrag)
        row = newest_of(eintrag, art)
        if row is None or row.fertig_am is not None:
            row = Registerdokument(mandant=eintrag.mandant, eintrag=eintrag, art=art, nummer=_next_number(eintrag, art))
        if eintrag.bearbeitung is None:
            raise PaperError(_("Der Eintrag hat noch keine Angaben."))
        row.fassung, row.antworten, row.von, row.am = eintrag.bearbeitung, kept, by.membership, timezone.now()
        row.save()
    return row


def can_be_renewed(eintrag: Eintrag, vorlage: Vorlage, row: Registerdokument) -> bool:
    """Tell whether a complete document that asks nothing can be made anew, since the entry says something else now."""
    version = version_for(eintrag, vorlage)
    return not vorlage.fragen and version is not None and version.pk != row.fassung_id


def begin_papers(eintrag: Eintrag, answers: Mapping[str, Mapping[str, str]]) -> None:
    """Begin the documents of an own part with prepared answers, as drafts that people check and complete."""
    Registerdokument.objects.bulk_create(
        Registerdokument(mandant=eintrag.mandant, eintrag=eintrag, art=art, nummer=1, fassung=eintrag.bearbeitung,
                         antworten=dict(given))
        for art, given in answers.items()
    )  # fmt: skip


def complete_paper(*, actor: Actor, eintrag_id: int, art: str, declare_too: bool = False) -> Registerdokument:
    """Complete the version that is being written: from now on it stays as it is, with its hash in the evidence log.

    Args:
        declare_too: also declare that the assessment is there, where the document stands for such a declaration.

    Raises:
        PaperError: something is still open in it.
        NotPermittedError: `actor` may not complete, or not declare.
    """
    vorlage = _vorlage(art)
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id)
        by = doer(actor, "register.documents", eintrag)
        row = newest_of(eintrag, art)
        if row is not None and row.fertig_am is not None:
            if not can_be_renewed(eintrag, vorlage, row):
                raise PaperError(_("Diese Fassung ist schon fertig. Schreiben Sie zuerst eine neue."))
            row = None
        row = row or _without_questions(eintrag, vorlage)
        sections = composed_now(eintrag, vorlage, row.antworten)
        if missing := open_points(sections):
            raise PaperError(_("Noch offen: %(was)s.") % {"was": ", ".join(missing)})
        version = version_for(eintrag, vorlage)
        if version is None:
            raise PaperError(_("Der Eintrag hat noch keine Angaben."))
        row.inhalt = {"abschnitte": [asdict(section) for section in sections]}
        row.sha256 = hashlib.sha256(rfc8785.dumps(_plain(row.inhalt))).hexdigest()
        row.fertig_am, row.von, row.fassung = timezone.now(), by.membership, version
        row.save()
        trace(
            "register.unterlage",
            eintrag,
            by,
            data={"art": art, "schluessel": str(row.nummer), "inhalt_sha256": row.sha256},
        )
        if declare_too and vorlage.erklaert:
            declare(
                actor=actor, eintrag_id=eintrag.pk, art=Erklaerungsart(vorlage.erklaert), ergebnis="erfuellt",
                text=_("%(titel)s, Fassung %(nummer)d, liegt vor.") % {"titel": vorlage.titel.de, "nummer": row.nummer},
                nachweis=f"{vorlage.name} {row.nummer}, SHA-256 {row.sha256[:16]}",
            )  # fmt: skip
    return row


def _plain(value: Any) -> Any:
    """Return tuples as lists, which is what JSON makes of them."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _without_questions(eintrag: Eintrag, vorlage: Vorlage) -> Registerdokument:
    """Begin a document that consists of statements only."""
    if any(frage.noetig for frage in vorlage.fragen):
        raise PaperError(_("Bitte beantworten Sie zuerst die Fragen."))
    return Registerdokument(
        mandant=eintrag.mandant, eintrag=eintrag, art=vorlage.name, nummer=_next_number(eintrag, vorlage.name)
    )


def _next_number(eintrag: Eintrag, art: str) -> int:
    return (eintrag.dokumente.filter(art=art).aggregate(Max("nummer"))["nummer__max"] or 0) + 1


def _vorlage(art: str) -> Vorlage:
    try:
        return vorlagen()[art]
    except KeyError:
        raise PaperError(_("Diese Unterlage gibt es nicht.")) from None


def kept_sections(row: Registerdokument) -> tuple[Composed, ...]:
    """Return the sections of a complete version, as they were when it was completed."""
    return tuple(
        Composed(
            section["titel"],
            tuple(
                Paragraph(
                    kind=one["kind"], text=one["text"], label=one["label"], open=one["open"],
                    rows=tuple(tuple(cells) for cells in one["rows"]), columns=tuple(one["columns"]),
                )
                for one in section["paragraphs"]
            ),
        )
        for section in row.inhalt.get("abschnitte", [])
    )  # fmt: skip
