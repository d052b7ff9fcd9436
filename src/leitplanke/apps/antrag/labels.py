"""Words of `core.verfahren.acts` for translation; a test keeps them equal."""

from django.utils.translation import gettext_noop as _

from leitplanke.core.verfahren.acts import Stand

STAND_LABELS = {
    Stand.ENTWURF: _("In Vorbereitung"),
    Stand.EINGEGANGEN: _("Eingegangen"),
    Stand.IN_BEARBEITUNG: _("In Bearbeitung"),
    Stand.WARTET: _("Wartet auf Antwort"),
    Stand.ZUR_ZEICHNUNG: _("Zur Schlusszeichnung"),
    Stand.ENTSCHIEDEN: _("Entschieden"),
    Stand.BEKANNTGEGEBEN: _("Bescheid versandt"),
    Stand.RECHTSBEHELF: _("Rechtsbehelf"),
    Stand.ABGEGEBEN: _("Abgegeben"),
    Stand.ZURUECKGENOMMEN: _("Zurückgenommen"),
    Stand.ABGESCHLOSSEN: _("Abgeschlossen"),
}

ACT_LABELS = {
    "ausfuellen": _("Angaben machen"),
    "stellen": _("Antrag stellen"),
    "ergaenzen": _("Angaben und Unterlagen nachreichen"),
    "zuruecknehmen": _("Antrag zurücknehmen"),
    "mitteilen": _("Nachricht schreiben"),
    "eingang_bestaetigen": _("Eingang bestätigen"),
    "erinnern": _("An eine Frist erinnern"),
    "berechnen": _("Neu berechnen"),
    "vorlesen": _("Unterlage auslesen"),
    "verteilen": _("Vorgang zuteilen"),
    "wiedervorlegen": _("Zur Wiedervorlage vermerken"),
    "uebernehmen": _("Bearbeitung beginnen"),
    "bestaetigen": _("Angabe bestätigen oder berichtigen"),
    "urteilen": _("Urteil treffen"),
    "weiterbearbeiten": _("Weiter bearbeiten"),
    "mitwirkung_fordern": _("Zur Mitwirkung auffordern"),
    "anhoeren": _("Anhören"),
    "abgeben": _("An die zuständige Stelle abgeben"),
    "entscheiden": _("Entscheiden"),
    "vorlegen": _("Zur Schlusszeichnung vorlegen"),
    "zeichnen": _("Schlusszeichnen"),
    "zurueckgeben": _("Zurückgeben"),
    "brief_bearbeiten": _("Schreiben bearbeiten"),
    "freigeben": _("Schreiben freigeben"),
    "absenden": _("Absendung vermerken"),
    "bekanntgeben": _("Bescheid absenden"),
    "rechtsbehelf_erfassen": _("Rechtsbehelf erfassen"),
    "wiederaufnehmen": _("Wieder aufnehmen"),
    "aufheben": _("Zurücknehmen oder widerrufen"),
    "abschliessen": _("Abschließen"),
    "uebersetzen": _("Übersetzen"),
    "zusammenfassen": _("Neutral zusammenfassen"),
    "felder_vorschlagen": _("Felder vorschlagen"),
    "formulieren": _("Schreiben formulieren"),
    "entscheidung_vorschlagen": _("Entscheidung vorschlagen"),
}
