"""An entry as its public pages show it: the plain answer first, the statements by group after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.apps.register import labels_oeffentlich as labels
from leitplanke.apps.register.labels import CLASS_KINDS, CLASS_LABELS, STAND_KINDS, STAND_LABELS
from leitplanke.core.energy import rounded
from leitplanke.core.register.exports.words import said
from leitplanke.core.register.fields import Art, Feld, felder

if TYPE_CHECKING:
    from leitplanke.core.register.exports.record import Registereintrag

LEAST_KWH = Decimal("0.1")
# Told in the plain answer at the top, or part of the heading.
TOLD = frozenset({"zweck", "zweck_einfach", "betroffene", "alternative", "kontakt_email"})
_PARAGRAPH = re.compile(r"50\s*(?:\(|Abs\. )(\d)")


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in a coloured frame, and what it means."""

    label: str
    kind: str
    satz: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement on a page: text, an address, lines, or a table whose cells know their heading."""

    titel: str
    text: str = ""
    url: str = ""
    zeilen: tuple[str, ...] = ()
    kopf: tuple[str, ...] = ()
    tabelle: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that belong together."""

    name: str
    titel: str
    angaben: tuple[Shown, ...]


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "de").split("-")[0]


def state_badge(entry: Registereintrag) -> Badge:
    """Return where the system is."""
    stand = entry.stand
    return Badge(_(STAND_LABELS[stand]), STAND_KINDS[stand], _(labels.STAND_SENTENCES[stand]))


def class_badge(klasse: str) -> Badge:
    """Return a class with a sentence for laypeople."""
    return Badge(_(CLASS_LABELS[klasse]), CLASS_KINDS[klasse], _(labels.CLASS_SENTENCES[klasse]))


def answers(entry: Registereintrag, phone: str) -> list[tuple[str, str]]:
    """Return the plain answer: what, whom, who decides, whom to ask, and how without AI."""
    told = entry.angaben
    level = _(labels.DECIDES.get(str(told.get("automatisierung", "")), ""))
    without = _("Rufen Sie uns an: %(telefon)s.") % {"telefon": phone} if phone else ""
    rows = (
        (_("Was tut das System?"), told.get("zweck", "")),
        (_("Wen betrifft es?"), told.get("betroffene", "")),
        (_("Wer entscheidet?"), level),
        (_("Wie komme ich ohne KI ans Ziel?"), told.get("alternative", "") or without),
    )
    return [(question, answer) for question, answer in rows if answer]


def groups(angaben: Mapping[str, Any], *, without: frozenset[str] = TOLD) -> list[Group]:
    """Return the public statements by group, empty groups left out."""
    found = []
    for gruppe in felder().gruppen:
        told = (feld for feld in gruppe.felder if feld.name in angaben and feld.name not in without)
        rows = tuple(shown(feld, angaben[feld.name]) for feld in told)
        if rows:
            found.append(Group(gruppe.name, gruppe.titel.in_language(language()), rows))
    return found


def shown(feld: Feld, value: Any) -> Shown:
    """Return a statement as a page shows it."""
    title = feld.titel.in_language(language())
    if feld.art is Art.TABELLE:
        head = tuple(column.titel.in_language(language()) for column in feld.spalten)
        rows = tuple(
            tuple((label, str(row.get(column.name, ""))) for label, column in zip(head, feld.spalten, strict=True))
            for row in value
        )
        return Shown(title, kopf=head, tabelle=rows)
    if feld.art is Art.ZEILEN:
        return Shown(title, zeilen=tuple(map(str, value)))
    if feld.art is Art.TAG:
        return Shown(title, said_day(str(value)))
    text = said({feld.name: value}, feld.name, language())
    return Shown(title, text, url=text if feld.art is Art.ZEILE and text.startswith(("https://", "http://")) else "")


def said_day(text: str) -> str:
    """Return a day as people write it."""
    year, month, day = text.split("-")
    return f"{int(day)}.{int(month)}.{year}"


def energy(entry: Registereintrag) -> str:
    """Return the energy of the last twelve months as people read it, "" where there are no figures."""
    found = entry.energie
    if found is None:
        return ""
    source = _("gemessen") if found.herkunft == "gemessen" else _("geschätzt")
    kwh = Decimal(found.wh) / 1000
    if 0 < kwh < LEAST_KWH:
        return _("unter %(zahl)s kWh (%(herkunft)s)") % {"zahl": number_format(LEAST_KWH, 1), "herkunft": source}
    if found.herkunft != "gemessen":  # an estimate knows no more than two digits
        figure = number_format(rounded(float(kwh)), force_grouping=True)
        return _("rund %(zahl)s kWh (%(herkunft)s)") % {"zahl": figure, "herkunft": source}
    return f"{number_format(kwh, 1)} kWh ({source})"


def transparency(entry: Registereintrag) -> list[str]:
    """Return in plain words of what people are told, each once."""
    found = entry.einordnung.transparenz if entry.einordnung else ()
    numbers = (match[1] for text in found if (match := _PARAGRAPH.search(text)))
    return [_(labels.TRANSPARENCY[number]) for number in dict.fromkeys(numbers) if number in labels.TRANSPARENCY]


def legal_context(entry: Registereintrag) -> dict[str, Any]:
    """Return class in law and class of the house, apart, with what follows."""
    found = entry.einordnung
    if found is None:
        return {"gesetz": class_badge(""), "haus": None, "pflichten": [], "transparenz": []}
    exemption = _(labels.EXEMPTIONS) % {"buchstabe": found.ausnahme.rstrip(")")[-1]} if found.ausnahme else ""
    today = timezone.localdate()
    duties = [
        {"pflicht": duty, "titel": duty.titel.in_language(language()), "spaeter": duty.faellig > today}
        for duty in found.pflichten
    ]
    return {
        "gesetz": class_badge(found.klasse),
        "haus": class_badge(found.hausklasse) if found.hausklasse != found.klasse else None,
        "ausnahme": exemption,
        "pflichten": duties,
        "transparenz": transparency(entry),
    }


def simple_sentences(entry: Registereintrag, phone: str) -> list[tuple[str, list[str]]]:
    """Return the entry in Einfache Sprache: what was written for it, and sentences of ours that are true for it."""
    told = entry.angaben
    klasse = entry.einordnung.klasse if entry.einordnung else ""
    level = labels.DECIDES_EINFACH.get(str(told.get("automatisierung", "")), "")
    data = {
        "ja": _("Das System nutzt Daten über Menschen."),
        "nein": _("Das System nutzt keine Daten über Menschen."),
    }.get(str(told.get("personenbezug", "")), "")
    ask = [_("Fragen Sie: %(stelle)s.") % {"stelle": entry.stelle}]
    if phone:
        ask.append(_("Das Telefon ist: %(telefon)s.") % {"telefon": phone})
    without = [_("Ja."), told["alternative"]] if told.get("alternative") else [_("Sprechen Sie mit uns.")]
    rows = [
        (_("Was macht das System?"), [told.get("zweck_einfach") or told.get("zweck", "")]),
        (_("Läuft das System?"), [_(labels.STAND_EINFACH[entry.stand])]),
        (_("Wer entscheidet?"), [_(level)] if level else []),
        (_("Wie groß ist das Risiko?"), [_(labels.CLASS_EINFACH[klasse])]),
        (_("Welche Daten nutzt das System?"), [data]),
        (_("Geht es auch ohne KI?"), without),
        (_("Wen kann ich fragen?"), ask),
    ]
    return [(title, [text for text in texts if text]) for title, texts in rows if any(texts)]
