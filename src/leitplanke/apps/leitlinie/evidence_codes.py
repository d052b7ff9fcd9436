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
]
