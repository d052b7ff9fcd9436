"""What the workshop leaves as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

VERSION = {"fassung": _("Fassung")}
CAPACITY = {"rolle": _("In der Rolle"), "in_vertretung": _("In Vertretung")}

CODES = [
    EvidenceCode(
        "leitlinie.begonnen",
        _("Fassung der Leitlinie begonnen"),
        {**VERSION, "herkunft": _("Begonnen mit"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.beitrag",
        _("Zu einer Klausel etwas gesagt oder vorgeschlagen"),
        {**VERSION, "baustein": _("Baustein"), "art": _("Art des Beitrags"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.beitrag_entschieden",
        _("Über einen Beitrag zur Leitlinie entschieden"),
        {**VERSION, "baustein": _("Baustein"), "stand": _("Ergebnis"), **CAPACITY},
    ),
    EvidenceCode(
        "leitlinie.kommune",
        _("Angaben der Kommune für ihre Schriftstücke geändert"),
        CAPACITY,
    ),
]
