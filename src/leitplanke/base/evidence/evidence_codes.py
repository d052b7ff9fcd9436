"""What the evidence log records about itself."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

CODES = [
    EvidenceCode(
        "evidence.key_registered",
        _("Schlüssel für Prüfpunkte eingeführt"),
        {"schluessel": _("Öffentlicher Schlüssel"), "anlass": _("Anlass")},
    ),
    EvidenceCode(
        "evidence.restore_accepted",
        _("Älterer Stand nach Wiederherstellung übernommen"),
        {
            "pruefpunkt_groesse": _("Einträge im letzten Prüfpunkt"),
            "pruefpunkt_wurzel": _("Wurzel des letzten Prüfpunkts"),
            "groesse": _("Einträge nach der Wiederherstellung"),
        },
        {"begruendung": _("Begründung")},
    ),
    EvidenceCode(
        "evidence.resolution_requested",
        _("Auflösung eines Pseudonyms beantragt"),
        {"pseudonym": _("Pseudonym"), "rolle": _("In der Rolle")},
        {"begruendung": _("Begründung")},
    ),
    EvidenceCode(
        "evidence.resolution_approved",
        _("Auflösung eines Pseudonyms genehmigt"),
        {"pseudonym": _("Pseudonym"), "rolle": _("In der Rolle")},
    ),
    EvidenceCode(
        "evidence.resolution_rejected",
        _("Auflösung eines Pseudonyms abgelehnt"),
        {"pseudonym": _("Pseudonym"), "rolle": _("In der Rolle")},
    ),
    EvidenceCode(
        "evidence.resolution_used",
        _("Pseudonym aufgelöst"),
        {"pseudonym": _("Pseudonym")},
    ),
]
