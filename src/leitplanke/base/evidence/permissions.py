"""Who may do what with evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY, Rolle

OVERSIGHT = frozenset({Rolle.DATENSCHUTZ, Rolle.IT, Rolle.ADMINISTRATION, Rolle.PERSONALRAT, Rolle.KI_BEAUFTRAGTE})
REQUESTERS = frozenset({Rolle.LEITUNG, Rolle.DATENSCHUTZ})
DECIDERS = frozenset({Rolle.DATENSCHUTZ, Rolle.PERSONALRAT})

PERMISSIONS = [
    Permission("evidence.view_entry", _("Einen Nachweis ansehen, dessen Adresse man kennt"), EVERYBODY),
    Permission("evidence.view_checkpoints", _("Prüfpunkte und Schlüssel ansehen"), EVERYBODY),
    Permission("evidence.list", _("Das Protokoll der Nachweise durchsehen"), OVERSIGHT),
    Permission("evidence.view_resolutions", _("Anträge auf Auflösung eines Pseudonyms sehen"), REQUESTERS | DECIDERS),
    Permission("evidence.request_resolution", _("Auflösung eines Pseudonyms beantragen"), REQUESTERS),
    Permission(
        "evidence.decide_resolution",
        _("Über die Auflösung eines Pseudonyms entscheiden (in anderer Rolle als beantragt)"),
        DECIDERS,
    ),
]
