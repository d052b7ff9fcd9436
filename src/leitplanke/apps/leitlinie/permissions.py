"""Who may do what in the workshop."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EMPLOYEES, EVERYBODY, STAFF, Rolle

ENTWURF = frozenset({"entwurf"})
MITZEICHNUNG = frozenset({"mitzeichnung"})
BESCHLOSSEN = frozenset({"beschlossen"})
OFFEN = ENTWURF | MITZEICHNUNG

AUTHORS = frozenset({Rolle.KI_BEAUFTRAGTE, Rolle.LEITUNG})
TRAINERS = frozenset({Rolle.KI_BEAUFTRAGTE, Rolle.LEITUNG})
COUNTERS = frozenset({Rolle.KI_BEAUFTRAGTE, Rolle.PERSONALRAT})
SIGNERS = frozenset({Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.IT, Rolle.LEITUNG, Rolle.RAT})
ADOPTERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})

PERMISSIONS = [
    Permission("leitlinie.public", _("Die geltende Leitlinie lesen"), EVERYBODY),
    Permission("leitlinie.list", _("Die Werkstatt der Leitlinie sehen"), STAFF),
    Permission("leitlinie.view", _("Fassungen der Leitlinie lesen"), STAFF),
    Permission("leitlinie.compare", _("Leitlinien anderer Kommunen vergleichen"), STAFF),
    Permission("leitlinie.begin", _("Eine Fassung der Leitlinie beginnen"), AUTHORS),
    Permission("leitlinie.edit", _("Klauseln der Leitlinie entscheiden"), AUTHORS, ENTWURF),
    Permission("leitlinie.contribute", _("Zu Klauseln etwas sagen oder vorschlagen"), STAFF, OFFEN),
    Permission("leitlinie.settle", _("Über Vorschläge zur Leitlinie entscheiden"), AUTHORS, OFFEN),
    Permission("leitlinie.town", _("Angaben der Kommune für ihre Schriftstücke ändern"), AUTHORS),
    Permission("leitlinie.submit", _("Eine Fassung zur Mitzeichnung geben"), AUTHORS, ENTWURF),
    Permission("leitlinie.sign", _("Eine Fassung mitzeichnen"), SIGNERS, MITZEICHNUNG),
    Permission("leitlinie.return", _("Eine Fassung in den Entwurf zurückholen"), AUTHORS, MITZEICHNUNG),
    Permission(
        "leitlinie.adopt", _("Den Beschluss einer Fassung eintragen, die jemand anderes vorgelegt hat"), ADOPTERS,
        MITZEICHNUNG,
    ),
    Permission(
        "leitlinie.withdraw", _("Einen Beschluss zurücknehmen, der noch nicht gilt"), ADOPTERS, BESCHLOSSEN
    ),
    Permission("leitlinie.to_wissen", _("Was gilt, in einen Wissensraum übernehmen"), AUTHORS, BESCHLOSSEN),
    Permission("leitlinie.discard", _("Eine Fassung verwerfen"), AUTHORS, OFFEN),
    Permission("leitlinie.acknowledge", _("Die Leitlinie zur Kenntnis nehmen"), EMPLOYEES),
    Permission("leitlinie.count_readers", _("Zählen, wie viele die Leitlinie gelesen haben"), COUNTERS),
    Permission("leitlinie.record_training", _("Schulungen eintragen"), TRAINERS),
    Permission("leitlinie.simulate", _("Ausprobieren, was die Leitlinie zulässt"), STAFF),
    Permission("leitlinie.standing", _("Sehen, wo die Kommune bei der KI steht"), STAFF),
    Permission("leitlinie.assess", _("Nachweise zeigen und die Selbstbewertung festhalten"), AUTHORS),
    Permission("leitlinie.steer", _("Leitbild und Ziele pflegen"), AUTHORS),
]  # fmt: skip
