"""Who may do what with Regelwerke."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EVERYBODY, STAFF, Rolle

VORGESCHLAGEN = frozenset({"vorgeschlagen"})
IN_USE = frozenset({"vorgeschlagen", "freigegeben"})

AUTHORS = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
RELEASERS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})

PERMISSIONS = [
    Permission("regelwerk.list", _("Regelwerke sehen"), EVERYBODY),
    Permission("regelwerk.view", _("Ein Regelwerk lesen, mit Fällen und Fassungen"), EVERYBODY),
    Permission("regelwerk.calculate", _("Mit einem Regelwerk rechnen"), EVERYBODY),
    Permission("regelwerk.view_changes", _("Änderungen der Kommune an Regelwerken sehen"), STAFF),
    Permission("regelwerk.propose", _("Änderung eines Regelwerks vorschlagen"), AUTHORS),
    Permission(
        "regelwerk.release", _("Änderung freigeben, die jemand anderes vorgeschlagen hat"), RELEASERS, VORGESCHLAGEN
    ),
    Permission("regelwerk.withdraw", _("Änderung zurückziehen"), RELEASERS, IN_USE),
]
