"""The Aktenvermerk: who did what when in which role, what a machine did, and on what the decision stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.case_data import leaves_of, post_of
from leitplanke.apps.antrag.file_view import office_of
from leitplanke.apps.antrag.labels import ACT_LABELS
from leitplanke.apps.antrag.models import Briefstand
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.printing import Items, Record, RecordSection, record_pdf
from leitplanke.base.documents.printing.words import percent
from leitplanke.base.policy import active
from leitplanke.core.drafting.brief import Table, brief_from_json
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import Originator

if TYPE_CHECKING:
    from datetime import datetime

    from leitplanke.apps.antrag.models import Antrag, Entscheidung, Verlauf
    from leitplanke.base.accounts.models import Mitgliedschaft

MACHINES = frozenset({Originator.REGEL.value, Originator.AUFTRAG.value, Originator.MODELL.value})
MOST_LINES = 2000


def file_note(antrag: Antrag) -> Record:
    """Return the Aktenvermerk of a case, made of its history and evidence as they are now."""
    history = list(antrag.verlauf.select_related("von__einheit")[:MOST_LINES])
    return Record(
        title=_("Aktenvermerk"),
        subtitle=_("%(titel)s, %(nummer)s") % {"titel": title_of(antrag), "nummer": antrag.nummer},
        datum=timezone.localdate(),
        office=office_of(antrag),
        highlights=(
            (_("Aktenzeichen"), antrag.nummer),
            (_("Antragstellende Person"), antrag.name),
            (_("Stand"), antrag.get_stand_display()),
        ),
        sections=tuple(
            section
            for section in (
                _in_short(antrag, history),
                _people(history),
                _machine(history),
                _ai(antrag),
                _judgements(antrag),
                *(_decision(row) for row in _decisions(antrag)),
                _evidence(antrag),
            )
            if section.blocks
        ),
        notice=_(
            "Dieser Vermerk ist aus Verlauf und Nachweisen des Vorgangs erzeugt, nicht von Hand geschrieben. "
            "Beschäftigte stehen mit Rolle und Stelle darin, mit Namen nur, wer entschieden oder gezeichnet hat."
        ),
    )


def file_note_pdf(antrag: Antrag) -> bytes:
    """Return the Aktenvermerk as PDF."""
    return record_pdf(file_note(antrag))


def title_of(antrag: Antrag) -> str:
    """Return the title of the procedure; its name where it can no longer be loaded."""
    try:
        return verfahren_of(antrag).titel.de
    except (RulesError, LookupError):
        return antrag.verfahren


def who(membership: Mitgliedschaft | None, durch: str) -> str:
    """Return who acted: role and unit, the applicant, or the machine."""
    post = post_of(membership)
    if post is not None:
        return f"{Rolle(post['rolle']).label}, {post['einheit']}".rstrip(", ")
    words = {
        Originator.BUERGER.value: _("antragstellende Person"),
        Originator.REGEL.value: _("Regel ohne Rechtswirkung"),
        Originator.AUFTRAG.value: _("Programm im Hintergrund"),
    }
    return words.get(durch, _("Sachbearbeitung") if durch == Originator.PERSON.value else durch)


def moment(value: datetime | None) -> str:
    """Return day and time as people of the office read them."""
    return timezone.localtime(value).strftime("%d.%m.%Y %H:%M") if value else "–"


def act_label(code: str) -> str:
    """Return an act in words."""
    label = ACT_LABELS.get(code)
    return _(label) if label else code


def _in_short(antrag: Antrag, history: list[Verlauf]) -> RecordSection:
    machine = sum(row.durch in MACHINES for row in history)
    lines = [
        _("Eingang: %(tag)s") % {"tag": f"{antrag.eingang_am:%d.%m.%Y}" if antrag.eingang_am else "–"},
        _("Zuständig: %(wer)s") % {"wer": antrag.einheit.name},
        _("Schritte von Menschen: %(zahl)d") % {"zahl": len(history) - machine},
        _("Schritte von Regeln und Programmen, alle ohne Rechtswirkung: %(zahl)d") % {"zahl": machine},
    ]
    return RecordSection(_("Kurz gesagt"), (Items(tuple(lines)),))


def _table(key: str, history: list[Verlauf]) -> tuple[Table, ...]:
    rows = tuple((moment(row.am), who(row.von, row.durch), act_label(row.was), row.text) for row in history)
    columns = (_("Wann"), _("Wer"), _("Was"), _("Im Einzelnen"))
    return (Table(key, _("In zeitlicher Folge"), columns, rows),) if rows else ()


def _people(history: list[Verlauf]) -> RecordSection:
    return RecordSection(_("Was Menschen taten"), _table("menschen", [r for r in history if r.durch not in MACHINES]))


def _machine(history: list[Verlauf]) -> RecordSection:
    return RecordSection(_("Was die Maschine tat"), _table("maschine", [r for r in history if r.durch in MACHINES]))


def _ai(antrag: Antrag) -> RecordSection:
    """Return where AI took part: values it read from documents, and letters that a model worded in part."""
    read = antrag.vorschlaege.count()
    lines = [_("Aus Unterlagen gelesen und Menschen vorgelegt: %(zahl)d Angaben") % {"zahl": read}] if read else []
    for letter in antrag.schreiben.exclude(stand=Briefstand.VERWORFEN):
        brief = brief_from_json(letter.brief)
        if brief.model_share:
            words = _("%(anteil)s %% des Textes von einem Sprachmodell formuliert: %(was)s")
            lines.append(words % {"anteil": percent(brief.model_share), "was": brief.betreff})
    if not lines:
        return RecordSection(_("Wo KI beteiligt war"), (_("An diesem Vorgang war keine KI beteiligt."),))
    purpose = _("Zweck im Register: %(zweck)s") % {"zweck": f"antrag.{antrag.verfahren}"}
    holds = active(antrag.mandant)
    version = _("Leitlinie, Fassung %(nummer)s") % {"nummer": holds.version} if holds.adopted else ""
    return RecordSection(_("Wo KI beteiligt war"), (Items(tuple(line for line in (*lines, purpose, version) if line)),))


def _judgements(antrag: Antrag) -> RecordSection:
    rows = antrag.urteile_getroffen.filter(ersetzt_am__isnull=True).select_related("von__einheit")
    blocks = [
        f"{row.name}: {_said(row.wert)} ({who(row.von, Originator.PERSON.value)}, {moment(row.am)}). {row.begruendung}"
        for row in rows
    ]
    return RecordSection(_("Urteile mit Begründung"), tuple(blocks))


def _said(value: Any) -> str:
    return {True: _("ja"), False: _("nein")}[value] if isinstance(value, bool) else str(value)


def _decisions(antrag: Antrag) -> list[Entscheidung]:
    rows = antrag.entscheidungen.exclude(stand="vorbereitet")
    return list(rows.select_related("entschieden_von__person", "gezeichnet_von__person"))


def _decision(row: Entscheidung) -> RecordSection:
    lines = [
        _("Art: %(art)s (%(stand)s)") % {"art": row.get_art_display(), "stand": row.get_stand_display()},
        _("Entschieden von %(wer)s am %(wann)s, Anmeldung bestätigt %(fresh)s")
        % {
            "wer": row.entschieden_von.person.name if row.entschieden_von else "–",
            "wann": moment(row.entschieden_am),
            "fresh": moment(row.angemeldet_um),
        },
    ]
    if row.gezeichnet_von:
        lines.append(
            _("Gezeichnet von %(wer)s am %(wann)s")
            % {"wer": row.gezeichnet_von.person.name, "wann": moment(row.gezeichnet_am)}
        )
    if row.betrag is not None:
        lines.append(_("Betrag: %(betrag)s EUR") % {"betrag": f"{row.betrag:.2f}".replace(".", ",")})
    if row.abweichung:
        lines.append(_("Abweichung von den Regeln: %(warum)s") % {"warum": row.abweichung})
    lines.append(_("Prüfsumme der Berechnung: %(digest)s") % {"digest": row.digest or "–"})
    words = tuple(text for text in (row.begruendung,) if text)
    return RecordSection(_("Entscheidung %(nummer)d") % {"nummer": row.nummer}, (Items(tuple(lines)), *words))


def _evidence(antrag: Antrag) -> RecordSection:
    leaves = leaves_of(antrag)[:MOST_LINES]
    rows = tuple((leaf.code, str(leaf.public_id), bytes(leaf.leaf_hash).hex()[:16]) for leaf in leaves)
    if not rows:
        return RecordSection("", ())
    columns = (_("Art"), _("Kennung"), _("Prüfsumme (Anfang)"))
    return RecordSection(_("Nachweise"), (Table("nachweise", _("Einträge im Protokoll"), columns, rows),))
