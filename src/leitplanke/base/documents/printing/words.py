"""The few words that stand on paper besides the content, in the language of the document."""

from __future__ import annotations

import re
from datetime import date

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext, pgettext

DEFAULT = "de"


def language_of(tag: str) -> str:
    """Return the language (`de`) of a tag (`de-DE`); German where the tag says nothing we know."""
    code = re.split("[-_]", tag)[0].lower()
    try:
        return Locale.parse(code).language if code else DEFAULT
    except (UnknownLocaleError, ValueError):
        return DEFAULT


def words(sprache: str) -> dict[str, str]:
    """Return the words of the templates; the reader's language counts, not that of the page being looked at."""
    with translation.override(language_of(sprache)):
        return {
            "seite": gettext("Seite"),
            "von": pgettext("Seite 2 von 3", "von"),
            "aktenzeichen": gettext("Aktenzeichen"),
            "bearbeitung": gettext("Bearbeitung"),
            "telefon": gettext("Telefon"),
            "email": gettext("E-Mail"),
            "zeiten": gettext("Sprechzeiten"),
            "datum": gettext("Datum"),
            "anlagen": gettext("Anlagen"),
            "eingang": gettext("Eingangsstempel (füllt das Amt aus)"),
            "erklaerung": gettext("Ihre Erklärung"),
            "ort_datum": gettext("Ort, Datum"),
            "unterschrift": gettext("Unterschrift der antragstellenden oder vertretenden Person"),
            "abgeben": gettext("Wie Sie den Antrag abgeben"),
            "datenschutz": gettext("Was mit Ihren Daten geschieht"),
            "ja": gettext("Ja"),
            "nein": gettext("Nein"),
            "tag": gettext("Tag"),
            "monat": gettext("Monat"),
            "jahr": gettext("Jahr"),
            "eur": "EUR",
            "stand": gettext("Stand vom"),
        }


def long_date(day: date, sprache: str) -> str:
    """Return `27. November 2026`, in the language of the document."""
    return format_date(day, "long", locale=language_of(sprache))


# Of the vocabulary of the IPTC for the origin of a file: made by people together with a trained model (Art. 50 AI Act).
WITH_MODEL = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


def origin_notes(machine_share: float, model_share: float = 0.0) -> list[str]:
    """Return how much of a text no person worded, and how much a language model did, also for machines to read."""
    notes = [f"maschinell erstellt {percent(machine_share)} %"]
    if model_share:
        notes += [f"davon von einem KI-Modell formuliert {percent(model_share)} %", WITH_MODEL]
    return notes


def percent(share: float) -> int:
    """Return a share in percent; never 0 or 100 where that is only nearly so."""
    percent = round(share * 100)
    return min(max(percent, 1), 99) if 0 < share < 1 else percent
